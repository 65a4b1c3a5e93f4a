//! What can differ between two states of a feed, how bad that is, and what subscribers see of it.

use crate::diagnostic::{Code, Severity};
use std::fmt;

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A feed is no longer at its address, or is no feed any more.
    FeedLost,
    /// An entry is there under another id.
    IdChanged,
    /// An entry is gone, and not because newer ones took its place.
    Lost,
    /// A date of an entry is another one.
    DateChanged,
    /// What a feed says of itself is other.
    FeedChanged,
    /// A feed keeps its address, but its page is elsewhere.
    FeedMoved,
    /// What an entry says is other.
    ContentChanged,
    /// An entry made room for newer ones.
    Gone,
    /// An entry was not there before.
    New,
    /// A feed was not there before.
    FeedNew,
}

impl Kind {
    /// All kinds, the worst first: the order in which differences are told.
    pub const ALL: &'static [Self] = &[
        Self::FeedLost,
        Self::IdChanged,
        Self::Lost,
        Self::DateChanged,
        Self::FeedChanged,
        Self::FeedMoved,
        Self::ContentChanged,
        Self::Gone,
        Self::New,
        Self::FeedNew,
    ];

    /// The name on the command line and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FeedLost => "feed-lost",
            Self::IdChanged => "id-changed",
            Self::Lost => "lost",
            Self::DateChanged => "date-changed",
            Self::FeedChanged => "feed-changed",
            Self::FeedMoved => "feed-moved",
            Self::ContentChanged => "content-changed",
            Self::Gone => "gone",
            Self::New => "new",
            Self::FeedNew => "feed-new",
        }
    }

    /// The finding that it is where findings are told.
    pub fn code(self) -> Code {
        match self {
            Self::FeedLost => Code::DiffFeedLost,
            Self::IdChanged => Code::DiffIdChanged,
            Self::Lost => Code::DiffLost,
            Self::DateChanged => Code::DiffDateChanged,
            Self::FeedChanged => Code::DiffFeedChanged,
            Self::FeedMoved => Code::DiffFeedMoved,
            Self::ContentChanged => Code::DiffContentChanged,
            Self::Gone => Code::DiffGone,
            Self::New => Code::DiffNew,
            Self::FeedNew => Code::DiffFeedNew,
        }
    }

    /// How bad it is for those who subscribed.
    pub fn severity(self) -> Severity {
        self.code().severity()
    }

    /// What those who subscribed see of it, in one line.
    pub fn seen(self) -> &'static str {
        match self {
            Self::FeedLost => "readers show an error and get no more entries",
            Self::IdChanged => "readers show it to every subscriber once more, as new and unread",
            Self::Lost => "who has not fetched it yet never gets it; some readers remove it",
            Self::DateChanged => "readers that sort by date move it; some show it once more",
            Self::FeedChanged => "readers may rename the subscription or ask another address from now on",
            Self::FeedMoved => "subscriptions keep working; people are led to the new page",
            Self::ContentChanged => "readers show the new text; some mark it as changed",
            Self::Gone => "nothing: it is older than the entries that the feed has room for",
            Self::New => "readers show it as new",
            Self::FeedNew => "nothing: nobody is subscribed to it yet",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
