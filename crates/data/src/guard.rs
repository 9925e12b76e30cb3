//! Foreign decoders behind a guard: what they panic on becomes an error.
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `decode`; a panic inside is its message as an error.
///
/// The Parquet and Arrow decoders return errors for almost all damage, but their authors do not promise so for every byte
/// string. What was being decoded is dropped with the error, so no broken state is seen afterwards.
pub(crate) fn guarded<T, E: ToString>(decode: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(decode)) {
        Ok(result) => result.map_err(|e| e.to_string()),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(format!("the decoder gave up: {}", text.unwrap_or("unknown reason")))
        }
    }
}
