//! The entries of a reference document, so that what is not covered is named one by one.
use serde_json::Value;

/// Names what a document holds: data sets and cases one by one, kinds of test with the number of their cases.
///
/// Empty if the document is one thing.
pub fn entries(document: &Value) -> Vec<String> {
    let Some(object) = document.as_object() else { return Vec::new() };
    let mut found = Vec::new();
    for (key, value) in object {
        match value {
            Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
                let itemised = matches!(key.as_str(), "cases" | "fits" | "datasets" | "problems")
                    || items.iter().all(|item| item.get("name").is_some());
                if itemised {
                    items
                        .iter()
                        .enumerate()
                        .for_each(|(i, item)| found.extend(results(&label(item, i), item)));
                } else {
                    found.push(format!("{key} ({} cases)", items.len()));
                }
            }
            Value::Object(sets) if key == "datasets" => {
                sets.iter().for_each(|(name, set)| found.extend(results(name, set)));
            }
            _ => {}
        }
    }
    found
}

/// One entry per result where the results are several models, else one.
fn results(label: &str, item: &Value) -> Vec<String> {
    match item.get("results").and_then(Value::as_object) {
        Some(results) if results.values().any(Value::is_object) => {
            results.keys().map(|key| format!("{label} {key}")).collect()
        }
        _ => vec![label.to_string()],
    }
}

/// What tells an item from its neighbours.
pub fn label(item: &Value, index: usize) -> String {
    const KEYS: [&str; 12] = [
        "name",
        "series",
        "model",
        "transform",
        "order",
        "seasonal_order",
        "family",
        "link",
        "variant",
        "seasonal",
        "initialisation",
        "mean",
    ];
    let part = |key: &&str| match item.get(key)? {
        Value::String(text) if text != "none" => Some(text.clone()),
        Value::Array(numbers) if numbers.len() < 8 && numbers.iter().all(Value::is_number) => {
            Some(format!("({})", numbers.iter().map(Value::to_string).collect::<Vec<_>>().join(",")))
        }
        Value::Number(number) if *key == "order" => Some(number.to_string()),
        _ => None,
    };
    // A data set with a name needs no more.
    let keys = if item.get("name").is_some() { &KEYS[..1] } else { &KEYS[..] };
    let parts: Vec<String> = keys.iter().filter_map(part).collect();
    let id = item.get("id").map_or_else(|| index.to_string(), Value::to_string);
    if parts.is_empty() { format!("case {id}") } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_every_entry() {
        let sets =
            json!({"source": "x", "datasets": [{"name": "Norris", "model": "y=x"}, {"name": "Filip"}]});
        assert_eq!(entries(&sets), ["Norris", "Filip"]);
        let tests = json!({"kruskal": [{"id": 0}, {"id": 1}], "sign": [{"id": 0}]});
        assert_eq!(entries(&tests), ["kruskal (2 cases)", "sign (1 cases)"]);
        let glm = json!({"cases": [{"id": 3, "family": "poisson", "link": "log", "variant": "plain", "results": {"a": 1}}]});
        assert_eq!(entries(&glm), ["poisson log plain"]);
        let robust =
            json!({"method": "m", "cases": [{"id": 0, "results": {"huber": {"params": []}, "tukey": {}}}]});
        assert_eq!(entries(&robust), ["case 0 huber", "case 0 tukey"]);
        let panel = json!({"datasets": {"balanced": {"results": {"fe": {}, "re": {}}}}});
        assert_eq!(entries(&panel), ["balanced fe", "balanced re"]);
        assert!(entries(&json!({"Y": [[1, 2]], "order": 2})).is_empty());
    }
}
