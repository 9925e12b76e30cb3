//! Text to standard output, files that appear complete or not at all.
use crate::error::Error;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Prints text; a reader that has gone away is not a fault.
pub fn print(text: &str) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| closed(&e))
}

pub fn closed(error: &std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::BrokenPipe => Error::ClosedPipe,
        _ => Error::Message(format!("cannot write the output: {error}")),
    }
}

/// A file beside its place under a temporary name; renamed by [`Self::keep`], removed if dropped before.
pub struct Pending {
    path: PathBuf,
    temporary: PathBuf,
    kept: bool,
}

impl Pending {
    pub fn write(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let (pending, mut file) = Self::create(path)?;
        file.write_all(bytes).map_err(|e| pending.fault(&e))?;
        Ok(pending)
    }

    /// The place, and an empty file to be written before it is kept.
    pub fn create(path: &Path) -> Result<(Self, File), Error> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let pending = Self { path: path.to_owned(), temporary, kept: false };
        let file = File::create(&pending.temporary).map_err(|e| pending.fault(&e))?;
        Ok((pending, file))
    }

    pub fn keep(mut self) -> Result<(), Error> {
        std::fs::rename(&self.temporary, &self.path).map_err(|e| self.fault(&e))?;
        self.kept = true;
        Ok(())
    }

    pub fn fault(&self, error: &std::io::Error) -> Error {
        Error::Message(format!("{}: cannot write: {error}", self.path.display()))
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.kept {
            // It may not exist, and the reason of the failure is reported elsewhere.
            let _ = std::fs::remove_file(&self.temporary);
        }
    }
}

/// A number in at most eight characters or so, six significant digits.
pub fn short(x: f64) -> String {
    if x.is_nan() {
        return "–".to_owned();
    }
    let size = x.abs();
    if size != 0.0 && !(1e-4..1e7).contains(&size) {
        return format!("{x:.3e}");
    }
    let before = if size >= 1.0 { size.log10() as usize + 1 } else { 1 };
    let text = format!("{x:.*}", 6_usize.saturating_sub(before));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Columns of text, the first to the left and the others to the right, two spaces between.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |j: usize| rows.iter().filter_map(|row| row.get(j)).map(|c| c.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (j, cell) in row.iter().enumerate() {
            let pad = " ".repeat(widths[j] - cell.chars().count());
            match j {
                0 => line = format!("{cell}{pad}"),
                _ => line += &format!("  {pad}{cell}"),
            }
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn short_numbers() {
        let shown = [0.0, 1.0, -0.123456789, 1234.5678, 1e-9, 3.5e9, f64::NAN, 100.0].map(short);
        assert_eq!(shown, ["0", "1", "-0.12346", "1234.57", "1.000e-9", "3.500e9", "–", "100"]);
    }
}
