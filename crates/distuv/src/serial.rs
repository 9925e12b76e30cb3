//! Laws as maps from parameter names to values.
use crate::Parametric;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

fn write<D: Parametric, S: Serializer>(law: &D, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(D::PARAMETERS.len()))?;
    for (parameter, value) in D::PARAMETERS.iter().zip(law.parameters()) {
        map.serialize_entry(parameter.name, &value)?;
    }
    map.end()
}

struct Read<D>(PhantomData<D>);

impl<'de, D: Parametric> Visitor<'de> for Read<D> {
    type Value = D;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = D::PARAMETERS.iter().map(|parameter| parameter.name).collect();
        write!(f, "the parameters of {}: {}", D::LAW, names.join(", "))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<D, A::Error> {
        let mut values = vec![None; D::PARAMETERS.len()];
        while let Some(name) = map.next_key::<String>()? {
            let at = D::PARAMETERS.iter().position(|parameter| parameter.name == name);
            let at = at.ok_or_else(|| A::Error::custom(format!("{} has no parameter {name:?}", D::LAW)))?;
            values[at] = Some(map.next_value::<f64>()?);
        }
        let value = |(parameter, value): (&crate::Parameter, Option<f64>)| {
            value.ok_or_else(|| A::Error::missing_field(parameter.name))
        };
        let values: Vec<f64> = D::PARAMETERS.iter().zip(values).map(value).collect::<Result<_, _>>()?;
        D::from_parameters(&values).map_err(A::Error::custom)
    }
}

macro_rules! serial {
    ($($law:ident),* $(,)?) => {$(
        impl Serialize for crate::$law {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                write(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for crate::$law {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map(Read(PhantomData))
            }
        }
    )*};
}

serial!(
    Arcsine,
    AsymmetricLaplace,
    Bernoulli,
    Beta,
    BetaBinomial,
    BetaPrime,
    Binomial,
    Burr,
    Cauchy,
    Chi,
    ChiSquared,
    DiscreteUniform,
    Erlang,
    Exponential,
    FisherF,
    Frechet,
    Gamma,
    GeneralizedExtremeValue,
    GeneralizedGamma,
    GeneralizedPareto,
    Geometric,
    GumbelLeft,
    GumbelRight,
    HalfCauchy,
    HalfNormal,
    HyperbolicSecant,
    Hypergeometric,
    InverseGamma,
    InverseGaussian,
    Kumaraswamy,
    Laplace,
    Levy,
    LogLogistic,
    LogNormal,
    Logarithmic,
    Logistic,
    Lomax,
    Maxwell,
    Nakagami,
    NegativeBinomial,
    NegativeHypergeometric,
    NoncentralBeta,
    NoncentralChiSquared,
    NoncentralF,
    NoncentralT,
    Normal,
    Pareto,
    Pert,
    Poisson,
    Power,
    Rayleigh,
    Rice,
    Skellam,
    SkewNormal,
    StudentT,
    Triangular,
    TruncatedNormal,
    Uniform,
    VonMises,
    Weibull,
    Zeta,
    Zipf,
);

#[cfg(test)]
mod tests {
    use crate::StudentT;

    #[test]
    fn a_law_is_a_map_of_its_parameters() {
        let law = StudentT::new(1.0, 2.5, 7.0).unwrap();
        let text = serde_json::to_string(&law).unwrap();
        assert_eq!(text, r#"{"location":1.0,"scale":2.5,"dof":7.0}"#);
        assert_eq!(serde_json::from_str::<StudentT>(&text).unwrap(), law);
        let wrong = serde_json::from_str::<StudentT>(r#"{"location":1.0,"scale":-2.5,"dof":7.0}"#);
        assert!(wrong.unwrap_err().to_string().contains("scale must be positive and finite, got -2.5"));
        assert!(serde_json::from_str::<StudentT>(r#"{"location":1.0}"#).is_err());
    }
}
