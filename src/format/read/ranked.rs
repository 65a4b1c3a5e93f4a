//! A value of which several elements may speak.
//!
//! In: values with a rank. Out: the first of the highest rank, wherever it stood.

/// The best value so far.
#[derive(Clone, Debug)]
pub(super) struct Ranked<T> {
    rank: u8,
    value: Option<T>,
}

impl<T> Default for Ranked<T> {
    fn default() -> Self {
        Self { rank: 0, value: None }
    }
}

impl<T> Ranked<T> {
    /// Takes the value if none of this rank or a higher one is there.
    pub(super) fn offer(&mut self, rank: u8, value: Option<T>) {
        if let Some(value) = value
            && (self.value.is_none() || rank > self.rank)
        {
            (self.rank, self.value) = (rank, Some(value));
        }
    }

    /// Whether a value is there.
    pub(super) fn is_some(&self) -> bool {
        self.value.is_some()
    }

    /// The value.
    pub(super) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Takes the value out.
    pub(super) fn take(self) -> Option<T> {
        self.value
    }
}
