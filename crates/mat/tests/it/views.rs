//! Views: construction, bounds, strides, parts, text.
use ferronum_mat::{Error, Mat, MatMut, MatRef};

fn numbers(n: usize) -> Vec<f64> {
    (0..n).map(|i| i as f64).collect()
}

#[test]
fn layouts_agree() {
    for (m, n) in [(0, 0), (0, 3), (3, 0), (1, 1), (1, 5), (5, 1), (3, 4), (7, 2)] {
        let by_rows = numbers(m * n);
        let a = MatRef::row_major(&by_rows, m, n).unwrap();
        let owned = a.to_owned();
        let b = MatRef::column_major(owned.as_slice(), m, n).unwrap();
        assert_eq!(a, b);
        assert_eq!(a.transpose(), owned.transpose());
        assert_eq!(a.as_row_major_slice(), Some(&by_rows[..]));
        assert_eq!(b.as_slice(), Some(owned.as_slice()));
        assert_eq!(a.iter().count(), m * n);
        assert_eq!(a.rows().len(), m);
        assert_eq!(a.cols().len(), n);
        assert_eq!(a.diagonal().len(), m.min(n));
    }
}

#[test]
fn memory_walked_by_strides_is_the_matrix() {
    let data = numbers(60);
    let views = [
        MatRef::row_major(&data, 6, 10).unwrap(),
        MatRef::row_major(&data, 6, 10).unwrap().subcols(1..10),
        MatRef::row_major(&data, 6, 10).unwrap().submatrix(2..3, 4..7),
        MatRef::column_major(&data, 6, 10).unwrap().subrows(1..4),
        MatRef::column_major(&data, 6, 10).unwrap().col(3),
        MatRef::column_major(&data, 6, 10).unwrap().row(3),
        MatRef::strided(&data, 3, 4, 20, 2).unwrap(),
        MatRef::strided(&data, 3, 4, 0, 2).unwrap(),
        MatRef::strided(&data, 0, 4, usize::MAX, usize::MAX).unwrap(),
        MatRef::strided(&data, 1, 1, usize::MAX, usize::MAX).unwrap(),
    ];
    for a in views {
        let (memory, row_stride, col_stride) = a.as_slice_with_strides().unwrap();
        for i in 0..a.nrows() {
            for j in 0..a.ncols() {
                assert_eq!(memory[i * row_stride + j * col_stride], a[(i, j)]);
                assert_eq!(a.get(i, j), Some(a[(i, j)]));
            }
            if let Some(row) = a.row_slice(i) {
                assert!(row.iter().copied().eq(a.row(i).iter()));
            }
        }
        for j in 0..a.ncols() {
            if let Some(col) = a.col_slice(j) {
                assert!(col.iter().copied().eq(a.col(j).iter()));
            }
        }
        assert_eq!(a.get(a.nrows(), 0), None);
        assert_eq!(a.get(0, a.ncols()), None);
        assert_eq!((a.row_slice(a.nrows()), a.col_slice(a.ncols())), (None, None));
    }
}

#[test]
fn lengths_and_strides_are_checked() {
    let mut data = numbers(12);
    assert_eq!(MatRef::row_major(&data, 3, 5), Err(Error::Length { nrows: 3, ncols: 5, found: 12 }));
    assert_eq!(MatRef::column_major(&data, 2, 5), Err(Error::Length { nrows: 2, ncols: 5, found: 12 }));
    let huge = usize::MAX / 2;
    assert_eq!(MatRef::row_major(&data, huge, 3), Err(Error::TooLarge { nrows: huge, ncols: 3 }));
    assert!(MatRef::strided(&data, 4, 3, 3, 1).is_ok());
    for (m, n, row_stride, col_stride) in [
        (4, 3, 3, 2),
        (5, 3, 3, 1),
        (2, 2, huge, huge),
        (2, 2, usize::MAX, 1),
        (3, 3, usize::MAX, 0),
        (huge, 1, 1, 1),
    ] {
        let error = Error::StrideOutOfBounds { nrows: m, ncols: n, row_stride, col_stride, len: 12 };
        assert_eq!(MatRef::strided(&data, m, n, row_stride, col_stride), Err(error.clone()));
        assert_eq!(MatMut::strided(&mut data, m, n, row_stride, col_stride).unwrap_err(), error);
    }
    for (m, n, row_stride, col_stride) in [(2, 2, 0, 1), (2, 2, 1, 1), (3, 3, 2, 3), (1, 2, 1, 0)] {
        assert_eq!(
            MatMut::strided(&mut data, m, n, row_stride, col_stride).unwrap_err(),
            Error::Overlap { nrows: m, ncols: n, row_stride, col_stride }
        );
    }
    assert!(MatMut::strided(&mut data, 2, 3, 6, 2).is_ok());
    assert!(MatMut::strided(&mut data, 1, 3, 0, 2).is_ok());
    assert_eq!(Mat::from_vec(vec![1.0], 1, 2), Err(Error::Length { nrows: 1, ncols: 2, found: 1 }));
    let ragged: [&[f64]; 2] = [&[1.0, 2.0], &[3.0]];
    assert_eq!(Mat::from_rows(&ragged), Err(Error::RaggedRows { row: 1, expected: 2, found: 1 }));
}

#[test]
#[allow(clippy::reversed_empty_ranges)]
fn parts_are_checked() {
    let a = Mat::from_fn(3, 4, |i, j| (10 * i + j) as f64);
    assert_eq!(a.submatrix(1..3, 2..4)[(1, 0)], 22.0);
    assert_eq!(a.subrows(3..3).shape(), (0, 4));
    for (rows, cols) in [(0..4, 0..1), (0..1, 0..5), (2..1, 0..1), (0..1, 5..4)] {
        let error = a.view().try_submatrix(rows.clone(), cols.clone()).unwrap_err();
        let expected =
            Error::OutOfBounds { rows: (rows.start, rows.end), cols: (cols.start, cols.end), shape: (3, 4) };
        assert_eq!(error, expected);
    }
}

#[test]
#[should_panic(expected = "element (0, 4) of a 3×4 matrix")]
fn an_index_outside_panics_with_the_shape() {
    let a = Mat::<f64>::zeros(3, 4);
    let _ = a.view()[(0, 4)];
}

#[test]
fn writing_through_views() {
    let mut a = Mat::<f64>::zeros(4, 5);
    {
        let view = a.view_mut();
        let (mut above, mut below) = view.split_at_row(1).unwrap();
        above.fill(1.0);
        below[(2, 4)] = 7.0;
        assert_eq!(above.row_slice_mut(0), None);
        assert_eq!(below.col_slice_mut(0).unwrap().len(), 3);
        assert_eq!(below.view().as_slice_with_strides(), None); // its gaps are the other part's
        assert_eq!(below.view().to_owned().shape(), (3, 5));
        let (left, right) = below.split_at_col(4).unwrap();
        assert_eq!((left.shape(), right.shape()), ((3, 4), (3, 1)));
        assert_eq!(right[(2, 0)], 7.0);
    }
    assert_eq!(a.row(0).iter().sum::<f64>(), 5.0);
    assert_eq!(a[(3, 4)], 7.0);
    a.view_mut().transpose().row_slice_mut(4).unwrap().copy_from_slice(&[9.0; 4]);
    assert_eq!(a.col_slice(4), [9.0; 4]);
    let error = a.view_mut().copy_from(&Mat::zeros(5, 4)).unwrap_err();
    assert_eq!(error.to_string(), "copy: shapes 4×5 and 5×4 do not fit");
    assert!(matches!(a.view_mut().split_at_col(6), Err(Error::OutOfBounds { cols: (0, 6), .. })));
    *a.get_mut(0, 0).unwrap() = -1.0;
    a.apply(f64::abs);
    assert_eq!(a[(0, 0)], 1.0);
    assert_eq!(a.view_mut().get_mut(4, 0), None);
}

#[test]
fn text_is_aligned() {
    let a =
        Mat::from_rows(&[[1.0, 100.25, 0.0, f64::NAN], [-2.0, 3.5, 1e-12, 4.0], [1.0 / 3.0, 2.0, 5e11, 5.0]])
            .unwrap();
    let expected = "\
[[  1.000000  100.25      0  NaN ]
 [ -2.000000    3.50  1e-12  4.0 ]
 [  0.333333    2.00   5e11  5.0 ]]";
    assert_eq!(a.to_string(), expected);
    assert_eq!(format!("{:.1}", a.subcols(0..2)), "[[  1.0  100.2 ]\n [ -2.0    3.5 ]\n [  0.3    2.0 ]]");
    assert_eq!(format!("{:.1e}", a.submatrix(0..1, 0..2)), "[[ 1.0e0  1.0e2 ]]");
    assert_eq!(format!("{:?}", Mat::<f32>::identity(2)), "Mat 2×2\n[[ 1.0  0.0 ]\n [ 0.0  1.0 ]]");
    assert_eq!(Mat::<f64>::zeros(0, 3).to_string(), "[] (0×3)");
}

#[test]
fn a_large_matrix_is_abbreviated() {
    let a = Mat::from_fn(100, 12, |i, j| if i == j { i as f64 } else { 0.0 });
    let expected = "\
[[ 0.0  0.0  0.0  0.0  …  0.0  0.0  0.0  0.0 ]
 [ 0.0  1.0  0.0  0.0  …  0.0  0.0  0.0  0.0 ]
 [ 0.0  0.0  2.0  0.0  …  0.0  0.0  0.0  0.0 ]
 [ 0.0  0.0  0.0  3.0  …  0.0  0.0  0.0  0.0 ]
 [   …    …    …    …  …    …    …    …    … ]
 [ 0.0  0.0  0.0  0.0  …  0.0  0.0  0.0  0.0 ]
 [ 0.0  0.0  0.0  0.0  …  0.0  0.0  0.0  0.0 ]
 [ 0.0  0.0  0.0  0.0  …  0.0  0.0  0.0  0.0 ]
 [ 0.0  0.0  0.0  0.0  …  0.0  0.0  0.0  0.0 ]] (100×12)";
    assert_eq!(a.to_string(), expected);
    assert_eq!(format!("{a:#}").lines().count(), 100);
}

#[cfg(feature = "faer")]
#[test]
fn faer_views_convert_both_ways() {
    let mut a = Mat::from_fn(3, 4, |i, j| (10 * i + j) as f64);
    let theirs: faer::MatRef<'_, f64> = a.view().subcols(1..3).into();
    assert_eq!(theirs[(2, 1)], 22.0);
    assert_eq!(MatRef::from(theirs), a.subcols(1..3));
    let reversed = MatRef::from(theirs.reverse_rows());
    assert_eq!(reversed.to_owned()[(0, 1)], 22.0);
    assert_eq!(reversed.as_slice_with_strides(), None);
    let padded = faer::Mat::from_fn(3, 2, |i, j| (i + j) as f64);
    assert_eq!(MatRef::from(&padded).to_owned()[(2, 1)], 3.0);
    let mut writable: faer::MatMut<'_, f64> = a.view_mut().into();
    writable[(0, 0)] = 5.0;
    MatMut::from(writable)[(1, 0)] = 6.0;
    assert_eq!((a[(0, 0)], a[(1, 0)]), (5.0, 6.0));
}
