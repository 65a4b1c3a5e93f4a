//! `feedloom init` writes a configuration that feedloom reads, and nothing over anything.

use crate::harness::run;

#[test]
fn an_empty_folder_gets_a_configuration_that_says_what_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    let done = run(dir.path(), &["init"], &[]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("site.url") || done.err.contains("site.url"), "{}{}", done.out, done.err);
    assert_eq!(std::fs::read_to_string(dir.path().join(".gitignore")).unwrap(), ".feedloom/\n");
    std::fs::create_dir(dir.path().join("content")).unwrap();
    std::fs::write(dir.path().join("content/a.md"), "---\ntitle: 甲\ndate: 2025-01-01\n---\n文\n").unwrap();
    let built = run(dir.path(), &["build"], &[]);
    assert_eq!(built.code, 2, "nothing is published under an address that nobody said: {}", built.out);
    assert!(built.err.contains("FL504"), "{}", built.err);
    let built = run(dir.path(), &["build", "--base-url", "https://e.cn/"], &[]);
    assert_eq!(built.code, 0, "{}", built.err);
}

#[test]
fn what_a_generator_says_is_not_said_again() {
    let dir = tempfile::tempdir().unwrap();
    let config = "baseURL = 'https://e.cn/'\ntitle = 'a: \"b\" # c'\nlocale = 'zh-CN'\n[permalinks]\nposts = '/:year/:slug/'\n";
    std::fs::write(dir.path().join("hugo.toml"), config).unwrap();
    std::fs::write(dir.path().join(".gitignore"), "public").unwrap();
    std::fs::create_dir_all(dir.path().join("content/posts")).unwrap();
    std::fs::write(dir.path().join("content/posts/a.md"), "---\ntitle: 甲\ndate: 2025-01-01\nslug: x\n---\n文\n").unwrap();
    let outputs = || {
        let built = run(dir.path(), &["build"], &[]);
        assert_eq!(built.code, 0, "{}", built.err);
        crate::harness::files(&dir.path().join("feeds"))
    };
    let before = outputs();
    assert_eq!(run(dir.path(), &["init"], &[]).code, 0);
    let text = std::fs::read_to_string(dir.path().join("feedloom.yaml")).unwrap();
    let active: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with('#') && !line.is_empty()).collect();
    assert_eq!(active, ["site:", "content:", "feeds:", "topics:"], "{text}");
    assert!(text.contains("# from hugo.toml:2:9"), "{text}");
    assert_eq!(before, outputs(), "it changes nothing");
    assert_eq!(std::fs::read_to_string(dir.path().join(".gitignore")).unwrap(), "public\n.feedloom/\n");
}

#[test]
fn a_configuration_is_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["feedloom.yml", "feedloom.yaml"] {
        std::fs::write(dir.path().join(name), "site: { title: 我的 }\n").unwrap();
        let done = run(dir.path(), &["init"], &[]);
        assert!(done.code == 2 && done.err.contains(name) && done.err.contains("stays as it is"), "{}", done.err);
        assert_eq!(std::fs::read_to_string(dir.path().join(name)).unwrap(), "site: { title: 我的 }\n");
        std::fs::remove_file(dir.path().join(name)).unwrap();
    }
}

#[test]
fn the_folder_is_ignored_once() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(".gitignore"), "/.feedloom/\n").unwrap();
    assert_eq!(run(dir.path(), &["init"], &[]).code, 0);
    assert_eq!(std::fs::read_to_string(dir.path().join(".gitignore")).unwrap(), "/.feedloom/\n");
}
