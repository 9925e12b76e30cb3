//! Parquet, Arrow IPC, `.npy` and raw rows.
use crate::support::{Folder, Value, names, numbers, read_all, read_columns, text};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float32Array, Float64Array,
    Int16Array, Int64Array, LargeStringArray, ListArray, NullArray, RecordBatch, StringArray,
    StringViewArray, TimestampMillisecondArray, UInt64Array,
    types::{Int32Type, UInt8Type},
};
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use ferronum_data::{Access, Error, Format, RawWriter, ReadOptions, Source};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

const ROWS: usize = 1000;

/// A table of all kinds of columns, `from` its row number of the first row.
fn table(from: usize, rows: usize) -> RecordBatch {
    let i = || from..from + rows;
    let some = |i: usize| !i.is_multiple_of(7);
    let labels = || i().map(|i| some(i).then(|| format!("level {}", i % 5)));
    let dictionary: DictionaryArray<Int32Type> =
        labels().collect::<Vec<_>>().iter().map(|l| l.as_deref()).collect();
    let decimals =
        Decimal128Array::from_iter_values(i().map(|i| i as i128)).with_precision_and_scale(12, 2).unwrap();
    let keys = arrow_array::PrimitiveArray::<UInt8Type>::from_iter_values(i().map(|i| (i % 2) as u8));
    let coded = DictionaryArray::try_new(keys, Arc::new(Float64Array::from(vec![0.5, 1.5]))).unwrap();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("f64", Arc::new(i().map(|i| some(i).then_some(i as f64 / 3.0)).collect::<Float64Array>())),
        ("i64", Arc::new(i().map(|i| some(i).then_some(-(i as i64))).collect::<Int64Array>())),
        ("list", Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(i().map(|_| Some([Some(1)]))))),
        ("string", Arc::new(labels().collect::<StringArray>())),
        ("bool", Arc::new(i().map(|i| some(i).then_some(i % 2 == 0)).collect::<BooleanArray>())),
        (
            "f32",
            Arc::new(
                i().map(|i| i as f32 / 8.0)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .map(Some)
                    .collect::<Float32Array>(),
            ),
        ),
        ("i16", Arc::new(Int16Array::from_iter_values(i().map(|i| i as i16)))),
        ("u64", Arc::new(UInt64Array::from_iter_values(i().map(|i| i as u64)))),
        ("dictionary", Arc::new(dictionary)),
        ("large", Arc::new(labels().collect::<LargeStringArray>())),
        ("view", Arc::new(labels().map(|l| l.map(|l| l + " of a long text")).collect::<StringViewArray>())),
        ("date", Arc::new(Date32Array::from_iter_values(i().map(|i| i as i32)))),
        ("time", Arc::new(TimestampMillisecondArray::from_iter_values(i().map(|i| i as i64 * 500)))),
        ("decimal", Arc::new(decimals)),
        ("coded", Arc::new(coded)),
        ("null", Arc::new(NullArray::new(rows))),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
        .unwrap()
}

/// What must be read from it.
fn expected() -> Vec<(&'static str, Vec<Value>)> {
    let some = |i: usize| !i.is_multiple_of(7);
    let all = |f: &dyn Fn(usize) -> f64| numbers(&(0..ROWS).map(f).collect::<Vec<_>>());
    let or_nan = |i: usize, v: f64| if some(i) { v } else { f64::NAN };
    let labels = |suffix: &str| -> Vec<Value> {
        let label = |i: usize| text(&format!("level {}{suffix}", i % 5));
        (0..ROWS).map(|i| if some(i) { label(i) } else { Value::Missing }).collect()
    };
    vec![
        ("f64", all(&|i| or_nan(i, i as f64 / 3.0))),
        ("i64", all(&|i| or_nan(i, -(i as i64) as f64))),
        ("string", labels("")),
        ("bool", all(&|i| or_nan(i, f64::from(u8::from(i % 2 == 0))))),
        ("f32", all(&|i| i as f64 / 8.0)),
        ("i16", all(&|i| i as f64)),
        ("u64", all(&|i| i as f64)),
        ("dictionary", labels("")),
        ("large", labels("")),
        ("view", labels(" of a long text")),
        ("date", all(&|i| i as f64)),
        ("time", all(&|i| i as f64 / 2.0)),
        ("decimal", all(&|i| i as f64 / 100.0)),
        ("coded", all(&|i| if i % 2 == 0 { 0.5 } else { 1.5 })),
        ("null", all(&|_| f64::NAN)),
    ]
}

fn check_table(path: &str, format: Format) {
    let expect = expected();
    for access in [Access::Auto, Access::Map, Access::Read] {
        for batch_rows in [7, 300, 65_536] {
            let options = ReadOptions { access, batch_rows, ..ReadOptions::default() };
            let source = Source::open(path, &options).unwrap();
            assert_eq!(source.format(), format);
            assert_eq!(names(&source), expect.iter().map(|(name, _)| *name).collect::<Vec<_>>());
            assert_eq!(source.left_out().iter().map(|(name, _)| &name[..]).collect::<Vec<_>>(), ["list"]);
            let columns = read_columns(&source, &(0..expect.len()).collect::<Vec<_>>()).unwrap();
            for ((name, expect), got) in expect.iter().zip(columns) {
                assert_eq!(&got, expect, "{name}");
            }
            let some = read_columns(&source, &[13, 2, 0, 2]).unwrap();
            assert_eq!(some, [13, 2, 0, 2].map(|i| expect[i].1.clone()));
            assert!(read_columns(&source, &[]).unwrap().is_empty());
        }
    }
}

fn parquet_bytes(rows_per_group: usize, compression: Compression, dictionary: bool) -> Vec<u8> {
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_dictionary_enabled(dictionary)
        .set_data_page_row_count_limit(64)
        .set_write_batch_size(64)
        .set_max_row_group_row_count(Some(rows_per_group));
    let mut writer =
        ArrowWriter::try_new(Vec::new(), table(0, 0).schema(), Some(properties.build())).unwrap();
    writer.write(&table(0, ROWS)).unwrap();
    writer.into_inner().unwrap()
}

fn stream_bytes(compression: Option<arrow_ipc::CompressionType>) -> Vec<u8> {
    let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
    let mut writer = StreamWriter::try_new_with_options(Vec::new(), &table(0, 0).schema(), options).unwrap();
    // The dictionary of the second part replaces that of the first.
    writer.write(&table(0, 600)).unwrap();
    writer.write(&table(600, 400)).unwrap();
    writer.into_inner().unwrap()
}

fn file_bytes(compression: Option<arrow_ipc::CompressionType>) -> Vec<u8> {
    let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
    let mut writer = FileWriter::try_new_with_options(Vec::new(), &table(0, 0).schema(), options).unwrap();
    let whole = table(0, ROWS);
    writer.write(&whole.slice(0, 600)).unwrap();
    writer.write(&whole.slice(600, 400)).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn parquet_of_all_kinds() {
    let folder = Folder::new();
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let settings =
        [(ROWS, zstd, true), (128, Compression::SNAPPY, true), (400, Compression::UNCOMPRESSED, false)];
    for (rows, compression, dictionary) in settings {
        let path = folder.write("t.parquet", parquet_bytes(rows, compression, dictionary));
        check_table(&path, Format::Parquet);
    }
}

#[test]
fn arrow_files_and_streams_of_all_kinds() {
    let folder = Folder::new();
    for compression in
        [None, Some(arrow_ipc::CompressionType::LZ4_FRAME), Some(arrow_ipc::CompressionType::ZSTD)]
    {
        check_table(&folder.write("t.arrow", file_bytes(compression)), Format::ArrowFile);
        check_table(&folder.write("t.arrows", stream_bytes(compression)), Format::ArrowStream);
    }
}

/// A `.npy` file as NumPy writes it.
fn npy(version: u8, descr: &str, fortran: bool, shape: &str, data: &[u8]) -> Vec<u8> {
    let fortran = if fortran { "True" } else { "False" };
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}");
    let fixed = if version == 1 { 10 } else { 12 };
    while (fixed + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut file = b"\x93NUMPY".to_vec();
    file.extend([version, 0]);
    match version {
        1 => file.extend((header.len() as u16).to_le_bytes()),
        _ => file.extend((header.len() as u32).to_le_bytes()),
    }
    file.extend(header.as_bytes());
    file.extend(data);
    file
}

#[test]
fn npy_of_all_types_orders_and_versions() {
    let folder = Folder::new();
    // Rows (1, 2), (3, 4), (5, 6).
    let (by_rows, by_columns) = ([1u8, 2, 3, 4, 5, 6], [1u8, 3, 5, 2, 4, 6]);
    let expect = vec![numbers(&[1.0, 3.0, 5.0]), numbers(&[2.0, 4.0, 6.0])];
    let encode = |values: [u8; 6], descr: &str| -> Vec<u8> {
        let big = descr.starts_with('>');
        let one = |v: u8| -> Vec<u8> {
            let mut bytes = match &descr[1..] {
                "f8" => f64::from(v).to_le_bytes().to_vec(),
                "f4" => f32::from(v).to_le_bytes().to_vec(),
                "i8" | "u8" => u64::from(v).to_le_bytes().to_vec(),
                "i4" | "u4" => u32::from(v).to_le_bytes().to_vec(),
                "i2" | "u2" => u16::from(v).to_le_bytes().to_vec(),
                _ => vec![v],
            };
            if big {
                bytes.reverse();
            }
            bytes
        };
        values.into_iter().flat_map(one).collect()
    };
    for kind in ["f8", "f4", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1"] {
        for order in ['<', '>', '|'] {
            for version in 1..=3 {
                let descr = format!("{order}{kind}");
                for (fortran, values) in [(false, by_rows), (true, by_columns)] {
                    let file = npy(version, &descr, fortran, "(3, 2)", &encode(values, &descr));
                    let path = folder.write("t.npy", file);
                    for access in [Access::Map, Access::Read] {
                        let options = ReadOptions { access, batch_rows: 2, ..ReadOptions::default() };
                        let source = Source::open(&path, &options).unwrap();
                        assert_eq!(names(&source), ["x1", "x2"]);
                        assert_eq!(read_columns(&source, &[0, 1]).unwrap(), expect, "{descr} {fortran}");
                        assert_eq!(read_columns(&source, &[1]).unwrap()[0], expect[1]);
                        assert_eq!(source.dense().is_some(), descr != ">f8" && kind == "f8" && !fortran);
                    }
                }
            }
        }
    }
    let path = folder.write("flat.npy", npy(1, "|b1", false, "(3,)", &[0, 1, 1]));
    assert_eq!(read_all(&path, &ReadOptions::default()).unwrap(), [numbers(&[0.0, 1.0, 1.0])]);
}

#[test]
fn npy_headers_that_lie() {
    let folder = Folder::new();
    let data = [0u8; 48];
    let open = |shape: &str, data: &[u8]| {
        let path = folder.write("lie.npy", npy(1, "<f8", false, shape, data));
        Source::open(&path, &ReadOptions::default()).unwrap_err()
    };
    for shape in
        ["(7,)", "(3, 3)", "(1000000000000, 2)", "(4294967296, 4294967296)", "(18446744073709551615, 2)"]
    {
        let error = open(shape, &data);
        assert!(matches!(error, Error::Overpromised { held: 48, .. }), "{shape}: {error}");
    }
    assert!(matches!(open("(0, 3)", &data), Error::Empty { .. }));
    assert!(matches!(open("(18446744073709551616,)", &data), Error::Damaged { .. }));
    assert!(matches!(open("(-1,)", &data), Error::Damaged { .. }));
    assert!(matches!(open("(1, 1, 6)", &data), Error::Unsupported { .. }));
    let whole = npy(1, "<f8", false, "(6,)", &data);
    for cut in 6..whole.len() {
        let path = folder.write("cut.npy", &whole[..cut]);
        let error = Source::open(&path, &ReadOptions::default()).unwrap_err();
        assert!(matches!(error, Error::Overpromised { .. } | Error::Damaged { .. }), "{cut}: {error}");
    }
}

/// Writes `rows` rows of three columns: i, -i, i / 2.
fn write_raw(folder: &Folder, name: &str, rows: usize) -> String {
    let path = folder.path(name);
    let mut writer = RawWriter::create(&path, &["a", "b", "ĉ"]).unwrap();
    for i in 0..rows {
        let i = i as f64;
        writer.write_rows(&[i, -i, i / 2.0]).unwrap();
    }
    assert_eq!(writer.finish().unwrap(), rows as u64);
    path.to_str().unwrap().to_owned()
}

#[test]
fn raw_rows_decoded_mapped_and_in_blocks() {
    let folder = Folder::new();
    let rows = 5000;
    let path = write_raw(&folder, "t.f64", rows);
    let expect: Vec<f64> = (0..rows).flat_map(|i| [i as f64, -(i as f64), i as f64 / 2.0]).collect();
    for access in [Access::Auto, Access::Map, Access::Read, Access::Direct] {
        let options = ReadOptions { access, batch_rows: 999, ..ReadOptions::default() };
        let source = Source::open(&path, &options).unwrap();
        assert_eq!(names(&source), ["a", "b", "ĉ"]);
        assert_eq!((source.format(), source.row_count()), (Format::Raw, Some(rows as u64)));
        let columns = read_columns(&source, &[2, 0]).unwrap();
        assert_eq!(columns[0], numbers(&(0..rows).map(|i| i as f64 / 2.0).collect::<Vec<_>>()));
        assert_eq!(columns[1], numbers(&(0..rows).map(|i| i as f64).collect::<Vec<_>>()));
        let dense = source.dense().unwrap();
        assert_eq!((dense.nrows, dense.ncols), (rows, 3));
        assert_eq!(dense.values, expect);
        for per_block in [1, 7, 1000, 10_000] {
            let blocks = source.dense_blocks(per_block).unwrap().unwrap();
            assert!(access == Access::Auto || blocks.is_mapped() == (access == Access::Map));
            let mut values = Vec::new();
            for block in blocks {
                let block = std::thread::spawn(move || block).join().unwrap().unwrap();
                assert_eq!(block.first_row as usize * 3, values.len());
                assert_eq!(block.rows().nrows, block.nrows);
                values.extend_from_slice(block.values());
            }
            assert_eq!(values, expect);
        }
    }
}

#[test]
fn raw_headers_that_lie() {
    let folder = Folder::new();
    let whole = std::fs::read(write_raw(&folder, "t.f64", 100)).unwrap();
    let open = |bytes: &[u8]| {
        let path = folder.write("lie.f64", bytes);
        Source::open(&path, &ReadOptions::default()).unwrap_err()
    };
    let with = |at: usize, value: u64| {
        let mut bytes = whole.clone();
        bytes[at..at + 8].copy_from_slice(&value.to_le_bytes());
        open(&bytes)
    };
    for rows in [101, 1 << 40, 1 << 61, u64::MAX] {
        assert!(matches!(with(24, rows), Error::Overpromised { .. }), "{rows}");
    }
    assert!(matches!(with(24, 99), Error::Damaged { .. }), "fewer rows than there are");
    assert!(matches!(with(16, 2), Error::Damaged { .. }), "names for another number of columns");
    assert!(matches!(with(16, u64::MAX), Error::Damaged { .. }));
    assert!(matches!(with(32, 4097), Error::Damaged { .. }));
    assert!(matches!(with(32, 1 << 40), Error::Overpromised { .. }));
    assert!(matches!(with(8, 2), Error::Unsupported { .. }));
    for cut in 8..whole.len() {
        assert!(matches!(open(&whole[..cut]), Error::Overpromised { .. } | Error::Damaged { .. }), "{cut}");
    }
    // A writer that was not finished.
    let path = folder.path("open.f64");
    let mut writer = RawWriter::create(&path, &["a"]).unwrap();
    writer.write_rows(&[0.0; 1 << 18]).unwrap();
    drop(writer);
    assert!(Source::open(path.to_str().unwrap(), &ReadOptions::default()).is_err());
    assert!(RawWriter::create(&path, &["a", "a"]).is_err());
    assert!(RawWriter::create(&path, &[]).is_err());
}

#[test]
fn rows_in_memory_need_no_alignment() {
    // A header of an odd length, as no writer makes it: the numbers are aligned nowhere.
    for pad in 0..9 {
        let header =
            format!("{{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1)}}{}", " ".repeat(pad));
        let mut bytes = b"\x93NUMPY\x01\0".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend([1.5f64, -2.5].iter().flat_map(|v| v.to_le_bytes()));
        let folder = Folder::new();
        let path = folder.write("odd.npy", &bytes);
        for access in [Access::Auto, Access::Read, Access::Direct] {
            let options = ReadOptions { access, ..ReadOptions::default() };
            let sources =
                [Source::from_bytes("odd.npy", bytes.clone(), &options), Source::open(&path, &options)];
            for source in sources {
                let source = source.unwrap();
                assert_eq!(read_columns(&source, &[0]).unwrap(), [numbers(&[1.5, -2.5])]);
                let mut blocks = source.dense_blocks(5).unwrap().unwrap();
                assert_eq!(blocks.next().unwrap().unwrap().values(), [1.5, -2.5]);
                assert!(source.dense().is_none_or(|rows| rows.values == [1.5, -2.5]));
            }
        }
    }
}

/// Reads as much of a file as can be read; what matters is that it returns.
fn try_all(path: &str, batch_rows: usize) -> bool {
    let options = ReadOptions { batch_rows, ..ReadOptions::default() };
    read_all(path, &options).is_ok()
}

#[test]
fn truncated_files_are_errors_everywhere() {
    let folder = Folder::new();
    let files = [
        ("t.parquet", parquet_bytes(400, Compression::SNAPPY, true)),
        ("t.arrow", file_bytes(None)),
        ("t.arrow", file_bytes(Some(arrow_ipc::CompressionType::LZ4_FRAME))),
    ];
    for (name, whole) in files {
        for cut in (1..whole.len()).step_by(97).chain(whole.len() - 12..whole.len()) {
            let path = folder.write(name, &whole[..cut]);
            let error = read_all(&path, &ReadOptions::default()).unwrap_err();
            assert!(matches!(error, Error::Damaged { .. } | Error::UnknownFormat { .. }), "{cut}: {error}");
            assert!(error.to_string().contains(&path), "{error}");
        }
    }
    // A stream may end after any message, but not within one.
    let whole = stream_bytes(None);
    let mut ends = 0;
    for cut in (4..whole.len() - 8).step_by(31) {
        ends += usize::from(try_all(&folder.write("t.arrows", &whole[..cut]), 100));
    }
    assert!(ends <= 2, "{ends}");
}

#[test]
fn damaged_bytes_never_panic_or_take_all_memory() {
    let folder = Folder::new();
    let files = [
        ("t.parquet", parquet_bytes(400, Compression::ZSTD(ZstdLevel::default()), true)),
        ("t.arrow", file_bytes(None)),
        ("t.arrow", file_bytes(Some(arrow_ipc::CompressionType::ZSTD))),
        ("t.arrows", stream_bytes(Some(arrow_ipc::CompressionType::LZ4_FRAME))),
        ("t.npy", npy(1, "<f8", false, "(3, 2)", &[1; 48])),
        ("t.f64", std::fs::read(write_raw(&folder, "raw.f64", 20)).unwrap()),
    ];
    // A fixed sequence: Knuth's multiplier, high bits.
    let mut state = 20_250_101u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    for (name, whole) in files {
        for round in 0..300 {
            let mut bytes = whole.clone();
            for _ in 0..1 + round % 3 {
                // Half of the damage goes to the end, where footers are.
                let near_end = bytes.len().min(2000);
                let at =
                    if round % 2 == 0 { random(bytes.len()) } else { bytes.len() - 1 - random(near_end) };
                bytes[at] = match random(4) {
                    0 => 0xff,
                    1 => 0x7f,
                    2 => bytes[at] ^ (1 << random(8)),
                    _ => random(256) as u8,
                };
            }
            try_all(&folder.write(name, &bytes), 100);
        }
    }
}
