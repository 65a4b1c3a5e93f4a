//! Mail addresses, alone and with a name as RSS wants them.

use super::Fault;
use crate::diagnostic::Code;

/// Whether it is `local@domain` and nothing besides.
pub(in crate::lint) fn is_address(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let local_fine = !local.is_empty() && local.chars().all(|c| c.is_ascii_alphanumeric() || "_-+.'%".contains(c));
    let mut labels = domain.split('.').peekable();
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    local_fine
        && domain.contains('.')
        && labels.peek().is_some()
        && labels.all(label)
        && !domain.rsplit('.').next().unwrap_or_default().starts_with('-')
}

/// What is wrong with an address: all of it, or only a host that nobody can reach from elsewhere. `value` is what it stands in.
pub(in crate::lint) fn fault(address: &str, wrong: Code, wanted: &str, value: &str) -> Option<Fault> {
    if is_address(address) {
        None
    } else if is_local_address(address) {
        Some(Fault::new(Code::UnknownMailHost, "a mail address with a public host such as example.com", value))
    } else {
        Some(Fault::new(wrong, wanted, value))
    }
}

/// Whether it is an address whose host is no public name, such as `editor@intranet`.
fn is_local_address(value: &str) -> bool {
    let Some((local, host)) = value.rsplit_once('@') else { return false };
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !local.is_empty()
        && local.chars().all(|c| word(c) || "._%+-".contains(c))
        && host.len() > 1
        && host.starts_with(|c: char| c.is_ascii_alphabetic())
        && host.chars().all(|c| word(c) || ".-".contains(c))
}

/// A mail address, as in `atom:email`.
pub(in crate::lint) fn address(value: &str) -> Option<Fault> {
    fault(value, Code::InvalidMailAddress, "a mail address such as editor@example.com", value)
}

/// The contact of an RSS channel or item: `editor@example.com (Name)`.
pub(in crate::lint) fn contact(value: &str) -> Option<Fault> {
    const WANTED: &str = "a mail address with a name such as \"editor@example.com (Name)\"";
    let decoded = value.strip_prefix("mailto:").map(without_percent);
    let value = decoded.as_deref().unwrap_or(value);
    if value.find('@').is_some_and(|at| at > 0) && !value.ends_with(')') {
        let code = if value.contains(' ') { Code::ContactFormat } else { Code::ContactWithoutName };
        return Some(Fault::new(code, WANTED, value));
    }
    let bare = value.split_once('(').map_or(value, |(bare, _)| bare).trim();
    let bare = bare.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(bare, |(address, _)| address);
    fault(bare, Code::InvalidContact, WANTED, value)
}

/// The characters that percent signs stand for.
fn without_percent(text: &str) -> String {
    let mut out = Vec::new();
    let mut parts = text.split('%');
    out.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                out.extend(part.bytes().skip(2));
            }
            None => out.extend(std::iter::once(b'%').chain(part.bytes())),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Whether a text holds a mail address in angle brackets.
pub(in crate::lint) fn holds_address(value: &str) -> bool {
    value.split('<').skip(1).any(|rest| rest.split_once('>').is_some_and(|(inside, _)| is_address(inside)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts() {
        for (value, expected) in [
            ("editor@example.com (Name)", None),
            ("mailto:editor%40example.com%20(Name)", None),
            ("first+last@sub.example.com (A. Name)", None),
            ("editor@example.com", Some(Code::ContactWithoutName)),
            ("Name <editor@example.com>", Some(Code::ContactFormat)),
            ("editor@intranet (Name)", Some(Code::UnknownMailHost)),
            ("Name", Some(Code::InvalidContact)),
            ("Name (editor)", Some(Code::InvalidContact)),
            ("", Some(Code::InvalidContact)),
        ] {
            assert_eq!(contact(value).map(|fault| fault.code), expected, "{value}");
        }
    }

    #[test]
    fn addresses() {
        for good in ["a@b.example", "a.b+c@x-y.example.com"] {
            assert_eq!(address(good), None, "{good}");
        }
        for bad in ["", "a", "a@", "@b.example", "a b@c.example", "a@b", "a@b..c", "<a@b.example>"] {
            assert!(address(bad).is_some(), "{bad}");
        }
        assert!(holds_address("Name <a@b.example>"));
        assert!(!holds_address("a@b.example"));
    }
}
