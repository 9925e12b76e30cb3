//! What the columns of a table are called and hold.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Numbers, read as `f64`.
    Number,
    /// Labels.
    Text,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Number => "number",
            Self::Text => "text",
        })
    }
}

/// The name and kind of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The column's name. In delimited text a repeated name is numbered (`a`, `a.1`); Parquet and Arrow columns keep theirs.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// The columns of a table, in file order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    fields: Vec<Field>,
}

impl Schema {
    /// A schema of these columns.
    pub fn new(fields: Vec<Field>) -> Self {
        Self { fields }
    }

    /// The columns, in file order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The number of columns.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there are no columns.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The position of the first column of that name; names are compared exactly.
    ///
    /// ```
    /// use ferronum_data::{Field, Kind, Schema};
    /// let schema = Schema::new(vec![
    ///     Field { name: "y".into(), kind: Kind::Number },
    ///     Field { name: "group".into(), kind: Kind::Text },
    /// ]);
    /// assert_eq!(schema.index_of("group"), Some(1));
    /// assert_eq!(schema.index_of("Group"), None);
    /// ```
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}
