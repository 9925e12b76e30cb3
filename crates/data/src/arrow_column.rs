//! Arrow arrays to columns.
//!
//! Integers, floats, decimals and booleans (0 and 1) are numbers; so are dates (days since 1970-01-01), timestamps (seconds
//! since 1970-01-01, UTC where they carry a zone), times of day (seconds since midnight) and durations (seconds). Strings
//! are labels. A dictionary is what its values are. Null is missing. Nothing else has a meaning as a number or label.
use crate::intern::Interner;
use crate::{Column, Kind, MISSING};
use arrow_array::cast::AsArray;
use arrow_array::types::{self as t, ArrowPrimitiveType, DecimalType};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use std::convert::Infallible;

/// What a column of that type holds; `None` if nothing that can be used.
pub(crate) fn kind(data_type: &DataType) -> Option<Kind> {
    use DataType as D;
    match data_type {
        D::Utf8 | D::LargeUtf8 | D::Utf8View => Some(Kind::Text),
        D::Dictionary(_, values) => kind(values),
        D::Null | D::Boolean | D::Date32 | D::Date64 | D::Timestamp(..) | D::Time32(_) | D::Time64(_) => {
            Some(Kind::Number)
        }
        D::Duration(_) | D::Decimal32(..) | D::Decimal64(..) | D::Decimal128(..) | D::Decimal256(..) => {
            Some(Kind::Number)
        }
        other if other.is_integer() || other.is_floating() => Some(Kind::Number),
        _ => None,
    }
}

/// The values of an array; the error names a type that has no meaning.
pub(crate) fn column(array: &ArrayRef) -> Result<Column, String> {
    if let DataType::Dictionary(..) = array.data_type() {
        return dictionary(array);
    }
    match kind(array.data_type()) {
        Some(Kind::Number) => numbers(array).map(Column::Numbers),
        Some(Kind::Text) => Ok(labels(array)),
        None => Err(format!("a column of type {}", array.data_type())),
    }
}

fn numbers(array: &ArrayRef) -> Result<Vec<f64>, String> {
    use DataType as D;
    let per_second = |unit: &TimeUnit| match unit {
        TimeUnit::Second => 1.0,
        TimeUnit::Millisecond => 1e3,
        TimeUnit::Microsecond => 1e6,
        TimeUnit::Nanosecond => 1e9,
    };
    Ok(match array.data_type() {
        D::Null => vec![f64::NAN; array.len()],
        D::Boolean => {
            let values = array.as_boolean().values();
            with_nulls(array, values.iter().map(|v| f64::from(u8::from(v))).collect())
        }
        D::Int8 => primitive::<t::Int8Type>(array, f64::from),
        D::Int16 => primitive::<t::Int16Type>(array, f64::from),
        D::Int32 => primitive::<t::Int32Type>(array, f64::from),
        D::Int64 => primitive::<t::Int64Type>(array, |v| v as f64),
        D::UInt8 => primitive::<t::UInt8Type>(array, f64::from),
        D::UInt16 => primitive::<t::UInt16Type>(array, f64::from),
        D::UInt32 => primitive::<t::UInt32Type>(array, f64::from),
        D::UInt64 => primitive::<t::UInt64Type>(array, |v| v as f64),
        D::Float16 => primitive::<t::Float16Type>(array, |v| v.to_f64()),
        D::Float32 => primitive::<t::Float32Type>(array, f64::from),
        D::Float64 => primitive::<t::Float64Type>(array, |v| v),
        D::Date32 => primitive::<t::Date32Type>(array, f64::from),
        D::Date64 => primitive::<t::Date64Type>(array, |v| v as f64 / 86_400_000.0),
        D::Time32(TimeUnit::Second) => primitive::<t::Time32SecondType>(array, f64::from),
        D::Time32(_) => primitive::<t::Time32MillisecondType>(array, |v| f64::from(v) / 1e3),
        D::Time64(TimeUnit::Microsecond) => primitive::<t::Time64MicrosecondType>(array, |v| v as f64 / 1e6),
        D::Time64(_) => primitive::<t::Time64NanosecondType>(array, |v| v as f64 / 1e9),
        D::Timestamp(unit, _) | D::Duration(unit) => {
            let scale = per_second(unit);
            primitive_i64(array, |v| v as f64 / scale)?
        }
        D::Decimal32(_, scale) => decimal::<t::Decimal32Type>(array, *scale, |v| i64::from(v).into()),
        D::Decimal64(_, scale) => decimal::<t::Decimal64Type>(array, *scale, i128::from),
        D::Decimal128(_, scale) => decimal::<t::Decimal128Type>(array, *scale, |v| v),
        D::Decimal256(_, scale) => {
            let scale = *scale;
            primitive::<t::Decimal256Type>(array, |v| match v.to_i128() {
                Some(v) => scaled(v, scale),
                None => decimal_text(&v.to_string(), scale),
            })
        }
        other => return Err(format!("a column of type {other}")),
    })
}

fn primitive<T: ArrowPrimitiveType>(array: &ArrayRef, number: impl Fn(T::Native) -> f64) -> Vec<f64> {
    with_nulls(array, array.as_primitive::<T>().values().iter().map(|&v| number(v)).collect())
}

/// Timestamps and durations of any unit: 64-bit integers underneath.
fn primitive_i64(array: &ArrayRef, number: impl Fn(i64) -> f64) -> Result<Vec<f64>, String> {
    use DataType as D;
    use TimeUnit as U;
    Ok(match array.data_type() {
        D::Timestamp(U::Second, _) => primitive::<t::TimestampSecondType>(array, number),
        D::Timestamp(U::Millisecond, _) => primitive::<t::TimestampMillisecondType>(array, number),
        D::Timestamp(U::Microsecond, _) => primitive::<t::TimestampMicrosecondType>(array, number),
        D::Timestamp(U::Nanosecond, _) => primitive::<t::TimestampNanosecondType>(array, number),
        D::Duration(U::Second) => primitive::<t::DurationSecondType>(array, number),
        D::Duration(U::Millisecond) => primitive::<t::DurationMillisecondType>(array, number),
        D::Duration(U::Microsecond) => primitive::<t::DurationMicrosecondType>(array, number),
        D::Duration(U::Nanosecond) => primitive::<t::DurationNanosecondType>(array, number),
        other => return Err(format!("a column of type {other}")),
    })
}

fn decimal<T: DecimalType>(array: &ArrayRef, scale: i8, wide: impl Fn(T::Native) -> i128) -> Vec<f64> {
    primitive::<T>(array, |v| scaled(wide(v), scale))
}

/// `value / 10^scale`, correctly rounded.
fn scaled(value: i128, scale: i8) -> f64 {
    // Both operands are exact in `f64`, so the quotient is rounded once.
    if value.unsigned_abs() <= 1 << 53 && (0..=22).contains(&scale) {
        return value as f64 / 10f64.powi(i32::from(scale));
    }
    decimal_text(&value.to_string(), scale)
}

fn decimal_text(digits: &str, scale: i8) -> f64 {
    format!("{digits}e{}", -i32::from(scale)).parse().unwrap_or(f64::NAN)
}

/// Puts NaN where the array is null.
fn with_nulls(array: &ArrayRef, mut values: Vec<f64>) -> Vec<f64> {
    if let Some(nulls) = array.nulls().filter(|nulls| nulls.null_count() > 0) {
        for (value, valid) in values.iter_mut().zip(nulls.iter()) {
            if !valid {
                *value = f64::NAN;
            }
        }
    }
    values
}

fn labels(array: &ArrayRef) -> Column {
    match array.data_type() {
        DataType::LargeUtf8 => intern(array.as_string::<i64>().iter()),
        DataType::Utf8View => intern(array.as_string_view().iter()),
        _ => intern(array.as_string::<i32>().iter()),
    }
}

fn intern<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Column {
    let mut interner = Interner::default();
    let codes = values.map(|value| value.map_or(MISSING, |value| code(&mut interner, value))).collect();
    Column::Labels { codes, levels: interner.into_levels() }
}

fn code(interner: &mut Interner, label: &str) -> u32 {
    let Ok(code) = interner.code(label.as_bytes(), |_| Ok::<_, Infallible>(true));
    code
}

/// Decodes each used value of the dictionary once.
fn dictionary(array: &ArrayRef) -> Result<Column, String> {
    let array = array.as_any_dictionary_opt().ok_or("a dictionary with keys of an unknown type")?;
    // Without values every row is null; `normalized_keys` does not allow for that.
    let keys = if array.values().is_empty() { vec![0; array.len()] } else { array.normalized_keys() };
    let valid = |i: usize| array.keys().is_valid(i);
    match column(array.values())? {
        Column::Numbers(values) => {
            let pick = |(i, &key): (usize, &usize)| if valid(i) { values[key] } else { f64::NAN };
            Ok(Column::Numbers(keys.iter().enumerate().map(pick).collect()))
        }
        Column::Labels { codes, levels } => {
            // The dictionary may hold labels that occur in no row; renumber those that do by first appearance.
            let mut renumbered = vec![MISSING; levels.len()];
            let mut order = Vec::new();
            let codes = keys.iter().enumerate().map(|(i, &key)| {
                let old = if valid(i) { codes[key] } else { MISSING };
                let Some(new) = renumbered.get_mut(old as usize) else { return MISSING };
                if *new == MISSING {
                    *new = order.len() as u32;
                    order.push(old as usize);
                }
                *new
            });
            let codes = codes.collect();
            let mut levels = levels;
            let levels = order.into_iter().map(|old| std::mem::take(&mut levels[old])).collect();
            Ok(Column::Labels { codes, levels })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{
        BooleanArray, Date64Array, Decimal128Array, DictionaryArray, Int8Array, StringViewArray,
        TimestampNanosecondArray, types::Int8Type,
    };
    use std::sync::Arc;

    fn check(array: impl Array + 'static, expect: &[f64]) {
        let Ok(Column::Numbers(values)) = column(&(Arc::new(array) as ArrayRef)) else { panic!("numbers") };
        let bits = |v: &[f64]| v.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&values), bits(expect));
    }

    #[test]
    fn numbers_of_all_kinds() {
        check(BooleanArray::from(vec![Some(true), None, Some(false)]), &[1.0, f64::NAN, 0.0]);
        check(Int8Array::from(vec![Some(-3), None]), &[-3.0, f64::NAN]);
        check(Date64Array::from(vec![86_400_000 * 3]), &[3.0]);
        check(TimestampNanosecondArray::from(vec![1_500_000_000]), &[1.5]);
        let decimals = vec![1234, -5, 123_456_789_012_345_678_901_234];
        let decimals = Decimal128Array::from(decimals).with_precision_and_scale(30, 2).unwrap();
        check(decimals, &[12.34, -0.05, 1_234_567_890_123_456_789_012.34]);
    }

    #[test]
    fn a_dictionary_keeps_the_labels_that_occur() {
        let values =
            Arc::new(StringViewArray::from(vec![Some("c"), Some("unused"), Some("a"), None, Some("c")]));
        let keys = Int8Array::from(vec![Some(2), Some(0), None, Some(3), Some(4), Some(2)]);
        let array = DictionaryArray::<Int8Type>::try_new(keys, values).unwrap();
        let expect = Column::Labels {
            codes: vec![0, 1, MISSING, MISSING, 1, 0],
            levels: vec!["a".into(), "c".into()],
        };
        assert_eq!(column(&(Arc::new(array) as ArrayRef)), Ok(expect));
    }
}
