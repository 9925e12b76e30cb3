//! Opening files and data sets.
use crate::support::{Folder, number, read_all, read_columns};
use ferronum_data::{Column, Error, Format, ReadOptions, Source, datasets};
use proptest::prelude::*;

#[test]
fn names_that_are_no_file() {
    let folder = Folder::new();
    let open = |path: &str| Source::open(path, &ReadOptions::default()).unwrap_err();
    let error = open("fligths");
    assert_eq!(error, Error::NotFound { path: "fligths".into(), suggestion: Some("flights".into()) });
    assert!(matches!(open("/no/such/file.csv"), Error::NotFound { suggestion: None, .. }));
    let near = folder.write("survey.csv", "a\n1\n");
    let typo = near.replace("survey", "survye");
    assert_eq!(open(&typo), Error::NotFound { path: typo, suggestion: Some(near) });
    let folder_path = folder.path("").display().to_string();
    assert_eq!(open(&folder_path), Error::NotAFile { path: folder_path, what: "directory" });
    assert!(matches!(open("/dev/null"), Error::NotAFile { what: "device", .. }));
    assert!(matches!(open(""), Error::NotFound { .. } | Error::Io { .. }));
}

#[test]
fn a_format_is_told_by_content_and_must_fit_the_extension() {
    let folder = Folder::new();
    let open =
        |name: &str, content: &str| Source::open(&folder.write(name, content), &ReadOptions::default());
    for name in ["t.parquet", "t.arrow", "t.arrows", "t.npy", "t.f64"] {
        assert!(matches!(open(name, "a,b\n1,2\n"), Err(Error::UnknownFormat { .. })), "{name}");
    }
    assert_eq!(open("t.txt", "a,b\n1,2\n").unwrap().format(), Format::Csv);
    let path = folder.write("t.csv", "a,b\n1,2\n");
    for format in [Format::Parquet, Format::ArrowFile, Format::ArrowStream, Format::Npy, Format::Raw] {
        let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
        assert!(matches!(Source::open(&path, &options), Err(Error::Damaged { .. })), "{format}");
    }
}

#[test]
fn a_file_that_changes_between_passes_is_noticed() {
    let folder = Folder::new();
    let path = folder.write("t.csv", "a,b\n1,2\n");
    let source = Source::open(&path, &ReadOptions::default()).unwrap();
    folder.write("t.csv", "a,b\n1,2\n3,4\n");
    assert_eq!(source.scan(&[0]).unwrap_err(), Error::Changed { path, before: 8, now: 12 });
}

#[test]
fn data_sets_are_what_the_list_says() {
    assert_eq!(datasets().len(), 8);
    for set in datasets() {
        let source = Source::open(set.name, &ReadOptions::default()).unwrap();
        assert_eq!(source.name(), set.name);
        assert_eq!(source.schema().len(), set.columns, "{}", set.name);
        assert_eq!(read_columns(&source, &[0]).unwrap()[0].len() as u64, set.rows, "{}", set.name);
        assert!(source.path().is_none());
    }
}

/// Sums that pandas 3.1 gives on the CSV file of the PyPI package.
#[test]
fn flights_agree_with_their_source() {
    let source = Source::open("flights", &ReadOptions::default()).unwrap();
    let columns =
        ["dep_delay", "arr_delay", "distance", "carrier"].map(|name| source.schema().index_of(name).unwrap());
    let (mut sums, mut counts) = ([0.0; 3], [0; 3]);
    let mut united = 0;
    for chunk in source.scan(&columns).unwrap() {
        for (i, column) in chunk.unwrap().decode().unwrap().columns.iter().enumerate() {
            match column {
                Column::Numbers(values) => {
                    let present = values.iter().filter(|v| !v.is_nan());
                    counts[i] += present.clone().count();
                    sums[i] += present.sum::<f64>();
                }
                Column::Labels { codes, levels } => {
                    let ua = levels.iter().position(|level| level == "UA").unwrap() as u32;
                    united += codes.iter().filter(|&&code| code == ua).count();
                }
            }
        }
    }
    assert_eq!(counts, [328_521, 327_346, 336_776]);
    assert_eq!(sums, [4_152_200.0, 2_257_174.0, 350_217_607.0]);
    assert_eq!(united, 58_665);
}

#[test]
fn data_sets_hold_the_published_numbers() {
    let column = |set: &str, name: &str| {
        let source = Source::open(set, &ReadOptions::default()).unwrap();
        let index = source.schema().index_of(name).unwrap();
        read_columns(&source, &[index]).unwrap().remove(0)
    };
    assert_eq!(column("longley", "TOTEMP")[15], number(70_551.0)); // NIST StRD
    assert_eq!(column("grunfeld", "invest")[0], number(317.6));
    assert_eq!(column("nile", "volume")[99], number(740.0));
    assert_eq!(column("airpassengers", "passengers")[143], number(432.0));
    assert_eq!(column("sunspots", "sunactivity")[0], number(5.0));
    assert_eq!(column("mtcars", "mpg")[31], number(21.4));
    assert_eq!(column("iris", "petal_length")[149], number(5.1));
}

/// How files of each format start.
const STARTS: [&[u8]; 9] = [
    b"",
    b"PAR1",
    b"ARROW1\0\0",
    b"\x93NUMPY\x01\0",
    b"\x89F64ROWS\x01\0\0\0",
    b"\xff\xff\xff\xff",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"a,b\n",
];

/// How files with a footer end.
const ENDS: [&[u8]; 3] = [b"", b"PAR1", b"ARROW1"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_bytes_are_an_error_or_a_table(
        start in proptest::sample::select(&STARTS[..]),
        rest in proptest::collection::vec(any::<u8>(), 0..300),
        end in proptest::sample::select(&ENDS[..]),
    ) {
        let folder = Folder::new();
        let path = folder.write("bytes", [start, &rest, end].concat());
        let _ = read_all(&path, &ReadOptions { batch_rows: 10, ..ReadOptions::default() });
    }
}
