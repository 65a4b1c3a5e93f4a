//! The configuration of the site's own generator → what `feedloom.yaml` need not say again.
//!
//! In: the site's folder. Out: whose site it is, and values for keys of `feedloom.yaml`, each with the place where it is written. What
//! cannot be read or used is reported, and the rest is taken: it is somebody else's file, and no build fails because of it.

mod found;
pub(super) mod hexo;
mod hugo;
pub(super) mod jekyll;
mod said;
mod tree;
mod zola;

use crate::content::Generator;
use crate::diagnostic::Diagnostic;
use said::Reading;
pub use said::{Fact, Said};
use std::path::Path;

/// Reads the configuration of the generator whose site this is. `like` is what people say that it is (`content.like`); without it, that is
/// found out, and reported when it cannot be. `shown` gives the path of a file as people know it.
pub fn read(root: &Path, like: Option<Generator>, shown: &dyn Fn(&Path) -> String, findings: &mut Vec<Diagnostic>) -> Option<Said> {
    let found = found::find(root, like, shown, findings)?;
    let mut reading = Reading::new(found.generator, &found.tree, findings);
    match found.generator {
        Generator::Hugo => hugo::read(root, &mut reading),
        Generator::Hexo => hexo::read(&mut reading),
        Generator::Jekyll => jekyll::read(&mut reading),
        Generator::Zola => zola::read(&mut reading),
    }
    Some(reading.said)
}
