//! The picture that stands for an article: from the front matter, the page bundle, or the body.

use super::fields::{self, Field};
use super::file_facts::{Local, find, image_type_of_name, look, type_of_name};
use super::front_matter::FrontMatter;
use super::walk::Source;
use super::{Options, shortcode};
use crate::diagnostic::Code;
use crate::model::{Media, Role};
use crate::syntax::{Node, Value};
use crate::text::url::{is_web, resolve};

/// The keys that hold a thumbnail in the generators and themes of the field, in order of preference.
pub(crate) const KEYS: &[&str] = &[
    "thumbnail",
    "cover",
    "image",
    "images",
    "featured_image",
    "featuredImage",
    "featureimage",
    "banner",
    "hero",
    "header.image",
    "header.teaser",
    "og_image",
    "photos",
    "top_img",
    "index_img",
];

/// A thumbnail and where it is from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) media: Media,
    pub(crate) from: String,
}

/// What a key says: a reference, and what else is known of the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Stated {
    reference: String,
    alt: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
}

/// The thumbnail of an article whose page is at `page`; `html` is its sanitised body.
pub(crate) fn of(
    front: &FrontMatter,
    source: &Source,
    page: &str,
    html: &str,
    options: &Options,
    report: &mut dyn FnMut(Field<'_>, Code, String, &str),
) -> Option<Found> {
    for key in &options.thumbnail_keys {
        let Some(field) = fields::get(&front.fields, key) else { continue };
        if matches!(field.node.value, Value::Bool(false)) {
            return None;
        }
        let Some(stated) = stated(field.node) else { continue };
        match media(&stated, source, page, options) {
            Ok((media, missing)) => {
                if let Some(missing) = missing {
                    report(
                        field,
                        Code::MissingFile,
                        format!("expected the picture at {missing}, found no such file"),
                        "its size stays unknown; correct the path, or set content.static",
                    );
                }
                return Some(Found { media, from: format!("front matter `{key}`") });
            }
            Err(problem) => report(
                field,
                Code::BadUrl,
                format!("expected the address of a picture, found `{}` ({problem})", stated.reference),
                "write an http(s) address or a path",
            ),
        }
    }
    if let Some(file) = bundle_picture(source, options) {
        let name = file.file_name()?.to_string_lossy().into_owned();
        let mut media = Media::new(Role::Thumbnail, resolve(page, &crate::text::url::encode_path(&name)).ok()?);
        options.note(&source.path, &file);
        look(&file).describe(&mut media);
        return Some(Found { media, from: format!("the page bundle's `{name}`") });
    }
    if options.thumbnail_from_body {
        let image = crate::text::plain::first_image(html)?;
        let stated = Stated { reference: image.src, alt: image.alt, width: image.width, height: image.height };
        let (media, _) = media(&stated, source, page, options).ok()?;
        return Some(Found { media, from: "the first picture of the body".to_owned() });
    }
    None
}

/// A reference with its alternative text and size, from a scalar, a list or a map.
fn stated(node: &Node) -> Option<Stated> {
    match &node.value {
        Value::List(items) => items.iter().find_map(stated),
        Value::Map(map) => {
            let field = fields::first(map, &["src", "url", "path", "image", "file", "href"])?;
            let value = |names: &[&str]| fields::first(map, names).and_then(|field| fields::text(field.node));
            Some(Stated {
                alt: value(&["alt", "caption", "title"]),
                width: value(&["width"]).and_then(|text| text.parse().ok()),
                height: value(&["height"]).and_then(|text| text.parse().ok()),
                ..stated(field.node)?
            })
        }
        Value::Bool(_) | Value::Integer(_) | Value::Float(_) => None,
        _ => Some(written(&fields::text(node)?)),
    }
}

/// A reference as it is usually written, or as a Markdown picture, or behind a template's address of the site.
fn written(text: &str) -> Stated {
    let text = shortcode::expand(text);
    let picture = text.strip_prefix("![").and_then(|rest| rest.split_once("]("));
    match picture.and_then(|(alt, rest)| Some((alt, rest.strip_suffix(')')?))) {
        Some((alt, reference)) => Stated {
            reference: reference.trim_matches(['<', '>']).to_owned(),
            alt: Some(alt.to_owned()).filter(|alt| !alt.is_empty()),
            ..Stated::default()
        },
        None => Stated { reference: text.trim().to_owned(), ..Stated::default() },
    }
}

/// The picture at its absolute address; a local file that should be there and is not is named.
fn media(stated: &Stated, source: &Source, page: &str, options: &Options) -> Result<(Media, Option<String>), String> {
    let reference = stated.reference.as_str();
    let mut media = Media::new(Role::Thumbnail, resolve(page, reference).map_err(|problem| problem.to_string())?);
    let mut missing = None;
    if !is_web(&media.url) || type_of_name(&media.url).is_some_and(|kind| !kind.starts_with("image/")) {
        return Err("expected the address of a picture".to_owned());
    }
    media.media_type = image_type_of_name(&media.url);
    match find(reference, &media.url, page, source, options) {
        Local::File(file, address) => {
            media.url = address;
            look(&file).describe(&mut media);
        }
        Local::Missing => missing = Some(reference.to_owned()),
        Local::Elsewhere => {}
    }
    media.alt.clone_from(&stated.alt);
    media.width = media.width.or(stated.width);
    media.height = media.height.or(stated.height);
    Ok((media, missing))
}

/// The picture of a page bundle that is named as its cover.
fn bundle_picture(source: &Source, options: &Options) -> Option<std::path::PathBuf> {
    if !source.bundle {
        return None;
    }
    let file = source.file(options);
    let folder = file.parent()?;
    options.note(&source.path, folder);
    let mut names: Vec<String> = std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    ["cover", "feature", "featured", "thumbnail"].iter().find_map(|wanted| {
        let name = names.iter().find(|name| {
            let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
            stem.to_ascii_lowercase().starts_with(wanted)
                && ["png", "jpg", "jpeg", "webp", "gif", "avif"].contains(&extension.to_ascii_lowercase().as_str())
        })?;
        Some(folder.join(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::yaml;

    fn reference(yaml: &str) -> Option<Stated> {
        let parsed = yaml::parse(yaml).unwrap();
        let Value::Map(map) = parsed.value else { panic!("a map") };
        KEYS.iter().find_map(|key| stated(fields::get(&map, key)?.node))
    }

    #[test]
    fn scalar_list_and_map_hold_a_reference() {
        for yaml in [
            "cover: a.png",
            "images: [a.png, b.png]",
            "cover: {image: a.png, alt: 桥}",
            "cover: \"![桥](a.png)\"",
            "cover: \"{{ site.url }}a.png\"",
            "image: {path: a.png}",
            "photos:\n  - {src: a.png}",
            "Cover:\n  Image: a.png",
        ] {
            assert_eq!(reference(yaml).unwrap().reference, "a.png", "{yaml}");
        }
        assert_eq!(reference("cover: {image: a.png, alt: 桥, width: 640}").unwrap().width, Some(640));
        assert_eq!(reference("thumbnail: \"\""), None);
        assert_eq!(reference("cover: {caption: 无图}"), None);
    }
}
