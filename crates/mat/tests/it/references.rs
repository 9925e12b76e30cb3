//! Answers against mpmath 1.3 at 80 digits, on the matrices as stored (their elements rounded to `f64`).
use crate::examples::{hilbert, random};
use ferronum_mat::{
    Cholesky, Mat, MatRef, PivotedQr, Qr, Svd, Triangle, condition_number, invert_triangular, lstsq,
    reciprocal_condition_number, singular_values, solve_triangular,
};
use ferronum_testkit::assert_lre;

/// Solution of H x = (1, …, 1) for the Hilbert matrix of order 8.
const HILBERT_8: [f64; 8] = [
    -7.999999949964206147644775,
    503.9999950878591971725923,
    -7559.999915088206291190534,
    46199.99945570579177418542,
    -138599.9983556747593463236,
    216215.9974690208622160711,
    -168167.9980788500306335984,
    51479.99942952376028992525,
];

#[test]
fn hilbert_system() {
    let a = hilbert(8);
    let b = [1.0; 8];
    // The condition number is 1.5e10: ten of sixteen digits may go.
    let solutions = [
        Cholesky::new(&a).unwrap().solve(&b).unwrap(),
        Qr::new(&a).unwrap().solve(&b).unwrap(),
        PivotedQr::new(&a).unwrap().solve(&b).unwrap(),
        Svd::new(&a).unwrap().solve(&b).unwrap(),
        lstsq(&a, &b).unwrap().solution,
    ];
    for x in solutions {
        for i in 0..8 {
            assert_lre!(x[(i, 0)], HILBERT_8[i], 5.5);
        }
    }
}

#[test]
fn hilbert_spectrum_and_condition() {
    let a = hilbert(8);
    let expected = [
        1.695938996921949435878275,
        0.2981252113169307106748411,
        0.02621284357811905094457614,
        0.001467688117741847138802498,
        0.00005436943369750896270018981,
        0.000001294332091874179291942431,
        1.79887374600630123016572e-8,
        1.111538969488808158561688e-10,
    ];
    for (value, expected) in singular_values(&a).unwrap().into_iter().zip(expected) {
        assert!((value - expected).abs() <= 8.0 * f64::EPSILON * 1.7, "{value:e} {expected:e}");
    }
    assert_lre!(condition_number(&a).unwrap(), expected[0] / expected[7], 5.0);
    // 1-norm condition; the estimate of its reciprocal is never too small, but for rounding.
    let exact = 1.0 / 33872791001.15511359244745;
    for estimate in [
        reciprocal_condition_number(&a).unwrap(),
        Cholesky::new(&a).unwrap().rcond(),
        reciprocal_condition_number(&a.scale(1e250)).unwrap(),
        reciprocal_condition_number(&a.scale(1e-250)).unwrap(),
    ] {
        assert!((0.9999 * exact..3.0 * exact).contains(&estimate), "{estimate:e} {exact:e}");
    }
    assert_lre!(Cholesky::new(&a).unwrap().ln_det(), -74.97842732625070064571476, 6.0);
    assert_lre!(Cholesky::new(&a).unwrap().det(), 2.737050121755728820366909e-33, 5.0);
    assert_lre!(Qr::new(&a).unwrap().det().unwrap(), 2.737050121755728820366909e-33, 5.0);
}

#[test]
fn polynomial_fit() {
    // Degree 5 through eˣ (rounded to 40 bits) at x = i/16; the powers are exact.
    let y = [
        1.0,
        1.0644944589175793,
        1.1331484530664966,
        1.2062302494214237,
        1.2840254166876548,
        1.3668379411737988,
        1.4549914146182346,
        1.5488302986341296,
        1.6487212706997525,
        1.7550546569600556,
        1.8682459574320092,
    ];
    let expected = [
        0.9999999815999538574809,
        1.000005825338378160706741,
        0.4998869257141427041437381,
        0.1674322899681188183508831,
        0.03936313191268132838891658,
        0.01143602881676111465845353,
    ];
    let a = Mat::from_fn(11, 6, |i, j| (i as f64 / 16.0).powi(j as i32));
    let fit = lstsq(&a, &y).unwrap();
    assert_eq!(fit.rank, 6);
    assert_lre!(fit.residual_norms[0], 1.312109538752162973729082e-7, 8.0);
    for x in [
        fit.solution,
        Qr::new(&a).unwrap().solve(&y).unwrap(),
        PivotedQr::new(&a).unwrap().solve(&y).unwrap(),
    ] {
        for j in 0..6 {
            assert_lre!(x[(j, 0)], expected[j], 10.0);
        }
    }
}

#[test]
fn shortest_solution_of_a_deficient_system() {
    let b = Mat::from_rows(&[[1.0, 0.0], [2.0, 1.0], [3.0, 5.0], [4.0, 2.0], [7.0, 1.0]]).unwrap();
    let c = Mat::from_rows(&[[1.0, 0.0, 1.0], [0.0, 1.0, 2.0]]).unwrap();
    let a = &b * &c;
    let y = [1.0, 2.0, 3.0, 4.0, 6.0];
    let expected = [0.6912280701754385964912281, -0.2561403508771929824561404, 0.1789473684210526315789474];
    let fit = lstsq(&a, &y).unwrap();
    assert_eq!(fit.rank, 2);
    let by_inverse = &Svd::new(&a).unwrap().pseudo_inverse().unwrap() * MatRef::column(&y);
    for x in [fit.solution, by_inverse] {
        for j in 0..3 {
            assert_lre!(x[(j, 0)], expected[j], 14.0);
        }
    }
}

#[test]
fn scaled_problems_have_scaled_answers() {
    // Far from one, the same digits: only exponents change. 2^±990 ≈ 1e±298.
    let a = random(12, 7, 21);
    let b = random(12, 2, 22);
    let reference = lstsq(&a, &b).unwrap();
    let qr = Qr::new(&a).unwrap().solve(&b).unwrap();
    for exponent in [990, 600, -600, -960] {
        let scale = |m: &Mat<f64>| m.map(|x| ferronum_mat::Scalar::scale_by_power_of_two(x, exponent));
        let fit = lstsq(&scale(&a), &scale(&b)).unwrap();
        assert_eq!(fit.solution, reference.solution, "2^{exponent}");
        let same = Qr::new(&scale(&a)).unwrap().solve(&scale(&b)).unwrap();
        assert!((&same - &qr).norm_max() <= 1e-14 * qr.norm_max(), "2^{exponent}");
    }
}

#[test]
fn triangular_solves() {
    use Triangle::{Lower, UnitLower, UnitUpper, Upper};
    for n in [1, 2, 5, 40, 130] {
        let mut t = random(n, n, 31);
        for i in 0..n {
            t[(i, i)] += 4.0 + n as f64;
        }
        let b = random(n, 3, 32);
        for kind in [Lower, Upper, UnitLower, UnitUpper] {
            let unit = matches!(kind, UnitLower | UnitUpper);
            // Keep the unit triangles well conditioned.
            let t = if unit { t.scale(1.0 / (2.0 * n as f64)) } else { t.clone() };
            let lower = matches!(kind, Lower | UnitLower);
            let full = Mat::from_fn(n, n, |i, j| match (i == j, (i > j) == lower) {
                (true, _) if unit => 1.0,
                (true, _) | (false, true) => t[(i, j)],
                _ => 0.0,
            });
            // The other triangle, and the diagonal of a unit triangle, may hold anything.
            let hidden = Mat::from_fn(n, n, |i, j| {
                if (i == j && unit) || (i != j && (i > j) != lower) { f64::NAN } else { t[(i, j)] }
            });
            let x = solve_triangular(&hidden, kind, &b).unwrap();
            assert!((&(&full * &x) - &b).norm_max() < 1e-13, "{kind:?} {n}");
            let inverse = invert_triangular(&hidden, kind).unwrap();
            assert!((&(&full * &inverse) - &Mat::identity(n)).norm_max() < 1e-13, "{kind:?} {n}");
            let transposed = match kind {
                Lower => Upper,
                Upper => Lower,
                UnitLower => UnitUpper,
                UnitUpper => UnitLower,
            };
            let other = invert_triangular(hidden.transpose(), transposed).unwrap();
            assert!((&inverse - other.transpose()).norm_max() < 1e-14);
        }
    }
}

#[test]
fn inverse_of_a_definite_matrix() {
    for n in [1, 3, 50] {
        let a = random(2 * n, n, 41).gram();
        let inverse = Cholesky::new(&a).unwrap().inverse().unwrap();
        assert!((&(&a * &inverse) - &Mat::identity(n)).norm_max() < 1e-11);
        assert_eq!(inverse, inverse.transpose());
    }
}
