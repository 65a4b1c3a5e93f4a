//! `Range` → which bytes are asked for (RFC 9110 §14).

use std::ops::Range;

/// What a `Range` header asks of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The whole: there is no such header, or one that need not be understood (several ranges, other units).
    Whole,
    /// These bytes.
    Part(Range<usize>),
    /// Bytes that are not there.
    Nothing,
}

/// Reads the value of the header for a body of this length.
pub(super) fn read(header: &str, length: usize) -> Wanted {
    let Some((first, last)) = header.trim().strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else { return Wanted::Whole };
    let number = |text: &str| (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().unwrap_or(usize::MAX));
    match (first, last, number(first), number(last)) {
        (_, "", Some(start), _) if start < length => Wanted::Part(start..length),
        (_, _, Some(start), Some(end)) if start <= end && start < length => Wanted::Part(start..end.saturating_add(1).min(length)),
        // The last so many.
        ("", _, _, Some(count)) if count > 0 && length > 0 => Wanted::Part(length.saturating_sub(count)..length),
        (_, "", Some(_), _) | ("", _, _, Some(_)) => Wanted::Nothing,
        (_, _, Some(start), Some(end)) if start <= end => Wanted::Nothing,
        _ => Wanted::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_inside_of_the_body() {
        for (header, expected) in [
            ("bytes=0-4", Wanted::Part(0..5)),
            ("bytes=5-", Wanted::Part(5..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-30", Wanted::Part(0..10)),
            ("bytes=8-99999999999999999999999", Wanted::Part(8..10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=10-12", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=4-2", Wanted::Whole),
            ("bytes=0-1,4-5", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("", Wanted::Whole),
        ] {
            assert_eq!(read(header, 10), expected, "{header}");
        }
        assert_eq!(read("bytes=-1", 0), Wanted::Nothing);
    }
}
