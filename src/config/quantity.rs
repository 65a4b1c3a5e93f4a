//! Lengths of time and sizes as people write them: `90s`, `30m`, `1h`, `7d`, `2w`; `10MB`, `512KB`.

use super::key::Written;
use crate::source::list::{DAY, HOUR, MINUTE, Seconds};

/// A length of time, as the configuration takes it.
pub(super) const DURATION: Written = Written::matching("a length of time such as 30m, 1h or 7d", r"^\s*(0|[0-9]+\s*(s|m|min|h|d|w))\s*$");
/// A number of bytes, as the configuration takes it.
pub(super) const SIZE: Written = Written::matching("a size such as 10MB or 512KB", r"^\s*[0-9]+\s*([bB]|[kKmMgG]([iI]?[bB])?)?\s*$");

/// Seconds; a number alone could mean anything and is none, but for 0.
pub(super) fn duration(text: &str) -> Option<Seconds> {
    let text = text.trim();
    if text == "0" {
        return Some(0);
    }
    let (number, unit) = split(text)?;
    let unit = match unit {
        "s" => 1,
        "m" | "min" => MINUTE,
        "h" => HOUR,
        "d" => DAY,
        "w" => 7 * DAY,
        _ => return None,
    };
    // Nobody plans further ahead than a century, and sums of instants stay numbers.
    Seconds::try_from(number).ok()?.checked_mul(unit).filter(|seconds| *seconds <= 36_525 * DAY)
}

/// Bytes; `KB` is 1,024 of them.
pub(super) fn size(text: &str) -> Option<u64> {
    let text = text.trim();
    if let Ok(bytes) = text.parse() {
        return Some(bytes);
    }
    let (number, unit) = split(text)?;
    let unit = match unit.to_ascii_lowercase().as_str() {
        "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(unit)
}

fn split(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, unit.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_sizes() {
        for (text, seconds) in
            [("90s", Some(90)), ("30m", Some(1800)), ("1h", Some(3600)), ("7d", Some(604_800)), ("2 w", Some(1_209_600)), ("0", Some(0))]
        {
            assert_eq!(duration(text), seconds, "{text}");
        }
        for wrong in ["", "7", "d", "-1h", "1y", "1.5h", "99999999999999999999d", "40000d"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
        for (text, bytes) in [("10MB", Some(10 << 20)), ("512kb", Some(512 << 10)), ("1048576", Some(1 << 20)), ("1 GiB", Some(1 << 30)), ("x", None)]
        {
            assert_eq!(size(text), bytes, "{text}");
        }
    }
}
