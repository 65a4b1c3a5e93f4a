//! A page as it is served: with its security policy as a header and, while sources are watched, the script that reloads it.
//!
//! Files never hold the script. The policy that a page names itself holds (CSP 3), and is widened for that script and what it
//! asks, by nothing else.

/// Asks to be told of new builds, reloads the page then, and shows what is wrong with the last one.
const SCRIPT: &str = include_str!("reload.js");
/// The SHA-256 of [`SCRIPT`] in base64 (CSP 3 §2.3.1). A test proves it and prints the right one after a change.
const SCRIPT_HASH: &str = "'sha256-FLMiDs1zS8SuC3nQ163NSgcV7nA28sAH5MEQ3e1gvJU='";

/// Where the script asks. No file has such a path: names with a dot are not served.
pub(super) const EVENTS: &str = "/.feedloom/events";

/// The policy of pages that name none: they may show what they like, and run nothing that is not a file beside them.
const DEFAULT_POLICY: &str = "default-src 'self'; img-src http: https: data:; media-src http: https:; style-src 'self' 'unsafe-inline'; \
    script-src 'self'; base-uri 'none'; form-action 'none'";

/// How the pages of this program name their policy.
const META: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// A page that is ready to be sent.
pub(super) struct Page {
    pub(super) bytes: Vec<u8>,
    /// The value of `Content-Security-Policy`.
    pub(super) policy: String,
}

impl Page {
    /// The page of a file. One that is no UTF-8 is left as it is.
    pub(super) fn of(bytes: Vec<u8>, reloads: bool) -> Self {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return Self { bytes: error.into_bytes(), policy: framed(DEFAULT_POLICY) },
        };
        let own = Meta::find(&text);
        let policy = own.as_ref().map_or(DEFAULT_POLICY, |meta| meta.policy);
        if !reloads {
            let policy = framed(policy);
            return Self { bytes: text.into_bytes(), policy };
        }
        let policy = framed(&widened(&widened(policy, "script-src", SCRIPT_HASH), "connect-src", "'self'"));
        // Of several policies all hold: the one in the page would forbid what the header allows.
        let (before, after) = own.as_ref().map_or(("", text.as_str()), |meta| (meta.before, meta.after));
        let at = after.to_ascii_lowercase().rfind("</body").unwrap_or(after.len());
        let (body, end) = after.split_at_checked(at).unwrap_or((after, ""));
        Self { bytes: format!("{before}{body}<script>{SCRIPT}</script>{end}").into_bytes(), policy }
    }

    /// The page for what is not there.
    pub(super) fn missing(reloads: bool) -> Self {
        let text = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Nothing here</title></head>\n\
            <body><h1>Nothing is published here</h1><p><a href=\"/\">The directory of all feeds</a></p></body></html>\n";
        Self::of(text.as_bytes().to_vec(), reloads)
    }
}

/// The policy that a page names, and what stands around it.
struct Meta<'a> {
    before: &'a str,
    policy: &'a str,
    after: &'a str,
}

impl<'a> Meta<'a> {
    fn find(page: &'a str) -> Option<Self> {
        let (before, rest) = page.split_once(META)?;
        let (policy, after) = rest.split_once("\">")?;
        // What had to be escaped, or could end a header, is no policy of ours.
        (!policy.contains(['&', '"', '<', '\n', '\r'])).then_some(Self { before, policy, after })
    }
}

/// The policy with one more source for a directive.
fn widened(policy: &str, directive: &str, source: &str) -> String {
    let mut found = false;
    let mut directives: Vec<String> = policy.split(';').map(str::trim).filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect();
    for part in directives.iter_mut().filter(|part| part.split_whitespace().next().is_some_and(|name| name.eq_ignore_ascii_case(directive))) {
        *part = format!("{} {source}", part.replace(" 'none'", ""));
        found = true;
    }
    if !found {
        directives.push(format!("{directive} {source}"));
    }
    directives.join("; ")
}

/// The policy with what only a header can say: nobody may show the page inside of theirs.
fn framed(policy: &str) -> String {
    format!("{policy}; frame-ancestors 'none'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use sha2::Digest;

    fn page(text: &str, reloads: bool) -> (String, String) {
        let page = Page::of(text.as_bytes().to_vec(), reloads);
        (String::from_utf8(page.bytes).unwrap(), page.policy)
    }

    #[test]
    fn the_hash_is_that_of_the_script() {
        let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(SCRIPT));
        assert_eq!(SCRIPT_HASH, format!("'sha256-{hash}'"));
        assert!(!SCRIPT.contains("</") && SCRIPT.contains(EVENTS));
    }

    #[test]
    fn a_page_keeps_its_own_policy_and_its_bytes() {
        let text = format!("<head>{META}default-src 'none'\"></head><body>早</body>");
        assert_eq!(page(&text, false), (text, "default-src 'none'; frame-ancestors 'none'".to_owned()));
        assert_eq!(page("<p>x", false).1, framed(DEFAULT_POLICY));
    }

    #[test]
    fn a_page_that_reloads_may_run_that_script_and_nothing_more() {
        let (text, policy) =
            page(&format!("<head>{META}default-src 'none'; script-src 'none'; img-src https:\"></head><body>早</BODY></html>"), true);
        assert_eq!(text, format!("<head></head><body>早<script>{SCRIPT}</script></BODY></html>"));
        assert_eq!(policy, format!("default-src 'none'; script-src {SCRIPT_HASH}; img-src https:; connect-src 'self'; frame-ancestors 'none'"));
        let (_, policy) = page(&format!("{META}script-src 'sha256-x'; connect-src https://a.example\">"), true);
        assert_eq!(policy, format!("script-src 'sha256-x' {SCRIPT_HASH}; connect-src https://a.example 'self'; frame-ancestors 'none'"));
        assert_eq!(page("<p>x", true).0, format!("<p>x<script>{SCRIPT}</script>"));
    }

    #[test]
    fn no_page_writes_headers() {
        let text = format!("{META}default-src *\r\nSet-Cookie: x\"></head>");
        assert_eq!(page(&text, false).1, framed(DEFAULT_POLICY));
        assert_eq!(Page::of(vec![0xFF, b'<'], true).bytes, [0xFF, b'<']);
    }
}
