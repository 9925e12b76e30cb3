//! Data and formulas at fault: status 1, one message, no file left.
use crate::support::Folder;

#[test]
fn missing_file() {
    Folder::new("missing").bad("y ~ x", "nowhere.csv", &["nowhere.csv", "no such file"]);
}

#[test]
fn ragged_row() {
    let folder = Folder::new("ragged");
    let data = folder.write("r.csv", "y,x\n1,2\n2,3,4\n3,4\n");
    folder.bad("y ~ x", &data, &["r.csv", "row 2", "expected 2 fields"]);
}

#[test]
fn text_in_a_numeric_column_far_down() {
    let folder = Folder::new("text");
    let mut text = String::from("y,x\n");
    for i in 1..=310_000_u32 {
        let x = if i == 300_000 { "oops".to_owned() } else { (i * 7 % 1000).to_string() };
        text += &format!("{},{x}\n", i % 97);
    }
    let data = folder.write("t.csv", text);
    folder.bad("y ~ x", &data, &["t.csv", "row 300000", "`x`", "oops"]);
}

#[test]
fn truncated_parquet() {
    let folder = Folder::new("parquet");
    let file =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/datasets/flights.parquet")).unwrap();
    for keep in [4, 1000, file.len() / 2, file.len() - 1] {
        let data = folder.write("f.parquet", &file[..keep]);
        folder.bad("arr_delay ~ dep_delay", &data, &["f.parquet"]);
    }
}

#[test]
fn truncated_arrow() {
    use arrow_array::{ArrayRef, Float64Array, RecordBatch};
    let folder = Folder::new("arrow");
    let column = |values: Vec<f64>| -> ArrayRef { std::sync::Arc::new(Float64Array::from(values)) };
    let (y, x) = (column(vec![1.0, 2.1, 2.9, 4.2]), column(vec![1.0, 2.0, 3.0, 4.0]));
    let batch = RecordBatch::try_from_iter([("y", y), ("x", x)]).unwrap();
    let mut writer = arrow_ipc::writer::FileWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    let file = writer.into_inner().unwrap();
    let whole = folder.write("w.arrow", &file);
    folder.good(&["fit", "y ~ x", &whole]);
    for keep in [10, file.len() / 2, file.len() - 1] {
        let data = folder.write("a.arrow", &file[..keep]);
        folder.bad("y ~ x", &data, &["a.arrow"]);
    }
}

/// A version 1 header of NumPy, then `values`.
fn npy(shape: &str, values: &[f64]) -> Vec<u8> {
    let mut header = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}");
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut file = b"\x93NUMPY\x01\x00".to_vec();
    file.extend((header.len() as u16).to_le_bytes());
    file.extend(header.as_bytes());
    file.extend(values.iter().flat_map(|x| x.to_le_bytes()));
    file
}

#[test]
fn truncated_npy_and_headers_that_promise_too_much() {
    let folder = Folder::new("npy");
    let whole = npy("(4, 2)", &[1.0, 2.0, 2.0, 4.1, 3.0, 5.9, 4.0, 8.2]);
    let good = folder.write("g.npy", &whole);
    folder.good(&["fit", "x2 ~ x1", &good]);
    let cut = folder.write("c.npy", &whole[..whole.len() - 9]);
    folder.bad("x2 ~ x1", &cut, &["c.npy"]);
    for shape in ["(1000, 2)", "(4611686018427387904, 2)", "(99999999999999999999999, 2)"] {
        let data = folder.write("p.npy", npy(shape, &[1.0, 2.0]));
        folder.bad("x2 ~ x1", &data, &["p.npy"]);
    }
    let header = folder.write("h.npy", &whole[..20]);
    folder.bad("x2 ~ x1", &header, &["h.npy"]);
}

#[test]
fn raw_header_that_promises_too_much() {
    let folder = Folder::new("raw");
    let path = folder.path().join("w.f64");
    let mut writer = ferronum_data::RawWriter::create(&path, &["y", "x"]).unwrap();
    writer.write_rows(&[1.0, 2.0, 2.0, 3.9, 3.0, 6.2, 4.0, 8.0]).unwrap();
    writer.finish().unwrap();
    folder.good(&["fit", "y ~ x", "w.f64"]);
    let whole = std::fs::read(&path).unwrap();
    let cut = folder.write("c.f64", &whole[..whole.len() - 16]);
    folder.bad("y ~ x", &cut, &["c.f64"]);
}

#[test]
fn column_of_nan_only() {
    let folder = Folder::new("nan");
    let data = folder.write("n.csv", "y,x,z\n1,NaN,1\n2,NA,2\n3,,4\n5,NaN,4\n");
    folder.bad("y ~ x", &data, &["n.csv", "no complete row", "`x` 4"]);
    folder.bad("y ~ C(x) + z", &data, &["n.csv", "no complete row", "`x` 4"]);
}

#[test]
fn no_rows_left() {
    let folder = Folder::new("none");
    let data = folder.write("n.csv", "y,x\n1,NA\nNA,2\n3,NA\nNA,5\n");
    folder.bad("y ~ x", &data, &["n.csv", "no complete row is left of 4", "`x` 2", "`y` 2"]);
}

#[test]
fn fewer_rows_than_parameters() {
    let folder = Folder::new("few");
    let data = folder.write("f.csv", "y,a,b,c\n1,2,3,4\n2,5,1,7\n3,1,1,9\n");
    folder.bad("y ~ a + b + c", &data, &["f.csv", "at least"]);
}

#[test]
fn infinite_value() {
    let folder = Folder::new("infinite");
    let data = folder.write("i.csv", "y,x\n1,2\n2,inf\n3,4\n4,6\n");
    folder.bad("y ~ x", &data, &["i.csv", "row 2", "x"]);
}

#[test]
fn unknown_column() {
    let words = ["mtcars", "unknown column `wieght`", "^^^^^^"];
    Folder::new("unknown").bad("mpg ~ wieght", "mtcars", &words);
    Folder::new("unknown2").bad("mpg ~ qsce", "mtcars", &["did you mean `qsec`?"]);
}

#[test]
fn formula_syntax() {
    let folder = Folder::new("syntax");
    for formula in ["mpg ~ (wt", "mpg ~ wt +", "mpg", "mpg ~ wt $ hp", "~ wt", "mpg ~ log(", ""] {
        folder.bad(formula, "mtcars", &[]);
    }
    folder.bad("mpg ~ (wt", "mtcars", &["^"]);
}

#[test]
fn missing_values_refused_and_bad_weights() {
    let folder = Folder::new("refused");
    let data = folder.write("d.csv", "y,x,w\n1,2,1\n2,NA,1\n3,4,-1\n4,6,1\n5,5,1\n");
    let output = folder.run(&["fit", "y ~ x", &data, "--na", "error"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(message.contains("d.csv") && message.contains("row 2") && message.contains('x'), "{message}");
    let output = folder.run(&["fit", "y ~ x", &data, "--weights", "w", "--weight-kind", "analytic"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(message.contains("row 3, column `w`: the weight -1"), "{message}");
}

#[test]
fn the_command_line_at_fault_is_status_2() {
    let folder = Folder::new("usage");
    let wrong: [&[&str]; 6] = [
        &[],
        &["fit"],
        &["fit", "mpg ~ wt", "mtcars", "--cov", "HC9"],
        &["fit", "mpg ~ wt", "mtcars", "--plot", "p.gif"],
        &["fit", "mpg ~ wt", "mtcars", "--confidence", "95"],
        &["fit", "mpg ~ wt", "mtcars", "--weights", "hp"],
    ];
    for arguments in wrong {
        assert_eq!(folder.run(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

/// A text in the last row but one, far beyond the rows that are held for printing.
#[test]
fn a_prediction_that_fails_half_way() {
    let folder = Folder::new("half");
    let rows: String = (0..400_000).map(|i| format!("{},{}\n", i % 97, i % 31)).collect();
    let good = folder.write("good.csv", format!("x,y\n{rows}"));
    let bad = folder.write("bad.csv", format!("x,y\n{rows}ten,5\n1,1\n"));
    folder.good(&["fit", "y ~ x", &good, "--save", "m.json"]);

    let output = folder.run(&["predict", "m.json", &bad]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(message.contains("bad.csv") && message.contains("row 400001"), "{message}");
    let printed = String::from_utf8(output.stdout).unwrap().lines().count() - 1;
    assert!(
        printed > 10_000 && message.contains(&format!("{printed} rows were printed")),
        "{printed}: {message}"
    );

    folder.write("out.csv", "as it was");
    let before = folder.names();
    let output = folder.run(&["predict", "m.json", &bad, "--output", "out.csv"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(message.contains("row 400001") && !message.contains("printed"), "{message}");
    assert_eq!(folder.names(), before);
    assert_eq!(std::fs::read(folder.path().join("out.csv")).unwrap(), b"as it was");

    // A fault before the first row leaves the output empty.
    let first = folder.write("first.csv", "x\n1\n");
    let output = folder.run(&["predict", "m.json", &first, "--text", "x"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let output = folder.run(&["predict", "m.json", &good, "--output", "no/such/folder.csv"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(message.contains("no/such/folder.csv: cannot write"), "{message}");
}
