//! The golden files are where the readers look, and hold what their notes say.
use ferronum_testkit::{decimals, golden_dir, golden_json, lre, numbers};

#[test]
fn nist_certified_values_agree_with_the_exact_ones() {
    let linear = golden_json("nist/linear.json").unwrap();
    let sets = linear["datasets"].as_array().unwrap();
    assert_eq!(sets.len(), 11);
    for set in sets {
        let exact = decimals(&set["exact_rational_recomputation"]["params"]).unwrap();
        let certified = set["certified"]["params"].as_array().unwrap();
        assert_eq!(exact.len(), certified.len());
        for (exact, row) in exact.iter().zip(certified) {
            let printed: f64 = row["estimate"].as_str().unwrap().parse().unwrap();
            assert!(lre(printed, *exact) >= 14.0, "{}", set["name"]);
        }
        assert_eq!(numbers(&set["y"]).unwrap().len() as u64, set["n"].as_u64().unwrap());
    }
}

#[test]
fn univariate_means_are_those_of_the_data() {
    let univariate = golden_json("nist/univariate.json").unwrap();
    for set in univariate["datasets"].as_array().unwrap() {
        let y = decimals(&set["y"]).unwrap();
        let sum: ferronum_testkit::Dd = y.iter().copied().sum();
        let mean = sum / y.len() as f64;
        let certified =
            ferronum_testkit::decimal(&set["exact_rational_recomputation"]["mean"]).unwrap().unwrap();
        assert!(((mean - certified) / certified).abs().to_f64() < 1e-25, "{}", set["name"]);
    }
}

#[test]
fn every_folder_of_golden_files_says_where_it_is_from() {
    for entry in std::fs::read_dir(golden_dir()).unwrap() {
        let path = entry.unwrap().path();
        assert!(
            !path.is_dir() || path.join("PROVENANCE.md").exists(),
            "{} has no PROVENANCE.md",
            path.display()
        );
    }
}
