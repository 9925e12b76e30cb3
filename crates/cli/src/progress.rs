//! A progress bar on a terminal, once work exceeds a second.
use ferronum_model::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

pub struct Bar {
    start: Instant,
    drawn: Mutex<Option<(&'static str, ProgressBar)>>,
    on: bool,
}

impl Bar {
    pub fn new() -> Self {
        Self { start: Instant::now(), drawn: Mutex::new(None), on: std::io::stderr().is_terminal() }
    }

    /// As [`Self::new`]; off where results go to a terminal meanwhile, whose lines it would break.
    pub fn beside_output() -> Self {
        let on = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        Self { start: Instant::now(), drawn: Mutex::new(None), on }
    }

    pub fn tell(&self, progress: Progress) {
        if !self.on || self.start.elapsed() < Duration::from_secs(1) {
            return;
        }
        let Ok(mut drawn) = self.drawn.lock() else { return };
        let (pass, bar) = drawn.get_or_insert_with(|| ("", new_bar()));
        bar.set_length(progress.total.unwrap_or(progress.bytes));
        // Two passes may have one name.
        if *pass != progress.pass || progress.bytes < bar.position() {
            *pass = progress.pass;
            bar.set_message(progress.pass);
            bar.set_position(progress.bytes);
            // Speed and time left are those of this pass from here on.
            bar.reset_eta();
        }
        bar.set_position(progress.bytes);
    }
}

/// A line of 73 characters at most.
fn new_bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    let template = "{msg:12} [{bar:30}] {percent:>3}%  {decimal_bytes_per_sec:>12}  {eta:>4} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Ok(Some((_, bar))) = self.drawn.lock().as_deref() {
            bar.finish_and_clear();
        }
    }
}
