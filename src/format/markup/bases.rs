//! `xml:base`: what relative addresses start from (XML Base).
//!
//! In: references as they are opened and closed. Out: the address that they lead to, one from the other. Each is joined
//! once, however many elements stand below it.

use super::Repairs;
use std::sync::Arc;
use url::Url;

/// A longer base is no base: it would be copied into each address below it.
const LONGEST: usize = 2 << 10;

/// The bases of the elements that are open.
#[derive(Debug, Default)]
pub(super) struct Bases {
    document: Option<Arc<Url>>,
    stack: Vec<Option<Arc<Url>>>,
}

impl Bases {
    /// Sets where the document was read.
    pub(super) fn start(&mut self, document: Option<&str>) {
        self.document = document.and_then(|document| Url::parse(document.trim()).ok()).map(Arc::new);
    }

    /// How many are open; to be given to [`Self::leave`].
    pub(super) fn mark(&self) -> usize {
        self.stack.len()
    }

    /// Forgets those since the mark.
    pub(super) fn leave(&mut self, mark: usize) {
        self.stack.truncate(mark);
    }

    /// Takes in an `xml:base`; what cannot be joined changes nothing.
    pub(super) fn enter(&mut self, reference: &str, offset: usize, repairs: &mut Repairs) {
        let current = self.current();
        let cost = current.map_or(0, |url| url.as_str().len());
        let reference = reference.trim();
        let may = !reference.is_empty() && reference.len() <= LONGEST && repairs.may_copy(offset, cost);
        let joined = match current {
            Some(url) if may => url.join(reference).ok(),
            None if may => Url::parse(reference).ok(),
            _ => None,
        };
        let joined = joined.filter(|url| url.as_str().len() <= LONGEST).map(Arc::new).or_else(|| current.cloned());
        self.stack.push(joined);
    }

    /// The base that holds here.
    pub(super) fn current(&self) -> Option<&Arc<Url>> {
        self.stack.last().unwrap_or(&self.document).as_ref()
    }
}
