//! Draws one figure of each kind, on easy and on awkward data, into a folder: `cargo run --example gallery -- DIR`.
use ferronum_plot::{BoxPlot, DiagnosticPlots, Error, Figure, Histogram, LinePlot, QqPlot, Scatter};
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
    simple(&folder, &mut noise)
}

/// The figures of one or two columns.
fn simple(folder: &Path, noise: &mut Noise) -> Result<(), Box<dyn std::error::Error>> {
    let x: Vec<f64> = (0..200).map(|_| noise.normal()).collect();
    let y: Vec<f64> = x.iter().map(|x| 30.0 - 4.0 * x + x * x + 2.0 * noise.normal()).collect();
    show(folder, "scatter_200", || {
        Scatter::new(&x, &y)?.title("mpg and wt").x_label("wt").y_label("mpg").smoother().render(720, 480)
    })?;
    let delay: Vec<f64> =
        (0..336_776).map(|_| (30.0 * noise.normal().powi(3) + 5.0 * noise.normal()).round()).collect();
    let late: Vec<f64> =
        delay.iter().map(|d| if *d > 900.0 { f64::NAN } else { d - 8.0 + 15.0 * noise.normal() }).collect();
    show(folder, "scatter_336776", || {
        let plot = Scatter::new(&delay, &late)?.x_label("dep_delay (minutes)").y_label("arr_delay (minutes)");
        plot.title("Flights from New York, 2013").smoother().render(720, 480)
    })?;
    let price: Vec<f64> = (0..5_000).map(|_| (6.0 + 2.5 * noise.normal()).exp()).collect();
    let weight: Vec<f64> = price.iter().map(|p| 1e-4 * p.powf(0.7) * (0.4 * noise.normal()).exp()).collect();
    show(folder, "scatter_log", || {
        let plot = Scatter::new(&weight, &price)?.x_label("weight (kg)").y_label("price");
        plot.log_x().log_y().smoother().render(720, 480)
    })?;
    show(folder, "histogram_flights", || Histogram::new(&delay).x_label("dep_delay").render(720, 400))?;
    show(folder, "histogram_200", || Histogram::new(&y).title("mpg").x_label("mpg").render(720, 400))?;
    let dice: Vec<f64> =
        (0..1_000).map(|_| (6.0 * noise.uniform()).floor() + (6.0 * noise.uniform()).floor() + 2.0).collect();
    show(folder, "histogram_dice", || Histogram::new(&dice).x_label("sum of two dice").render(720, 400))?;
    show(folder, "histogram_constant", || Histogram::new(&[3.5; 20]).x_label("x").render(720, 400))?;
    let mut flow: Vec<f64> =
        (0..100).map(|i| 1100.0 - f64::from(u8::from(i > 28)) * 250.0 + 120.0 * noise.normal()).collect();
    flow[40] = f64::NAN;
    flow[60..64].fill(f64::NAN);
    flow[62] = 900.0;
    show(folder, "line_nile", || {
        LinePlot::series(1871.0, 1.0, &flow)
            .title("Flow of the Nile at Aswan")
            .x_label("year")
            .y_label("10⁸ m³")
            .render(720, 360)
    })?;
    let mut walk = 0.0;
    let walk: Vec<f64> = (0..1_000_000)
        .map(|_| {
            walk += noise.normal();
            walk
        })
        .collect();
    show(folder, "line_1e6", || {
        LinePlot::series(0.0, 1.0, &walk).x_label("step").y_label("position").render(720, 360)
    })?;
    let carriers =
        ["UA", "B6", "EV", "DL", "AA", "MQ", "US", "9E", "WN", "VX", "FL", "AS", "F9", "YV", "HA", "OO"];
    let codes: Vec<u32> = delay.iter().map(|_| (16.0 * noise.uniform().powi(2)) as u32).collect();
    let shifted: Vec<f64> =
        delay.iter().zip(&codes).map(|(d, c)| d.abs().sqrt() * 3.0 + f64::from(*c)).collect();
    show(folder, "box_carriers", || {
        BoxPlot::by_group(&shifted, &codes, &carriers)?
            .x_label("delay")
            .y_label("carrier")
            .title("Delay by carrier")
            .render(720, 560)
    })?;
    let codes: Vec<u32> = (0..200).map(|i| i % 3).collect();
    show(folder, "box_3", || {
        let names = ["setosa", "versicolor", "virginica"];
        BoxPlot::by_group(&y, &codes, &names)?.x_label("petal length (cm)").render(640, 300)
    })?;
    show(folder, "qq_200", || QqPlot::new(&y).y_label("mpg").title("mpg").render(520, 480))?;
    show(folder, "qq_flights", || QqPlot::new(&delay).y_label("dep_delay").render(520, 480))?;
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
    let total_rows = n as u64;
    let stands_for = Vec::new();
    Diagnostics { rows, fitted, residuals, standardized, leverage, cooks, total_rows, rank: 2, stands_for }
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
