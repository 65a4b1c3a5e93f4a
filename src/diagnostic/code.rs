//! The list of findings. `docs/diagnostics.md` explains each; a test holds the two together.

use super::Severity;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident, $title:literal;)*) => {
        /// Which finding it is. The codes are stable: a code never gets another meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    FeedWithheld = "FL405", Error, "a file with an error is not published";
    UnknownKey = "FL501", Error, "the configuration has an unknown key";
    BadValue = "FL502", Error, "the configuration has a value that cannot be used";
    ConfigSyntax = "FL503", Error, "the configuration cannot be read";
    NoSiteUrl = "FL504", Error, "the site has no address";
    NoArticles = "FL505", Error, "there is no article";
    SiteUnclear = "FL506", Warning, "which generator made the site cannot be told";
    SiteSyntax = "FL507", Warning, "the configuration of the site's generator cannot be read";
    SiteValue = "FL508", Warning, "the configuration of the site's generator has a value that cannot be used";
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
    DiffFeedLost = "FL801", Error, "a feed is no longer at its address";
    DiffIdChanged = "FL802", Error, "an entry has another id";
    DiffLost = "FL803", Error, "an entry is gone too early";
    DiffDateChanged = "FL804", Warning, "an entry has another date";
    DiffFeedChanged = "FL805", Warning, "a feed says other things of itself";
    DiffFeedMoved = "FL806", Info, "a feed's page is elsewhere";
    DiffContentChanged = "FL807", Info, "an entry says something else";
    DiffGone = "FL808", Info, "an entry made room for newer ones";
    DiffNew = "FL809", Info, "an entry is new";
    DiffFeedNew = "FL810", Info, "a feed is new";
    CannotServe = "FL901", Error, "the preview cannot be served";
    // The linter. FL10xx: XML, namespaces, elements.
    XmlSyntax = "FL1001", Error, "the document is not well-formed XML";
    UndecodableText = "FL1002", Error, "bytes mean nothing in the encoding that is stated";
    XmlVersion = "FL1003", Error, "the XML version is not 1.0";
    WrongDoctype = "FL1004", Error, "the document type does not fit the version of RSS";
    DeprecatedDoctype = "FL1005", Error, "the document type is no longer served";
    UndefinedEntity = "FL1006", Error, "an entity is not defined";
    MissingNamespace = "FL1007", Error, "a namespace is missing";
    WrongNamespace = "FL1009", Error, "the namespace is not the one of Atom";
    ObsoleteNamespace = "FL1010", Error, "the namespace is of a version that is gone";
    MediaNamespaceSlash = "FL1011", Error, "the namespace of Media RSS lacks its last slash";
    UnknownElement = "FL1012", Error, "an element is not known here";
    BlinkElement = "FL1013", Error, "a feed does not blink";
    UnexpectedAttribute = "FL1014", Error, "an attribute is not known here";
    UnexpectedText = "FL1015", Error, "text stands where only elements may";
    UnexpectedSpace = "FL1016", Error, "white space stands around a value";
    ReservedPrefix = "FL1017", Warning, "a well-known prefix means another namespace";
    UnknownNamespace = "FL1018", Warning, "a namespace is not known";
    AvoidedPrefix = "FL1019", Warning, "Atom or XHTML has a prefix that readers may not know";
    ObscureEncoding = "FL1020", Warning, "few programs know the encoding";
    DamagedCharacters = "FL1021", Warning, "characters are damaged";
    ForeignAttribute = "FL1022", Warning, "an attribute of an extension stands on an element of RSS";
    MisplacedXhtml = "FL1023", Warning, "XHTML stands where no XHTML is expected";
    UnusualEncoding = "FL1026", Info, "the encoding is not UTF-8";
    UnusualPrefix = "FL1027", Info, "a namespace has another prefix than usual";
    SystemEntity = "FL1028", Info, "the document refers to a file outside";
    UncheckedNamespace = "FL1029", Info, "a namespace is known, but not checked";
    UnknownEncoding = "FL1030", Error, "the encoding is not known";
    BlankLineFirst = "FL1031", Error, "something stands before the XML declaration";
    NoVocabulary = "FL1032", Warning, "nobody can tell what an element without a namespace means";
    NotInNamespace = "FL1033", Error, "an element inside of an extension has no namespace";
    QuestionableElement = "FL1034", Warning, "an element stands where nobody says what it means";
    BehindFault = "FL1035", Info, "a fault makes what is behind it doubtful";
    // FL11xx: what must be there, and how often.
    MissingElement = "FL1101", Error, "an element is missing";
    MissingChannelTitle = "FL1102", Error, "a title is missing";
    MissingChannelLink = "FL1103", Error, "a link is missing";
    MissingDescription = "FL1104", Error, "a description is missing";
    EmptyItem = "FL1105", Error, "an item has neither title nor description";
    MissingContentOrAlternate = "FL1106", Error, "an entry has neither content nor a link to it";
    MissingSummary = "FL1107", Error, "an entry whose content is elsewhere has no summary";
    MissingXhtmlDiv = "FL1108", Error, "XHTML is not in a div";
    MissingAttribute = "FL1109", Error, "an attribute is missing";
    MissingHref = "FL1110", Error, "a link leads nowhere";
    DuplicateElement = "FL1111", Error, "an element stands twice";
    DuplicateValue = "FL1112", Error, "a value stands twice";
    DuplicateIds = "FL1113", Error, "all entries have one id";
    DuplicateAlternate = "FL1114", Error, "two links are alternates of one type and language";
    MisplacedMetadata = "FL1115", Error, "data of the feed stand behind entries";
    TooManyHours = "FL1116", Error, "a day has 24 hours";
    TooManyDays = "FL1117", Error, "a week has seven days";
    WrongRssVersion = "FL1118", Error, "the version of RSS is none";
    MissingSelf = "FL1119", Warning, "the feed does not say its address";
    MissingAtomSelfLink = "FL1120", Warning, "the channel does not say its address";
    SelfDiffers = "FL1121", Warning, "the self link is not the address of the feed";
    RelativeSelf = "FL1122", Warning, "the self link is relative";
    SelfNotFeed = "FL1123", Warning, "the self link has not the type of a feed";
    MissingGuid = "FL1124", Warning, "an item has no guid";
    MissingText = "FL1125", Warning, "an entry has nothing to read";
    MissingTypeAttribute = "FL1126", Warning, "content elsewhere has no type";
    MissingSourceElement = "FL1127", Warning, "the source of an entry is incomplete";
    DuplicateEnclosure = "FL1128", Warning, "an item has two enclosures";
    DuplicateEntries = "FL1129", Warning, "two entries have one id";
    DuplicateUpdated = "FL1130", Warning, "two entries have one date";
    BlankElement = "FL1131", Warning, "an element is empty";
    BlankAttribute = "FL1132", Warning, "an attribute is empty";
    LinkNotEmpty = "FL1133", Warning, "a link has content";
    SameMeaning = "FL1134", Warning, "two elements of the channel mean the same";
    SameMeaningInItem = "FL1135", Warning, "two elements of an item mean the same";
    SameMeaningAsDescription = "FL1136", Warning, "the item has its text twice";
    NoLanguage = "FL1137", Info, "no language is stated";
    ReferenceToNothing = "FL1138", Warning, "a reference of RDF leads to nothing";
    // FL12xx: values.
    InvalidRfc822Date = "FL1201", Error, "a date is not written as RSS wants it";
    WrongWeekday = "FL1202", Error, "the day of the week is wrong";
    InvalidRfc3339Date = "FL1203", Error, "a date is not written as Atom wants it";
    InvalidW3cdtfDate = "FL1204", Error, "a date is not written as W3CDTF wants it";
    InvalidIso8601DateTime = "FL1206", Error, "a time is not written as ISO 8601 wants it";
    UnusualRfc822Date = "FL1207", Warning, "a date is written in a way that readers may not know";
    ImplausibleDate = "FL1208", Warning, "a date is before 1990 or in the future";
    InvalidLanguageTag = "FL1209", Error, "a language tag is none";
    InvalidLink = "FL1210", Error, "a link is no address";
    InvalidFullLink = "FL1211", Error, "a link is not a full address";
    InvalidUriAttribute = "FL1212", Error, "an attribute is no address";
    InvalidUrlAttribute = "FL1213", Error, "an attribute is no web address";
    InvalidUriCharacter = "FL1214", Error, "an address has a character that it may not have";
    InvalidIri = "FL1215", Error, "an address is no IRI";
    IriForUri = "FL1216", Error, "an address is not in ASCII";
    InvalidTagUri = "FL1217", Error, "a tag URI is none";
    InvalidUrn = "FL1218", Error, "a URN is none";
    InvalidUuid = "FL1219", Error, "a UUID is none";
    InvalidHttpGuid = "FL1220", Error, "a guid that is a permalink is no address";
    InvalidPermalink = "FL1221", Error, "a guid that is a permalink leads nowhere";
    NonCanonicalUri = "FL1222", Warning, "an id is not in its normal form";
    UnregisteredScheme = "FL1223", Warning, "the scheme of an address is not registered";
    SameDocumentReference = "FL1224", Warning, "an address means the document itself";
    NotUniqueGuid = "FL1225", Warning, "a guid will hardly be unique";
    InvalidContact = "FL1226", Error, "a contact is no mail address";
    InvalidMailAddress = "FL1227", Error, "a mail address is none";
    ContactFormat = "FL1228", Warning, "a contact is not written as RSS wants it";
    ContactWithoutName = "FL1229", Warning, "a contact has no name";
    NameHoldsMail = "FL1230", Warning, "a name holds a mail address";
    InvalidInteger = "FL1231", Error, "a value is no whole number";
    InvalidNonNegativeInteger = "FL1232", Error, "a value is no whole number from 0";
    InvalidPositiveInteger = "FL1233", Error, "a value is no whole number from 1";
    InvalidIntegerAttribute = "FL1234", Error, "an attribute is no whole number";
    InvalidBooleanAttribute = "FL1235", Error, "an attribute is neither true nor false";
    UnknownLengthNotZero = "FL1237", Error, "a length that is not known is not 0";
    InvalidMediaType = "FL1238", Error, "a media type is none";
    InvalidMediaTypeAttribute = "FL1239", Error, "the media type of an enclosure is none";
    InvalidTextType = "FL1240", Error, "a text has a type that texts cannot have";
    NotBase64 = "FL1241", Error, "content is not in Base64";
    InvalidWidth = "FL1242", Error, "a picture of a channel is too wide";
    InvalidHeight = "FL1243", Error, "a picture of a channel is too high";
    InvalidHour = "FL1244", Error, "an hour is none";
    InvalidDay = "FL1245", Error, "a day is none";
    UnregisteredLinkRel = "FL1246", Warning, "the relation of a link is not registered";
    ImageLinkDiffers = "FL1247", Warning, "the picture links elsewhere than the channel";
    ImageTitleDiffers = "FL1248", Warning, "the picture has another title than the channel";
    ImageFormat = "FL1249", Warning, "readers may not show the picture";
    InvalidFormName = "FL1250", Error, "the name of a form field is none";
    UnknownMailHost = "FL1251", Warning, "a mail address has no public host";
    // FL13xx: texts and HTML.
    ContainsHtml = "FL1301", Warning, "a plain text holds HTML";
    ContainsUndeclaredHtml = "FL1302", Warning, "a text that is declared as plain holds HTML";
    CharacterData = "FL1303", Warning, "an ampersand or angle bracket in a title is not a hexadecimal reference";
    EscapedInXhtml = "FL1304", Warning, "XHTML holds HTML that is escaped";
    NotHtml = "FL1305", Warning, "HTML is not as it should be";
    HtmlFragment = "FL1306", Warning, "a part of a page is declared as a whole one";
    SecurityRisk = "FL1307", Warning, "readers will drop an element";
    SecurityRiskAttribute = "FL1308", Warning, "readers will drop an attribute";
    DangerousStyle = "FL1309", Warning, "readers will drop a style";
    RelativeReference = "FL1310", Warning, "HTML holds a relative address";
    // FL14xx: RSS as it is best written.
    MisplacedItem = "FL1401", Warning, "an item stands before data of the channel";
    ContentBeforeDescription = "FL1402", Warning, "content stands before its summary";
    CommentsWithoutDate = "FL1403", Warning, "numbers of comments without a date of the channel";
    MidnightNotZero = "FL1404", Warning, "midnight is hour 0";
    TextInput = "FL1405", Warning, "nobody shows a text input";
    // FL15xx: Media RSS.
    MediaHash = "FL1501", Error, "a hash of a medium cannot be right";
    MediaRating = "FL1502", Error, "a rating is none of its scheme";
    MediaRestriction = "FL1503", Error, "a restriction without type says neither all nor none";
    MediaRestrictionRelationship = "FL1504", Error, "a restriction neither allows nor denies";
    MediaRestrictionType = "FL1505", Error, "a restriction is of a type that there is not";
    MediaTextType = "FL1506", Error, "the type of a text of media is neither plain nor html";
    MediaMedium = "FL1507", Error, "a medium is none that Media RSS knows";
    MediaExpression = "FL1508", Error, "a medium is neither sample, nor full, nor nonstop";
    MediaTime = "FL1509", Error, "a time of a medium is no play time";
    MediaCreditRole = "FL1510", Error, "a role is none of its scheme";
    FloatNumber = "FL1511", Error, "a value is no number";
    MediaCountry = "FL1512", Error, "a country has a code that there is not";
    MediaGroupOfOne = "FL1513", Error, "a group of media leaves no choice";
    MediaAdult = "FL1514", Warning, "media:adult has been given up";
    LaterElement = "FL1515", Info, "an element came with a later version of its module";
    // FL16xx: other modules.
    ItunesCategory = "FL1601", Error, "a category of podcasts is none of Apple's";
    ItunesFormerCategory = "FL1602", Warning, "a category of podcasts has been given up";
    ItunesEpisodeType = "FL1603", Error, "an episode is neither full, nor trailer, nor bonus";
    ItunesChannelType = "FL1604", Error, "a podcast is neither episodic nor serial";
    ItunesDuration = "FL1605", Error, "a duration is neither seconds nor a clock";
    ItunesBlock = "FL1606", Error, "itunes:block is neither yes nor no";
    TrueOrFalse = "FL1607", Error, "a value is neither true nor false";
    ModuleTextTooLong = "FL1608", Error, "a text of a podcast is longer than allowed";
    ItunesMissing = "FL1609", Warning, "a podcast lacks what directories ask for";
    ItunesNoEmail = "FL1610", Warning, "a podcast has no owner with a mail address";
    ItunesFormat = "FL1611", Warning, "an enclosure has a format that podcast players do not play";
    ItunesKeywords = "FL1612", Warning, "keywords have no commas between them";
    ItunesEncoding = "FL1613", Warning, "a podcast is not UTF-8";
    UpdatePeriod = "FL1614", Error, "an update period is none that there is";
    SlashHits = "FL1615", Error, "a hit parade is no list of whole numbers";
    CommentRssCase = "FL1616", Warning, "wfw:commentRss is written in another case";
    Latitude = "FL1617", Error, "a latitude is none";
    Longitude = "FL1618", Error, "a longitude is none";
    Coordinates = "FL1619", Error, "a position is not latitude and longitude";
    CoordinateList = "FL1620", Error, "a list of positions is none";
    CoordinateComma = "FL1621", Warning, "latitude and longitude have a comma between them";
    DecimalNumber = "FL1622", Error, "a value is no decimal number";
    FormerWikiNamespace = "FL1623", Warning, "the namespace of wikis is one that has been given up";
    // FL17xx: paging, archives, threads.
    LinkInCompleteFeed = "FL1701", Error, "a complete feed links to other pages";
    CurrentIsNotSelf = "FL1702", Error, "a complete feed names another as the current one";
    LinkPastEnd = "FL1703", Error, "the first or last page links beyond";
    ArchiveWithoutNeighbours = "FL1704", Warning, "an archive links to no other archive";
    ArchiveWithoutCurrent = "FL1705", Warning, "an archive does not link to the current feed";
    HistoryInEntry = "FL1706", Warning, "an entry has a link that only feeds have";
    ThreadWhen = "FL1707", Error, "thr:when has been given up";
    // FL18xx: OPML.
    OpmlVersion = "FL1801", Error, "OPML has no such version";
    OpmlExpansionState = "FL1802", Error, "the expansion state is no list of lines";
    OutlineWithoutFeed = "FL1803", Warning, "an outline of type rss does not say where the feed is";
    OutlineWithoutTitle = "FL1804", Warning, "an outline of type rss has no title";
    OutlineWithoutUrl = "FL1805", Warning, "an outline of type link does not say where it leads";
    OutlineType = "FL1806", Warning, "an outline is of a type that OPML 1 does not know";
    OutlineVersion = "FL1807", Warning, "an outline names a version that there is not";
    OutlineWithoutType = "FL1808", Warning, "an outline that looks like a feed has no type";
    OutlineCategory = "FL1809", Info, "a category is no list of paths";
    OutlineWithoutTarget = "FL1810", Warning, "an outline that includes another list does not say which";
    OutlineTwice = "FL1811", Info, "a feed stands twice in a list";
    OutlineFeedAddress = "FL1812", Warning, "the address of a feed is no web address";
    OutlineEmptyFolder = "FL1813", Info, "a folder of a subscription list is empty";
    OpmlExpansionBeyond = "FL1814", Info, "the expansion state names lines that there are not";
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
    FileLength = "FL2105", Warning, "a length is not that of the file";
    FileType = "FL2106", Warning, "a media type is not that of the file";
    PictureSize = "FL2107", Warning, "a width or height is not that of the picture";
    ArchiveCircle = "FL2108", Error, "archives lead in a circle";
    ArchiveGap = "FL2109", Warning, "a page or an archive is not where a link says";
    ArchiveNotMarked = "FL2110", Warning, "a document that is linked as an archive does not say that it is one";
    ArchivesNotLinked = "FL2111", Warning, "a feed does not link to its archives";
    ArchiveOneWay = "FL2112", Warning, "two documents disagree on who comes before whom";
    EntryInTwoArchives = "FL2113", Warning, "an entry stands in two archives";
    ArchiveOrder = "FL2114", Info, "an archive holds entries that are newer than those of the next";
    // FL22xx: what HTTP says.
    AnswerWithoutFeed = "FL2201", Error, "the server does not answer with the feed";
    UnexpectedMediaType = "FL2202", Warning, "the feed is served as something else";
    UnspecificMediaType = "FL2203", Info, "the media type does not say that this is a feed";
    TextXmlBare = "FL2204", Info, "text/xml is served without a charset";
    CharsetMismatch = "FL2205", Warning, "HTTP states another encoding than the document has";
    MovedForNow = "FL2206", Info, "the address redirects for the time being";
    MovedForGood = "FL2207", Info, "the address has been given up";
    RedirectChain = "FL2208", Info, "several redirects lead to the feed";
    Uncompressed = "FL2209", Info, "the feed is served as large as it is";
    NoValidator = "FL2210", Warning, "nobody can ask whether the feed has changed";
    EtagMalformed = "FL2211", Warning, "an entity tag is not in quotes";
    NeverCached = "FL2212", Info, "nobody may keep the feed";
    CachedLong = "FL2213", Info, "the feed may be kept for more than a day";
    ServedAsDownload = "FL2214", Info, "browsers save the feed instead of showing it";
    HubsDisagree = "FL2215", Warning, "HTTP and the document name different hubs";
    SelfsDisagree = "FL2216", Warning, "HTTP and the document name different addresses of the feed";
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
