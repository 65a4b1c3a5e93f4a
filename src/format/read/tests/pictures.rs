//! Media RSS, enclosures and iTunes.

use super::*;

#[test]
fn files_of_an_item() {
    for (inside, expected) in [
        ("<enclosure url=\"https://e.cn/a.mp3\" type=\"audio/mpeg\" length=\"1,024\"/>", "Enclosure https://e.cn/a.mp3 audio/mpeg 1024 - -"),
        ("<enclosure url=\"https://e.cn/a.mp3\" length=\"\"/><itunes:duration>1:02:03</itunes:duration>", "Enclosure https://e.cn/a.mp3 - - - 3723"),
        ("<media:thumbnail url=\"https://e.cn/t.png\" width=\"240px\"/>", "Thumbnail https://e.cn/t.png - - 240 -"),
        ("<media:thumbnail>https://e.cn/t.png</media:thumbnail>", "Thumbnail https://e.cn/t.png - - - -"),
        (
            "<media:group><media:content url=\"https://e.cn/v.mp4\" type=\"video/mp4\" duration=\"60\"/><media:thumbnail url=\"https://e.cn/t.png\"/></media:group>",
            "Thumbnail https://e.cn/t.png - - - -;Content https://e.cn/v.mp4 video/mp4 - - 60",
        ),
        (
            "<media:content url=\"https://e.cn/v.mp4\"><media:thumbnail url=\"https://e.cn/t.png\"/></media:content>",
            "Thumbnail https://e.cn/t.png - - - -;Content https://e.cn/v.mp4 - - - -",
        ),
        (
            "<media:content url=\"https://e.cn/t.png\" width=\"9\"/><media:thumbnail url=\"https://e.cn/t.png\"/>",
            "Thumbnail https://e.cn/t.png - - 9 -",
        ),
        ("<itunes:image href=\"https://e.cn/c.png\"/>", "Thumbnail https://e.cn/c.png - - - -"),
        ("<itunes:image href=\"https://e.cn/c.png\"/><media:thumbnail url=\"https://e.cn/t.png\"/>", "Thumbnail https://e.cn/t.png - - - -"),
    ] {
        let show = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        let files: Vec<_> = item(inside)
            .media
            .iter()
            .map(|file| {
                let (length, width, duration) =
                    (file.length.map(|n| n.to_string()), file.width.map(|n| n.to_string()), file.duration.map(|n| n.to_string()));
                format!("{:?} {} {} {} {} {}", file.role, file.url, show(file.media_type.clone()), show(length), show(width), show(duration))
            })
            .collect();
        assert_eq!(files.join(";"), expected, "{inside}");
    }
    let file = &item("<media:content url=\"https://e.cn/v.mp4\"><media:title>听</media:title></media:content>").media[0];
    assert_eq!(file.alt.as_deref(), Some("听"));
}
