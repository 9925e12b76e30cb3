//! Numbers in formats without NaN and infinity, such as JSON: these three are written as text.
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Value {
    Number(f64),
    Text(String),
}

impl From<f64> for Value {
    fn from(x: f64) -> Self {
        if x.is_finite() { Self::Number(x) } else { Self::Text(x.to_string()) }
    }
}

impl Value {
    fn number<E: serde::de::Error>(self) -> Result<f64, E> {
        match self {
            Self::Number(x) => Ok(x),
            Self::Text(text) => text.parse().map_err(|_| E::custom(format!("`{text}` is not a number"))),
        }
    }
}

pub(crate) fn serialize<S: Serializer>(x: &f64, to: S) -> Result<S::Ok, S::Error> {
    Value::from(*x).serialize(to)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    Value::deserialize(from)?.number()
}

/// The same for lists.
pub(crate) mod list {
    use super::Value;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(list: &[f64], to: S) -> Result<S::Ok, S::Error> {
        list.iter().map(|x| Value::from(*x)).collect::<Vec<_>>().serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<f64>, D::Error> {
        Vec::<Value>::deserialize(from)?.into_iter().map(Value::number).collect()
    }
}
