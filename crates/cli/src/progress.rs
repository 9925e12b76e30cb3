//! A progress bar on a terminal, once work exceeds a second.
use ferronum_model::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

pub struct Bar {
    start: Instant,
    bar: Mutex<Option<ProgressBar>>,
    on: bool,
}

impl Bar {
    pub fn new() -> Self {
        Self { start: Instant::now(), bar: Mutex::new(None), on: std::io::stderr().is_terminal() }
    }

    pub fn tell(&self, progress: Progress) {
        if !self.on || self.start.elapsed() < Duration::from_secs(1) {
            return;
        }
        let Ok(mut bar) = self.bar.lock() else { return };
        let bar = bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(progress.total, ProgressDrawTarget::stderr_with_hz(10));
            if let Ok(style) =
                ProgressStyle::with_template("{msg:12} [{bar:36}] {percent:>3}% {bytes_per_sec} {eta}")
            {
                bar.set_style(style);
            }
            bar
        });
        bar.set_message(progress.pass);
        bar.set_length(progress.total.unwrap_or(progress.bytes));
        bar.set_position(progress.bytes);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Ok(Some(bar)) = self.bar.lock().as_deref() {
            bar.finish_and_clear();
        }
    }
}
