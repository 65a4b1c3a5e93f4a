//! JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

mod feedloom;
mod item;
mod mend;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;
