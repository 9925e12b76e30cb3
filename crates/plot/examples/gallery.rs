//! Draws one figure of each kind, on easy and on awkward data, into a folder: `cargo run --example gallery -- DIR`.
use ferronum_plot::{DiagnosticPlots, Error, Figure};
use ferronum_stat::regression::Diagnostics;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "gallery".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let mut noise = Noise(20_130_101);
    show(&folder, "diagnostics_32", || {
        let fit = line(&mut noise, 32, |x, e| 20.0 + 2.0 * x + 0.8 * x * x + 2.5 * e);
        DiagnosticPlots::new(&fit).title("mpg ~ wt + hp").render(1000, 800)
    })?;
    show(&folder, "diagnostics_1500", || {
        let fit = line(&mut noise, 1500, |x, e| 1e3 * x + 900.0 * (1.0 + x) * e);
        DiagnosticPlots::new(&fit).title("income ~ schooling").render(1000, 800)
    })?;
    show(&folder, "diagnostics_336776", || {
        let mut fit = line(&mut noise, 50_000, |x, e| 12.0 + 40.0 * x * x + 18.0 * e * e * e);
        fit.total_rows = 336_776;
        DiagnosticPlots::new(&fit).title("arr_delay ~ dep_delay + distance + C(carrier)").render(1000, 800)
    })?;
    show(&folder, "diagnostics_1e6", || {
        let fit = line(&mut noise, 1_000_000, |x, e| 3.0 + x + e * (1.0 + 0.4 * e * e));
        DiagnosticPlots::new(&fit).title("y ~ x, a million rows").render(1000, 800)
    })?;
    show(&folder, "diagnostics_3", || {
        let fit = line(&mut noise, 3, |x, e| x + e);
        DiagnosticPlots::new(&fit).title("three points").render(1000, 800)
    })?;
    show(&folder, "diagnostics_exact", || {
        let mut fit = line(&mut noise, 20, |x, _| x);
        fit.residuals.fill(0.0);
        fit.standardized.fill(f64::NAN);
        fit.cooks.fill(f64::NAN);
        DiagnosticPlots::new(&fit).title("a perfect fit").render(1000, 800)
    })?;
    show(&folder, "diagnostics_leverage1", || {
        let mut fit = line(&mut noise, 40, |x, e| 1e-9 * (x + e));
        fit.leverage[13] = 1.0;
        (fit.standardized[13], fit.cooks[13]) = (f64::NAN, f64::NAN);
        DiagnosticPlots::new(&fit).title("leverage one, values of 1e−9").render(1000, 800)
    })?;
    show(&folder, "diagnostics_1e12", || {
        let fit = line(&mut noise, 60, |x, e| 1e12 + x + 0.2 * e);
        DiagnosticPlots::new(&fit).title("values of 1e12").render(1000, 800)
    })?;
    show(&folder, "diagnostics_small", || {
        let fit = line(&mut noise, 60, |x, e| x + 0.2 * e);
        DiagnosticPlots::new(&fit).title("a small page").render(420, 360)
    })?;
    Ok(())
}

fn show(folder: &Path, name: &str, draw: impl FnOnce() -> Result<Figure, Error>) -> Result<(), Error> {
    let start = Instant::now();
    let figure = draw()?;
    let drawn = start.elapsed();
    figure.save(folder.join(name).with_extension("svg"))?;
    let start = Instant::now();
    figure.save(folder.join(name).with_extension("png"))?;
    let kilobytes = figure.to_svg().len() as f64 / 1e3;
    println!("{name:28} {kilobytes:8.1} kB SVG, drawn in {drawn:9.2?}, PNG in {:9.2?}", start.elapsed());
    Ok(())
}

/// Diagnostics of the least-squares line through n points of the given law.
fn line(noise: &mut Noise, n: usize, law: impl Fn(f64, f64) -> f64) -> Diagnostics {
    let x: Vec<f64> = (0..n).map(|_| noise.normal()).collect();
    let y: Vec<f64> = x.iter().map(|&x| law(x, noise.normal())).collect();
    let m = n as f64;
    let (mx, my) = (x.iter().sum::<f64>() / m, y.iter().sum::<f64>() / m);
    let sxx: f64 = x.iter().map(|x| (x - mx) * (x - mx)).sum();
    let slope = x.iter().zip(&y).map(|(x, y)| (x - mx) * (y - my)).sum::<f64>() / sxx;
    let fitted: Vec<f64> = x.iter().map(|x| my + slope * (x - mx)).collect();
    let residuals: Vec<f64> = y.iter().zip(&fitted).map(|(y, f)| y - f).collect();
    let s2 = residuals.iter().map(|e| e * e).sum::<f64>() / (m - 2.0);
    let leverage: Vec<f64> = x.iter().map(|x| 1.0 / m + (x - mx) * (x - mx) / sxx).collect();
    let standardized: Vec<f64> =
        residuals.iter().zip(&leverage).map(|(e, h)| e / (s2 * (1.0 - h)).sqrt()).collect();
    let cooks = standardized.iter().zip(&leverage).map(|(r, h)| r * r * h / (2.0 * (1.0 - h))).collect();
    let rows = (1..=n as u64).collect();
    Diagnostics { rows, fitted, residuals, standardized, leverage, cooks, total_rows: n as u64, rank: 2 }
}

/// SplitMix64 and the Box–Muller transform: the same figures each time.
struct Noise(u64);

impl Noise {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.uniform()).ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }
}
