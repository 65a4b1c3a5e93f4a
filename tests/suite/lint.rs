//! `feedloom lint`: exit codes, forms of output, what is switched off, and what is known already.

use crate::harness::Site;

const VERSION: &str = "\"version\": \"https://jsonfeed.org/version/1.1\"";
/// One error (no items), one warning (no address), one info (no site).
const BAD: &str = "{ \"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"文\" }";

fn site() -> Site {
    Site::usual().file("old/bad.json", BAD)
}

#[test]
fn what_feedloom_writes_is_spotless() {
    let site = Site::usual().article("one", "date: 2025-02-14 10:11:09\ncategories: [科技]\ntags: [a, b]", "第一篇。\n\n![图](/x.png)").article(
        "two",
        "date: 2025-02-15 10:11:09\ntags: [b]",
        "第二篇。",
    );
    assert_eq!(site.run(&["build"]).code, 0);
    let run = site.run(&["lint", "feeds", "--base", "https://e.cn/feeds/"]);
    assert_eq!((run.code, run.out.ends_with("files: nothing to complain about\n"), run.out.lines().count()), (0, true, 1), "{}{}", run.out, run.err);
}

#[test]
fn findings_end_the_run_with_1_and_what_cannot_be_read_with_2() {
    let site = site().file("warned.json", format!("{{ {VERSION}, \"title\": \"t\", \"home_page_url\": \"https://e.cn/\", \"items\": [] }}"));
    let code = |arguments: &[&str]| site.run(arguments).code;
    assert_eq!(code(&["lint", "old/bad.json"]), 1);
    assert_eq!(code(&["lint", "old/bad.json", "--fail-on", "never"]), 0);
    assert_eq!(code(&["lint", "warned.json"]), 0);
    assert_eq!(code(&["lint", "warned.json", "--strict"]), 1);
    assert_eq!(code(&["lint", "warned.json", "--max-warnings", "0"]), 1);
    assert_eq!(code(&["lint", "warned.json", "--max-warnings", "1"]), 0);
    assert_eq!(code(&["lint", "warned.json", "gone.xml"]), 2);
    assert_eq!(code(&["lint", "warned.json", "--only", "FL9"]), 2);
    assert_eq!(code(&["lint"]), 2);
    assert_eq!(code(&["lint", "content"]), 2, "a folder without feeds");
}

#[test]
fn people_see_the_line_and_a_caret() {
    let run = site().run(&["lint", "old"]);
    assert!(run.out.contains("old/bad.json:1:3: error[FL1908]: expected a list of items, found none\n"), "{}", run.out);
    assert!(run.out.contains(&format!(" 1 | {BAD}\n   |   ^\n   help: ")), "{}", run.out);
    assert!(run.out.ends_with("1 file: 1 error, 1 warning, 1 info\n"), "{}", run.out);
}

#[test]
fn programs_get_the_form_that_they_ask_for() {
    let site = site();
    let out = |format: &str| site.run(&["lint", "old", "--format", format]).out;
    let line: serde_json::Value = serde_json::from_str(&out("jsonl")).unwrap();
    assert_eq!((line["file"].as_str(), line["kind"].as_str()), (Some("old/bad.json"), Some("json")));
    assert_eq!(line["problems"].as_array().map(Vec::len), Some(3));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&out("json")).unwrap()[0], line);
    let sarif: serde_json::Value = serde_json::from_str(&out("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(3));
    assert!(out("junit").contains("<testsuite name=\"old/bad.json\" tests=\"3\" failures=\"2\">"));
    assert!(out("github").contains("::error file=old/bad.json,line=1,col=3,title=FL1908 "));
}

#[test]
fn the_configuration_and_options_choose_the_rules() {
    let config = format!("{}lint: {{ ignore: [FL1920], severity: {{ FL1919: info, FL1908: off }} }}\n", crate::harness::CONFIG);
    let site = Site::new(&config).file("old/bad.json", BAD);
    assert!(site.run(&["lint", "old"]).out.ends_with("1 file: 0 errors, 0 warnings, 1 info\n"));
    let wrong = Site::new(&format!("{}lint: {{ severity: {{ FL1: loud }} }}\n", crate::harness::CONFIG)).file("old/bad.json", BAD);
    assert_eq!(wrong.run(&["lint", "old"]).code, 2);
    let site = self::site();
    assert!(site.run(&["lint", "old", "--only", "FL1919,FL1920"]).out.ends_with("0 errors, 1 warning, 1 info\n"));
    assert!(site.run(&["lint", "old", "--ignore", "fl1908"]).out.ends_with("0 errors, 1 warning, 1 info\n"));
}

#[test]
fn a_baseline_knows_what_was_found_before() {
    let site = site();
    assert_eq!(site.run(&["lint", "old", "--baseline", "known.json", "--update-baseline"]).code, 0);
    let run = site.run(&["lint", "old", "--baseline", "known.json"]);
    assert_eq!((run.code, run.out.as_str()), (0, "1 file: nothing to complain about\n"));
    let site = site.file("old/bad.json", "\n\n{ \"title\": \"文\", \"items\": [] }");
    let run = site.run(&["lint", "old", "--baseline", "known.json"]);
    assert!(run.out.contains("FL1904") && run.out.ends_with("1 file: 1 error, 0 warnings, 0 infos\n"), "{}", run.out);
}

#[test]
fn rules_are_listed_and_explained() {
    let site = site();
    let rules = site.run(&["lint", "--rules", "--format", "jsonl"]).out;
    let pages: Vec<String> =
        rules.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["code"].as_str().unwrap().to_owned()).collect();
    assert!(pages.len() > 75, "{}", pages.len());
    let run = site.run(&["lint", "--explain", "fl2015"]);
    assert!(run.out.starts_with("### FL2015 ") && run.out.contains("Keeps it"), "{}", run.out);
    let run = site.run(&["lint", "--explain", "FL101"]);
    assert_eq!((run.code, run.err.contains("docs/diagnostics.md")), (2, true), "{}", run.err);
}

#[test]
fn formats_of_one_folder_are_compared() {
    let item = |id: u8| format!("{{ \"id\": \"https://e.cn/{id}\", \"content_text\": \"x\" }}");
    let rss = "<rss version='2.0'><channel><title>t</title><link>https://e.cn/</link><description>d</description>\
        <item><title>t</title><guid>https://e.cn/1</guid></item></channel></rss>";
    let json = format!("{{ {VERSION}, \"title\": \"t\", \"items\": [{}, {}] }}", item(1), item(2));
    let site = Site::usual().file("f/a.json", &json).file("f/b.xml", rss);
    let run = site.run(&["lint", "f", "--only", "FL2101"]);
    assert!(run.out.contains("f/b.xml: warning[FL2101]: expected the entry https://e.cn/2 of f/a.json, found none\n"), "{}", run.out);
    assert!(!site.run(&["lint", "f/a.json", "f/b.xml", "--only", "FL2101"]).out.contains("FL2101"), "files that are named are not a folder");
}
