//! The body of an answer: unpacked, counted, whole or not at all.
//!
//! In: an answer whose head has come. Out: its bytes, or why there are none. It is never cut: half a feed looks like a feed whose
//! entries are gone.

use super::failure::{self, Phase};
use super::unpack::Unpacker;
use super::{Failure, Options};
use reqwest::Response;
use reqwest::header::{HeaderMap, HeaderName};

/// How much is set aside before anything has come, whatever the server promises.
const FIRST: u64 = 64 * 1024;

/// Reads the body of an answer of this host.
pub(super) async fn read(mut answer: Response, host: &str, options: &Options) -> Result<Vec<u8>, Failure> {
    let mut unpacker = Unpacker::new(answer.headers(), options.limit)?;
    let too_large = || Failure::TooLarge { limit: options.limit };
    // Says nothing of what is in a packed body.
    let promised = answer.content_length().filter(|_| !unpacker.is_packed()).unwrap_or(0);
    if promised > options.limit {
        return Err(too_large());
    }
    let mut body = Vec::with_capacity(usize::try_from(promised.min(FIRST)).unwrap_or(0));
    let mut take = |piece: &[u8]| {
        let length = u64::try_from(body.len().saturating_add(piece.len())).unwrap_or(u64::MAX);
        if length > options.limit {
            return Err(too_large());
        }
        body.extend_from_slice(piece);
        Ok(())
    };
    while let Some(piece) = answer.chunk().await.map_err(|error| failure::of(&error, Phase::Body, host, options))? {
        unpacker.push(&piece, &mut take)?;
    }
    unpacker.finish(&mut take)?;
    Ok(body)
}

/// Media type and `charset` of `Content-Type` (RFC 9110 §8.3), in lower case and as it is.
pub(super) fn media_type(value: &[u8]) -> (Option<String>, Option<String>) {
    let value = String::from_utf8_lossy(value);
    let mut parts = value.split(';');
    let media_type = parts.next().map(|part| part.trim().to_ascii_lowercase()).filter(|name| !name.is_empty());
    let charset = parts
        .filter_map(|part| part.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_owned())
        .filter(|value| !value.is_empty());
    (media_type, charset)
}

/// Whether 226 (RFC 3229 §10.4.1) is what was asked for: only what is new, of kind `feed`. A body made in another way is not
/// understood; one without `IM` can only be that.
pub(super) fn is_delta(status: u16, headers: &HeaderMap) -> Result<bool, Failure> {
    if status != 226 {
        return Ok(false);
    }
    for value in headers.get_all(HeaderName::from_static("im")) {
        let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        if value.split(',').any(|part| part.split(';').next().is_some_and(|name| name.trim() != "feed")) {
            return Err(Failure::Protocol(format!("`IM: {}` instead of feed", shown(&value))));
        }
    }
    Ok(true)
}

/// The beginning of what a server said.
pub(super) fn shown(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    #[test]
    fn content_types_are_read() {
        let cases: &[(&str, Option<&str>, Option<&str>)] = &[
            ("", None, None),
            ("text/xml", Some("text/xml"), None),
            ("Application/RSS+XML; charset=GBK", Some("application/rss+xml"), Some("GBK")),
            ("text/html;foo=1 ; Charset = \"utf-8\" ", Some("text/html"), Some("utf-8")),
            ("text/xml; charset=", Some("text/xml"), None),
            ("; charset=gb2312", None, Some("gb2312")),
        ];
        for (value, name, charset) in cases {
            assert_eq!(media_type(value.as_bytes()), (name.map(str::to_owned), charset.map(str::to_owned)), "{value}");
        }
    }

    #[test]
    fn only_the_manipulation_that_was_asked_for_is_a_delta() {
        let with = |value: &'static str| [(HeaderName::from_static("im"), HeaderValue::from_static(value))].into_iter().collect::<HeaderMap>();
        assert_eq!(is_delta(226, &with("feed")), Ok(true));
        assert_eq!(is_delta(226, &with("FEED;x=1")), Ok(true));
        assert_eq!(is_delta(226, &HeaderMap::new()), Ok(true));
        assert_eq!(is_delta(200, &with("feed")), Ok(false));
        assert!(is_delta(226, &with("vcdiff")).is_err());
        assert!(is_delta(226, &with("feed, gzip")).is_err());
    }
}
