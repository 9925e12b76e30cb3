//! Tick marks at round numbers, with labels written from integers.
//!
//! A tick is `n · m · 10ᵏ` with integers `n` and m ∈ {1, 2, 5}: its label comes from the digits of `n · m`, never from
//! formatting a rounded product, so that 0.0001 cannot read `9.999999999999999e-5`.

/// One tick.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    pub value: f64,
    pub label: String,
}

/// The ticks of an axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Ticks {
    pub ticks: Vec<Tick>,
    /// What the labels leave out, to be shown with the axis title: `× 10⁶` or `+ 1,000,000`.
    pub note: Option<String>,
}

impl Ticks {
    /// Ticks in `[lo, hi]`, as many as `fits` accepts, at most `most`.
    ///
    /// Steps are tried from the finest; `fits` sees the candidate and answers whether its labels have room.
    ///
    /// # Source
    /// Nice numbers: P. Heckbert, *Nice numbers for graph labels*, Graphics Gems (1990).
    pub(crate) fn linear(lo: f64, hi: f64, most: usize, fits: impl Fn(&Ticks) -> bool) -> Ticks {
        let width = hi - lo;
        if !width.is_finite() || width < 1e-304 {
            return Ticks::default();
        }
        let most = most.max(2);
        let first = (width / most as f64).log10().floor() as i32;
        for decade in first..first + 4 {
            for m in [1i64, 2, 5] {
                if let Some(found) = at_step(lo, hi, m, decade)
                    && found.ticks.len() <= most
                    && fits(&found)
                {
                    return found;
                }
            }
        }
        Ticks::default()
    }

    /// Ticks of a logarithmic axis over `[lo, hi]`, both positive: powers of ten, every second or third where they would
    /// crowd; with 2 and 5 between them on a short axis, and linear ticks on one of less than a decade.
    pub(crate) fn log10(lo: f64, hi: f64, most: usize, fits: impl Fn(&Ticks) -> bool) -> Ticks {
        if !(lo > 0.0 && lo < hi && hi.is_finite()) {
            return Ticks::default();
        }
        let (first, last) = (lo.log10().ceil() as i32, hi.log10().floor() as i32);
        if hi / lo < 12.0 {
            return Ticks::linear(lo, hi, most, fits);
        }
        let plain = first >= -4 && last <= 5;
        let label = |m: i64, k: i32| if plain { decimal(m, k, true) } else { power(m, k) };
        let value = |m: i64, k: i32| scaled(m, k);
        if last - first <= 2 {
            let mut ticks = Vec::new();
            for k in first - 1..=last {
                for m in [1i64, 2, 5] {
                    if (lo..=hi).contains(&value(m, k)) {
                        ticks.push(Tick { value: value(m, k), label: label(m, k) });
                    }
                }
            }
            let found = Ticks { ticks, note: None };
            if found.ticks.len() <= most.max(2) && fits(&found) {
                return found;
            }
        }
        for step in 1..=(last - first).max(1) {
            let ticks = (first..=last)
                .filter(|k| k.rem_euclid(step) == 0)
                .map(|k| Tick { value: value(1, k), label: label(1, k) })
                .collect();
            let found = Ticks { ticks, note: None };
            if found.ticks.len() <= most.max(2) && fits(&found) {
                return found;
            }
        }
        Ticks::default()
    }
}

/// All multiples of `m · 10ᵏ` in `[lo, hi]`, labelled; `None` if there are more than 64 or they outrun the digits of f64.
fn at_step(lo: f64, hi: f64, m: i64, k: i32) -> Option<Ticks> {
    // Half of the step first, so that neither the step nor the quotient overflows near the ends of f64.
    let step = scaled(m, k);
    if step == 0.0 || !step.is_finite() {
        return None;
    }
    let slack = 1e-9 * (hi - lo) / step;
    let (first, last) = ((lo / step - slack).ceil(), (hi / step + slack).floor());
    if !(first.abs() < 1e15 && last.abs() < 1e15 && last - first < 64.0) {
        return None;
    }
    let counts: Vec<i64> = (first as i64..=last as i64).map(|n| n * m).collect();
    let (labels, note) = labels(&counts, k);
    let ticks = counts.iter().zip(labels).map(|(&n, label)| Tick { value: scaled(n, k), label }).collect();
    Some(Ticks { ticks, note })
}

/// `n · 10ᵏ`, correctly rounded where 10^|k| is exact.
pub(crate) fn scaled(n: i64, k: i32) -> f64 {
    let n = n as f64;
    match k {
        0..=22 => n * 10f64.powi(k),
        -22..0 => n / 10f64.powi(-k),
        // Two factors: 10^|k| alone may leave the range of f64 where the product does not.
        _ => n * 10f64.powi(k / 2) * 10f64.powi(k - k / 2),
    }
}

/// Labels for the numbers `n · 10ᵏ`, and what they leave out.
fn labels(counts: &[i64], k: i32) -> (Vec<String>, Option<String>) {
    let largest = counts.iter().map(|n| n.unsigned_abs()).max().unwrap_or(0);
    if largest == 0 {
        return (counts.iter().map(|_| "0".to_owned()).collect(), None);
    }
    let digits = largest.ilog10() as i32;
    // Many digits in common: write the difference to a round offset.
    let (low, high) = (counts[0], counts[counts.len() - 1]);
    let spread = (high - low).max(1);
    if digits >= 7 && largest / spread.unsigned_abs() >= 1_000 {
        let unit = 10i64.pow(spread.ilog10() + 1);
        let offset = high.div_euclid(unit) * unit;
        let rest: Vec<i64> = counts.iter().map(|n| n - offset).collect();
        let (labels, inner) = labels(&rest, k);
        let sign = if offset < 0 { "−" } else { "+" };
        let shift = format!("{sign} {}", plain_or_power(offset.abs(), k));
        return (labels, Some(inner.map_or(shift.clone(), |inner| format!("{inner} {shift}"))));
    }
    let exponent = digits + k; // decimal exponent of the largest number
    if !(-3..=5).contains(&exponent) {
        // Thousands, millions … for the large, the leading digit for the small.
        let shown = if exponent > 0 { exponent.div_euclid(3) * 3 } else { exponent };
        let labels = counts.iter().map(|&n| decimal(n, k - shown, true)).collect();
        return (labels, Some(format!("× 10{}", superscript(shown))));
    }
    (counts.iter().map(|&n| decimal(n, k, true)).collect(), None)
}

/// `n · 10ᵏ` in full if that takes few digits, else as a product with a power of ten.
fn plain_or_power(n: i64, k: i32) -> String {
    let (mut n, mut k) = (n, k);
    while n != 0 && n % 10 == 0 {
        n /= 10;
        k += 1;
    }
    let digits = if n == 0 { 0 } else { n.ilog10() as i32 };
    if (-6..=14).contains(&(digits + k)) && k <= 14 {
        return decimal(n, k, true);
    }
    let mantissa = decimal(n, -digits, false);
    format!("{mantissa} × 10{}", superscript(digits + k))
}

/// `m · 10ᵏ` as a power of ten.
fn power(m: i64, k: i32) -> String {
    if m == 1 { format!("10{}", superscript(k)) } else { format!("{m} × 10{}", superscript(k)) }
}

/// `n · 10ᵏ` written out, with U+2212 for minus and, if `group`, commas from five digits on: `12,500`, `1995`, `−0.025`.
pub(crate) fn decimal(n: i64, k: i32, group: bool) -> String {
    if n == 0 && k >= 0 {
        return "0".to_owned();
    }
    let digits = n.unsigned_abs().to_string();
    let (whole, fraction) = if k >= 0 {
        (digits + &"0".repeat(k as usize), String::new())
    } else {
        let places = k.unsigned_abs() as usize;
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        (whole.to_owned(), fraction.to_owned())
    };
    let mut text = String::new();
    if n < 0 {
        text.push('−');
    }
    if group && whole.len() > 4 {
        text.push_str(&grouped(&whole))
    } else {
        text.push_str(&whole)
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(&fraction);
    }
    text
}

/// Commas between groups of three digits.
fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A count with commas: `336,776`.
pub(crate) fn count(n: u64) -> String {
    grouped(&n.to_string())
}

/// An exponent in superscript digits.
pub(crate) fn superscript(k: i32) -> String {
    k.to_string()
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '0' => '⁰',
            c => char::from_u32(0x2070 + (c as u32 - '0' as u32)).unwrap_or(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lo: f64, hi: f64, most: usize) -> (Vec<String>, Option<String>) {
        let t = Ticks::linear(lo, hi, most, |_| true);
        (t.ticks.into_iter().map(|t| t.label).collect(), t.note)
    }

    #[test]
    fn labels_of_usual_ranges() {
        assert_eq!(
            shown(0.0, 1.0, 6),
            (["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"].map(String::from).to_vec(), None)
        );
        assert_eq!(shown(-3.2, 2.9, 8).0, ["−3", "−2", "−1", "0", "1", "2"]);
        assert_eq!(shown(1900.0, 2000.0, 6).0, ["1900", "1920", "1940", "1960", "1980", "2000"]);
        assert_eq!(shown(0.0, 52_000.0, 6).0, ["0", "10,000", "20,000", "30,000", "40,000", "50,000"]);
    }

    #[test]
    fn small_and_large_numbers_share_a_power_of_ten() {
        assert_eq!(
            shown(0.0, 3.1e-9, 4),
            (["0", "1", "2", "3"].map(String::from).to_vec(), Some("× 10⁻⁹".into()))
        );
        assert_eq!(shown(0.0, 2.0e12, 5).1, Some("× 10¹²".into()));
        assert_eq!(
            shown(0.000_1, 0.000_5, 5),
            (["1", "2", "3", "4", "5"].map(String::from).to_vec(), Some("× 10⁻⁴".into()))
        );
    }

    #[test]
    fn digits_in_common_become_an_offset() {
        let (labels, note) = shown(1e12, 1e12 + 3.0, 4);
        assert_eq!(labels, ["0", "1", "2", "3"]);
        assert_eq!(note.as_deref(), Some("+ 1,000,000,000,000"));
        let (labels, note) = shown(-1e9 - 4.0, -1e9, 5);
        assert_eq!((labels.len(), note.as_deref()), (5, Some("− 1,000,000,000")));
    }

    #[test]
    fn logarithmic() {
        let labels = |lo, hi, most| -> Vec<String> {
            Ticks::log10(lo, hi, most, |_| true).ticks.into_iter().map(|t| t.label).collect()
        };
        assert_eq!(labels(1e-15, 10.0, 6), ["10⁻¹⁵", "10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "10⁰"]);
        assert_eq!(labels(1.0, 1e4, 9), ["1", "10", "100", "1000", "10,000"]);
        assert_eq!(labels(0.8, 60.0, 9), ["1", "2", "5", "10", "20", "50"]);
        assert_eq!(labels(2.0, 8.0, 9), ["2", "3", "4", "5", "6", "7", "8"]);
    }

    #[test]
    fn hopeless_ranges_have_no_ticks() {
        for (lo, hi) in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (0.0, 5e-324)] {
            assert_eq!(Ticks::linear(lo, hi, 5, |_| true), Ticks::default());
        }
    }
}
