//! The functions of one number that a formula can use.
use strsim::damerau_levenshtein;

/// A function applied to each value by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Function {
    pub name: &'static str,
    pub apply: fn(f64) -> f64,
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

const FUNCTIONS: [Function; 23] = [
    Function { name: "I", apply: |x| x },
    Function { name: "log", apply: f64::ln },
    Function { name: "exp", apply: f64::exp },
    Function { name: "sqrt", apply: f64::sqrt },
    Function { name: "abs", apply: f64::abs },
    Function { name: "log2", apply: f64::log2 },
    Function { name: "log10", apply: f64::log10 },
    Function { name: "log1p", apply: f64::ln_1p },
    Function { name: "expm1", apply: f64::exp_m1 },
    Function { name: "sin", apply: f64::sin },
    Function { name: "cos", apply: f64::cos },
    Function { name: "tan", apply: f64::tan },
    Function { name: "asin", apply: f64::asin },
    Function { name: "acos", apply: f64::acos },
    Function { name: "atan", apply: f64::atan },
    Function { name: "sinh", apply: f64::sinh },
    Function { name: "cosh", apply: f64::cosh },
    Function { name: "tanh", apply: f64::tanh },
    Function { name: "floor", apply: f64::floor },
    Function { name: "ceiling", apply: f64::ceil },
    Function { name: "trunc", apply: f64::trunc },
    Function { name: "round", apply: f64::round_ties_even },
    Function { name: "sign", apply: |x| if x == 0.0 { 0.0 } else { x.signum() } },
];

/// The words that look like calls but are not functions of one number.
const SPECIAL: [&str; 6] = ["C", "I", "offset", "poly", "scale", "center"];

pub(super) fn find(name: &str) -> Option<Function> {
    FUNCTIONS.iter().find(|f| f.name == name).copied()
}

/// What to write in place of a function that does not exist.
pub(super) fn suggestion(name: &str) -> Option<String> {
    let known = match name {
        "factor" | "as.factor" | "categorical" | "ordered" => "a factor is written C(x)",
        "ln" => "the natural logarithm is log(x)",
        "center_scale" | "standardize" | "zscore" => "write scale(x)",
        "bs" | "ns" | "cr" | "s" => "splines are not part of this language yet; poly(x, degree) is",
        "np.log" => "write log(x)",
        "np.exp" => "write exp(x)",
        "np.sqrt" => "write sqrt(x)",
        "Q" => "a column of any name is written in back quotes: `2nd value`",
        "ifelse" | "relevel" | "cut" | "interaction" => "make such a column before the fit",
        _ => {
            let names = FUNCTIONS.iter().map(|f| f.name).chain(SPECIAL);
            let nearest = nearest(name, names)?;
            return Some(format!("did you mean `{nearest}`?"));
        }
    };
    Some(known.to_owned())
}

/// The candidate nearest to `name`, if one is near: at most a third of the letters differ, case aside.
pub(super) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: String = name.to_lowercase().chars().take(200).collect();
    let limit = (wanted.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .filter(|c| c.len().abs_diff(wanted.len()) <= 4 * limit)
        .map(|c| (damerau_levenshtein(&wanted, &c.to_lowercase()), c))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions() {
        assert_eq!(suggestion("lgo").as_deref(), Some("did you mean `log`?"));
        assert_eq!(suggestion("factor").as_deref(), Some("a factor is written C(x)"));
        assert_eq!(suggestion("frobnicate"), None);
        assert_eq!(nearest("dep_dela", ["arr_delay", "dep_delay"]), Some("dep_delay"));
        assert_eq!(nearest("Distance", ["distance"]), Some("distance"));
        assert_eq!(nearest("q", ["y", "longer"]), Some("y"));
    }

    #[test]
    fn rounding_follows_r() {
        let round = find("round").unwrap().apply;
        assert_eq!([round(0.5), round(1.5), round(-2.5)], [0.0, 2.0, -2.0]);
        let sign = find("sign").unwrap().apply;
        assert_eq!([sign(-0.0), sign(-3.0), sign(2.0)], [0.0, -1.0, 1.0]);
    }
}
