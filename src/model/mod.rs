//! The neutral feed model: what a feed *is*, whatever it is written in.
//!
//! Nothing here reads, writes, resolves or escapes. Local articles (`content`) and external feeds (`source`) both end in
//! these types; the formats (`format`) and the topics (`topic`) start from them. The shape is Atom's (RFC 4287), because
//! it is the only format in which nothing is lost; each field names its counterpart in RSS 2.0 and JSON Feed 1.1.
//!
//! An entry is made in two steps: a [`Head`] exists for every entry, an [`Entry`] is made from it by an
//! [`EntrySource`] only when some feed is going to show it.

mod category;
mod entry;
mod extension;
mod feed;
mod head;
mod id;
mod language;
mod link;
mod media;
mod origin;
mod person;
mod text;
mod timestamp;

pub use category::Category;
pub use entry::Entry;
pub use extension::Extension;
pub use feed::Feed;
pub use head::{EntrySource, Head, Term};
pub use id::{Id, IdKind};
pub use language::{Language, Script};
pub use link::{Link, Rel};
pub use media::{Media, Role};
pub use origin::Origin;
pub use person::Person;
pub use text::{Text, TextKind};
pub use timestamp::{Timestamp, Zone};
