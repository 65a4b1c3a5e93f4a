//! People in all the shapes that feeds give them.

use super::*;

#[test]
fn authors_of_rss() {
    for (inside, expected) in [
        ("<author>a@e.cn (甲)</author>", "甲|a@e.cn|"),
        ("<author>甲 (a@e.cn)</author>", "甲|a@e.cn|"),
        ("<author>甲 &lt;a@e.cn></author>", "甲|a@e.cn|"),
        ("<author>a@e.cn</author>", "|a@e.cn|"),
        ("<author>mailto:a@e.cn</author>", "|a@e.cn|"),
        ("<author>甲</author>", "甲||"),
        ("<author><name>甲</name><email>a@e.cn</email><uri>https://e.cn/a</uri></author>", "甲|a@e.cn|https://e.cn/a"),
        ("<dc:creator>甲</dc:creator>", "甲||"),
        ("<dc:creator><![CDATA[ 甲  乙 ]]></dc:creator>", "甲  乙||"),
        ("<dc:creator>甲</dc:creator><dc:creator>乙</dc:creator><dc:creator>甲</dc:creator>", "甲||;乙||"),
        ("<itunes:author>丙</itunes:author><dc:creator>甲</dc:creator>", "甲||"),
        ("<itunes:author>丙</itunes:author>", "丙||"),
        ("<author/>", ""),
        ("<atom:author><atom:name>甲</atom:name></atom:author>", "甲||"),
    ] {
        let people: Vec<_> = item(inside)
            .authors
            .iter()
            .map(|person| format!("{}|{}|{}", person.name, person.email.as_deref().unwrap_or_default(), person.url.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(people.join(";"), expected, "{inside}");
    }
}
