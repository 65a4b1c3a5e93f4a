//! The list of findings, its documentation and the program agree.

use feedloom::diagnostic::Code;
use std::path::Path;

#[test]
fn every_code_is_documented_with_its_severity() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md")).unwrap();
    // The linter's rules have pages of their own, made of their catalogue.
    let all = || Code::ALL.iter().filter(|code| code.as_str().len() == "FL123".len());
    for code in all() {
        let row = format!("| {code} | {} |", code.severity());
        assert_eq!(text.matches(&row).count(), 1, "docs/diagnostics.md: `{row}`");
    }
    let documented = text.lines().filter(|line| line.starts_with("| FL")).count();
    assert_eq!(documented, all().count());
}

#[test]
fn no_file_of_ours_names_a_machine() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "tests", "docs", "scripts", "content", "feeds", "examples", ".github"] {
        for (name, bytes) in crate::harness::files(&root.join(folder)) {
            let text = String::from_utf8_lossy(&bytes);
            let home = ["/ho", "me/"].concat();
            let root_home = ["/ro", "ot/"].concat();
            assert!(!text.contains(&home) && !text.contains(&root_home), "{folder}/{name}");
        }
    }
}
