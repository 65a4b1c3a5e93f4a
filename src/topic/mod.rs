//! Heads in, the plan of feeds out: which topics there are, where each one's folder is, and which entries it shows.
//!
//! [`plan`] looks at heads only; it reads no file, makes no entry and writes nothing. The same heads in any order give the
//! same plan. [`unique_ids`] comes before it and sees to it that no two entries share an id.

mod address;
mod identity;
mod language;
mod names;
mod options;
mod order;
mod plan;
mod query;
mod select;
mod slug;
mod taxonomy;
mod template;
#[cfg(test)]
mod tests;
mod title;
mod vocabulary;

pub use address::PathTemplate;
pub use identity::{identity, unique_ids};
pub use language::feed_language;
pub use options::{CustomTopic, Options};
pub use order::newest_first;
pub use plan::{Plan, ResolvedTerm, Topic, TopicKind, plan};
pub use query::{Query, QueryProblem};
pub use slug::{SlugStyle, slug};
pub use taxonomy::Taxonomy;
pub use template::TemplateProblem;
pub use title::TitleTemplate;
