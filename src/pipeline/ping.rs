//! `ping`: which published feeds changed → the hubs (`WebSub` §7, <https://www.w3.org/TR/websub/>).
//!
//! In: the published files and what each hub was last told. Out: the feeds that it is told of now. A hub that fails is told the same
//! again next time.

use crate::http::{Client, Request};
use crate::publish::layout::Layout;
use crate::publish::manifest::{self, Manifest};
use crate::source::store::{Store, StoreError};
use std::collections::BTreeMap;
use std::path::Path;

/// How many feeds are named in one request.
const AT_ONCE: usize = 100;

/// What a hub was told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Told {
    /// The hub.
    pub hub: String,
    /// The addresses of the feeds that changed, in order.
    pub feeds: Vec<String>,
    /// Why it could not be told, if it could not.
    pub failure: Option<String>,
}

/// The published feeds: hash of the bytes by public address.
///
/// # Errors
///
/// What the file system says of the manifest, in one line; a feed that cannot be read is none.
pub fn published(out: &Path, layout: &Layout) -> Result<BTreeMap<String, String>, String> {
    let file = out.join(manifest::NAME);
    let text = std::fs::read_to_string(&file).map_err(|error| format!("expected published feeds, found: {error}"))?;
    let manifest = Manifest::parse(&text).map_err(|error| error.to_string())?;
    let names: Vec<String> = layout.formats.iter().map(|format| layout.feed_file("", *format)).collect();
    let is_feed = |path: &&String| names.iter().any(|name| path.rsplit('/').next() == Some(name));
    let hash = |path: &String| {
        let bytes = std::fs::read(out.join(path)).ok()?;
        Some((layout.address(path), blake3::hash(&bytes).to_hex().to_string()))
    };
    Ok(manifest.files.iter().filter(is_feed).filter_map(hash).collect())
}

/// Tells each hub which of the feeds changed since it was last told; without a client nobody is told, and what would be is returned.
///
/// # Errors
///
/// [`StoreError`]; a hub that was told is then told again next time.
pub async fn ping(
    hubs: &[String],
    feeds: &BTreeMap<String, String>,
    store: &mut dyn Store,
    client: Option<&Client>,
) -> Result<Vec<Told>, StoreError> {
    let mut told = Vec::new();
    for hub in hubs {
        let known = store.pinged(hub)?;
        let changed: Vec<String> = feeds.iter().filter(|(url, hash)| known.get(*url) != Some(hash)).map(|(url, _)| url.clone()).collect();
        let mut failure = None;
        if let Some(client) = client {
            let mut reached = known;
            reached.retain(|url, _| feeds.contains_key(url));
            for part in changed.chunks(AT_ONCE) {
                match tell(hub, part, client).await {
                    Ok(()) => reached.extend(part.iter().filter_map(|url| Some((url.clone(), feeds.get(url)?.clone())))),
                    Err(why) => {
                        failure = Some(why);
                        break;
                    }
                }
            }
            store.set_pinged(hub, &reached)?;
        }
        told.push(Told { hub: hub.clone(), feeds: changed, failure });
    }
    Ok(told)
}

async fn tell(hub: &str, feeds: &[String], client: &Client) -> Result<(), String> {
    let mut form = vec![("hub.mode".to_owned(), "publish".to_owned())];
    // WebSub leaves it open how hubs are told; this is PubSubHubbub 0.4 §7, which they understand.
    form.extend(feeds.iter().map(|url| ("hub.url".to_owned(), url.clone())));
    let mut request = Request::page(hub);
    request.form = Some(form);
    let response = client.send(request).await.map_err(|failure| failure.to_string())?;
    if (200..300).contains(&response.status) { Ok(()) } else { Err(format!("expected the answer 204, found {}", response.status)) }
}
