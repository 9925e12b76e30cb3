//! Runs the binary in a folder of its own.
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that is removed at the end of the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.0.join(name), bytes).unwrap();
        name.to_owned()
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_ferronum")).args(arguments).current_dir(&self.0).output().unwrap()
    }

    /// Output of a run that ends well.
    #[track_caller]
    pub fn good(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{errors}");
        assert_eq!(errors, "");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a fit with report, plot and save that must fail by the fault of the data: one message with all `words`, nothing
    /// on standard output, no file left.
    #[track_caller]
    pub fn bad(&self, formula: &str, data: &str, words: &[&str]) {
        let before = self.names();
        let files = ["--report", "r.html", "--plot", "p.svg", "--save", "m.json"];
        let output = self.run(&[&["fit", formula, data][..], &files].concat());
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(
            message.starts_with("error: ") && message.lines().filter(|l| l.starts_with("error")).count() == 1,
            "{message}"
        );
        for word in words {
            assert!(message.contains(word), "`{word}` is not in: {message}");
        }
        assert!(output.stdout.is_empty());
        assert_eq!(self.names(), before);
    }

    /// The names of all files of the folder.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
