//! A value of which several elements may speak.
//!
//! In: values with a rank. Out: the last of the highest rank, wherever it stood: a second title or date is mostly a correction.

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
    /// Takes the value if none of a higher rank is there.
    pub(super) fn offer(&mut self, rank: u8, value: Option<T>) {
        if value.is_some() && (self.value.is_none() || rank >= self.rank) {
            (self.rank, self.value) = (rank, value);
        }
    }

    /// Takes the value if none of this rank or a higher one is there: the first counts.
    pub(super) fn offer_first(&mut self, rank: u8, value: Option<T>) {
        if self.value.is_none() || rank > self.rank {
            self.offer(rank, value);
        }
    }

    /// The value.
    pub(super) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The rank of the value; 0 when there is none.
    pub(super) fn rank(&self) -> u8 {
        self.rank
    }

    /// Takes the value out.
    pub(super) fn take(self) -> Option<T> {
        self.value
    }
}
