//! Whole numbers and truth values.

use super::Fault;
use crate::diagnostic::Code;

fn number(value: &str) -> Option<i128> {
    value.trim().parse().ok()
}

/// A whole number.
pub(in crate::lint) fn integer(value: &str) -> Option<Fault> {
    number(value).is_none().then(|| Fault::new(Code::InvalidInteger, "a whole number", value))
}

/// A whole number from 0.
pub(in crate::lint) fn non_negative(value: &str) -> Option<Fault> {
    number(value).is_none_or(|number| number < 0).then(|| Fault::new(Code::InvalidNonNegativeInteger, "a whole number from 0", value))
}

/// A whole number from 1.
pub(in crate::lint) fn positive(value: &str) -> Option<Fault> {
    number(value).is_none_or(|number| number <= 0).then(|| Fault::new(Code::InvalidPositiveInteger, "a whole number from 1", value))
}

/// The length of an enclosure: a whole number of bytes, 0 when it is not known.
pub(in crate::lint) fn length(value: &str) -> Option<Fault> {
    match number(value) {
        None => Some(Fault::new(Code::InvalidIntegerAttribute, "a number of bytes", value)),
        Some(-1) => Some(Fault::new(Code::UnknownLengthNotZero, "0 for a length that is not known", value)),
        Some(number) if number < 0 => Some(Fault::new(Code::InvalidNonNegativeInteger, "a number of bytes", value)),
        Some(_) => None,
    }
}

/// A whole number in this range, else a fault with this code.
pub(in crate::lint) fn within(value: &str, range: std::ops::RangeInclusive<i128>, code: Code) -> Option<Fault> {
    (!number(value).is_some_and(|number| range.contains(&number)))
        .then(|| Fault::new(code, &format!("a whole number from {} to {}", range.start(), range.end()), value))
}

/// `true` or `false` in an attribute.
pub(in crate::lint) fn boolean(value: &str) -> Option<Fault> {
    (!matches!(value, "true" | "false")).then(|| Fault::new(Code::InvalidBooleanAttribute, "\"true\" or \"false\"", value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let code = |fault: Option<Fault>| fault.map(|fault| fault.code);
        assert_eq!(code(integer("-3")), None);
        assert_eq!(code(integer("60.5")), Some(Code::InvalidInteger));
        assert_eq!(code(non_negative("0")), None);
        assert_eq!(code(non_negative("-1")), Some(Code::InvalidNonNegativeInteger));
        assert_eq!(code(positive("0")), Some(Code::InvalidPositiveInteger));
        assert_eq!(code(length("big")), Some(Code::InvalidIntegerAttribute));
        assert_eq!(code(length("-1")), Some(Code::UnknownLengthNotZero));
        assert_eq!(code(length("-2")), Some(Code::InvalidNonNegativeInteger));
        assert_eq!(code(length("0")), None);
        assert_eq!(code(within("512", 1..=144, Code::InvalidWidth)), Some(Code::InvalidWidth));
        assert_eq!(code(within("144", 1..=144, Code::InvalidWidth)), None);
        assert_eq!(code(boolean("yes")), Some(Code::InvalidBooleanAttribute));
        assert_eq!(code(boolean("true")), None);
    }
}
