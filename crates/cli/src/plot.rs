//! `ferronum plot`: one or two columns as a figure.
use crate::arguments::{Plot, Single};
use crate::error::Error;
use crate::fit::encoded;
use crate::output::Pending;
use ferronum_data::{Column, Kind, MISSING, Source};
use ferronum_plot::{BoxPlot, Histogram, QqPlot, Scatter};

const WIDTH: u32 = 900;
const HEIGHT: u32 = 600;

/// Most rows that are drawn: beyond, every second, fourth, … row is.
const MOST: usize = 4 << 20;

pub fn run(arguments: &Plot) -> Result<(), Error> {
    let source = arguments.reading.open()?;
    let x_at = column(&source, &arguments.x)?;
    let y_at = arguments.y.as_deref().map(|name| column(&source, name)).transpose()?;
    let drawn = read(&source, x_at, y_at)?;
    if drawn.x.is_empty() {
        return Err(Error::Message(format!(
            "{}: column `{}` has no values to draw",
            source.name(),
            arguments.x
        )));
    }
    let title = source.name().rsplit('/').next().unwrap_or_default().to_owned();
    let figure = match (&arguments.y, arguments.kind) {
        (Some(y), _) if !drawn.levels.is_empty() => BoxPlot::by_group(&drawn.y, &drawn.codes, &drawn.levels)?
            .title(title)
            .x_label(&arguments.x)
            .y_label(y)
            .render(WIDTH, HEIGHT)?,
        (Some(y), _) => Scatter::new(&drawn.x, &drawn.y)?
            .smoother()
            .title(title)
            .x_label(&arguments.x)
            .y_label(y)
            .render(WIDTH, HEIGHT)?,
        (None, Single::Histogram) => {
            Histogram::new(&drawn.x).title(title).x_label(&arguments.x).render(WIDTH, HEIGHT)?
        }
        (None, Single::Box) => {
            BoxPlot::new(&drawn.x).title(title).y_label(&arguments.x).render(WIDTH, HEIGHT)?
        }
        (None, Single::Qq) => {
            QqPlot::new(&drawn.x).title(title).y_label(&arguments.x).render(WIDTH, HEIGHT)?
        }
    };
    Pending::write(&arguments.output, &encoded(&figure, &arguments.output)?)?.keep()
}

fn column(source: &Source, name: &str) -> Result<usize, Error> {
    let names = || source.schema().fields().iter().map(|f| &f.name[..]).collect::<Vec<_>>().join(", ");
    source.schema().index_of(name).ok_or_else(|| {
        Error::Message(format!("{}: there is no column `{name}`; the columns are {}", source.name(), names()))
    })
}

/// The complete rows to draw; a text column x gives codes and levels.
#[derive(Default)]
struct Drawn {
    x: Vec<f64>,
    y: Vec<f64>,
    codes: Vec<u32>,
    levels: Vec<String>,
}

fn read(source: &Source, x_at: usize, y_at: Option<usize>) -> Result<Drawn, Error> {
    let text = |at: usize| source.schema().fields()[at].kind == Kind::Text;
    if (y_at.is_none() && text(x_at)) || y_at.is_some_and(text) {
        let name = &source.schema().fields()[y_at.unwrap_or(x_at)].name;
        return Err(Error::Message(format!(
            "{}: column `{name}` holds text; draw a numeric column, or give the text as --x and numbers as --y",
            source.name()
        )));
    }
    let columns: Vec<usize> = [Some(x_at), y_at].into_iter().flatten().collect();
    let mut out = Drawn::default();
    let (mut seen, mut stride) = (0_usize, 1_usize);
    for chunk in source.scan(&columns)? {
        let batch = chunk?.decode()?;
        let recoded = recode(&batch.columns[0], &mut out.levels);
        for i in 0..batch.rows {
            if batch.columns.iter().any(|column| column.is_missing(i)) {
                continue;
            }
            seen += 1;
            if !(seen - 1).is_multiple_of(stride) {
                continue;
            }
            match (&batch.columns[0], recoded.get(i)) {
                (Column::Numbers(values), _) => out.x.push(values[i]),
                (_, code) => {
                    out.x.push(0.0);
                    out.codes.push(code.copied().unwrap_or(MISSING));
                }
            }
            if let Some(Column::Numbers(values)) = batch.columns.get(1) {
                out.y.push(values[i]);
            }
        }
        while out.x.len() > MOST {
            stride *= 2;
            thin(&mut out.x);
            thin(&mut out.y);
            thin(&mut out.codes);
        }
    }
    Ok(out)
}

/// Keeps every second value.
fn thin<T>(values: &mut Vec<T>) {
    let mut keep = false;
    values.retain(|_| {
        keep = !keep;
        keep
    });
}

/// Codes of a text column in the levels of all batches.
fn recode(column: &Column, all: &mut Vec<String>) -> Vec<u32> {
    let Column::Labels { codes, levels } = column else { return Vec::new() };
    let known: Vec<u32> = levels
        .iter()
        .map(|level| {
            all.iter().position(|known| known == level).unwrap_or_else(|| {
                all.push(level.clone());
                all.len() - 1
            }) as u32
        })
        .collect();
    codes.iter().map(|&code| known.get(code as usize).copied().unwrap_or(MISSING)).collect()
}
