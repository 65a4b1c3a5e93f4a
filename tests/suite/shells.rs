//! What shells, manuals and editors get: completions, man pages, the schema of the configuration.

use crate::harness::{Site, files};
use std::collections::BTreeSet;
use std::path::Path;

/// The verbs that `--help` lists.
fn verbs(site: &Site) -> Vec<String> {
    let help = site.run(&["--help"]).out;
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let verbs: Vec<String> = list.lines().filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect();
    assert!(verbs.len() > 10, "{verbs:?}");
    verbs
}

#[test]
fn every_shell_completes_every_verb() {
    let site = Site::usual();
    let verbs = verbs(&site);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = site.run(&["completions", shell]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{shell}");
        for verb in &verbs {
            assert!(run.out.contains(verb), "{shell}: {verb}");
        }
        assert!(run.out.contains("--no-cache") || run.out.contains("no-cache"), "{shell}");
    }
    assert_eq!(site.run(&["completions", "cmd"]).code, 2);
}

#[test]
fn the_manual_has_a_page_for_every_verb() {
    let site = Site::usual();
    let first = site.run(&["man"]);
    assert!(first.code == 0 && first.out.contains(".TH feedloom 1"), "{first:?}");
    assert_eq!(site.run(&["man", "share/man1"]).code, 0);
    let pages = files(&site.path("share/man1"));
    let names: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains("feedloom.1"), "{names:?}");
    for verb in verbs(&site) {
        let page = format!("feedloom-{verb}.1");
        assert!(names.contains(page.as_str()), "{page} of {names:?}");
    }
    if cfg!(feature = "fetch") {
        assert!(names.contains("feedloom-sources-add.1"), "{names:?}");
    }
    let build = pages.iter().find(|(name, _)| name == "feedloom-build.1").unwrap();
    let build = String::from_utf8_lossy(&build.1);
    for part in ["\\-\\-no\\-cache", "\\-\\-set", "Examples:"] {
        assert!(build.contains(part), "{part}: {build}");
    }
    // A folder that is a file.
    let run = site.run(&["man", "feedloom.yaml"]);
    assert!(run.code == 2 && run.err.contains("FL402"), "{run:?}");
}

#[test]
fn the_schema_is_the_committed_one() {
    let run = Site::usual().run(&["schema"]);
    let committed = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/feedloom.schema.json")).unwrap();
    assert!(run.code == 0 && run.out == committed);
}
