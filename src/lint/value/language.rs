//! Language tags: BCP 47 with a first subtag that ISO 639 knows.

use super::Fault;
use crate::diagnostic::Code;

/// ISO 639-1, two letters each.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu \
    fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky \
    la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc \
    sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// A language tag.
pub(in crate::lint) fn tag(value: &str) -> Option<Fault> {
    let first = value.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let known = match first.len() {
        1 => (first == "x" || first == "i") && value.len() > 2,
        2 => TWO_LETTERS.split_whitespace().any(|code| code == first),
        3 => first.bytes().all(|byte| byte.is_ascii_lowercase()),
        _ => false,
    };
    (!known).then(|| Fault::new(Code::InvalidLanguageTag, "a language tag such as zh-CN", value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for good in ["zh-CN", "zh-Hans", "en", "EN-us", "cmn-Hans", "i-klingon", "x-private"] {
            assert_eq!(tag(good), None, "{good}");
        }
        for bad in ["", "zh_CN", "cn", "english", "x", "12"] {
            assert!(tag(bad).is_some(), "{bad}");
        }
    }
}
