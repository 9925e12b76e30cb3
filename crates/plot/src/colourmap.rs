//! The sequential colour map of densities.
use crate::style::Colour;

/// Colour at `t` from 0 (pale) to 1 (dark).
///
/// A straight ramp of lightness in OKLab, L = 0.90 … 0.30, with hue turning from cyan-blue (220°) to violet-blue (278°) and chroma
/// rising to 0.125 in the middle: equal steps of `t` look equal, also in grey and to colour-blind readers.
///
/// # Source
/// Björn Ottosson, *A perceptual color space for image processing* (2020), for the conversion to linear sRGB.
pub(crate) fn density(t: f64) -> Colour {
    let t = t.clamp(0.0, 1.0);
    let lightness = 0.90 - 0.60 * t;
    let chroma = 0.045 + 0.32 * t * (1.0 - t) + 0.055 * t;
    let hue = (220.0 + 58.0 * t).to_radians();
    let (a, b) = (chroma * hue.cos(), chroma * hue.sin());

    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    Colour::new(
        gamma(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s),
        gamma(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s),
        gamma(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s),
    )
}

/// Linear light to an sRGB byte (IEC 61966-2-1).
fn gamma(linear: f64) -> u8 {
    let v = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
    (v.clamp(0.0, 1.0) * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn darkens_evenly() {
        // Relative luminance (BT.709) of the ramp falls strictly.
        let luminance = |c: Colour| {
            let f = |v: u8| (f64::from(v) / 255.0).powf(2.2);
            0.2126 * f(c.rgb.0) + 0.7152 * f(c.rgb.1) + 0.0722 * f(c.rgb.2)
        };
        let ramp: Vec<f64> = (0..=20).map(|i| luminance(density(f64::from(i) / 20.0))).collect();
        assert!(ramp.windows(2).all(|w| w[0] > w[1]), "{ramp:?}");
        assert!(ramp[0] > 0.6 && ramp[20] < 0.08, "{ramp:?}");
    }
}
