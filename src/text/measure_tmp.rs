#![allow(clippy::all)]
use super::*;
use std::path::Path;
fn walk(p: &Path, out: &mut Vec<std::path::PathBuf>) {
    for e in std::fs::read_dir(p).unwrap() {
        let e = e.unwrap().path();
        if e.is_dir() {
            walk(&e, out)
        } else if e.extension().is_some_and(|x| x == "md" || x == "Rmd" || x == "rmd") {
            out.push(e)
        }
    }
}
#[test]
#[ignore]
fn measure() {
    let mut o = comrak::Options::default();
    o.extension.cjk_friendly_emphasis = true;
    o.extension.table = true;
    o.extension.footnotes = true;
    o.extension.strikethrough = true;
    o.extension.autolink = true;
    o.extension.tasklist = true;
    o.render.r#unsafe = true;
    let mut dump = String::new();
    let mut htmls = String::new();
    for set in ["seed", "seedlike", "cosx", "servicemesher"] {
        let mut files = vec![];
        walk(Path::new(&format!("/work/shared/cases/content/{set}")), &mut files);
        files.sort();
        let (mut zh, mut ended, mut none, mut cut, mut long) = (0, 0, 0, 0, 0);
        let (mut ts, mut td) = (std::time::Duration::ZERO, std::time::Duration::ZERO);
        for f in &files {
            let Ok(t) = std::fs::read_to_string(f) else { continue };
            let body = t.splitn(3, "---").nth(2).unwrap_or(&t);
            let html = comrak::markdown_to_html(body, &o);
            let t0 = std::time::Instant::now();
            let clean = sanitise::sanitise(&html, Some("https://example.org/a/"));
            ts += t0.elapsed();
            htmls.push_str(&clean.html.replace('\u{1}', ""));
            htmls.push('\u{1}');
            let t0 = std::time::Instant::now();
            let s = summary::derive(&clean.html, None, &summary::Limits::default());
            td += t0.elapsed();
            let Some(s) = s else {
                none += 1;
                dump.push_str(&format!("NONE {}\n", f.display()));
                continue;
            };
            if script::is_cjk_text(&s) {
                zh += 1;
                let c = s.trim_end_matches(|c| "”’」』）》】)\"'".contains(c)).chars().last().unwrap();
                let mark;
                if s.ends_with("……") {
                    cut += 1;
                    mark = "CUT"
                } else if "。！？!?…".contains(c) {
                    ended += 1;
                    mark = "ok"
                } else {
                    mark = "BAD"
                }
                if unicode_segmentation::UnicodeSegmentation::graphemes(s.as_str(), true).count() > 200 {
                    long += 1;
                }
                dump.push_str(&format!("{mark} {} {}\n", f.display(), s));
            } else {
                dump.push_str(&format!("en {} {}\n", f.display(), s));
            }
        }
        println!("{set}: files {} zh {zh} ended {ended} cut {cut} none {none} long {long} sanitise {ts:?} derive {td:?}", files.len());
    }
    std::fs::write("/tmp/textw/dump.txt", dump).unwrap();
    std::fs::write("/tmp/textw/htmls.txt", htmls).unwrap();
}
