//! The list of the files that feedloom wrote: what it may replace and remove, and nothing else.
//!
//! It lies in the out folder, which others can write: its paths are hostile input.

use std::collections::BTreeSet;

/// Its name in the out folder.
pub const NAME: &str = ".feedloom-manifest.json";

/// The files, as paths below the out folder with `/`, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The paths.
    pub files: BTreeSet<String>,
}

/// A manifest that is none.
#[derive(Debug, thiserror::Error)]
#[error("expected {{\"files\": [\"rss.xml\", …]}}, found something else at line {line}, column {column}")]
pub struct ManifestError {
    line: usize,
    column: usize,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Wire<'a> {
    #[serde(borrow)]
    files: Vec<std::borrow::Cow<'a, str>>,
}

impl Manifest {
    /// Reads a manifest; paths that are not plain paths below the folder are passed over.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let wire: Wire<'_> = serde_json::from_str(text).map_err(|error| ManifestError { line: error.line(), column: error.column() })?;
        Ok(Self { files: wire.files.iter().filter(|path| is_plain(path)).map(ToString::to_string).collect() })
    }

    /// Its text: sorted, a line a file, without times and versions.
    pub fn to_text(&self) -> String {
        let wire = Wire { files: self.files.iter().map(|path| path.as_str().into()).collect() };
        // A list of strings always serialises.
        serde_json::to_string_pretty(&wire).unwrap_or_default() + "\n"
    }
}

/// Whether a path stays below its folder and names a file there that feedloom could have written.
pub(crate) fn is_plain(path: &str) -> bool {
    let parts_are_names = path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    parts_are_names && path != NAME && !path.contains(['\\', '\0', ':']) && !path.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_what_it_writes() {
        let manifest = Manifest { files: ["tags/出行/rss.xml", "atom.xml"].map(String::from).into() };
        assert_eq!(Manifest::parse(&manifest.to_text()).unwrap(), manifest);
        assert!(manifest.to_text().find("atom.xml") < manifest.to_text().find("tags/"));
    }

    #[test]
    fn hostile_paths_are_passed_over() {
        let text = r#"{"files": ["../x", "/etc/passwd", "a/../../b", "c:\\x", ".feedloom-manifest.json", "", "a//b", "ok.xml"]}"#;
        assert_eq!(Manifest::parse(text).unwrap().files, ["ok.xml".to_owned()].into());
        assert!(Manifest::parse("[]").is_err());
    }
}
