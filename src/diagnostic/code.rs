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
    JsonUnreadable = "FL1901", Error, "the document is not JSON";
    JsonMemberTwice = "FL1902", Warning, "a member stands twice";
    JsonNoObject = "FL1903", Error, "the document is no object";
    JsonVersionMissing = "FL1904", Error, "the version is missing";
    JsonVersionUnknown = "FL1905", Error, "the version is not that of JSON Feed";
    JsonVersionOld = "FL1906", Info, "the version is 1";
    JsonTitleMissing = "FL1907", Error, "the feed has no title";
    JsonItemsMissing = "FL1908", Error, "the feed has no list of items";
    JsonType = "FL1909", Error, "a member is of the wrong type";
    JsonElementType = "FL1910", Error, "an element of a list is of the wrong type";
    JsonEmpty = "FL1911", Warning, "a member is an empty string";
    JsonNull = "FL1912", Warning, "a member is null";
    JsonListEmpty = "FL1913", Info, "a list is empty";
    JsonUnknownMember = "FL1914", Warning, "a member is not known";
    JsonExtensionName = "FL1915", Warning, "an extension has a name that it cannot have";
    JsonExtensionShape = "FL1916", Warning, "an extension is no object";
    JsonUrl = "FL1917", Error, "an address cannot be used";
    JsonUrlRelative = "FL1918", Error, "an address is relative";
    JsonSelfMissing = "FL1919", Warning, "the feed does not say where it lives";
    JsonHomeMissing = "FL1920", Info, "the feed does not name its site";
    JsonSelfElsewhere = "FL1921", Warning, "the feed says that it lives elsewhere";
    JsonNextIsSelf = "FL1922", Error, "the next page is the feed itself";
    JsonExpiredNext = "FL1923", Warning, "a feed that has expired has a next page";
    JsonLanguage = "FL1924", Error, "a language is not a BCP 47 tag";
    JsonAuthorOld = "FL1925", Warning, "author is the old name of authors";
    JsonAuthorEmpty = "FL1926", Error, "an author has neither name nor address nor avatar";
    JsonHubIncomplete = "FL1927", Error, "a hub lacks its type or address";
    JsonHubKind = "FL1928", Info, "a hub is of a kind that nobody knows";
    JsonIdMissing = "FL1929", Error, "an item has no id";
    JsonIdNumber = "FL1930", Warning, "an id is a number";
    JsonIdTwice = "FL1931", Error, "two items share an id";
    JsonIdNoAddress = "FL1932", Info, "an id is no address";
    JsonContentMissing = "FL1933", Error, "an item has no content";
    JsonItemUrlMissing = "FL1934", Info, "an item has no page";
    JsonExternalIsUrl = "FL1935", Warning, "the external page is the item's own";
    JsonHtmlInText = "FL1936", Warning, "a plain text holds HTML";
    JsonDate = "FL1937", Error, "a date is not as RFC 3339 writes it";
    JsonDateFuture = "FL1938", Warning, "a date is in the future";
    JsonTagEmpty = "FL1939", Warning, "a tag is empty";
    JsonTagTwice = "FL1940", Warning, "an item has a tag twice";
    JsonAttachmentIncomplete = "FL1941", Error, "an attachment lacks its address or media type";
    JsonMime = "FL1942", Error, "a media type is none";
    JsonSize = "FL1943", Error, "a size is no whole number from 0";
    JsonDuration = "FL1944", Error, "a duration is no number from 0";
    // FL20xx: beyond what other validators see.
    LanguageUnregistered = "FL2001", Warning, "a language has subtags that do not exist";
    LanguageReplaced = "FL2002", Info, "a language has a newer tag";
    LanguageContradicted = "FL2003", Warning, "the text is in another script than its language";
    LanguagesDisagree = "FL2004", Warning, "a feed states two languages";
    EntryUpdatedBeforePublished = "FL2005", Warning, "an entry was changed before it was published";
    FeedOlderThanEntry = "FL2006", Warning, "a feed is older than its newest entry";
    DateImpossible = "FL2007", Warning, "a date does not exist";
    ZoneNamed = "FL2008", Info, "a date names its zone";
    TwoSelfLinks = "FL2009", Warning, "a feed says twice where it lives";
    SelfIsHome = "FL2010", Warning, "a feed says that it lives where its site does";
    HubWithoutSelf = "FL2011", Warning, "a feed has a hub and does not say where it lives";
    HubNoAddress = "FL2012", Warning, "a hub has no web address";
    LocalAddress = "FL2013", Warning, "an address is that of a machine at home";
    RelativeInHtml = "FL2014", Warning, "HTML holds a relative address";
    RelativeInSrcset = "FL2015", Warning, "a srcset holds a relative address";
    ImageWithoutAlt = "FL2016", Info, "a picture has no alternative text";
    TitleMarkup = "FL2017", Info, "a title holds markup";
    TitleTooLong = "FL2018", Info, "a title is too long";
    TitleMissing = "FL2019", Info, "an entry has no title";
    SummaryMissing = "FL2020", Info, "a long entry has no summary";
    SummaryRepeats = "FL2021", Info, "the summary is the whole text";
    EntryWithoutDate = "FL2022", Info, "an entry has no date";
    EntriesOutOfOrder = "FL2023", Info, "entries are not in order";
    IdsAlike = "FL2024", Warning, "two ids differ only in how the address is written";
    LinksAlike = "FL2025", Info, "two entries have one page";
    IdOfSession = "FL2026", Warning, "an id holds what changes with each visit";
    IdDated = "FL2027", Info, "an id holds the date of the last change";
    PreviousIsNext = "FL2028", Warning, "previous and next page are the same";
    CompletePaged = "FL2029", Warning, "a complete feed has pages";
    EnclosureBare = "FL2030", Info, "an enclosure does not say how large or what it is";
    MediaNowhere = "FL2031", Warning, "a media object has neither address nor player";
    TwoDefaults = "FL2032", Warning, "two media objects are the default";
    CategoryDomain = "FL2033", Info, "the domain of a category is no address";
    // FL21xx: several documents compared.
    FormatsDiffer = "FL2101", Warning, "formats of one feed hold different entries";
    FormatsOrder = "FL2102", Info, "formats of one feed have their entries in different order";
    FormatsDates = "FL2103", Warning, "formats of one feed date an entry differently";
    FormatsTitles = "FL2104", Info, "formats of one feed name an entry differently";
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
