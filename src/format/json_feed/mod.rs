//! JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

mod write;

pub(super) use write::write;
