//! The recorded listing of one crate.
use crate::Outcome;
use crate::workspace::{self, Package};
use std::path::PathBuf;

/// The public items of a crate at a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub package: String,
    pub version: String,
    pub items: Vec<String>,
}

/// The folder of the snapshots.
pub fn folder() -> PathBuf {
    workspace::root().join("docs/api")
}

/// All snapshots there are.
pub fn paths() -> Outcome<Vec<PathBuf>> {
    let files = workspace::files(&folder())?;
    Ok(files.into_iter().filter(|path| path.extension().is_some_and(|e| e == "txt")).collect())
}

impl Snapshot {
    pub fn of(package: &Package, items: Vec<String>) -> Self {
        Self { package: package.name.clone(), version: package.version.clone(), items }
    }

    /// The recorded snapshot, if there is one.
    pub fn read(package: &str) -> Outcome<Option<Self>> {
        let path = folder().join(format!("{package}.txt"));
        if path.exists() { Self::parse(&workspace::read(&path)?).map(Some) } else { Ok(None) }
    }

    /// `# name version`, further comment lines, then one item per line.
    pub fn parse(text: &str) -> Outcome<Self> {
        let header = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("# "))
            .and_then(|line| line.split_once(' '));
        let Some((package, version)) = header else {
            return Err("a snapshot begins with `# package version`".into());
        };
        let items =
            text.lines().filter(|line| !line.starts_with("# ") && !line.is_empty()).map(Into::into).collect();
        Ok(Self { package: package.into(), version: version.trim().into(), items })
    }

    pub fn render(&self) -> String {
        let mut text = format!("# {} {}\n", self.package, self.version);
        text += "# Public items, one per line. Written by `cargo xtask api --update`.\n\n";
        self.items.iter().for_each(|item| text += &format!("{item}\n"));
        text
    }

    pub fn write(&self) -> Outcome {
        let path = folder().join(format!("{}.txt", self.package));
        std::fs::create_dir_all(folder())
            .and_then(|()| std::fs::write(&path, self.render()))
            .map_err(|error| format!("{}: {error}", workspace::shown(&path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let items = vec!["pub mod a".into(), "#[non_exhaustive] pub enum a::E".into()];
        let snapshot = Snapshot { package: "ferronum-a".into(), version: "0.1.0".into(), items };
        assert_eq!(Snapshot::parse(&snapshot.render()).unwrap(), snapshot);
        assert!(Snapshot::parse("pub mod a\n").is_err());
    }
}
