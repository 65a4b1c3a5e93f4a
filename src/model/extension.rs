//! Elements of foreign namespaces, kept so that nothing is lost.

use serde::{Deserialize, Serialize};

/// An XML element that the model has no field for (RFC 4287 §6.4). It survives reading and writing.
///
/// JSON Feed: members whose names start with `_`; elements of XML stand in `_feedloom`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Extension {
    /// Namespace URI; empty for elements of RSS 2.0 itself and for a JSON Feed member, whose name starts with `_` and whose
    /// text is JSON.
    pub namespace: String,
    /// Local name, without prefix.
    pub name: String,
    /// Attributes (name, value) in document order; a name of a namespace is written `{uri}local`.
    #[serde(default)]
    pub attributes: Vec<(String, String)>,
    /// Text directly inside.
    pub text: String,
    /// Child elements in document order.
    #[serde(default)]
    pub children: Vec<Extension>,
}

impl Extension {
    /// An empty element `name` of `namespace`.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), name: name.into(), ..Self::default() }
    }
}
