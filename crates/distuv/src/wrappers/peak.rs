//! The point of largest density of any law.
use crate::ContinuousDistribution;

/// Points between neighbouring candidates.
const BETWEEN: usize = 24;

/// The best of the `candidates`, of points between them, and of the top of the density next to the best of those; it is found by
/// bisection on the sign of `score_x`. Candidates that are not finite are left out.
pub(super) fn peak<D: ContinuousDistribution + ?Sized>(
    law: &D,
    candidates: impl IntoIterator<Item = f64>,
) -> f64 {
    let mut points: Vec<f64> = candidates.into_iter().filter(|x| x.is_finite()).collect();
    points.sort_by(f64::total_cmp);
    points.dedup();
    let between: Vec<f64> = points
        .windows(2)
        .flat_map(|ends| {
            let width = ends[1] - ends[0];
            (1..BETWEEN).map(move |i| ends[0] + width * (i as f64 / BETWEEN as f64))
        })
        .collect();
    points.extend(between);
    points.sort_by(f64::total_cmp);
    let mut best = 0;
    for i in 1..points.len() {
        if law.ln_pdf(points[i]) > law.ln_pdf(points[best]) {
            best = i;
        }
    }
    let Some(&at) = points.get(best) else { return law.median() };
    let left = points[best.saturating_sub(1)];
    let right = points[(best + 1).min(points.len() - 1)];
    let top = climb(law, left, right);
    if law.ln_pdf(top) > law.ln_pdf(at) { top } else { at }
}

/// The zero of `score_x` in a bracket where it falls from positive to negative.
fn climb<D: ContinuousDistribution + ?Sized>(law: &D, mut left: f64, mut right: f64) -> f64 {
    for _ in 0..200 {
        let middle = left + 0.5 * (right - left);
        if middle <= left || middle >= right {
            break;
        }
        if law.score_x(middle) > 0.0 {
            left = middle;
        } else {
            right = middle;
        }
    }
    left + 0.5 * (right - left)
}
