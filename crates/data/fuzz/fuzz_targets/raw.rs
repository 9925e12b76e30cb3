//! The header and rows of a raw file: any bytes are a table or an error. Run with `cargo +nightly fuzz run raw` in `crates/data`.
#![no_main]
use ferronum_data::{Format, ReadOptions, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = ReadOptions { format: Some(Format::Raw), batch_rows: 16, ..ReadOptions::default() };
    let Ok(source) = Source::from_bytes("fuzz", bytes.to_vec(), &options) else { return };
    let columns: Vec<usize> = (0..source.schema().len().min(8)).collect();
    let Ok(scan) = source.scan(&columns) else { return };
    for chunk in scan {
        let Ok(batch) = chunk.and_then(|chunk| chunk.decode()) else { return };
        assert!(batch.columns.iter().all(|column| column.len() == batch.rows));
    }
});
