//! Files to read, and everything in a source at once.
use ferronum_data::{Column, Error, ReadOptions, Source};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own for each test, removed at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("ferronum-data-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file; its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A value of a table; numbers by their bits, so that missing ones compare.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Number(u64),
    Text(String),
    Missing,
}

pub fn number(v: f64) -> Value {
    if v.is_nan() { Value::Missing } else { Value::Number(v.to_bits()) }
}

pub fn text(v: &str) -> Value {
    Value::Text(v.to_owned())
}

pub fn numbers(values: &[f64]) -> Vec<Value> {
    values.iter().copied().map(number).collect()
}

/// All values of some columns, column by column. Checks what every batch must satisfy.
pub fn read_columns(source: &Source, columns: &[usize]) -> Result<Vec<Vec<Value>>, Error> {
    let mut out = vec![Vec::new(); columns.len()];
    let mut row = 0;
    let mut scan = source.scan(columns)?;
    for chunk in &mut scan {
        let batch = chunk?.decode()?;
        assert_eq!(batch.first_row, row);
        assert!(batch.rows > 0);
        assert_eq!(batch.columns.len(), columns.len());
        row += batch.rows as u64;
        for (values, column) in out.iter_mut().zip(&batch.columns) {
            assert_eq!(column.len(), batch.rows);
            match column {
                Column::Numbers(numbers) => values.extend(numbers.iter().copied().map(number)),
                Column::Labels { codes, levels } => {
                    check_levels(codes, levels);
                    values.extend(
                        codes.iter().map(|&c| levels.get(c as usize).map_or(Value::Missing, |l| text(l))),
                    );
                }
            }
        }
    }
    assert_eq!(Some(scan.bytes_read()), scan.bytes_total());
    assert!(source.row_count().is_none_or(|rows| rows == row));
    Ok(out)
}

/// Levels are distinct and numbered by first appearance; a code is one of them or missing.
fn check_levels(codes: &[u32], levels: &[String]) {
    let mut next = 0;
    for &code in codes.iter().filter(|&&code| code != ferronum_data::MISSING) {
        assert!(code <= next && (code as usize) < levels.len(), "code {code} of {levels:?}");
        next = next.max(code + 1);
    }
    assert_eq!(next as usize, levels.len());
    assert_eq!(levels.iter().collect::<std::collections::HashSet<_>>().len(), levels.len());
}

/// All columns of a file.
pub fn read_all(path: &str, options: &ReadOptions) -> Result<Vec<Vec<Value>>, Error> {
    let source = Source::open(path, options)?;
    read_columns(&source, &(0..source.schema().len()).collect::<Vec<_>>())
}

/// The names of the columns.
pub fn names(source: &Source) -> Vec<&str> {
    source.schema().fields().iter().map(|field| &field.name[..]).collect()
}
