//! The files that feeds name, for the linter: where they lie is known here, what they are `content` says.

use crate::content::Served;
use crate::lint::{FileFacts, Files};

/// Files on this machine, by the addresses at which they are going to be.
#[derive(Debug)]
pub(super) struct Local(pub(super) Served);

impl Files for Local {
    fn facts(&self, url: &str) -> Option<FileFacts> {
        let found = self.0.facts(url)?;
        let mut facts = FileFacts::default();
        (facts.length, facts.width, facts.height) = (found.length, found.width, found.height);
        (facts.media_type, facts.is_certain) = (found.media_type, found.is_certain);
        Some(facts)
    }
}
