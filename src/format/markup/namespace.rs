//! Namespaces: which vocabulary an element or an attribute is of.
//!
//! In: prefixes and URIs as declared, in all the spellings that feeds have used. Out: one of the vocabularies that feeds are
//! made of, or the URI. A prefix that nobody declared stands for what it usually stands for.

/// A vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::format) enum Ns {
    /// No namespace, or one of those that RSS 0.90, 1.0 and 2.0 and unknown dialects use for themselves.
    Plain,
    /// Atom 0.3 and 1.0.
    Atom,
    /// RDF syntax.
    Rdf,
    /// `content:encoded`.
    Content,
    /// Dublin Core elements.
    Dc,
    /// Dublin Core terms.
    DcTerms,
    /// Media RSS.
    Media,
    /// iTunes podcasts; Google's podcast elements mean the same.
    Itunes,
    /// `slash:comments` and others.
    Slash,
    /// `wfw:commentRss`.
    Wfw,
    /// Atom threading (RFC 4685).
    Thread,
    /// `FeedBurner`, for the original addresses.
    FeedBurner,
    /// XHTML.
    Xhtml,
    /// `xml:lang`, `xml:base`.
    Xml,
    /// The Atom publishing protocol's and others that stand in feeds and have a URI of their own.
    Other(u16),
}

/// URIs in lower case without `http://`, `https://`, `www.` and a `/` or `#` at the end.
const KNOWN: &[(&str, Ns)] = &[
    ("w3.org/2005/atom", Ns::Atom),
    ("purl.org/atom/ns", Ns::Atom),
    ("purl.org/atom/ns#0.3", Ns::Atom),
    ("example.com/newformat", Ns::Atom),
    ("example.com/necho", Ns::Atom),
    ("purl.org/echo", Ns::Atom),
    ("uri/of/echo/namespace#", Ns::Atom),
    ("purl.org/pie", Ns::Atom),
    ("w3.org/1999/02/22-rdf-syntax-ns", Ns::Rdf),
    ("purl.org/rss/1.0", Ns::Plain),
    ("purl.org/net/rss1.1", Ns::Plain),
    ("my.netscape.com/rdf/simple/0.9", Ns::Plain),
    ("channel.netscape.com/rdf/simple/0.9", Ns::Plain),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", Ns::Plain),
    ("backend.userland.com/rss2", Ns::Plain),
    ("backend.userland.com/rss", Ns::Plain),
    ("blogs.law.harvard.edu/tech/rss", Ns::Plain),
    ("cyber.law.harvard.edu/rss", Ns::Plain),
    ("purl.org/rss/1.0/modules/rss091", Ns::Plain),
    ("purl.org/rss/1.0/modules/content", Ns::Content),
    ("purl.org/dc/elements/1.1", Ns::Dc),
    ("purl.org/dc/elements/1.0", Ns::Dc),
    ("purl.org/dc/terms", Ns::DcTerms),
    ("search.yahoo.com/mrss", Ns::Media),
    ("video.search.yahoo.com/mrss", Ns::Media),
    ("tools.search.yahoo.com/mrss", Ns::Media),
    ("search.yahoo.com/mrss/%20", Ns::Media),
    ("rssboard.org/media-rss", Ns::Media),
    ("itunes.com/dtds/podcast-1.0.dtd", Ns::Itunes),
    ("itunes.apple.com/dtds/podcast-1.0.dtd", Ns::Itunes),
    ("example.com/dtds/podcast-1.0.dtd", Ns::Itunes),
    ("google.com/schemas/play-podcasts/1.0", Ns::Itunes),
    ("purl.org/rss/1.0/modules/slash", Ns::Slash),
    ("wellformedweb.org/commentapi", Ns::Wfw),
    ("purl.org/syndication/thread/1.0", Ns::Thread),
    ("rssnamespace.org/feedburner/ext/1.0", Ns::FeedBurner),
    ("w3.org/1999/xhtml", Ns::Xhtml),
    ("w3.org/xml/1998/namespace", Ns::Xml),
];

/// What prefixes usually stand for.
const USUAL: &[(&str, Ns, &str)] = &[
    ("atom", Ns::Atom, "http://www.w3.org/2005/Atom"),
    ("atom10", Ns::Atom, "http://www.w3.org/2005/Atom"),
    ("atom03", Ns::Atom, "http://purl.org/atom/ns#"),
    ("a10", Ns::Atom, "http://www.w3.org/2005/Atom"),
    ("rdf", Ns::Rdf, "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rss", Ns::Plain, ""),
    ("content", Ns::Content, "http://purl.org/rss/1.0/modules/content/"),
    ("dc", Ns::Dc, "http://purl.org/dc/elements/1.1/"),
    ("dcterms", Ns::DcTerms, "http://purl.org/dc/terms/"),
    ("media", Ns::Media, "http://search.yahoo.com/mrss/"),
    ("itunes", Ns::Itunes, "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("googleplay", Ns::Itunes, "http://www.google.com/schemas/play-podcasts/1.0"),
    ("slash", Ns::Slash, "http://purl.org/rss/1.0/modules/slash/"),
    ("wfw", Ns::Wfw, "http://wellformedweb.org/CommentAPI/"),
    ("thr", Ns::Thread, "http://purl.org/syndication/thread/1.0"),
    ("feedburner", Ns::FeedBurner, "http://rssnamespace.org/feedburner/ext/1.0"),
    ("xhtml", Ns::Xhtml, "http://www.w3.org/1999/xhtml"),
    ("xml", Ns::Xml, "http://www.w3.org/XML/1998/namespace"),
];

/// The longest URI that is kept; a longer one would be copied into each of its elements.
pub(in crate::format) const LONGEST: usize = 512;
/// How many declarations are kept at once.
const MOST: usize = 1024;

/// The declarations that hold at one place.
#[derive(Debug, Default)]
pub(super) struct Namespaces<'a> {
    bindings: Vec<(&'a str, Ns)>,
    /// URIs of [`Ns::Other`], and of known vocabularies as they were declared first.
    others: Vec<String>,
}

/// What a prefix resolves to.
pub(super) enum Resolved {
    Declared(Ns),
    /// Not declared, but known.
    Usual(Ns),
    /// Not declared and not known; it got a namespace of its own.
    Unknown(Ns),
}

impl<'a> Namespaces<'a> {
    /// How many declarations hold; to be given to [`Self::leave`].
    pub(super) fn mark(&self) -> usize {
        self.bindings.len()
    }

    /// Forgets the declarations since the mark.
    pub(super) fn leave(&mut self, mark: usize) {
        self.bindings.truncate(mark);
    }

    /// Takes in `xmlns:prefix="uri"`; an empty prefix is the default namespace. `false` when there are too many.
    pub(super) fn declare(&mut self, prefix: &'a str, uri: &str) -> bool {
        let ns = known(uri).or_else(|| usual(prefix));
        let ns = ns.unwrap_or_else(|| self.intern(uri));
        self.bind(prefix, ns)
    }

    /// Takes in `xmlns="uri"` of a feed, which is in a dialect of RSS where the URI says nothing to anybody.
    pub(super) fn declare_dialect(&mut self, uri: &str) -> bool {
        self.bind("", known(uri).unwrap_or(Ns::Plain))
    }

    fn bind(&mut self, prefix: &'a str, ns: Ns) -> bool {
        let has_room = self.bindings.len() < MOST;
        if has_room {
            self.bindings.push((prefix, ns));
        }
        has_room
    }

    /// What the prefix stands for here.
    pub(super) fn resolve(&mut self, prefix: &str) -> Resolved {
        // Most elements have no prefix. Two empty strings are not compared: where they point to nowhere, that is slow on some machines.
        let is_it = |bound: &str| if prefix.is_empty() { bound.is_empty() } else { bound == prefix };
        if let Some((_, ns)) = self.bindings.iter().rev().find(|(bound, _)| is_it(bound)) {
            return Resolved::Declared(*ns);
        }
        if prefix.is_empty() {
            return Resolved::Declared(Ns::Plain);
        }
        if prefix == "xml" {
            return Resolved::Declared(Ns::Xml);
        }
        if let Some(ns) = usual(prefix).or_else(|| usual(&prefix.to_ascii_lowercase())) {
            return Resolved::Usual(ns);
        }
        Resolved::Unknown(self.intern(&format!("urn:feedloom:undeclared:{prefix}")))
    }

    /// The URI of a namespace; empty for what has none.
    pub(super) fn uri(&self, ns: Ns) -> &str {
        match ns {
            Ns::Other(index) => self.others.get(usize::from(index)).map_or("", String::as_str),
            ns => USUAL.iter().find(|(_, usual, _)| *usual == ns).map_or("", |(.., uri)| uri),
        }
    }

    fn intern(&mut self, uri: &str) -> Ns {
        let uri = uri.trim();
        if uri.is_empty() {
            return Ns::Plain;
        }
        let uri = uri.get(..LONGEST).unwrap_or(uri);
        let uri = if uri.len() > LONGEST { "urn:feedloom:long" } else { uri };
        let index = self.others.iter().position(|known| known == uri).or_else(|| {
            (self.others.len() < MOST).then(|| {
                self.others.push(uri.to_owned());
                self.others.len() - 1
            })
        });
        Ns::Other(index.and_then(|index| u16::try_from(index).ok()).unwrap_or(u16::MAX))
    }
}

fn known(uri: &str) -> Option<Ns> {
    let uri = uri.trim();
    if uri.len() > LONGEST {
        return None;
    }
    let lower = uri.to_ascii_lowercase();
    let bare = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("https://")).unwrap_or(&lower);
    let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches(['/', '#']);
    KNOWN.iter().find(|(known, _)| *known == bare).map(|(_, ns)| *ns)
}

/// The vocabulary of a URI, where it is one that feeds are made of.
pub(in crate::format) fn vocabulary(uri: &str) -> Option<Ns> {
    known(uri)
}

/// The URI by which a vocabulary goes here, of all the spellings that it has; others stay as they are.
pub(in crate::format) fn canonical(uri: &str) -> &str {
    known(uri).and_then(|ns| USUAL.iter().find(|(_, usual, _)| *usual == ns)).map_or(uri, |(.., usual)| usual)
}

fn usual(prefix: &str) -> Option<Ns> {
    USUAL.iter().find(|(known, ..)| *known == prefix).map(|(_, ns, _)| *ns)
}
