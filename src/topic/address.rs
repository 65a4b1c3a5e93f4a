//! Which folder each topic gets, when several want one.
//!
//! Nothing is lost: of two topics with one path (compared by [`identity`], as file systems that ignore case do) the one with
//! more articles keeps it, and of equally large ones that with the smaller name; the other's slug gets `-` and six
//! hexadecimal digits. Children live below the path that their parent got.

use super::identity::identity;
use super::slug::{clean, component, short_hash};
use super::taxonomy::Taxonomy;
use super::template::{Piece, TemplateProblem, pieces};
use crate::diagnostic::{Code, Diagnostic, Place};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

const SLOTS: [&str; 2] = ["taxonomy", "slug"];
const TAXONOMY: usize = 0;
const SLUG: usize = 1;

/// The folder of a term's feeds below the out folder, with `{taxonomy}` (plural) and `{slug}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate(Vec<Piece>);

impl Default for PathTemplate {
    fn default() -> Self {
        Self(vec![Piece::Slot(TAXONOMY), Piece::Text("/".to_owned()), Piece::Slot(SLUG)])
    }
}

impl PathTemplate {
    /// Takes a template apart. It must hold `{slug}`, and no folder of it may be called `.` or `..`.
    pub fn parse(template: &str) -> Result<Self, TemplateProblem> {
        let parts = pieces(template, &SLOTS)?;
        if !parts.contains(&Piece::Slot(SLUG)) {
            let offset = template.chars().count();
            return Err(TemplateProblem { offset, expected: "{slug}".to_owned(), found: "the end".to_owned() });
        }
        let mut offset = 0;
        let mut folders = Vec::new();
        for folder in template.split('/') {
            if matches!(folder, "." | "..") {
                return Err(TemplateProblem { offset, expected: "the name of a folder".to_owned(), found: folder.to_owned() });
            }
            offset += folder.chars().count() + 1;
            if !folder.is_empty() {
                folders.push(folder);
            }
        }
        let parts = pieces(&folders.join("/"), &SLOTS)?;
        let safe = |text: String| text.split('/').map(clean).collect::<Vec<_>>().join("/");
        Ok(Self(
            parts
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(text) => Piece::Text(safe(text)),
                    Piece::Slot(slot) => Piece::Slot(slot),
                })
                .collect(),
        ))
    }

    /// The path of the term with this slug; slugs of a hierarchy are joined by `/`.
    pub(super) fn path(&self, taxonomy: &Taxonomy, slug: &str) -> String {
        let mut path = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => path.push_str(text),
                Piece::Slot(TAXONOMY) => path.push_str(&component(&taxonomy.plural)),
                Piece::Slot(_) => path.push_str(slug),
            }
        }
        path
    }
}

/// The templates of all taxonomies.
#[derive(Debug)]
pub(super) struct Paths {
    pub(super) usual: PathTemplate,
    /// Singular name of a taxonomy → its own.
    pub(super) of: HashMap<String, PathTemplate>,
    /// Tag of a language that has feeds of its own → the folder of all of them.
    pub(super) apart: HashMap<String, String>,
}

impl Paths {
    /// The path of the term with this slug.
    pub(super) fn path(&self, taxonomy: &Taxonomy, slug: &str) -> String {
        self.of.get(&taxonomy.name).unwrap_or(&self.usual).path(taxonomy, slug)
    }
}

/// What wants a folder.
#[derive(Debug)]
pub(super) struct Claim<'a> {
    pub(super) kind: ClaimKind<'a>,
    /// Display name.
    pub(super) name: &'a str,
    /// The last element of its slug.
    pub(super) slug: String,
    /// The claim below which it lives.
    pub(super) parent: Option<usize>,
    /// How many are above it.
    pub(super) level: usize,
    pub(super) count: usize,
    /// Whether something is going to stand in the folder; what only wants a name never takes one from those.
    pub(super) published: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum ClaimKind<'a> {
    Site,
    Term(&'a Taxonomy),
    Custom,
    Language,
}

/// What a claim got.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// Slugs of its parents and its own, joined by `/`.
    pub(super) slug: String,
    /// Folder below the out folder.
    pub(super) path: String,
}

/// All addresses.
#[derive(Debug)]
pub(super) struct Addresses {
    /// One for each claim.
    pub(super) of: Vec<Address>,
    /// Identity of a path → number of the claim that has it.
    taken: HashMap<String, usize>,
    files: HashSet<String>,
    pub(super) findings: Vec<Diagnostic>,
}

impl Addresses {
    /// Gives each claim an address. A claim's parent must not be smaller than itself.
    pub(super) fn settle(claims: &[Claim<'_>], paths: &Paths, files: &[String]) -> Self {
        let mut order: Vec<(usize, &Claim<'_>)> = claims.iter().enumerate().collect();
        // What stands apart follows its parent, which may be the smaller one: its own entries are those that are left.
        let is_apart = |claim: &Claim<'_>| matches!(claim.kind, ClaimKind::Language) && paths.apart.contains_key(claim.name);
        order.sort_by_key(|(_, claim)| {
            (is_apart(claim), !claim.published, Reverse(claim.count), claim.level, claim.name, claim.kind.order(), claim.slug.as_str())
        });
        let mut addresses = Self {
            of: vec![Address::default(); claims.len()],
            taken: HashMap::with_capacity(claims.len()),
            files: files.iter().map(|file| identity(file)).collect(),
            findings: Vec::new(),
        };
        for (index, claim) in order {
            addresses.give(index, claim, claims, paths);
        }
        addresses
    }

    /// Who has a path: `Some` number of a claim.
    pub(super) fn owner(&self, path: &str) -> Option<usize> {
        self.taken.get(&identity(path)).copied()
    }

    /// Whether a path ends in the name of a file that may stand beside it.
    pub(super) fn is_file(&self, path: &str) -> bool {
        path.rsplit('/').next().is_some_and(|last| self.files.contains(&identity(last)))
    }

    fn give(&mut self, index: usize, claim: &Claim<'_>, claims: &[Claim<'_>], paths: &Paths) {
        let mut address = self.wish(claim, &claim.slug, paths);
        let mut key = identity(&address.path);
        let owner = self.taken.get(&key).copied();
        if owner.is_some() || self.is_file(&key) {
            let wanted = address.path.clone();
            let mut attempt = 0_usize;
            while self.taken.contains_key(&key) || self.is_file(&key) {
                let slug = format!("{}-{}", claim.slug, short_hash(&claim.identity(attempt), 6));
                address = self.wish(claim, &slug, paths);
                key = identity(&address.path);
                attempt += 1;
            }
            let owner = owner.and_then(|owner| claims.get(owner));
            if claim.published && owner.is_none_or(|owner| owner.published) {
                self.findings.push(collision(claim, owner, &wanted, &address.path));
            }
        }
        self.taken.insert(key, index);
        if let Some(place) = self.of.get_mut(index) {
            *place = address;
        }
    }

    /// The address that a claim has with this slug, below the one that its parent got.
    fn wish(&self, claim: &Claim<'_>, slug: &str, paths: &Paths) -> Address {
        let parent = claim.parent.and_then(|parent| self.of.get(parent));
        let below = |parent: &str| if parent.is_empty() { slug.to_owned() } else { format!("{parent}/{slug}") };
        let slugs = parent.map_or_else(|| slug.to_owned(), |parent| below(&parent.slug));
        let path = match claim.kind {
            ClaimKind::Site => String::new(),
            ClaimKind::Term(taxonomy) => paths.path(taxonomy, &slugs),
            ClaimKind::Custom => slug.to_owned(),
            // The digits of a slug that had to be another one tell folders apart, too.
            ClaimKind::Language => match (paths.apart.get(claim.name), parent) {
                (Some(folder), Some(parent)) if !parent.path.is_empty() => {
                    format!("{folder}{}/{}", slug.strip_prefix(claim.slug.as_str()).unwrap_or_default(), parent.path)
                }
                (Some(folder), _) => format!("{folder}{}", slug.strip_prefix(claim.slug.as_str()).unwrap_or_default()),
                (None, Some(parent)) => below(&parent.path),
                (None, None) => slug.to_owned(),
            },
        };
        Address { slug: slugs, path }
    }
}

impl ClaimKind<'_> {
    fn order(&self) -> (u8, &str) {
        match self {
            Self::Site => (0, ""),
            Self::Term(taxonomy) => (1, &taxonomy.name),
            Self::Custom => (2, ""),
            Self::Language => (3, ""),
        }
    }
}

impl Claim<'_> {
    /// What tells it from all others, for the digits behind its slug.
    fn identity(&self, attempt: usize) -> String {
        let (kind, taxonomy) = self.kind.order();
        let name = identity(self.name);
        if attempt == 0 { format!("{kind}\0{taxonomy}\0{name}") } else { format!("{kind}\0{taxonomy}\0{name}\0{attempt}") }
    }

    fn describe(&self) -> String {
        match self.kind {
            ClaimKind::Site => "the whole site".to_owned(),
            ClaimKind::Term(taxonomy) => format!("the {} \"{}\"", taxonomy.name, self.name),
            ClaimKind::Custom => format!("the topic \"{}\"", self.name),
            ClaimKind::Language => format!("the language feed \"{}\"", self.name),
        }
    }
}

fn collision(loser: &Claim<'_>, owner: Option<&Claim<'_>>, wanted: &str, got: &str) -> Diagnostic {
    let loser = loser.describe();
    let message = match owner {
        Some(owner) => {
            format!("expected an address of its own for {loser}, found {wanted}, which {} has; it is published at {got}", owner.describe())
        }
        None => format!("expected a folder's name for {loser}, found {wanted}, which may be a file; it is published at {got}"),
    };
    Diagnostic::new(Code::TermCollision, Place::default(), message).with_help("give one of them another slug with topics.slug-map")
}
