//! Adaptive integration of positive functions of one variable.

/// Nodes and weights of the 10- and 21-point Gauss–Kronrod pair on [-1, 1], outermost first, 0 last
/// (Piessens et al., *QUADPACK* (1983), routine QK21).
const NODES: [f64; 11] = [
    0.995657163025808080735527280689003,
    0.973906528517171720077964012084452,
    0.930157491355708226001207180059508,
    0.865063366688984510732096688423493,
    0.780817726586416897063717578345042,
    0.679409568299024406234327365114874,
    0.562757134668604683339000099272694,
    0.433395394129247190799265943165784,
    0.294392862701460198131126603103866,
    0.14887433898163121088482600112972,
    0.0,
];
const KRONROD: [f64; 11] = [
    0.011694638867371874278064396062192,
    0.03255816230796472747881897245939,
    0.05475589657435199603138130024458,
    0.07503967481091995276704314091619,
    0.093125454583697605535065465083366,
    0.109387158802297641899210590325805,
    0.123491976262065851077958109585166,
    0.134709217311473325928054001771707,
    0.142775938577060080797094273138717,
    0.147739104901338491374841515972068,
    0.149445554002916905664936468389821,
];
const GAUSS: [f64; 5] = [
    0.066671344308688137593568809893332,
    0.149451349150580593145863396957673,
    0.219086362515982043995534934228163,
    0.269266719309996355091226921569469,
    0.295524224714752870173815619188769,
];

/// Integral of f ≥ 0 over [a, b], to about `tolerance` of itself: the piece of largest error is halved until the sum of errors is small,
/// at most `limit` times.
pub(crate) fn integrate(f: &dyn Fn(f64) -> f64, breaks: &[f64], tolerance: f64, limit: usize) -> f64 {
    let mut pieces: Vec<(f64, f64, f64, f64)> =
        breaks.windows(2).filter(|w| w[0] < w[1]).map(|w| piece(f, w[0], w[1])).collect();
    for _ in 0..limit {
        let total: f64 = pieces.iter().map(|p| p.2).sum();
        let error: f64 = pieces.iter().map(|p| p.3).sum();
        if error.is_nan() || error <= tolerance * total.abs() {
            break;
        }
        let Some(worst) = (0..pieces.len()).max_by(|&i, &j| pieces[i].3.total_cmp(&pieces[j].3)) else {
            break;
        };
        let (a, b, ..) = pieces.swap_remove(worst);
        let middle = 0.5 * (a + b);
        pieces.push(piece(f, a, middle));
        pieces.push(piece(f, middle, b));
    }
    // Small terms first.
    let mut values: Vec<f64> = pieces.iter().map(|p| p.2).collect();
    values.sort_by(|x, y| x.abs().total_cmp(&y.abs()));
    values.iter().sum()
}

/// Ends, Kronrod's value and the error estimate: the difference to Gauss's value, sharpened as in QUADPACK, since the Kronrod value is
/// far better than the difference says.
fn piece(f: &dyn Fn(f64) -> f64, a: f64, b: f64) -> (f64, f64, f64, f64) {
    let (centre, half) = (0.5 * (a + b), 0.5 * (b - a));
    let middle = f(centre);
    let (mut kronrod, mut gauss) = (KRONROD[10] * middle, 0.0);
    for i in 0..10 {
        let pair = f(centre - half * NODES[i]) + f(centre + half * NODES[i]);
        kronrod += KRONROD[i] * pair;
        if i % 2 == 1 {
            gauss += GAUSS[i / 2] * pair;
        }
    }
    let value = kronrod * half;
    let difference = ((kronrod - gauss) * half).abs();
    let error =
        if value > 0.0 { value * (200.0 * difference / value).powf(1.5).min(1.0) } else { difference };
    (a, b, value, error.min(difference))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smooth_and_kinked() {
        assert!((integrate(&f64::exp, &[0.0, 1.0], 1e-15, 50) - 1f64.exp_m1()).abs() < 1e-15);
        let kink = integrate(&|x: f64| (x - 0.3).abs().sqrt(), &[0.0, 1.0], 1e-14, 200);
        assert!((kink - 2.0 / 3.0 * (0.3f64.powf(1.5) + 0.7f64.powf(1.5))).abs() < 1e-13);
    }
}
