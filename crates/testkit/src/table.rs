//! Tab-separated reference tables: a header line, then inputs and expected values as decimals.
use crate::Error;
use ferronum_dd::Dd;
use std::path::Path;

/// A table such as `special/erf.tsv`.
///
/// Inputs are `f64` written as the shortest decimal that reads back to them. Expected values have up to 25 digits; beyond the
/// range of `f64` they carry their true exponent and round to 0 or ∞. `nan`, `inf` and `-inf` stand for themselves; an
/// empty cell is a value not available.
#[derive(Debug, Clone)]
pub struct Table {
    name: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    index: usize,
}

impl Table {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be read, [`Error::Table`] if a row has another number of cells than the header.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Io { path: path.into(), source })?;
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
        Self::parse(&name, &text)
    }

    /// Reads a table from text; `name` is used in messages.
    ///
    /// # Errors
    /// [`Error::Table`] if there is no header, or a row has another number of cells.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let mut lines = text.lines();
        let header = lines.next().filter(|line| !line.is_empty());
        let Some(header) = header else {
            return Err(Error::Table { table: name.into(), line: 1, what: "no header".into() });
        };
        let columns: Vec<String> = header.split('\t').map(Into::into).collect();
        let mut rows = Vec::new();
        for (i, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let cells: Vec<String> = line.split('\t').map(Into::into).collect();
            if cells.len() != columns.len() {
                let what = format!("{} cells, the header has {}", cells.len(), columns.len());
                return Err(Error::Table { table: name.into(), line: i + 2, what });
            }
            rows.push(cells);
        }
        Ok(Self { name: name.into(), columns, rows })
    }

    /// Name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Names of the columns, in the order of the file.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| Row { table: self, index })
    }
}

impl<'a> Row<'a> {
    /// The table this is a row of.
    pub fn table(&self) -> &'a Table {
        self.table
    }

    /// The text of a cell.
    pub fn text(&self, column: usize) -> &'a str {
        &self.table.rows[self.index][column]
    }

    /// The texts of all cells.
    pub fn cells(&self) -> &'a [String] {
        &self.table.rows[self.index]
    }

    /// An input, rounded to the nearest `f64`.
    ///
    /// # Errors
    /// [`Error::Table`] if the cell is no decimal.
    pub fn number(&self, column: usize) -> Result<f64, Error> {
        self.text(column).parse().map_err(|_| self.error(column))
    }

    /// An expected value, or `None` for an empty cell.
    ///
    /// # Errors
    /// [`Error::Table`] if the cell is no decimal.
    pub fn expected(&self, column: usize) -> Result<Option<Dd>, Error> {
        match self.text(column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.error(column)),
        }
    }

    /// The inputs of the row as `name=value, …`, for messages.
    pub fn describe(&self, inputs: usize) -> String {
        let pairs = self.table.columns.iter().zip(self.cells()).take(inputs);
        pairs.map(|(name, cell)| format!("{name}={cell}")).collect::<Vec<_>>().join(" ")
    }

    fn error(&self, column: usize) -> Error {
        let what = format!(
            "column `{}`: `{}` is not a decimal number",
            self.table.columns[column],
            self.text(column)
        );
        Error::Table { table: self.table.name.clone(), line: self.index + 2, what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_cells_as_they_are_meant() {
        let text = "a\tx\tvalue\n0.1\t1e-300\t0.1\n2\t3\t\n2\t3\t1.5e-451\n1\t1\tinf\n1\t1\tnan\n";
        let table = Table::parse("t.tsv", text).unwrap();
        assert_eq!(table.columns(), ["a", "x", "value"]);
        assert_eq!((table.len(), table.column("value"), table.column("y")), (5, Some(2), None));
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(rows[0].number(1).unwrap(), 1e-300);
        assert_eq!(rows[0].expected(2).unwrap().unwrap().lo(), -5.551115123125783e-18);
        assert_eq!(rows[1].expected(2).unwrap(), None);
        assert_eq!(rows[2].expected(2).unwrap().unwrap().to_f64(), 0.0);
        assert_eq!(rows[3].expected(2).unwrap().unwrap().to_f64(), f64::INFINITY);
        assert!(rows[4].expected(2).unwrap().unwrap().to_f64().is_nan());
        assert_eq!(rows[0].describe(2), "a=0.1 x=1e-300");
    }

    #[test]
    fn names_the_bad_line() {
        let short = Table::parse("t.tsv", "a\tb\n1\t2\n3\n").unwrap_err();
        assert_eq!(short.to_string(), "t.tsv, line 3: 1 cells, the header has 2");
        let table = Table::parse("t.tsv", "a\tb\n1\tx\n").unwrap();
        let word = table.rows().next().unwrap().number(1).unwrap_err();
        assert_eq!(word.to_string(), "t.tsv, line 2: column `b`: `x` is not a decimal number");
        assert!(Table::parse("t.tsv", "").is_err());
    }
}
