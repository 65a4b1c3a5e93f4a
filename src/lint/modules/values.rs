//! Values of modules: where one stands → findings about it.
//!
//! In: a value with the name of what holds it and its place. Out: findings that name it. What a value may be is known to `value`.

use super::super::text::{self, places::Places};
use super::super::value::{Fault, date, language as languages, mail, media_type, number, shown, uri};
use super::super::{Attribute, Element, Findings};
use crate::diagnostic::Code;

/// A value where it stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Value<'v> {
    /// What it is, for messages: `dc:date`, `url of media:content`.
    pub what: &'v str,
    /// The value.
    pub text: &'v str,
    /// Its place.
    pub at: usize,
}

impl Value<'_> {
    /// Reports a fault, with the name of the value.
    fn report(&self, fault: Option<Fault>, findings: &mut Findings<'_>) {
        if let Some(fault) = fault {
            let message = fault.message.replacen(", found ", &format!(" in {}, found ", self.what), 1);
            findings.say(fault.code, self.at, message);
        }
    }
}

/// An element as it is written: prefix and name.
pub(in crate::lint) fn name(element: &Element) -> String {
    if element.prefix.is_empty() { element.name.clone() } else { format!("{}:{}", element.prefix, element.name) }
}

/// An element stands a second time.
pub(in crate::lint) fn twice(element: &Element, findings: &mut Findings<'_>) {
    findings.say(Code::DuplicateElement, element.at, format!("expected one {0}, found another", name(element)));
}

/// An element is not known where it stands.
pub(in crate::lint) fn undefined(element: &Element, parent: &Element, findings: &mut Findings<'_>) {
    super::super::walk::unknown(element, parent, findings);
}

/// An element must be there and is not.
pub(in crate::lint) fn missing_element(parent: &Element, missing: &str, findings: &mut Findings<'_>) {
    findings.say(Code::MissingElement, parent.at, format!("expected {missing} in {}, found none", name(parent)));
}

/// An attribute must be there and say something: says so when it does not.
pub(in crate::lint) fn required(element: &Element, attribute: &str, findings: &mut Findings<'_>) {
    if element.attribute(attribute).is_none_or(|attribute| attribute.value.is_empty()) {
        findings.say(Code::MissingAttribute, element.at, format!("expected {attribute} on {}, found none", name(element)));
    }
}

/// An attribute must not be there.
pub(in crate::lint) fn unexpected_attribute(element: &Element, attribute: &Attribute, findings: &mut Findings<'_>) {
    let message = format!("expected no such attribute on {}, found {}", name(element), shown(&attribute.name));
    findings.say(Code::UnexpectedAttribute, attribute.at, message);
}

/// Text stands where none may.
pub(in crate::lint) fn unexpected_text(element: &Element, findings: &mut Findings<'_>) {
    findings.say(Code::UnexpectedText, element.text_at(), format!("expected no text in {}, found {}", name(element), shown(&element.text())));
}

/// Nothing where something should be.
pub(in crate::lint) fn blank(value: &Value<'_>, findings: &mut Findings<'_>) {
    if value.text.is_empty() {
        findings.say(Code::BlankElement, value.at, format!("expected a value in {}, found nothing", value.what));
    }
}

macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = |$text:ident, $now:ident| $check:expr;)*) => {
        $($(#[$doc])* pub(in crate::lint) fn $name(value: &Value<'_>, findings: &mut Findings<'_>) {
            let ($text, $now) = (value.text, findings.options().now);
            let _ = $now;
            value.report($check, findings);
        })*
    };
}

checks! {
    /// An address with a scheme.
    url = |text, _now| uri::full_link(text);
    /// An address of the web.
    web_url = |text, _now| uri::web_address(text);
    /// An address, relative ones too.
    reference = |text, _now| uri::iri(text);
    /// An address of RDF, relative ones too.
    resource = |text, _now| uri::link(text);
    /// A mail address.
    email = |text, _now| mailbox(text);
    /// A date of W3C-DTF.
    w3c_date = |text, now| date::w3cdtf(text, now);
    /// A date of ISO 8601.
    iso_date = |text, now| date::iso8601(text, now);
    /// The same of something that may be long ago or yet to come.
    event_date = |text, _now| date::iso8601(text, None).filter(|fault| fault.code != Code::ImplausibleDate);
    /// A date of RFC 3339.
    internet_date = |text, now| date::rfc3339(text, now);
    /// A date of RFC 2822.
    mail_date = |text, now| date::rfc822(text, now);
    /// 0 or more.
    count = |text, _now| number::non_negative(text);
    /// 1 or more.
    positive = |text, _now| number::positive(text);
    /// A whole number, or nothing.
    whole = |text, _now| if text.is_empty() { None } else { number::integer(text) };
    /// A language tag.
    language = |text, _now| languages::tag(text);
    /// A media type.
    mime = |text, _now| media_type::media_type(text);
}

/// A mail address, with a name before it in brackets or behind it in parentheses, or without.
fn mailbox(text: &str) -> Option<Fault> {
    let bare = text.split_once('(').map_or(text, |(bare, _)| bare).trim();
    let bare = bare.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(bare, |(address, _)| address);
    mail::fault(bare, Code::InvalidContact, "a mail address such as editor@example.com", text)
}

/// An id: an address with a scheme, in its normal form.
pub(in crate::lint) fn id(value: &Value<'_>, findings: &mut Findings<'_>) {
    let fault = uri::full_link(value.text).or_else(|| uri::canonical(value.text));
    value.report(fault, findings);
}

/// An address that must not be relative, since it has no base.
pub(in crate::lint) fn absolute(value: &Value<'_>, findings: &mut Findings<'_>) {
    if uri::full_link(value.text).is_some() {
        findings.say(Code::RelativeReference, value.at, format!("expected a full address in {}, found {}", value.what, shown(value.text)));
    }
}

/// The media type of a file.
pub(in crate::lint) fn mime_attribute(value: &Value<'_>, findings: &mut Findings<'_>) {
    let fault = media_type::media_type(value.text).map(|fault| Fault { code: Code::InvalidMediaTypeAttribute, ..fault });
    value.report(fault, findings);
}

/// Plain text.
pub(in crate::lint) fn plain(value: &Value<'_>, findings: &mut Findings<'_>) {
    text::plain_value(value.text, Code::ContainsHtml, true, value.at, findings);
}

/// Text that no attribute declares as HTML.
pub(in crate::lint) fn undeclared(value: &Value<'_>, findings: &mut Findings<'_>) {
    text::plain_value(value.text, Code::ContainsUndeclaredHtml, true, value.at, findings);
}

/// HTML.
pub(in crate::lint) fn html(value: &Value<'_>, findings: &mut Findings<'_>) {
    text::html::check_value(value.text, &Places::xml(value.text, value.at), findings);
}
