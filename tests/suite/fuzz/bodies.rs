//! What must hold for any bytes. Shared by the properties here and by the targets in `fuzz/`, which know no other module.

use chrono_tz::Tz;
use feedloom::format::read::{Content, Hints, feed_links};
use feedloom::format::{self, Format, date, decode, opml};
use feedloom::pipeline::inspect;

/// A document: it is read or refused; what is read can be written in each format, is well-formed there, and is read again.
pub(crate) fn read(bytes: &[u8]) {
    let mut hints = Hints::named("x");
    // The first byte decides what is known besides, so that everything is reached.
    let first = bytes.first().copied().unwrap_or_default();
    hints.base = (first & 1 == 0).then(|| "https://e.cn/feed/".to_owned());
    hints.guess_base = first & 2 == 0;
    let mut out = Vec::new();
    inspect::write(&mut out, bytes, &hints).expect("a vector takes everything");
    serde_json::from_slice::<serde_json::Value>(&out).expect("the normalised document is JSON");
    let Ok(reading) = format::read(bytes, &hints) else {
        feed_links(&String::from_utf8_lossy(bytes), hints.base.as_deref());
        return;
    };
    match &reading.content {
        Content::Feed(feed) => {
            for &format in Format::ALL {
                let written = format::write(feed, format).unwrap_or_else(|error| panic!("{error}"));
                if format == Format::JsonFeed {
                    serde_json::from_str::<serde_json::Value>(&written).expect("JSON");
                } else {
                    let limits = roxmltree::ParsingOptions { nodes_limit: u32::MAX, ..roxmltree::ParsingOptions::default() };
                    roxmltree::Document::parse_with_options(&written, limits).unwrap_or_else(|error| panic!("{error}: {written}"));
                }
                let again = format::read(written.as_bytes(), &hints).unwrap_or_else(|error| panic!("{error}: {written}"));
                let entries = again.feed().map(|feed| feed.entries.len());
                assert_eq!(entries, Some(feed.entries.len()), "{format:?}: {written}");
            }
        }
        Content::Subscriptions(list) => {
            let written = opml::write(list.title.as_deref().unwrap_or_default(), &list.outlines, None);
            roxmltree::Document::parse(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
            let again = format::read(written.as_bytes(), &hints).unwrap_or_else(|error| panic!("{error}: {written}"));
            assert!(matches!(again.content, Content::Subscriptions(_)), "{written}");
        }
        _ => {}
    }
}

/// Text in whatever encoding: there is always one, and what is said of it is true.
pub(crate) fn decode(bytes: &[u8]) {
    let plain = decode::decode(bytes);
    assert_eq!(plain.first_replaced.is_some(), plain.replaced > 0);
    for charset in [None, Some("gbk"), Some("utf-16"), Some("utf-7"), Some(" \"Shift_JIS\"; x")] {
        let text = decode::decode_feed(bytes, charset);
        assert!(text.text.len() <= 4 * bytes.len() + 4, "{} bytes became {}", bytes.len(), text.text.len());
        assert_eq!(text.first_replaced.is_some(), text.replaced > 0);
        if let Some(at) = text.first_replaced {
            assert!(text.text.get(at..).is_some_and(|rest| rest.starts_with('\u{FFFD}')), "{at} in {:?}", text.text);
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains(['\u{FEFF}', '\0', '\u{1b}'])
    {
        assert_eq!(decode::decode(bytes).text, text, "UTF-8 is never anything else");
    }
}

/// A date: what is read of it can be written, and is the same when it is read.
pub(crate) fn date(text: &str) {
    for zone in [Tz::UTC, Tz::Asia__Shanghai, Tz::Europe__London] {
        let _ = date::read(text, zone);
        let Ok(reading) = date::read_feed(text, zone) else { continue };
        let found = reading.timestamp;
        for written in [found.to_rfc3339(), found.to_rfc2822()] {
            let again = date::read_feed(&written, Tz::UTC).unwrap_or_else(|problem| panic!("{text:?} became {written:?}: {problem}"));
            assert_eq!(again.timestamp.unix(), found.unix(), "{text:?} became {written:?} became {:?}", again.timestamp);
        }
    }
}
