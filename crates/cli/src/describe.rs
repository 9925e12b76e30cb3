//! `ferronum describe` and `ferronum datasets`.
use crate::arguments::Describe;
use crate::error::Error;
use crate::output::{print, short, table};
use crate::progress::Bar;
use ferronum_model::{ColumnSummary, Table};

pub fn run(arguments: &Describe) -> Result<(), Error> {
    let source = arguments.reading.open()?;
    let names: Vec<&str> = arguments.columns.iter().map(String::as_str).collect();
    let made = {
        let bar = Bar::new();
        ferronum_model::describe(&source, &names, arguments.reading.threads(), Some(&|p| bar.tell(p)))?
    };
    match arguments.json {
        true => print(&(json(&made)? + "\n")),
        false => print(&text(&made)),
    }
}

pub fn datasets(as_json: bool) -> Result<(), Error> {
    let sets = ferronum_data::datasets();
    if as_json {
        let all: Vec<_> = sets
            .iter()
            .map(|set| {
                serde_json::json!({
                    "name": set.name, "rows": set.rows, "columns": set.columns,
                    "description": set.description, "source": set.source, "licence": set.licence,
                })
            })
            .collect();
        return print(&(json(&all)? + "\n"));
    }
    let mut out = String::new();
    for set in sets {
        let size = format!("{} × {}", set.rows, set.columns);
        out += &format!("{:<14}{:>12}  {}\n", set.name, size, set.licence);
        for line in wrapped(set.description, 72) {
            out += &format!("    {line}\n");
        }
    }
    print(&out)
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last] += word;
        }
    }
    lines
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string_pretty(value).map_err(|e| Error::Message(format!("cannot write JSON: {e}")))
}

fn text(made: &Table) -> String {
    let mut out = format!("{}: {} rows, {} columns\n", made.source, made.rows, made.columns.len());
    let (text, numbers): (Vec<&ColumnSummary>, Vec<_>) =
        made.columns.iter().partition(|c| c.levels.is_some());
    if !numbers.is_empty() {
        let head = ["", "count", "missing", "mean", "sd", "skew", "kurt", "min", "max"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        rows.extend(numbers.iter().map(|c| {
            let values = [c.mean, c.std_dev, c.skewness, c.excess_kurtosis, c.min, c.max].map(brief);
            let mut row = vec![cut(&c.name, 16), c.count.to_string(), c.missing.to_string()];
            row.extend(values);
            row
        }));
        out += &format!("\n{}", table(&rows));
        for c in numbers.iter().filter(|c| c.infinite > 0) {
            out += &format!("{}: {} infinite values are left out of the figures\n", c.name, c.infinite);
        }
    }
    if !text.is_empty() {
        let mut rows = vec![["", "count", "missing", "levels"].map(str::to_owned).to_vec()];
        let mut listed = Vec::new();
        for c in text {
            let Some(levels) = &c.levels else { continue };
            let more = if levels.exact { "" } else { "+" };
            let distinct = format!("{}{more}", levels.distinct);
            rows.push(vec![cut(&c.name, 16), c.count.to_string(), c.missing.to_string(), distinct]);
            let top = levels.most_frequent.iter().take(5).map(|(name, n)| format!("{} ({n})", cut(name, 16)));
            listed.push((c, top.collect::<Vec<_>>().join(", ")));
        }
        out += &format!("\n{}\nmost frequent\n", table(&rows));
        for (c, top) in listed {
            let lines = wrapped(&top, 60);
            for (i, line) in lines.iter().enumerate() {
                let name = if i == 0 { cut(&c.name, 16) } else { String::new() };
                out += &format!("  {name:<16}  {line}\n");
            }
        }
    }
    out
}

/// Five significant digits, so that nine columns go on a line.
fn brief(x: f64) -> String {
    let text = short(x);
    if text.len() <= 8 { text } else { format!("{x:.2e}") }
}

fn cut(name: &str, width: usize) -> String {
    if name.chars().count() <= width {
        return name.to_owned();
    }
    name.chars().take(width - 1).chain(['…']).collect()
}
