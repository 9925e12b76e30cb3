//! `ferronum predict`.
use crate::arguments::Predict;
use crate::error::Error;
use crate::fit::policy;
use crate::output::closed;
use crate::progress::Bar;
use ferronum_model::{Model, PredictOptions, predict_each};
use std::io::{BufWriter, Write};

pub fn run(arguments: &Predict) -> Result<(), Error> {
    let model = Model::load(&arguments.model)?;
    let source = arguments.reading.open()?;
    let bar = Bar::new();
    let tell = |progress| bar.tell(progress);
    let options = PredictOptions {
        confidence: arguments.confidence,
        na: policy(arguments.na),
        threads: arguments.reading.threads(),
        progress: Some(&tell),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut written = writeln!(out, "row,mean,std_error,ci_low,ci_high,pi_low,pi_high");
    predict_each(&model, &source, &options, |batch| {
        for made in batch {
            let v = &made.value;
            if written.is_ok() {
                written = writeln!(
                    out,
                    "{},{},{},{},{},{},{}",
                    made.row, v.mean, v.std_error, v.ci_low, v.ci_high, v.pi_low, v.pi_high
                );
            }
        }
        Ok(())
    })?;
    written.and_then(|()| out.flush()).map_err(|e| closed(&e))
}
