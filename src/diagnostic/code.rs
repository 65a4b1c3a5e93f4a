//! The list of findings. `docs/diagnostics.md` explains each; a test holds the two together.

use super::Severity;
use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident, $title:literal;)*) => {
        /// Which finding it is. The codes are stable: a code never gets another meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $(#[doc = $title] $name,)* }

        impl Code {
            /// All codes, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it is printed: `FL` and three digits.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What the finding is about, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// How bad the finding usually is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    UnreadableFile = "FL101", Error, "the file cannot be read";
    NotUtf8 = "FL102", Warning, "the file is not UTF-8";
    FrontMatterSyntax = "FL103", Error, "the front matter cannot be read";
    FrontMatterNotClosed = "FL104", Warning, "the front matter is not closed";
    DuplicateKey = "FL105", Warning, "a key stands twice";
    FrontMatterRepaired = "FL106", Warning, "the front matter was readable only after a repair";
    WrongShape = "FL107", Warning, "a value has a shape that its key cannot have";
    ForbiddenCharacter = "FL108", Warning, "a character that XML forbids was left out";
    DamagedText = "FL109", Warning, "the text holds replacement characters";
    EmptyArticle = "FL110", Warning, "the file holds no article";
    MissingDate = "FL201", Warning, "the article has no date";
    UnreadableDate = "FL202", Error, "a date cannot be read";
    LocalTimeUnclear = "FL203", Warning, "a local time does not exist, or exists twice";
    UpdatedBeforePublished = "FL204", Warning, "the last change is before the publication";
    ZoneAssumed = "FL205", Info, "dates without zone were read as UTC";
    LanguageGuessed = "FL211", Warning, "a language was guessed from a name that is no tag";
    LanguageInvalid = "FL212", Warning, "a language is not a BCP 47 tag";
    LanguageNote = "FL213", Info, "a language tag was rewritten";
    MissingTitle = "FL221", Info, "the article has no title";
    BadUrl = "FL222", Warning, "an address cannot be used";
    MissingFile = "FL223", Warning, "a local file does not exist";
    MissingTailLink = "FL224", Warning, "the article does not end in a link";
    IncompleteEnclosure = "FL225", Warning, "an enclosure lacks type or length";
    PageResource = "FL226", Info, "a file inside a page bundle is no article of its own";
    TermCollision = "FL301", Error, "two terms share one address";
    IdCollision = "FL302", Error, "two articles share one id";
    QueryUnmatched = "FL303", Warning, "a query names something that no article has";
    MovedNowhere = "FL304", Warning, "a moved topic points to no topic";
    ForeignFile = "FL401", Error, "a file that feedloom did not write is in the way";
    CannotWrite = "FL402", Error, "a file cannot be written";
    FeedRemoved = "FL403", Info, "a feed is no longer published";
    NotCurrent = "FL404", Error, "a published file is not current";
    UnknownKey = "FL501", Error, "the configuration has an unknown key";
    BadValue = "FL502", Error, "the configuration has a value that cannot be used";
    ConfigSyntax = "FL503", Error, "the configuration cannot be read";
    NoSiteUrl = "FL504", Error, "the site has no address";
    NoArticles = "FL505", Error, "there is no article";
    NotAFeed = "FL601", Error, "this is no feed";
    EncodingOverruled = "FL602", Warning, "the stated encoding is not the real one";
    UndecodableBytes = "FL603", Warning, "bytes mean nothing in the encoding";
    LeadingJunk = "FL604", Warning, "something stands before the document";
    ControlCharacter = "FL605", Warning, "a control character was left out";
    BareAmpersand = "FL606", Warning, "an ampersand is not escaped";
    HtmlEntity = "FL607", Warning, "an entity is not known to XML";
    UndeclaredPrefix = "FL608", Warning, "a namespace prefix is not declared";
    AttributeSyntax = "FL609", Warning, "an attribute is not written as XML wants it";
    StrayMarkup = "FL610", Warning, "markup has no end, or is none";
    MismatchedTag = "FL611", Warning, "an end tag does not match";
    UnclosedElement = "FL612", Warning, "an element is not closed";
    CutOffEntry = "FL613", Warning, "the last entry is cut off";
    TrailingJunk = "FL614", Warning, "something stands behind the document";
    UnknownDialect = "FL615", Warning, "the root or its version is not known";
    FeedDateUnreadable = "FL616", Warning, "a date in a feed cannot be read";
    FeedDateDoubtful = "FL617", Info, "a date in a feed has more than one meaning";
    FeedUrlUnusable = "FL618", Warning, "an address in a feed leads nowhere";
    FeedLanguageInvalid = "FL619", Warning, "a language in a feed is not a BCP 47 tag";
    LimitExceeded = "FL620", Warning, "a limit was reached";
    JsonSyntax = "FL621", Warning, "the JSON was readable only after a repair";
    SourceUnusable = "FL701", Error, "a source cannot be subscribed to as it is written";
    SourceTwice = "FL702", Warning, "a source is listed twice";
    SourceListUnreadable = "FL703", Error, "a subscription list cannot be read";
    SourceNotStored = "FL704", Warning, "nothing is stored of a source";
    SourceFailed = "FL705", Warning, "a source cannot be fetched";
    SourceStale = "FL706", Error, "a source fails for longer than it may";
    SourceGone = "FL707", Warning, "a source has ended";
    SourceMoved = "FL708", Info, "a source has a new address";
    IntervalRaised = "FL709", Warning, "a source would be asked too often";
    StoreUnusable = "FL710", Error, "the store cannot be used";
    PingFailed = "FL711", Error, "a hub cannot be told";
    // The linter. FL10xx: XML, namespaces, elements.
    XmlSyntax = "FL1001", Error, "the document is not well-formed XML";
    // FL11xx: what must be there, and how often.
    // FL12xx: values.
    // FL13xx: texts and HTML.
    // FL14xx: RSS as it is best written.
    // FL15xx: Media RSS.
    // FL16xx: other modules.
    // FL17xx: paging, archives, threads.
    // FL18xx: OPML.
    // FL19xx: JSON Feed.
    // FL20xx: beyond what other validators see.
    // FL21xx: several documents compared.
}

impl Code {
    /// The code that is printed so, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text.trim()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(codes.windows(2).all(|pair| (pair[0].len(), pair[0]) < (pair[1].len(), pair[1])), "{codes:?}");
    }
}
