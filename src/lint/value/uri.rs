//! URIs and IRIs: relative or full, tag and urn URIs, canonical form.

use super::Fault;
use crate::diagnostic::Code;

/// What is asked of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Demand {
    /// A URI, with a scheme or relative, in ASCII.
    Reference,
    /// A URI with a scheme, in ASCII.
    Full,
    /// An IRI: any script, with a scheme or relative.
    Iri,
}

/// Schemes that are registered with IANA and that feeds have.
const SCHEMES: &str = "aaa aaas about acap acct cap cid crid data dav dict did dns doi fax file ftp geo git go gopher gtalk h323 http https iax icap im imap \
    info ipp irc iris iris.beep iris.lwz iris.xpc iris.xpcs jabber ldap ldaps magnet mailto matrix mid modem msrp msrps mtqp mupdate news nfs ni nntp \
    opaquelocktoken payto pop pres prospero rtsp service sftp shttp sip sips skype sms snmp soap.beep soap.beeps ssh svn tag tel telnet tftp \
    thismessage tip tv urn vemmi wais webcal ws wss xmlrpc.beep xmlrpc.beeps xmpp z39.50r z39.50s";

fn plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || ";/?:@&=+$.-_!~*'()%,#".contains(c)
}

/// Checks an address; `wrong` is the code of an address that is of the wrong kind, where no narrower one fits.
pub(in crate::lint) fn uri(value: &str, demand: Demand, wrong: Code) -> Option<Fault> {
    let head = value.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if value.contains(':') || demand == Demand::Full {
        if head == "tag" {
            return (!is_tag(value)).then(|| Fault::new(Code::InvalidTagUri, "a tag URI such as tag:example.com,2025:a", value));
        }
        if head == "urn" {
            return urn(value);
        }
    }
    let bare = without_brackets(value);
    if let Some(c) = bare.chars().find(|c| c.is_ascii() && !plain(*c)) {
        return Some(Fault::new(Code::InvalidUriCharacter, &format!("an address without {}", character(c)), value));
    }
    if demand != Demand::Iri && !value.is_ascii() {
        return Some(Fault::new(Code::IriForUri, "an address in ASCII, with other characters percent-encoded", value));
    }
    let scheme = scheme_of(value);
    if demand == Demand::Full && scheme.is_none_or(|scheme| value.len() <= scheme.len() + 1) {
        return Some(Fault::new(wrong, "a full address with a scheme", value));
    }
    match head.as_str() {
        "http" | "https" | "ftp" if scheme.is_some() => {
            let rest = value.get(head.len() + 1..).unwrap_or_default();
            let host = rest.strip_prefix("//").unwrap_or_default();
            (host.is_empty() || host.starts_with('/')).then(|| Fault::new(wrong, "an address with a host", value))
        }
        other => {
            let odd =
                scheme.is_some() && other.bytes().all(|byte| byte.is_ascii_alphabetic()) && !SCHEMES.split_whitespace().any(|known| known == other);
            odd.then(|| Fault::new(Code::UnregisteredScheme, "a scheme that IANA has registered", value))
        }
    }
}

/// A link that may be relative, in ASCII.
pub(in crate::lint) fn link(value: &str) -> Option<Fault> {
    uri(value, Demand::Reference, Code::InvalidLink)
}

/// A link with a scheme, in ASCII.
pub(in crate::lint) fn full_link(value: &str) -> Option<Fault> {
    uri(value, Demand::Full, Code::InvalidFullLink)
}

/// A link in any script that may be relative.
pub(in crate::lint) fn iri(value: &str) -> Option<Fault> {
    uri(value, Demand::Iri, Code::InvalidIri)
}

/// A web address with a real host, as `url` attributes of enclosures must be.
pub(in crate::lint) fn web_address(value: &str) -> Option<Fault> {
    let wrong = || Some(Fault::new(Code::InvalidUrlAttribute, "a web address such as https://example.com/a.mp3", value));
    let lower = value.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("https://")) else { return wrong() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, "0"));
    let labels =
        host.contains('.') && host.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)));
    if !labels || !port.bytes().all(|byte| byte.is_ascii_digit()) || !value.chars().all(plain) {
        return wrong();
    }
    None
}

/// The scheme as written, when there is one.
pub(in crate::lint) fn scheme_of(value: &str) -> Option<&str> {
    let (scheme, _) = value.split_once(':')?;
    let mut chars = scheme.chars();
    (chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))).then_some(scheme)
}

/// Whether it is a tag URI (RFC 4151), in lower case as is usual.
pub(in crate::lint) fn is_tag(value: &str) -> bool {
    let Some(rest) = value.strip_prefix("tag:") else { return false };
    let Some((authority, rest)) = rest.split_once(',') else { return false };
    let Some((date, specific)) = rest.split_once(':') else { return false };
    let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let name = |text: &str, more: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || more.contains(c));
    let parts: Vec<&str> = date.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let dated = matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]) && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    name(host, "-.") && user.is_none_or(|user| name(user, "-._")) && dated && specific.chars().all(plain) && specific.matches('#').count() <= 1
}

fn urn(value: &str) -> Option<Fault> {
    let mut parts = value.splitn(3, ':');
    let _ = parts.next();
    let (namespace, specific) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if namespace.eq_ignore_ascii_case("uuid") {
        let lengths: Vec<usize> = specific.split('-').map(str::len).collect();
        let hexadecimal = specific.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
        return (lengths != [8, 4, 4, 4, 12] || !hexadecimal)
            .then(|| Fault::new(Code::InvalidUuid, "a UUID such as urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", value));
    }
    let named = (2..=32).contains(&namespace.len())
        && namespace.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphanumeric())
        && !namespace.starts_with('-');
    let fine =
        !specific.is_empty() && specific.chars().all(|c| c.is_ascii_alphanumeric() || "()+,.:=@;$_!*'-%".contains(c)) && percent_fine(specific);
    (!named || !fine).then(|| Fault::new(Code::InvalidUrn, "a URN such as urn:isbn:0451450523", value))
}

/// Whether two hexadecimal digits stand behind each percent sign.
fn percent_fine(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()))
}

/// The address without an IPv6 host, whose brackets and colons are allowed.
fn without_brackets(value: &str) -> String {
    if let Some((before, rest)) = value.split_once("//[")
        && let Some((host, after)) = rest.split_once(']')
        && host.chars().all(|c| c.is_ascii_hexdigit() || c == ':' || c == '.')
    {
        return format!("{before}//{after}");
    }
    value.to_owned()
}

fn character(c: char) -> String {
    match c {
        ' ' => "a space".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        c if c.is_control() => format!("the control character U+{:04X}", u32::from(c)),
        c => format!("\"{c}\""),
    }
}

/// Whether a URI is not in the form that RFC 3986 §6 calls normal: what the form would be, when it can be told.
pub(in crate::lint) fn canonical(value: &str) -> Option<Fault> {
    let form = canonical_form(value);
    (form.as_deref() != Some(value)).then(|| {
        let wanted = form.map_or_else(|| "an address in its normal form".to_owned(), |form| format!("the normal form \"{form}\""));
        Fault::new(Code::NonCanonicalUri, &wanted, value)
    })
}

/// The normal form of a URI with a scheme, or of an absolute path; `None` when there is none.
pub(in crate::lint) fn canonical_form(value: &str) -> Option<String> {
    let (rest, fragment) = value.split_once('#').map_or((value, None), |(rest, fragment)| (rest, Some(fragment)));
    let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query)));
    let scheme = scheme_of(rest).map(str::to_ascii_lowercase);
    let after = scheme.as_ref().map_or(Some(rest), |scheme| rest.get(scheme.len() + 1..))?;
    let mut out = scheme.as_ref().map_or_else(String::new, |scheme| format!("{scheme}:"));
    if let Some(authority) = after.strip_prefix("//") {
        let (authority, path) = authority.find('/').map_or((authority, ""), |at| authority.split_at(at));
        out.push_str("//");
        out.push_str(&normal_authority(authority, scheme.as_deref())?);
        out.push_str(&normal_path(path)?);
    } else if scheme.is_none() && !after.starts_with('/') {
        return None;
    } else if after.starts_with('/') {
        out.push_str(&normal_path(after)?);
    } else {
        out.push_str(&normal_text(after, "-._~!$&'()*+,;=:@/")?);
    }
    for (mark, part) in [('?', query), ('#', fragment)] {
        if let Some(part) = part {
            out.push(mark);
            out.push_str(&normal_text(part, "-._~!$&'()*+,;=:@/?")?);
        }
    }
    Some(out)
}

fn normal_authority(authority: &str, scheme: Option<&str>) -> Option<String> {
    let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let host = host.to_ascii_lowercase();
    let (mut host, port) = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host.to_owned(), Some(port.to_owned())),
        _ => (host, None),
    };
    if host.ends_with('.') && host.trim_end_matches('.').contains('.') {
        host.pop();
    }
    if host.starts_with('[') != host.ends_with(']') {
        return None;
    }
    let usual = match scheme {
        Some("http") => "80",
        Some("https") => "443",
        Some("ftp") => "21",
        _ => "",
    };
    let port = port.filter(|port| port != usual && !port.is_empty()).map_or_else(String::new, |port| format!(":{port}"));
    let user = user.filter(|user| !user.is_empty() && *user != ":").map_or_else(String::new, |user| format!("{user}@"));
    Some(format!("{user}{host}{port}"))
}

fn normal_path(path: &str) -> Option<String> {
    let mut out: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let last = segments.len().saturating_sub(1);
    for (at, segment) in segments.iter().enumerate() {
        match *segment {
            "." if at == last => out.push(""),
            "." => {}
            ".." => {
                out.pop();
                if at == last {
                    out.push("");
                }
            }
            other => out.push(other),
        }
    }
    let segments: Option<Vec<String>> = out.iter().map(|segment| normal_text(segment, "-._~!$&'()*+,;=:@")).collect();
    Some(format!("/{}", segments?.join("/")))
}

/// Percent signs only where they are needed, with capital digits.
fn normal_text(text: &str, safe: &str) -> Option<String> {
    const RESERVED: &str = ":/?#[]@!$&'()*+,;=";
    if !percent_fine(text) {
        return None;
    }
    let mut out = String::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut decoded: Vec<u8> = Vec::new();
    while let Some(byte) = bytes.get(at) {
        let (value, encoded, step) =
            if *byte == b'%' { (u8::from_str_radix(text.get(at + 1..at + 3)?, 16).ok()?, true, 3) } else { (*byte, false, 1) };
        let c = char::from(value);
        let unreserved = c.is_ascii_alphanumeric() || "-._~".contains(c);
        if unreserved || (!encoded && safe.contains(c)) {
            out.push(c);
        } else {
            if !(encoded && RESERVED.contains(c)) {
                decoded.push(value);
            }
            out.push_str(&format!("%{value:02X}"));
        }
        at += step;
    }
    // What is encoded must be UTF-8, else nobody knows the characters.
    std::str::from_utf8(&decoded).is_ok().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(fault: Option<Fault>) -> Option<Code> {
        fault.map(|fault| fault.code)
    }

    #[test]
    fn full_links() {
        for (value, expected) in [
            ("https://example.com/a?b=c#d", None),
            ("mailto:a@b.example", None),
            ("tag:example.com,2025:a", None),
            ("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", None),
            ("urn:isbn:0451450523", None),
            ("http://[::1]/a", None),
            ("a/b", Some(Code::InvalidFullLink)),
            ("", Some(Code::InvalidFullLink)),
            ("http:///a", Some(Code::InvalidFullLink)),
            ("https://example.com/a b", Some(Code::InvalidUriCharacter)),
            ("https://example.com/文", Some(Code::IriForUri)),
            ("tag:example.com:a", Some(Code::InvalidTagUri)),
            ("tag:example.com,25:a", Some(Code::InvalidTagUri)),
            ("tag:Example.com,2025:a", Some(Code::InvalidTagUri)),
            ("urn:x", Some(Code::InvalidUrn)),
            ("urn:uuid:1", Some(Code::InvalidUuid)),
            ("rubbish://x", Some(Code::UnregisteredScheme)),
        ] {
            assert_eq!(code(full_link(value)), expected, "{value}");
        }
    }

    #[test]
    fn other_links() {
        assert_eq!(code(link("a/b")), None);
        assert_eq!(code(link("")), None);
        assert_eq!(code(iri("https://例え.jp/路")), None);
        assert_eq!(code(iri("a b")), Some(Code::InvalidUriCharacter));
        assert_eq!(code(web_address("https://a.example:80/x.mp3")), None);
        for bad in ["", "a.mp3", "ftp://a.example/x", "http://localhost/x", "http://a.example/a b"] {
            assert_eq!(code(web_address(bad)), Some(Code::InvalidUrlAttribute), "{bad}");
        }
    }

    #[test]
    fn canonical_forms() {
        for (value, form) in [
            ("HTTP://A.Example/b", Some("http://a.example/b")),
            ("http://a.example", Some("http://a.example/")),
            ("http://a.example:80/", Some("http://a.example/")),
            ("http://a.example:8080/", Some("http://a.example:8080/")),
            ("http://a.example/b/../c", Some("http://a.example/c")),
            ("http://a.example/./c", Some("http://a.example/c")),
            ("http://a.example/%7Ea", Some("http://a.example/~a")),
            ("http://a.example/%c3%a4", Some("http://a.example/%C3%A4")),
            ("http://a.example/a%2Fb", Some("http://a.example/a%2Fb")),
            ("http://a.example/?", Some("http://a.example/?")),
            ("http://@a.example/", Some("http://a.example/")),
            ("tag:a.example,2025:x", Some("tag:a.example,2025:x")),
            ("a/b", None),
            ("http://a.example/%zz", None),
        ] {
            assert_eq!(canonical_form(value).as_deref(), form, "{value}");
        }
        assert_eq!(canonical("http://a.example/"), None);
    }
}
