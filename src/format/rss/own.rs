//! Elements of RSS 2.0 itself that the model has no field for.
//!
//! In: an [`Extension`] without namespace. Out: whether it may stand in a channel as it is. Values that the
//! specification forbids are left out: a wrong hint is worse than none. <https://www.rssboard.org/rss-specification>.

use super::super::uri;
use crate::model::Extension;

/// Whether it is an element that a channel may have once, with a value that it may have.
pub(super) fn is_of_channel(element: &Extension) -> bool {
    let text = element.text.as_str();
    let has = |name: &str| element.children.iter().any(|child| child.namespace.is_empty() && child.name == name && !child.text.is_empty());
    let list = |name: &str, is_good: &dyn Fn(&str) -> bool| {
        !element.children.is_empty() && element.children.iter().all(|child| child.namespace.is_empty() && child.name == name && is_good(&child.text))
    };
    match element.name.as_str() {
        "ttl" => is_leaf(element) && text.parse::<u32>().is_ok_and(|minutes| minutes > 0),
        "docs" => is_leaf(element) && uri::is_http(text) && uri::uri(text) == text,
        "rating" => is_leaf(element) && !text.is_empty(),
        "webMaster" => is_leaf(element) && is_mailbox(text),
        "cloud" => ["domain", "port", "path", "registerProcedure", "protocol"]
            .iter()
            .all(|name| element.attributes.iter().any(|(key, value)| key == name && !value.is_empty())),
        "textInput" => ["title", "description", "name", "link"].iter().all(|name| has(name)),
        "skipHours" => list("hour", &|hour| hour.parse::<u8>().is_ok_and(|hour| hour < 24)),
        "skipDays" => list("day", &|day| ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].contains(&day)),
        _ => false,
    }
}

fn is_leaf(element: &Extension) -> bool {
    element.children.is_empty() && element.attributes.is_empty()
}

/// An address, alone or with a name in parentheses: what validators want of a person.
fn is_mailbox(text: &str) -> bool {
    let address = text.split_whitespace().next().unwrap_or_default();
    let sound = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte));
    address.split_once('@').is_some_and(|(user, host)| sound(user) && sound(host) && host.contains('.'))
}
