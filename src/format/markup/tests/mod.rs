//! The tolerant reader of XML, by tables: a walk written out as `name{…}`, and what was repaired.

mod laws;

use super::attributes::Attributes;
use super::reference::decode_at;
use super::*;
use crate::diagnostic::Diagnostic;

/// Elements as `ns:name{…}` with the texts between them in quotes.
fn walk(text: &str) -> (String, Vec<Diagnostic>) {
    fn element(cursor: &mut Cursor<'_>, depth: usize, out: &mut String) {
        let mut text = String::new();
        while let Some(tag) = cursor.child_or_text(depth, &mut text) {
            flush(&mut text, out);
            let prefix = match tag.ns {
                Ns::Plain => String::new(),
                ns => format!("{ns:?}:").to_lowercase(),
            };
            out.push_str(&format!("{prefix}{}{{", tag.name));
            let depth = cursor.depth();
            element(cursor, depth, out);
            out.push('}');
        }
        flush(&mut text, out);
    }
    fn flush(text: &mut String, out: &mut String) {
        if !text.trim().is_empty() {
            out.push_str(&format!("'{}'", text.trim()));
        }
        text.clear();
    }
    let mut cursor = Cursor::new(text, 0, Repairs::default());
    let mut out = String::new();
    element(&mut cursor, 0, &mut out);
    (out, cursor.repairs.into_findings(&"x".into(), text))
}

fn shown(text: &str) -> (String, String) {
    let (out, findings) = walk(text);
    let codes: Vec<_> = findings.iter().map(|finding| format!("{} {}:{}", finding.code, finding.place.line, finding.place.column)).collect();
    (out, codes.join(", "))
}

#[test]
fn walks() {
    for (text, expected, codes) in [
        ("", "", ""),
        ("<a>x</a>", "a{'x'}", ""),
        ("<a><b/>x<c y='1'/></a>", "a{b{}'x'c{}}", ""),
        ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "a{'&x;'}", "FL607 1:55"),
        ("<a><!-- <b> --><![CDATA[<c>]]>&lt;</a>", "a{'<c><'}", ""),
        ("<a>x", "a{'x'}", "FL612 1:5"),
        ("<a><b>x</a>", "a{b{'x'}}", "FL611 1:8"),
        ("<a>x</b></a>", "a{'x'}", "FL611 1:5"),
        ("<title>x</titel><b/>", "title{'x'}b{}", "FL611 1:9"),
        ("</a><b/>", "b{}", ""),
        ("<a\n<b>x</b></a>", "a{b{'x'}}", "FL610 1:1"),
        ("<a>1 < 2 <3 <= x</a>", "a{'1 < 2 <3 <= x'}", "FL610 1:6, FL610 1:10, FL610 1:13"),
        ("<a><", "a{'<'}", "FL610 1:4, FL612 1:5"),
        ("<a b='x>y</a>", "a{'y'}", "FL609 1:1, FL609 1:1"),
        ("<dc:date>x</dc:date>", "dc:date{'x'}", "FL608 1:1"),
        ("<DC:Date xmlns:DC='http://purl.org/dc/elements/1.1/'>x</DC:Date>", "dc:date{'x'}", ""),
        ("<d:date xmlns:d='https://purl.org/dc/elements/1.1'>x</d:date>", "dc:date{'x'}", ""),
        ("<q:a>x</q:a>", "other(0):a{'x'}", "FL608 1:1"),
        ("<a xmlns='http://www.w3.org/2005/Atom'>x<b xmlns=''/></a>", "atom:a{'x'b{}}", ""),
        ("<a ]]> & x", "a{'& x'}", "FL606 1:8, FL612 1:11"),
        ("<?php echo 1", "", ""),
        ("<!-- x <a/>", "'x'a{}", "FL610 1:1"),
        ("<item><title>a<item><title>b</title></item>", "item{title{'a'}}item{title{'b'}}", "FL612 1:15"),
        ("<item><description><p>x<item><title>b</title></item>", "item{description{p{'x'}}}item{title{'b'}}", "FL612 1:24"),
        // A whole feed inside of a foreign element is none of this feed's business.
        (
            "<feed><q:a xmlns:q='urn:q'><rss><title>x<link>y</link></title></rss></q:a><title>z</title></feed>",
            "feed{other(0):a{rss{title{'x'link{'y'}}}}title{'z'}}",
            "",
        ),
        ("<entry><source><entry><id>1</id></entry></source></entry>", "entry{source{entry{id{'1'}}}}", ""),
    ] {
        assert_eq!(shown(text), (expected.to_owned(), codes.to_owned()), "{text}");
    }
}

#[test]
fn attributes() {
    for (raw, expected) in [
        ("", ""),
        (" a=\"1\" b='2'", "a=1;b=2"),
        (" a = \"1\"\n\tb='2'/", "a=1;b=2"),
        (" a=1 b", "a=1?;b=?"),
        (" a=\"1\"b=\"2\"", "a=1;b=2"),
        (" a=\"1\"\" b=\"2\"", "a=1;b=2"),
        (" href=\"https://e.cn/ b=2", "href=https://e.cn/?;b=2?"),
        (" rel=\"self href=\"https://e.cn/?a=\"", "rel=self?;href=https://e.cn/?a="),
        (" href=https://e.cn/a/ b=2", "href=https://e.cn/a/?;b=2?"),
        (" a=\"x>y'z\"", "a=x>y'z"),
        (" 早=\"市\"", "早=市"),
        (" =x", "x=?"),
    ] {
        let found: Vec<_> = Attributes::new(raw)
            .map(|attribute| format!("{}={}{}", attribute.name, attribute.value, if attribute.quoted { "" } else { "?" }))
            .collect();
        assert_eq!(found.join(";"), expected, "{raw}");
    }
    assert_eq!(Attributes::new(&" a=1".repeat(100_000)).count(), 256);
}

#[test]
fn references() {
    for (raw, expected, marked, escaped) in [
        ("a", "a", false, false),
        ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'", false, true),
        ("&#x3C;&#x26;", "<&", true, false),
        ("&#60;", "<", false, true),
        ("&eacute;&NBSP;&hellip;", "é\u{a0}…", false, false),
        ("&#128;&#150;&#x80;", "€–€", false, false),
        ("&#0;&#xFFFE;&#8;", "", false, false),
        ("&#xD800;&#99999999999;&#;&#x;", "&#xD800;&#99999999999;&#;&#x;", false, false),
        ("&unknown; &a b; & &", "&unknown; &a b; & &", false, false),
        ("&早市;", "&早市;", false, false),
        ("&&amp;", "&&", false, true),
    ] {
        let decoded = decode_at(raw, 0, &mut Repairs::default());
        assert_eq!((decoded.text.as_ref(), decoded.marked, decoded.escaped), (expected, marked, escaped), "{raw}");
    }
}

#[test]
fn what_an_element_holds() {
    for (text, expected, is_markup, is_marked_plain) in [
        ("<a> x </a>", "x", false, false),
        ("<a><![CDATA[ x ]]> y</a>", "x  y", false, false),
        ("<a>x<b>y</b> &amp; z</a>", "x<b>y</b> &amp; z", true, false),
        ("<a><![CDATA[<i>]]><h:b>y</h:b></a>", "&lt;i><b>y</b>", true, false),
        ("<a>1 &#x3C; 2</a>", "1 < 2", false, true),
        ("<a>1 &#x3C; 2 &lt;</a>", "1 < 2 <", false, false),
        ("<a/>", "", false, false),
        ("<a>x", "x", false, false),
    ] {
        let mut cursor = Cursor::new(text, 0, Repairs::default());
        cursor.child(0).unwrap();
        let inner = cursor.inner();
        assert_eq!((inner.value.as_ref(), inner.is_markup, inner.is_marked_plain), (expected, is_markup, is_marked_plain), "{text}");
    }
}

#[test]
fn the_div_around_xhtml_goes() {
    for (fragment, expected) in [
        ("<div>a</div>", "a"),
        ("<div class=\"x\"> a <div>b</div> </div>", "a <div>b</div>"),
        ("<div>a</div><div>b</div>", "<div>a</div><div>b</div>"),
        ("<div/>", ""),
        ("<divx>a</divx>", "<divx>a</divx>"),
        ("<div>a <div/> b</div>", "a <div/> b"),
        ("a <div>b</div>", "a <div>b</div>"),
        ("<div>", "<div>"),
    ] {
        assert_eq!(without_div(fragment), expected, "{fragment}");
    }
}

#[test]
fn bases_hold_where_they_stand() {
    let mut cursor = Cursor::new("<a xml:base='https://e.cn/'><b xml:base='x/'/><c/></a>", 0, Repairs::of(100));
    cursor.child(0).unwrap();
    cursor.child(1).unwrap();
    assert_eq!(cursor.base().unwrap().as_str(), "https://e.cn/x/");
    cursor.child(1).unwrap();
    assert_eq!(cursor.base().unwrap().as_str(), "https://e.cn/");
}
