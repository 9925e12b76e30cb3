//! Reference values in JSON: decimal strings keep all their digits, plain numbers are what `f64` holds.
use crate::Error;
use ferronum_dd::Dd;
use serde_json::Value;
use std::path::Path;

/// Reads one JSON document.
///
/// # Errors
/// [`Error::Io`] if the file cannot be read, [`Error::Json`] if it is not JSON.
pub fn read_json(path: &Path) -> Result<Value, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Io { path: path.into(), source })?;
    serde_json::from_str(&text).map_err(|source| Error::Json { path: path.into(), source })
}

/// One expected value: a decimal string (`"0.1"`, `"-1e-451"`, `"Infinity"`, `"nan"`) or a JSON number; `None` for null and `""`.
///
/// # Errors
/// [`Error::Shape`] if it is neither.
///
/// # Examples
/// ```
/// use ferronum_testkit::decimal;
/// let value = decimal(&serde_json::json!("0.1"))?.unwrap();
/// assert_eq!((value.hi(), value.lo()), (0.1, -5.551115123125783e-18));
/// assert_eq!(decimal(&serde_json::json!(null))?, None);
/// # Ok::<(), ferronum_testkit::Error>(())
/// ```
pub fn decimal(value: &Value) -> Result<Option<Dd>, Error> {
    let found = match value {
        Value::Null => return Ok(None),
        Value::String(text) if text.is_empty() => return Ok(None),
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_f64().map(Dd::from),
        _ => None,
    };
    found.map(Some).ok_or_else(|| shape("a decimal", value))
}

/// An array of expected values, none missing.
///
/// # Errors
/// [`Error::Shape`] if it is not an array of decimals.
pub fn decimals(value: &Value) -> Result<Vec<Dd>, Error> {
    let items = value.as_array().ok_or_else(|| shape("an array", value))?;
    items.iter().map(|item| decimal(item)?.ok_or_else(|| shape("a decimal", item))).collect()
}

/// An array of inputs, each rounded to the nearest `f64`.
///
/// # Errors
/// [`Error::Shape`] if it is not an array of decimals.
pub fn numbers(value: &Value) -> Result<Vec<f64>, Error> {
    Ok(decimals(value)?.into_iter().map(Dd::to_f64).collect())
}

fn shape(wanted: &'static str, value: &Value) -> Error {
    let found = value.to_string();
    Error::Shape { wanted, found: found.chars().take(60).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn forms() {
        assert_eq!(numbers(&json!(["1.5", 2, -0.25e1])).unwrap(), [1.5, 2.0, -2.5]);
        assert_eq!(decimal(&json!("Infinity")).unwrap().unwrap().to_f64(), f64::INFINITY);
        assert!(decimal(&json!("nan")).unwrap().unwrap().to_f64().is_nan());
        assert_eq!(decimal(&json!("1e-451")).unwrap().unwrap().to_f64(), 0.0);
        assert!(decimal(&json!({"a": 1})).is_err());
        assert!(decimals(&json!(["1", null])).is_err());
        assert!(decimals(&json!("1")).unwrap_err().to_string().contains("array"));
    }
}
