//! `ferronum predict`.
use crate::arguments::Predict;
use crate::error::Error;
use crate::fit::policy;
use crate::output::{Pending, closed};
use crate::progress::Bar;
use ferronum_data::Source;
use ferronum_model::{Model, PredictOptions, Predicted, predict_each};
use std::io::{BufWriter, Write};

const HEADER: &[u8] = b"row,mean,std_error,ci_low,ci_high,pi_low,pi_high\n";

pub fn run(arguments: &Predict) -> Result<(), Error> {
    let model = Model::load(&arguments.model)?;
    let source = arguments.reading.open()?;
    let Some(path) = &arguments.output else {
        let (printed, ended) = stream(arguments, &model, &source, std::io::stdout().lock());
        return ended.map_err(|end| match end {
            End::Output(error) => closed(&error),
            // What is printed cannot be taken back.
            End::Fault(error) if printed > 0 => Error::Message(format!(
                "{error}\nThe output is incomplete: {printed} rows were printed before this; --output FILE writes all or nothing"
            )),
            End::Fault(error) => error.into(),
        });
    };
    let (pending, file) = Pending::create(path)?;
    stream(arguments, &model, &source, file).1.map_err(|end| match end {
        End::Output(error) => pending.fault(&error),
        End::Fault(error) => error.into(),
    })?;
    pending.keep()
}

/// What ends a stream of predictions early.
enum End {
    Output(std::io::Error),
    Fault(ferronum_model::Error),
}

/// Writes the predictions as CSV; says how many rows were written, whatever the end.
fn stream(arguments: &Predict, model: &Model, source: &Source, out: impl Write) -> (u64, Result<(), End>) {
    let bar = if arguments.output.is_some() { Bar::new() } else { Bar::beside_output() };
    let tell = |progress| bar.tell(progress);
    let options = PredictOptions {
        confidence: arguments.confidence,
        na: policy(arguments.na),
        threads: arguments.reading.threads(),
        progress: Some(&tell),
    };
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let (mut started, mut printed, mut failed) = (false, 0, None);
    let ended = predict_each(model, source, &options, |batch| {
        // A fault before the first batch leaves the output empty.
        let header = if std::mem::replace(&mut started, true) { &[] } else { HEADER };
        let written = out.write_all(header).and_then(|()| rows(&mut out, batch));
        printed += batch.len() as u64;
        written.map_err(|error| {
            let message = error.to_string();
            failed = Some(error);
            ferronum_model::Error::Io { path: "the output".to_owned(), action: "write", message }
        })
    });
    let header = if ended.is_ok() && !started { HEADER } else { &[] };
    let flushed = out.write_all(header).and_then(|()| out.flush());
    let result = match (failed, ended) {
        (Some(error), _) => Err(End::Output(error)),
        (None, Err(error)) => Err(End::Fault(error)),
        (None, Ok(_)) => flushed.map_err(End::Output),
    };
    (printed, result)
}

fn rows(out: &mut impl Write, batch: &[Predicted]) -> std::io::Result<()> {
    batch.iter().try_for_each(|made| {
        let v = &made.value;
        let (row, ci, pi) = (made.row, (v.ci_low, v.ci_high), (v.pi_low, v.pi_high));
        writeln!(out, "{row},{},{},{},{},{},{}", v.mean, v.std_error, ci.0, ci.1, pi.0, pi.1)
    })
}
