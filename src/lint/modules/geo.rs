//! Places on the Earth: `georss` with GML in it, `geo` of the W3C, `geourl`, `icbm`.
//!
//! In: nothing but the elements; tables and what they call. Out: the rows of each module, findings.

use super::super::{Element, Findings};
use super::known::Holds::{Kind, Own, Text, Whole};
use super::known::{ANYWHERE, Holds, Known, many, no_elements};
use super::values;
use crate::diagnostic::Code;

const LATITUDE: Holds = Kind(Code::Latitude, is_latitude, "degrees between -90 and 90");
const LONGITUDE: Holds = Kind(Code::Longitude, is_longitude, "degrees between -180 and 180");
const DECIMAL: Holds = Kind(Code::DecimalNumber, is_decimal, "a decimal number");

/// `geo:`.
pub(super) const GEO: &[Known] =
    &[many("Point", ANYWHERE, Own(point)), many("lat", ANYWHERE, LATITUDE), many("long", ANYWHERE, LONGITUDE), many("alt", ANYWHERE, DECIMAL)];

/// `geourl:` and `icbm:`.
pub(super) const DEGREES: &[Known] = &[many("latitude", ANYWHERE, LATITUDE), many("longitude", ANYWHERE, LONGITUDE)];

/// `georss:`.
pub(super) const GEORSS: &[Known] = &[
    many("where", ANYWHERE, Own(inside)),
    many("point", ANYWHERE, Own(position)),
    many("line", ANYWHERE, Own(positions)),
    many("polygon", ANYWHERE, Own(positions)),
    many("box", ANYWHERE, Own(positions)),
    many("circle", ANYWHERE, Text),
    many("featureTypeTag", ANYWHERE, Text),
    many("featuretypetag", ANYWHERE, Text),
    many("relationshipTag", ANYWHERE, Text),
    many("relationshiptag", ANYWHERE, Text),
    many("featureName", ANYWHERE, Text),
    many("featurename", ANYWHERE, Text),
    many("elev", ANYWHERE, DECIMAL),
    many("floor", ANYWHERE, Whole),
    many("radius", ANYWHERE, Kind(Code::FloatNumber, is_float, "a number")),
];

/// An element of GML: its parents, its name, and what is looked at in it.
type Row = (&'static [&'static str], &'static str, fn(&Element, &mut Findings<'_>));

/// Elements of GML.
const GML: &[Row] = &[
    (&["where"], "Point", inside),
    (&["where"], "LineString", inside),
    (&["where"], "Polygon", inside),
    (&["where"], "Envelope", inside),
    (&["Point"], "pos", position),
    (&["LineString", "LinearRing"], "posList", positions),
    (&["Polygon"], "exterior", inside),
    (&["exterior"], "LinearRing", inside),
    (&["Envelope"], "lowerCorner", position),
    (&["Envelope"], "upperCorner", position),
];

/// `georss:where` and what of GML is in it.
fn inside(element: &Element, findings: &mut Findings<'_>) {
    for child in element.elements() {
        let row =
            GML.iter().find(|(parents, name, _)| child.namespace == super::GML && child.name == *name && parents.contains(&element.name.as_str()));
        match row {
            Some((_, _, look)) => look(child, findings),
            None => values::undefined(child, element, findings),
        }
    }
}

/// `geo:Point`.
fn point(element: &Element, findings: &mut Findings<'_>) {
    for name in ["lat", "long"] {
        if element.first(super::GEO, name).is_none() {
            values::missing_element(element, &format!("geo:{name}"), findings);
        }
    }
    for child in element.elements() {
        if child.namespace != super::GEO || !matches!(child.name.as_str(), "lat" | "long" | "alt") {
            values::undefined(child, element, findings);
        } else {
            super::extension(child, element, findings);
        }
    }
}

/// Latitude and longitude.
fn position(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    let text = element.text();
    let text = text.trim();
    let numbers: Vec<&str> = text.split([' ', ',']).collect();
    if numbers.len() != 2 || !numbers.iter().all(|number| is_decimal(number)) {
        findings.say(Code::Coordinates, element.text_at(), format!("expected latitude and longitude with a space between them, found {text:?}"));
    } else if text.contains(',') {
        comma(element, text, findings);
    }
}

/// Two positions or more.
fn positions(element: &Element, findings: &mut Findings<'_>) {
    no_elements(element, findings);
    let text = element.text();
    let text = text.trim();
    // A comma may stand between the two numbers of a position, nowhere else.
    let pairs_with_commas = || {
        let pairs: Vec<&str> = text.split(' ').collect();
        pairs.len() > 1 && pairs.iter().all(|pair| pair.split_once(',').is_some_and(|(a, b)| is_decimal(a) && is_decimal(b)))
    };
    let numbers: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == ',').filter(|number| !number.is_empty()).collect();
    let right = numbers.len() >= 4 && numbers.len().is_multiple_of(2) && numbers.iter().all(|number| is_decimal(number));
    if !right || (text.contains(',') && !pairs_with_commas()) {
        findings.say(
            Code::CoordinateList,
            element.text_at(),
            format!("expected at least two positions, latitude and longitude each, found {text:?}"),
        );
    } else if text.contains(',') {
        comma(element, text, findings);
    }
}

fn comma(element: &Element, text: &str, findings: &mut Findings<'_>) {
    findings.say(Code::CoordinateComma, element.text_at(), format!("expected a space between latitude and longitude, found {text:?}"));
}

fn is_latitude(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|degrees| (-90.0..=90.0).contains(&degrees))
}

fn is_longitude(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|degrees| (-180.0..=180.0).contains(&degrees))
}

/// A sign or none, digits, a point with digits or none.
fn is_decimal(text: &str) -> bool {
    is_float(text.strip_prefix(['-', '+']).unwrap_or(text))
}

/// Digits, a point with digits or none.
pub(super) fn is_float(text: &str) -> bool {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    !whole.is_empty() && digits(whole) && digits(rest)
}
