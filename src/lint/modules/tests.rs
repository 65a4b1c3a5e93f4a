//! Modules and OPML in samples: what is found in them, and what is not.

use crate::diagnostic::{Code, Severity};
use crate::lint::{Options, Sample, lint};

/// Codes of the findings in a sample that are about modules.
fn codes(sample: Sample) -> Vec<Code> {
    lint(sample.document().as_bytes(), &Options::default()).problems.iter().map(|problem| problem.finding.code).collect()
}

fn has(sample: Sample, code: Code) -> bool {
    codes(sample).contains(&code)
}

const TITLE: &str = "<title>t</title>";

#[test]
fn elements_of_modules_stand_where_their_module_has_them() {
    for (sample, known) in [
        (Sample::Channel("<itunes:duration>5</itunes:duration>"), false),
        (Sample::Item("<title>t</title><itunes:duration>5</itunes:duration>"), true),
        (Sample::Item("<title>t</title><itunes:owner/>"), false),
        (Sample::Item("<title>t</title><itunes:email>a@a.example</itunes:email>"), false),
        (Sample::Channel("<itunes:owner><itunes:email>a@a.example</itunes:email></itunes:owner>"), true),
        (Sample::Channel("<itunes:owner><itunes:duration>5</itunes:duration></itunes:owner>"), false),
        (Sample::Item("<title>t</title><sy:updatePeriod>daily</sy:updatePeriod>"), false),
        (Sample::Entry("<content:encoded>x</content:encoded>"), false),
        (Sample::Entry("<dc:creator>n</dc:creator>"), true),
        (
            Sample::Item(
                "<title>t</title><media:content url=\"https://a.example/v.mp4\"><media:thumbnail url=\"https://a.example/a.png\"/></media:content>",
            ),
            true,
        ),
        (Sample::Item("<title>t</title><media:content url=\"https://a.example/v.mp4\"><media:group/></media:content>"), false),
        (Sample::Channel("<media:thumbnail url=\"https://a.example/a.png\"/>"), true),
        (Sample::Channel("<media:content url=\"https://a.example/v.mp4\"/>"), false),
        (Sample::Item("<title>t</title><media:rating><b>adult</b></media:rating>"), false),
        (Sample::Item("<title>t</title><thr:total>5</thr:total>"), true),
        (Sample::Item("<title>t</title><thr:sum>5</thr:sum>"), false),
    ] {
        assert_eq!(has(sample, Code::UnknownElement), !known, "{}", sample.document());
    }
}

#[test]
fn elements_that_stand_once_are_found_twice() {
    for (inside, twice) in [
        ("<dc:title>a</dc:title><dc:title>b</dc:title>", true),
        ("<dc:creator>a</dc:creator><dc:creator>b</dc:creator>", false),
        ("<content:encoded>a</content:encoded><content:encoded>b</content:encoded>", true),
        ("<media:keywords>a</media:keywords><media:keywords>b</media:keywords>", false),
        ("<itunes:summary>a</itunes:summary><itunes:summary>b</itunes:summary>", true),
    ] {
        let document = Sample::Item("").document().replace("<item>", &format!("<item>{TITLE}{inside}"));
        let found = lint(document.as_bytes(), &Options::default());
        assert_eq!(found.problems.iter().any(|problem| problem.finding.code == Code::DuplicateElement), twice, "{inside}");
    }
}

#[test]
fn values_are_looked_at_where_they_stand() {
    for (inside, code) in [
        ("<dc:date>yesterday</dc:date>", Code::InvalidW3cdtfDate),
        ("<dc:date.issued>yesterday</dc:date.issued>", Code::InvalidW3cdtfDate),
        ("<dc:language>zh_CN</dc:language>", Code::InvalidLanguageTag),
        ("<wfw:comment>comments</wfw:comment>", Code::InvalidFullLink),
        ("<slash:comments>many</slash:comments>", Code::InvalidNonNegativeInteger),
        ("<itunes:season>0</itunes:season>", Code::InvalidPositiveInteger),
        ("<itunes:image/>", Code::MissingAttribute),
        ("<itunes:image href=\"a.png\"/>", Code::InvalidUrlAttribute),
        ("<media:player/>", Code::MissingAttribute),
        ("<media:thumbnail url=\"https://a.example/a.png\" width=\"0\"/>", Code::InvalidPositiveInteger),
        ("<media:thumbnail url=\"https://a.example/a.png\" rank=\"1\"/>", Code::UnexpectedAttribute),
        ("<media:content url=\"https://a.example/v\" type=\"video\"/>", Code::InvalidMediaTypeAttribute),
        ("<georss:where><gml:Point xmlns:gml=\"http://www.opengis.net/gml\"><gml:pos>x</gml:pos></gml:Point></georss:where>", Code::Coordinates),
        ("<geo:Point xmlns:geo=\"http://www.w3.org/2003/01/geo/wgs84_pos#\"><geo:lat>1</geo:lat></geo:Point>", Code::MissingElement),
    ] {
        let document = Sample::Item("").document().replace("<item>", &format!("<item>{TITLE}{inside}"));
        let found = lint(document.as_bytes(), &Options::default());
        let place = found.problems.iter().find(|problem| problem.finding.code == code).map(|problem| problem.finding.place.clone());
        assert!(place.is_some(), "{inside}: {code}");
    }
}

#[test]
fn events_may_be_yet_to_come() {
    let sample = Sample::Item("<title>t</title><ev:startdate xmlns:ev=\"http://purl.org/rss/1.0/modules/event/\">2999-01-01</ev:startdate>");
    let options = Options { now: Some(1_739_500_000), ..Options::default() };
    let report = lint(sample.document().as_bytes(), &options);
    assert!(report.problems.iter().all(|problem| problem.finding.code != Code::ImplausibleDate));
}

#[test]
fn rss_channels_keep_to_rfc_5005_too() {
    let complete = "<fh:complete/><atom:link rel=\"next\" href=\"https://a.example/2.xml\"/>";
    assert!(has(Sample::Channel(complete), Code::LinkInCompleteFeed));
    assert!(has(Sample::Channel("<fh:archive/>"), Code::ArchiveWithoutCurrent));
    assert!(has(Sample::Item("<title>t</title><atom:link rel=\"prev-archive\" href=\"https://a.example/1.xml\"/>"), Code::HistoryInEntry));
}

#[test]
fn later_elements_are_worth_a_hint_only() {
    let sample = Sample::Item("<title>t</title><media:price type=\"rent\" price=\"1\" currency=\"EUR\"/>");
    let report = lint(sample.document().as_bytes(), &Options::default());
    let later = report.problems.iter().find(|problem| problem.finding.code == Code::LaterElement).unwrap();
    assert_eq!((later.finding.severity, later.w3c), (Severity::Info, Some("UndefinedElement")));
    assert!(!has(sample, Code::UnknownElement));
}

#[test]
fn a_namespace_is_known_in_other_case_and_without_its_end() {
    for uri in ["http://search.yahoo.com/mrss", "http://search.yahoo.com/MRSS/", "http://www.itunes.com/DTDs/Podcast-1.0.dtd"] {
        assert!(super::module(uri).is_some(), "{uri}");
    }
    for uri in ["", "http://", "https://podcastindex.org/namespace/1.0", "http://search.yahoo.com/mrss/2"] {
        assert!(super::module(uri).is_none(), "{uri}");
    }
}

#[test]
fn outlines_of_opml_have_what_their_type_needs() {
    for (inside, expected) in [
        ("<outline text=\"f\"><outline text=\"a\" title=\"a\" type=\"rss\" xmlUrl=\"https://a.example/\"/></outline>", None),
        ("<outline/>", Some(Code::MissingAttribute)),
        ("<outline text=\"a\" created=\"2025-02-14\"/>", Some(Code::InvalidRfc822Date)),
        ("<outline text=\"a\" isComment=\"yes\"/>", Some(Code::TrueOrFalse)),
        ("<outline text=\"a\" mood=\"good\"/>", Some(Code::UnexpectedAttribute)),
        ("<outline text=\"a\" title=\"a\"/>", Some(Code::OutlineWithoutType)),
        ("<outline text=\"a\">x</outline>", Some(Code::UnexpectedText)),
        ("<item/>", Some(Code::UnknownElement)),
    ] {
        let found = codes(Sample::Opml(inside));
        match expected {
            None => assert_eq!(found, [], "{inside}"),
            Some(code) => assert!(found.contains(&code), "{inside}: {found:?}"),
        }
    }
}
