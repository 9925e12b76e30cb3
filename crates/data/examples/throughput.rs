//! How fast a source is read: `throughput FILE [COLUMN ...] [--threads N] [--passes N] [--access map|read|direct] [--dense ROWS]`.
//!
//! Prints for each pass its seconds, rows and bytes per second, and the sum of all numbers (labels count as their codes).
use ferronum_data::{Access, Column, ReadOptions, Source};
use std::sync::Mutex;
use std::time::Instant;

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let (mut names, mut threads, mut passes, mut dense) = (Vec::new(), 1, 5, None);
    let mut options = ReadOptions::default();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or("a value is missing");
        match &arg[..] {
            "--threads" => threads = value()?.parse()?,
            "--passes" => passes = value()?.parse()?,
            "--dense" => dense = Some(value()?.parse()?),
            "--access" => {
                options.access = match &value()?[..] {
                    "map" => Access::Map,
                    "read" => Access::Read,
                    "direct" => Access::Direct,
                    _ => Access::Auto,
                }
            }
            _ => names.push(arg),
        }
    }
    for _ in 0..passes {
        let start = Instant::now();
        let source = Source::open(names.first().ok_or("a file is missing")?, &options)?;
        let opened = start.elapsed();
        let sum = match dense {
            Some(rows) => sum_blocks(&source, rows, threads)?,
            None => sum_columns(&source, &names[1..], threads)?,
        };
        let seconds = start.elapsed().as_secs_f64();
        let rate = source.byte_len() as f64 / seconds / 1e6;
        println!(
            "{:8.2} ms  {rate:9.1} MB/s  open {:6.2} ms  sum {sum:e}",
            seconds * 1e3,
            opened.as_secs_f64() * 1e3
        );
    }
    Ok(())
}

/// Hands the items of `work` to threads, one at a time, and adds what they make of them.
fn add<T: Send>(
    work: impl Iterator<Item = T> + Send,
    threads: usize,
    f: impl Fn(T) -> Result<f64, Failure> + Sync,
) -> Result<f64, Failure> {
    let work = Mutex::new(work);
    let next = || work.lock().map_or(None, |mut work| work.next());
    let worker = || -> Result<f64, Failure> {
        let mut sum = 0.0;
        while let Some(item) = next() {
            sum += f(item)?;
        }
        Ok(sum)
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().map(|w| w.join().map_err(|_| Failure::from("a worker panicked"))?).sum()
    })
}

fn sum_columns(source: &Source, names: &[String], threads: usize) -> Result<f64, Failure> {
    let position = |name: &String| source.schema().index_of(name).ok_or(format!("no column {name}"));
    let mut columns = names.iter().map(position).collect::<Result<Vec<_>, _>>()?;
    if columns.is_empty() {
        columns = (0..source.schema().len()).collect();
    }
    add(source.scan(&columns)?, threads, |chunk| {
        let batch = chunk?.decode()?;
        let sums = batch.columns.iter().map(|column| match column {
            Column::Numbers(values) => values.iter().filter(|v| !v.is_nan()).sum::<f64>(),
            Column::Labels { codes, .. } => {
                codes.iter().filter(|&&c| c != ferronum_data::MISSING).map(|&c| f64::from(c)).sum()
            }
        });
        Ok(sums.sum())
    })
}

fn sum_blocks(source: &Source, rows: usize, threads: usize) -> Result<f64, Failure> {
    let blocks = source.dense_blocks(rows)?.ok_or("the file has no dense rows")?;
    add(blocks, threads, |block| {
        let block = block?;
        let mut lanes = [0.0; 16];
        for values in block.values().as_chunks::<16>().0 {
            lanes.iter_mut().zip(values).for_each(|(lane, value)| *lane += value);
        }
        Ok(lanes.iter().sum())
    })
}
