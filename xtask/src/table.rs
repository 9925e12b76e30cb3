//! Plain-text tables.

/// How a column is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// Sets rows under a header, columns two spaces apart. The last column is not padded.
pub fn render(header: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let width = |text: &str| text.chars().count();
    let widths: Vec<usize> = (0..header.len())
        .map(|j| rows.iter().map(|row| width(&row[j])).chain([width(header[j].0)]).max().unwrap_or(0))
        .collect();
    let line = |cells: &[&str]| {
        let mut text = String::new();
        for (j, cell) in cells.iter().enumerate() {
            let pad = " ".repeat(widths[j] - width(cell));
            match header[j].1 {
                Align::Left => text.push_str(&format!("{cell}{pad}  ")),
                Align::Right => text.push_str(&format!("{pad}{cell}  ")),
            }
        }
        format!("{}\n", text.trim_end())
    };
    let titles: Vec<&str> = header.iter().map(|(title, _)| *title).collect();
    let mut text = line(&titles);
    text.push_str(&format!("{}\n", "-".repeat(width(text.trim_end()))));
    rows.iter().for_each(|row| text.push_str(&line(&row.iter().map(String::as_str).collect::<Vec<_>>())));
    text
}

/// Breaks a list of words into lines of at most `width` characters, each indented.
pub fn wrap(words: &[String], indent: &str, width: usize) -> String {
    let (mut text, mut line) = (String::new(), indent.to_string());
    for (i, word) in words.iter().enumerate() {
        let piece = if i + 1 < words.len() { format!("{word}, ") } else { word.clone() };
        if line.len() > indent.len() && line.chars().count() + piece.trim_end().chars().count() > width {
            text.push_str(line.trim_end());
            text.push('\n');
            line = indent.to_string();
        }
        line.push_str(&piece);
    }
    text + line.trim_end() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = vec![vec!["a".into(), "1".into()], vec!["long".into(), "100".into()]];
        let text = render(&[("name", Align::Left), ("n", Align::Right)], &rows);
        assert_eq!(text, "name    n\n---------\na       1\nlong  100\n");
    }

    #[test]
    fn words_wrap() {
        let words: Vec<String> = ["one", "two", "three"].map(Into::into).to_vec();
        assert_eq!(wrap(&words, "  ", 11), "  one, two,\n  three\n");
    }
}
