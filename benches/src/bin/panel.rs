//! Ordinary least squares of nine covariates over a raw file of n×10 `f64`, by batches of 100,000 rows, beside the
//! machine's limit on the same bytes in the same run: a plain sum over the mapped file with the same threads, or for a cold
//! file a plain read in large blocks.
use clap::Parser;
use ferronum_benches::{anonymous_memory, evict, median, percentile};
use ferronum_data::{RawWriter, ReadOptions, Source};
use ferronum_stat::Rows;
use ferronum_stat::online::OnlineState;
use ferronum_stat::regression::{LinearFit, OlsOptions, OlsState, Solution};
use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

const COLUMNS: usize = 10;
const BATCH: usize = 100_000;
const BETA: [f64; 9] = [0.8, -1.2, 0.5, 0.0, 2.0, -0.3, 0.05, 1.0, -0.6];

/// Least squares over a raw file of f64 rows, beside the speed of memory.
#[derive(Parser)]
struct Arguments {
    /// Rows of the file; 100000000 is the size of the recorded figures (8 GB).
    #[arg(long, default_value_t = 10_000_000)]
    rows: usize,
    /// Worker threads.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Where the file is, or is to be made; removed at the end unless named here.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Measure a file that is not in the page cache, too.
    #[arg(long)]
    cold: bool,
    /// Interleaved repetitions, of which medians are reported.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let path = arguments.file.clone().unwrap_or_else(|| {
        std::env::temp_dir().join(format!("ferronum-panel-{}-{}.f64", arguments.rows, std::process::id()))
    });
    let outcome = run(&arguments, &path);
    if arguments.file.is_none() {
        std::fs::remove_file(&path)?;
    }
    outcome
}

fn run(arguments: &Arguments, path: &Path) -> Result<(), Box<dyn Error>> {
    if !path.exists() {
        generate(path, arguments.rows)?;
    }
    let source = Source::open(&path.to_string_lossy(), &ReadOptions::default())?;
    let rows = source.dense().ok_or("not a file of f64 rows")?;
    if rows.ncols != COLUMNS {
        return Err(format!("{} has {} columns, not {COLUMNS}", path.display(), rows.ncols).into());
    }
    let (n, bytes) = (rows.nrows, rows.values.len() as f64 * 8.0);
    let (mut limit, mut fit, mut latency) = (Vec::new(), Vec::new(), Vec::new());
    let mut memory = 0;
    let mut coefficients = Vec::new(); // intercept first
    plain_sum(rows.values, arguments.threads); // brings the file into the page cache
    for _ in 0..arguments.rounds {
        let start = Instant::now();
        std::hint::black_box(plain_sum(rows.values, arguments.threads));
        limit.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let (state, batches) = warm_fit(rows.values, arguments.threads)?;
        coefficients = solve(&state)?.coefficients();
        fit.push(start.elapsed().as_secs_f64());
        latency.extend(batches);
        memory = memory.max(anonymous_memory().unwrap_or(0));
    }
    let (limit, fit) = (median(&limit), median(&fit));
    let worst = coefficients.iter().skip(1).zip(BETA).map(|(b, beta)| (b - beta).abs()).fold(0.0, f64::max);
    let [p50, p99, p999] = [0.5, 0.99, 0.999].map(|p| percentile(&latency, p) * 1e3);
    let mut report = serde_json::json!({
        "task": "panel", "rows": n, "threads": arguments.threads, "seconds": fit, "limit_seconds": limit,
        "rows_per_second": n as f64 / fit, "gb_per_second": bytes / fit / 1e9, "limit_gb_per_second": bytes / limit / 1e9,
        "ratio_to_limit": limit / fit, "batch_ms": {"p50": p50, "p99": p99, "p999": p999}, "rss_anon_mb": memory as f64 / 1e6,
        "largest_coefficient_error": worst,
    });
    if arguments.cold {
        let (read, fit) = cold(path, arguments)?;
        report["cold"] =
            serde_json::json!({"read_seconds": read, "seconds": fit, "ratio_to_read": fit / read});
    }
    if arguments.json {
        println!("{report:#}");
        return Ok(());
    }
    println!(
        "least squares of 9 covariates, {n} rows ({:.2} GB), {} threads",
        bytes / 1e9,
        arguments.threads
    );
    println!(
        "  fit              {fit:9.3} s   {:7.1} Mrows/s   {:6.2} GB/s",
        n as f64 / fit / 1e6,
        bytes / fit / 1e9
    );
    println!(
        "  plain sum        {limit:9.3} s   {:7.1} Mrows/s   {:6.2} GB/s",
        n as f64 / limit / 1e6,
        bytes / limit / 1e9
    );
    println!("  ratio to limit   {:9.2}     (asked: 0.40, goal: 0.80)", limit / fit);
    println!(
        "  batch latency    p50 {p50:.3} ms   p99 {p99:.3} ms   p999 {p999:.3} ms   (asked: p99 ≤ 2.5 ms)"
    );
    println!("  RssAnon          {:9.1} MB    (asked: ≤ 64 MB)", memory as f64 / 1e6);
    println!("  largest |b − β|  {worst:9.2e}");
    if let Some(cold) = report.get("cold") {
        println!(
            "  cold: fit {:.3} s, plain read {:.3} s, ratio {:.2}     (asked: ≤ 1.3)",
            cold["seconds"].as_f64().unwrap_or(f64::NAN),
            cold["read_seconds"].as_f64().unwrap_or(f64::NAN),
            cold["ratio_to_read"].as_f64().unwrap_or(f64::NAN)
        );
    }
    Ok(())
}

/// `y = 1.5 + x β + ε` with standard normal covariates and errors, the response last.
fn generate(path: &Path, rows: usize) -> Result<(), Box<dyn Error>> {
    eprintln!("writing {} ({:.1} GB)", path.display(), rows as f64 * 80e-9);
    let names: Vec<String> = (1..COLUMNS).map(|j| format!("x{j}")).chain(["y".to_string()]).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut writer = RawWriter::create(path, &names)?;
    let mut random = rand_pcg::Pcg64Mcg::seed_from_u64(20130101);
    let mut block = Vec::with_capacity(BATCH * COLUMNS);
    for from in (0..rows).step_by(BATCH) {
        block.clear();
        for _ in from..(from + BATCH).min(rows) {
            let noise: f64 = StandardNormal.sample(&mut random);
            let mut y = 1.5 + noise;
            for beta in BETA {
                let x: f64 = StandardNormal.sample(&mut random);
                y += beta * x;
                block.push(x);
            }
            block.push(y);
        }
        writer.write_rows(&block)?;
    }
    writer.finish()?;
    Ok(())
}

/// The limit: every value read once and added up, by the same batches on the same threads.
fn plain_sum(values: &[f64], threads: usize) -> f64 {
    let next = AtomicUsize::new(0);
    let total = Mutex::new(0.0);
    let batches = values.len().div_ceil(BATCH * COLUMNS);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut lanes = [0.0; 32];
                loop {
                    let batch = next.fetch_add(1, Ordering::Relaxed);
                    if batch >= batches {
                        break;
                    }
                    let from = batch * BATCH * COLUMNS;
                    for few in values[from..(from + BATCH * COLUMNS).min(values.len())].chunks_exact(32) {
                        for (lane, x) in lanes.iter_mut().zip(few) {
                            *lane += x;
                        }
                    }
                }
                if let Ok(mut total) = total.lock() {
                    *total += lanes.iter().sum::<f64>();
                }
            });
        }
    });
    total.into_inner().unwrap_or(f64::NAN)
}

/// States of batches in the order of the file, whatever the order in which they arrive.
#[derive(Default)]
struct Ordered {
    waiting: BTreeMap<usize, OlsState>,
    next: usize,
    total: Option<OlsState>,
}

impl Ordered {
    fn push(&mut self, index: usize, state: OlsState) -> Result<(), ferronum_stat::Error> {
        self.waiting.insert(index, state);
        while let Some(state) = self.waiting.remove(&self.next) {
            match &mut self.total {
                Some(total) => total.merge(&state)?,
                None => self.total = Some(state),
            }
            self.next += 1;
        }
        Ok(())
    }
}

fn warm_fit(values: &[f64], threads: usize) -> Result<(OlsState, Vec<f64>), Box<dyn Error>> {
    let next = AtomicUsize::new(0);
    let ordered = Mutex::new(Ordered::default());
    let batches = values.len().div_ceil(BATCH * COLUMNS);
    let work = || -> Result<Vec<f64>, ferronum_stat::Error> {
        let mut latency = Vec::with_capacity(batches);
        loop {
            let batch = next.fetch_add(1, Ordering::Relaxed);
            if batch >= batches {
                return Ok(latency);
            }
            let start = Instant::now();
            let from = batch * BATCH * COLUMNS;
            let mut state = OlsState::new(COLUMNS - 1, true, None)?;
            state.update_rows(&Rows::row_major(
                &values[from..(from + BATCH * COLUMNS).min(values.len())],
                COLUMNS,
            )?)?;
            if let Ok(mut ordered) = ordered.lock() {
                ordered.push(batch, state)?;
            }
            latency.push(start.elapsed().as_secs_f64());
        }
    };
    let mut latency = Vec::new();
    std::thread::scope(|scope| -> Result<(), Box<dyn Error>> {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            latency.extend(worker.join().map_err(|_| "a worker stopped")??);
        }
        Ok(())
    })?;
    let state = ordered.into_inner()?.total.ok_or("no rows")?;
    Ok((state, latency))
}

/// A pass over a file that is not in the page cache, beside a plain read of it in blocks of 8 MiB.
fn cold(path: &Path, arguments: &Arguments) -> Result<(f64, f64), Box<dyn Error>> {
    let (mut read, mut fit) = (Vec::new(), Vec::new());
    for _ in 0..arguments.rounds.min(3) {
        evict(path)?;
        let start = Instant::now();
        let mut file = File::open(path)?;
        let mut block = vec![0; 8 << 20];
        while file.read(&mut block)? > 0 {}
        read.push(start.elapsed().as_secs_f64());

        evict(path)?;
        let start = Instant::now();
        let source = Source::open(&path.to_string_lossy(), &ReadOptions::default())?;
        let blocks = Mutex::new(source.dense_blocks(BATCH)?.ok_or("not a file of f64 rows")?.enumerate());
        let ordered = Mutex::new(Ordered::default());
        let work = || -> Result<(), String> {
            loop {
                let block = blocks.lock().map_err(|e| e.to_string())?.next();
                let Some((index, block)) = block else { return Ok(()) };
                let block = block.map_err(|e| e.to_string())?;
                let mut state = OlsState::new(COLUMNS - 1, true, None).map_err(|e| e.to_string())?;
                let rows = Rows::row_major(block.values(), COLUMNS).map_err(|e| e.to_string())?;
                state.update_rows(&rows).map_err(|e| e.to_string())?;
                ordered.lock().map_err(|e| e.to_string())?.push(index, state).map_err(|e| e.to_string())?;
            }
        };
        std::thread::scope(|scope| -> Result<(), Box<dyn Error>> {
            let workers: Vec<_> = (0..arguments.threads).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                worker.join().map_err(|_| "a worker stopped")??;
            }
            Ok(())
        })?;
        solve(&ordered.into_inner()?.total.ok_or("no rows")?)?;
        fit.push(start.elapsed().as_secs_f64());
    }
    Ok((median(&read), median(&fit)))
}

/// The fit; the data are well conditioned, so one pass is enough.
fn solve(state: &OlsState) -> Result<LinearFit, Box<dyn Error>> {
    match state.solve(&OlsOptions::default())? {
        Solution::Done(solved) => Ok(solved.fit().clone()),
        Solution::NeedsQr(_) => Err("the data are ill-conditioned".into()),
    }
}
