//! Delimited text.
use crate::support::{Folder, Value, names, number, numbers, read_all, read_columns, text};
use ferronum_data::{Access, Error, Kind, ReadOptions, Source};
use proptest::prelude::*;
use std::io::Write;

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn zstd(content: &[u8]) -> Vec<u8> {
    zstd::encode_all(content, 3).unwrap()
}

fn kinds(source: &Source) -> Vec<Kind> {
    source.schema().fields().iter().map(|field| field.kind).collect()
}

#[test]
fn a_table_of_everything() {
    let folder = Folder::new();
    let content =
        "\u{feff}y, group ,\"note, long\",y\r\n1,a,\"x,\r\n\"\"q\"\"\",0.5\r\n\r\nNA,,NA,1e3\r\n-2.5,b,z,Inf";
    let expect = vec![
        numbers(&[1.0, f64::NAN, -2.5]),
        vec![text("a"), Value::Missing, text("b")],
        vec![text("x,\r\n\"q\""), Value::Missing, text("z")],
        numbers(&[0.5, 1e3, f64::INFINITY]),
    ];
    let files = [
        folder.write("t.csv", content),
        folder.write("t.csv.gz", gzip(content.as_bytes())),
        folder.write("t.csv.zst", zstd(content.as_bytes())),
        folder.write("t.dat", content),
    ];
    for path in &files {
        for access in [Access::Auto, Access::Map, Access::Read, Access::Direct] {
            for batch_rows in [1, 2, 100] {
                let options = ReadOptions { access, batch_rows, ..ReadOptions::default() };
                let source = Source::open(path, &options).unwrap();
                assert_eq!(names(&source), ["y", "group", "note, long", "y.1"]);
                assert_eq!(kinds(&source), [Kind::Number, Kind::Text, Kind::Text, Kind::Number]);
                assert_eq!(read_columns(&source, &[0, 1, 2, 3]).unwrap(), expect);
                let some = read_columns(&source, &[3, 1, 3]).unwrap();
                assert_eq!(some, [&expect[3], &expect[1], &expect[3]].map(Clone::clone));
                assert_eq!(read_columns(&source, &[]).unwrap(), Vec::<Vec<Value>>::new());
                assert!(matches!(source.scan(&[4]), Err(Error::NoSuchColumn { index: 4, columns: 4, .. })));
            }
        }
    }
}

#[test]
fn options_change_what_is_read() {
    let folder = Folder::new();
    let path = folder.write("t.tsv", "zip\tincome\n02139\t-99\n10001\t5\n");
    let options = ReadOptions {
        text_columns: vec!["zip".into()],
        na_tokens: vec!["-99".into()],
        ..ReadOptions::default()
    };
    let expect = vec![vec![text("02139"), text("10001")], numbers(&[f64::NAN, 5.0])];
    assert_eq!(read_all(&path, &options).unwrap(), expect);

    let options = ReadOptions { text_columns: vec!["incom".into()], ..ReadOptions::default() };
    let error = read_all(&path, &options).unwrap_err();
    assert!(error.to_string().ends_with("did you mean `income`?"), "{error}");

    let path = folder.write("bare.csv", "1;2\n3;4\n");
    let options = ReadOptions { has_header: false, ..ReadOptions::default() };
    let source = Source::open(&path, &options).unwrap();
    assert_eq!(names(&source), ["x1", "x2"]);
    assert_eq!(read_columns(&source, &[0, 1]).unwrap(), [numbers(&[1.0, 3.0]), numbers(&[2.0, 4.0])]);

    let options = ReadOptions { delimiter: Some(b'!'), ..ReadOptions::default() };
    let path = folder.write("odd.csv", "a!b,c\n1!x\n");
    assert_eq!(read_all(&path, &options).unwrap(), [numbers(&[1.0]), vec![text("x")]]);
}

#[test]
fn text_far_down_a_numeric_column_is_named() {
    let folder = Folder::new();
    let mut content = String::from("id,x\n");
    for row in 1..=300_100 {
        content += if row == 300_000 { "300000,twelve\n" } else { "1,12\n" };
    }
    let path = folder.write("late.csv", &content);
    let error = read_all(&path, &ReadOptions::default()).unwrap_err();
    let Error::NotANumber { row, column, token, infer_rows, .. } = &error else { panic!("{error}") };
    assert_eq!((*row, &column[..], &token[..], *infer_rows), (300_000, "x", "twelve", 10_000));
    let message = error.to_string();
    for part in [&path[..], "row 300000", "`x`", "`twelve`", "--infer-rows"] {
        assert!(message.contains(part), "{message}");
    }
    // Each of the three ways out works.
    let more = ReadOptions { infer_rows: 400_000, ..ReadOptions::default() };
    assert_eq!(read_all(&path, &more).unwrap()[1][299_999], text("twelve"));
    let declared = ReadOptions { text_columns: vec!["x".into()], ..ReadOptions::default() };
    assert_eq!(read_all(&path, &declared).unwrap()[1][299_999], text("twelve"));
    let missing = ReadOptions { na_tokens: vec!["twelve".into()], ..ReadOptions::default() };
    assert_eq!(read_all(&path, &missing).unwrap()[1][299_999], Value::Missing);
    // Other columns do not mind.
    let source = Source::open(&path, &ReadOptions::default()).unwrap();
    assert_eq!(read_columns(&source, &[0]).unwrap()[0].len(), 300_100);
}

#[test]
fn broken_rows_are_named() {
    let folder = Folder::new();
    let mut content = String::from("a,b,c\n");
    for row in 1..=20_000 {
        content += if row == 15_000 { "1,2\n" } else { "1,2,3\n" };
    }
    let path = folder.write("ragged.csv", &content);
    let error = read_all(&path, &ReadOptions::default()).unwrap_err();
    let expect = Error::RaggedRow { path: path.clone(), row: 15_000, expected: 3, found: 2 };
    assert_eq!(error, expect);
    let source = Source::open(&path, &ReadOptions::default()).unwrap();
    assert_eq!(read_columns(&source, &[0]).unwrap_err(), expect, "even if only other columns are asked for");

    let path = folder.write("head.csv", "a,b\n1,2\n1,2,3\n");
    let error = read_all(&path, &ReadOptions::default()).unwrap_err();
    assert_eq!(error, Error::RaggedRow { path, row: 2, expected: 2, found: 3 });

    let path = folder.write("latin1.csv", b"a,b\n1,ok\n2,caf\xe9\n");
    let error = read_all(&path, &ReadOptions::default()).unwrap_err();
    assert_eq!(error, Error::InvalidUtf8 { path, row: 2, column: "b".into() });

    let path = folder.write("header.csv", b"a,caf\xe9\n1,2\n");
    let error = read_all(&path, &ReadOptions::default()).unwrap_err();
    assert_eq!(error, Error::InvalidUtf8 { path, row: 0, column: "x2".into() });

    let path = folder.write("quote.csv", "a,b\n1,2\n3,\"4\n5,6\n");
    let error = read_all(&path, &ReadOptions::default()).unwrap_err();
    assert_eq!(error, Error::UnclosedQuote { path, row: 2 });
    let path = folder.write("quote-header.csv", "a,\"b\n1,2\n");
    let error = read_all(&path, &ReadOptions::default()).unwrap_err();
    assert_eq!(error, Error::UnclosedQuote { path, row: 0 });
}

#[test]
fn a_quote_that_opens_far_down_and_never_closes_is_found_in_bounded_memory() {
    let folder = Folder::new();
    let mut content = "a,b\n1,2\n".to_owned();
    content += &"3,4\n".repeat(100_000);
    content += "5,\"6\n";
    content += &"7,8\n".repeat(6_000_000);
    let path = folder.write("open.csv", &content);
    for access in [Access::Map, Access::Read] {
        let options = ReadOptions { access, ..ReadOptions::default() };
        let error = read_all(&path, &options).unwrap_err();
        assert_eq!(error, Error::UnclosedQuote { path: path.clone(), row: 100_002 });
    }
    let path = folder.write("long.csv", format!("a\n{}\n", "x".repeat(20 << 20)));
    let error = read_all(&path, &ReadOptions::default()).unwrap_err();
    assert!(matches!(error, Error::RowTooLong { row: 1, .. }), "{error}");
}

#[test]
fn files_that_are_no_table() {
    let folder = Folder::new();
    let fails = |name: &str, content: &[u8]| {
        let path = folder.write(name, content);
        let error = read_all(&path, &ReadOptions::default()).unwrap_err();
        assert!(error.to_string().starts_with(&path), "{error}");
        error
    };
    assert!(matches!(fails("empty.csv", b""), Error::Empty { .. }));
    assert!(matches!(fails("header.csv", b"a,b\n"), Error::Empty { .. }));
    assert!(matches!(fails("header2.csv", b"a,b"), Error::Empty { .. }));
    assert!(matches!(fails("blank.csv", b"\n\r\n\n"), Error::Empty { .. }));
    assert!(matches!(fails("bom.csv", b"\xef\xbb\xbf"), Error::Empty { .. }));
    assert!(matches!(fails("utf16.csv", b"\xff\xfea\0,\0"), Error::UnknownFormat { .. }));
    assert!(matches!(fails("binary", b"a,b\n\0\x01"), Error::UnknownFormat { .. }));
    assert!(matches!(fails("mac.csv", b"a,b\r1,2\r3,4\r"), Error::UnknownFormat { .. }));
    let whole = gzip("a,b\n1,2\n".repeat(5000).as_bytes());
    assert!(matches!(fails("cut.csv.gz", &whole[..whole.len() - 9]), Error::Damaged { format: "gzip", .. }));
    let whole = zstd("a,b\n1,2\n".repeat(5000).as_bytes());
    assert!(matches!(fails("cut.csv.zst", &whole[..whole.len() - 3]), Error::Damaged { format: "zstd", .. }));
}

#[test]
fn several_gzip_members_and_zstd_frames_are_one_text() {
    let folder = Folder::new();
    let parts = ["a,b\n1,2\n3,", "4\n5,6\n"];
    let expect = vec![numbers(&[1.0, 3.0, 5.0]), numbers(&[2.0, 4.0, 6.0])];
    let path = folder.write("m.csv.gz", parts.map(|p| gzip(p.as_bytes())).concat());
    assert_eq!(read_all(&path, &ReadOptions::default()).unwrap(), expect);
    let path = folder.write("m.csv.zst", parts.map(|p| zstd(p.as_bytes())).concat());
    assert_eq!(read_all(&path, &ReadOptions::default()).unwrap(), expect);
}

/// A slow parser that shares nothing with the one under test: one byte at a time, by the grammar.
fn plain_parser(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), Vec::new());
    let (mut quoted, mut was_quoted, mut at_start) = (false, false, true);
    let mut i = 0;
    while i < text.len() {
        let (byte, next) = (text[i], text.get(i + 1).copied());
        i += 1;
        match byte {
            b'"' if quoted && next == Some(b'"') => {
                field.push(b'"');
                i += 1;
            }
            b'"' if quoted => quoted = false,
            _ if quoted => field.push(byte),
            b'"' if at_start => (quoted, was_quoted, at_start) = (true, true, false),
            b',' => {
                row.push(std::mem::take(&mut field));
                (was_quoted, at_start) = (false, true);
            }
            b'\r' if next == Some(b'\n') || next.is_none() => {}
            b'\n' => {
                if !(row.is_empty() && field.is_empty() && !was_quoted) {
                    row.push(std::mem::take(&mut field));
                    rows.push(std::mem::take(&mut row));
                }
                (was_quoted, at_start) = (false, true);
            }
            _ => {
                field.push(byte);
                at_start = false;
            }
        }
    }
    if !(row.is_empty() && field.is_empty() && !was_quoted) {
        row.push(field);
        rows.push(row);
    }
    rows
}

/// A field as a writer would write it, or a little odder.
fn field() -> impl Strategy<Value = String> {
    prop_oneof![
        "-?[0-9]{1,6}(\\.[0-9]{0,4})?",
        "[a-c ]{0,3}",
        "[ab,\n\r\"]{0,5}".prop_map(|s| format!("\"{}\"", s.replace('"', "\"\""))),
        "\"[ab,]{0,3}\"[xy]{0,2}",
        "[a-c][a\"]{0,3}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn agrees_with_a_plain_parser(
        rows in (1usize..5).prop_flat_map(|n| proptest::collection::vec(proptest::collection::vec(field(), n), 1..40)),
        crlf in any::<bool>(), ended in any::<bool>(), batch_rows in 1usize..50,
    ) {
        let break_ = if crlf { "\r\n" } else { "\n" };
        let header: Vec<String> = (0..rows[0].len()).map(|i| format!("c{i}")).collect();
        let lines: Vec<String> = std::iter::once(&header).chain(&rows).map(|row| row.join(",")).collect();
        let content = lines.join(break_) + if ended { break_ } else { "" };
        let expect = plain_parser(content.as_bytes());
        let folder = Folder::new();
        let path = folder.write("t.csv", &content);
        let mut seen = Vec::new();
        for access in [Access::Map, Access::Read] {
            let all = ReadOptions {
                text_columns: header.clone(), delimiter: Some(b','), batch_rows, access, ..ReadOptions::default()
            };
            match read_all(&path, &all) {
                Err(error) => {
                    prop_assert!(matches!(error, Error::Empty { .. }), "{} {:?}", error, content);
                    prop_assert_eq!(expect.len(), 1);
                }
                Ok(columns) => {
                    prop_assert_eq!(columns[0].len(), expect.len() - 1, "{:?}", content);
                    for (i, row) in expect[1..].iter().enumerate() {
                        for (j, token) in row.iter().enumerate() {
                            let token = std::str::from_utf8(token).unwrap();
                            let value = if token.trim_matches([' ', '\t']).is_empty() { Value::Missing } else { text(token) };
                            prop_assert_eq!(&columns[j][i], &value, "row {} column {} of {:?}", i, j, content);
                        }
                    }
                    seen.push(columns);
                }
            }
        }
        // As numbers where they are: the same, through both ways of access.
        let inferred = ReadOptions { delimiter: Some(b','), batch_rows, ..ReadOptions::default() };
        if let Ok(columns) = read_all(&path, &inferred) {
            for (column, texts) in columns.iter().zip(&seen[0]) {
                for (value, original) in column.iter().zip(texts) {
                    if let (Value::Number(_), Value::Text(original)) = (value, original) {
                        prop_assert_eq!(value, &number(original.trim().parse().unwrap()));
                    }
                }
            }
        }
    }
}
