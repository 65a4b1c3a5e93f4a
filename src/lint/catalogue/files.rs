//! Rules of the files that entries name.

use super::{Rule, Sample};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: Code::FileLength,
        w3c: None,
        help: "write the size of the file in bytes",
        why: "Players show the length before they load, and some stop there. Held against the file where it is at hand: `lint` of a folder with `--base`, and `build --lint`; in the example it has 4096 bytes.",
        fails: Sample::Item(r#"<title>t</title><enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="1000"/>"#),
        passes: Sample::Item(r#"<title>t</title><enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="4096"/>"#),
    },
    Rule {
        code: Code::FileType,
        w3c: None,
        help: "write the media type that the file has",
        why: "Players choose by type what they can play. Held against the file where it is at hand, as FL2105 is; in the example it is sound.",
        fails: Sample::JsonItem(r#""attachments": [ { "url": "https://a.example/1.mp3", "mime_type": "image/png", "size_in_bytes": 4096 } ]"#),
        passes: Sample::JsonItem(r#""attachments": [ { "url": "https://a.example/1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 4096 } ]"#),
    },
    Rule {
        code: Code::PictureSize,
        w3c: None,
        help: "write the width and the height that the picture has",
        why: "Readers keep a place of that size free, and the text jumps when the picture comes. Held against the file where it is at hand, as FL2105 is; in the example it is 640 wide.",
        fails: Sample::Item(r#"<title>t</title><media:thumbnail url="https://a.example/1.png" width="320"/>"#),
        passes: Sample::Item(r#"<title>t</title><media:thumbnail url="https://a.example/1.png" width="640"/>"#),
    },
];
