//! Some articles have another body and are otherwise as they were → the topics that show them, and nothing else.
//!
//! Which feeds there are, and which entries each shows in which order, follows from the heads alone. As long as none of them is another one,
//! the plan of the earlier build is the plan of this one.

use super::index::{Compared, FEW, Heavy, RECORDS, Saved, are_outputs, kept, told, unkept};
use super::linted::Linter;
use super::rendered::Rendered;
use super::session::{Prints, Session, is_worn};
use super::work::Work;
use super::woven::Woven;
use super::{Options, Outcome, directory, failure, sort};
use crate::content::index::records::{Records, Writer};
use crate::content::index::wire::{decode, encode};
use crate::content::index::{Drawn, Hash, Kept, Listing, Reading, Remembered, Stamp};
use crate::content::{self, Articles};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Head;
use crate::publish::manifest;
use crate::publish::scratch::append;
use crate::publish::write::{Change, Publication, PublishError};
use crate::topic::Plan;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// An article that has another body.
struct Again {
    /// The number of its file.
    at: usize,
    hash: Hash,
    reading: Reading,
    /// What was found in it before.
    said: Vec<Diagnostic>,
}

/// What of an earlier build is known of each article.
#[derive(Clone)]
struct Memory {
    remembered: Arc<[Remembered]>,
    records: Arc<Records>,
    now: i64,
}

impl Memory {
    fn reading(&self, at: usize) -> Option<Reading> {
        let mut reading = Reading::of(&self.records.get(self.remembered.get(at)?.reading?)?, self.now)?;
        if let Kept::Shown(head) = &mut reading.kept {
            head.key = at;
        }
        Some(reading)
    }

    fn head(&self, at: usize) -> Option<Head> {
        match self.reading(at)?.kept {
            Kept::Shown(head) => Some(*head),
            _ => None,
        }
    }

    /// An article as it is now, when nothing that decides the plan is different.
    fn again(&self, at: usize, listing: &Listing, options: &Options) -> Option<Again> {
        let before = self.reading(at)?;
        let source = listing.sources.get(at)?;
        let (hash, reading) = content::reread(source, at, &options.content)?;
        if before.kept != reading.kept || before.window != reading.window || before.kept == Kept::Broken {
            return None;
        }
        let mut said = before.findings;
        if let Some(span) = self.remembered.get(at)?.drawn {
            said.extend(decode::<Drawn>(&self.records.get(span)?)?.findings);
        }
        let place = options.content.shown(&source.path);
        // What is not said of its own file may have been said of another article as well.
        said.iter().all(|finding| *finding.place.path == *place).then_some(Again { at, hash, reading, said })
    }
}

/// A build of what is different, before anything is written.
pub(super) struct Amendment<'a> {
    saved: &'a Saved<'a>,
    listing: &'a Listing,
    options: &'a Options,
    heavy: Heavy<'a>,
    again: Vec<Again>,
    /// The topics that show these articles.
    part: Plan,
    /// The heads that they show.
    heads: Vec<Head>,
    memory: Memory,
}

impl<'a> Amendment<'a> {
    /// What has to be built when these files changed; `None` when it may be more than some topics. `heavy` is that part of the index.
    pub(super) fn of(saved: &'a Saved<'a>, compared: &Compared<'_>, heavy: &'a [u8], listing: &'a Listing, options: &'a Options) -> Option<Self> {
        let settled = compared.light.settled.as_ref()?;
        let is_renamed = settled.findings.iter().any(|finding| finding.code == Code::IdCollision);
        if options.target.check || options.target.adopt || is_renamed || compared.changed.len() > FEW {
            return None;
        }
        let heavy: Heavy<'a> = decode(heavy).filter(|heavy: &Heavy<'a>| heavy.remembered.len() == listing.sources.len())?;
        let records = Records::open(&options.target.state.join(RECORDS))?;
        let used = heavy.remembered.iter().flat_map(|remembered| [remembered.reading, remembered.drawn]).flatten();
        if is_worn(used, records.size) {
            return None;
        }
        let memory = Memory { remembered: heavy.remembered.to_vec().into(), records: Arc::new(records), now: options.content.now };
        let again: Vec<Again> = compared.changed.iter().map(|at| memory.again(*at, listing, options)).collect::<Option<_>>()?;
        let is_changed = |head: &usize| heavy.shown.get(*head).is_some_and(|at| compared.changed.binary_search(at).is_ok());
        let topics = heavy.plan.topics.iter().enumerate().filter(|(_, topic)| topic.heads.iter().any(is_changed));
        let (part, numbers) = heavy.plan.part(&topics.map(|(number, _)| number).collect::<Vec<_>>());
        let heads = numbers.iter().map(|number| memory.head(*heavy.shown.get(*number)?)).collect::<Option<_>>()?;
        Some(Self { saved, listing, options, heavy, again, part, heads, memory })
    }

    /// Publishes it; `None` when the published files are no more what the earlier build left.
    pub(super) fn publish(self, mut compared: Compared<'_>, waiting: &dyn Fn()) -> Result<Option<Outcome>, PublishError> {
        let options = self.options;
        let outputs = compared.light.outputs.iter().map(|(file, _)| *file).filter(|file| *file != manifest::NAME);
        let planned: BTreeSet<String> = outputs.map(ToOwned::to_owned).collect();
        let publication = Publication::begin(options.target.clone(), planned, waiting)?;
        // Only now no other run can be writing.
        if !are_outputs(&compared.light.outputs, &options.target.out, compared.began) {
            return Ok(None);
        }
        let articles = self.articles(&compared);
        let session = Session::default();
        let (mut made, mut prints) = (Outcome::default(), Prints::default());
        let written = self.write(&articles, &session, &publication, &mut made, &mut prints);
        let mut outcome = told(&compared.light);
        for (file, _) in outcome.changes.iter().filter(|(file, _)| !written.contains(file)) {
            publication.leave(file);
        }
        let finished = publication.finish()?;
        outcome.changes = finished.changes;
        outcome.incomplete = made.incomplete || !finished.errors.is_empty();
        let said: BTreeSet<&Diagnostic> = self.again.iter().flat_map(|again| &again.said).collect();
        outcome.findings.retain(|finding| !said.contains(finding));
        outcome.findings.extend(self.again.iter().flat_map(|again| &again.reading.findings).cloned());
        outcome.findings.append(&mut made.findings);
        outcome.findings.extend(finished.errors.iter().map(|error| failure(error, options)));
        sort(&mut outcome.findings);
        if !prints.failed && !outcome.incomplete && !articles.changed_meanwhile() {
            let note = self.keep(&mut compared, &articles, &session, &prints, &outcome);
            outcome.notes.extend(note);
        }
        drop(finished.turn);
        Ok(Some(outcome))
    }

    fn articles(&self, compared: &Compared<'_>) -> Articles {
        let mut hashes: Vec<Option<Hash>> = compared.light.files.iter().map(|listed| listed.hash).collect();
        for again in &self.again {
            if let Some(hash) = hashes.get_mut(again.at) {
                *hash = Some(again.hash);
            }
        }
        let memory = self.memory.clone();
        Articles::amended(self.options.content.clone(), self.listing, hashes, Box::new(move |at| memory.head(at)?.link))
    }

    /// Writes the topics, and the lists when they show one of the articles. Gives back which files those are.
    fn write(
        &self,
        articles: &Articles,
        session: &Session<'_>,
        publication: &Publication,
        outcome: &mut Outcome,
        prints: &mut Prints,
    ) -> BTreeSet<String> {
        let options = self.options;
        let work = Work {
            articles,
            woven: &Woven::default(),
            heads: &self.heads,
            plan: &self.part,
            site: &self.heavy.plan,
            options,
            publication,
            pages: directory::category_pages(&self.heavy.plan, &options.layout),
            rendered: Rendered::new(self.heads.len(), &self.part.topics),
            linter: Linter::of(options, articles, &self.heads),
            session: Some(session),
            prints: std::iter::repeat_with(OnceLock::new).take(self.heads.len()).collect(),
        };
        let (mut results, newest, absent) = work.topics();
        let mut written: BTreeSet<String> = self.part.topics.iter().flat_map(|topic| work.files(topic)).collect();
        if work.newest().iter().filter_map(|head| self.heads.get(*head)).any(|head| self.again.iter().any(|again| again.at == head.key)) {
            results.push(work.lists(newest, &absent));
            written.extend(work.list_files());
        }
        for result in results {
            outcome.findings.extend(result.findings);
            outcome.incomplete |= result.incomplete;
            prints.add(result.print, result.failed);
        }
        written
    }

    /// Keeps the index with what is different; a note when that is not possible.
    fn keep(&self, compared: &mut Compared<'_>, articles: &Articles, session: &Session<'_>, prints: &Prints, outcome: &Outcome) -> Option<String> {
        let (light, out) = (&mut compared.light, &self.options.target.out);
        let mut made = session.take_made();
        let mut drawn: BTreeMap<usize, Drawn> = BTreeMap::new();
        for again in &self.again {
            drawn.extend(made.remove(&again.at).and_then(|findings| articles.drawing(again.at, findings)).map(|drawn| (again.at, drawn)));
        }
        let settled = light.settled.as_mut()?;
        settled.findings.clone_from(&outcome.findings);
        for seen in drawn.values().flat_map(|drawn| &drawn.seen).filter(|seen| !settled.seen.contains(seen)).cloned().collect::<Vec<_>>() {
            settled.seen.push(seen);
        }
        light.began = self.saved.began;
        for (listed, stamp) in light.files.iter_mut().zip(&self.listing.stamps) {
            *listed = listed.at(*stamp);
        }
        for again in &self.again {
            if let Some(listed) = light.files.get_mut(again.at) {
                *listed = listed.with(again.hash);
            }
        }
        renew_outputs(&mut light.outputs, outcome, out);
        let mut heavy = Heavy { topics: Vec::new(), ..self.heavy.clone() };
        heavy.topics.extend(self.heavy.topics.iter().map(|(topic, print)| (*topic, prints.topics.get(*topic).copied().unwrap_or(*print))));
        heavy.lists = prints.lists.or(heavy.lists);
        let remembered = heavy.remembered.to_mut();
        let put = append(&self.options.target.state, RECORDS, &mut |out, end| self.put(&drawn, &mut Writer::new(out, end), remembered));
        unkept(put).or_else(|| kept(self.options, self.saved.program, &encode(light), &encode(&heavy)))
    }

    /// Puts what is known of the changed articles into the file of records.
    fn put(&self, drawn: &BTreeMap<usize, Drawn>, writer: &mut Writer<'_>, remembered: &mut [Remembered]) -> io::Result<()> {
        for again in &self.again {
            if let Some(place) = remembered.get_mut(again.at) {
                let drawn = drawn.get(&again.at).map(encode);
                *place = Remembered { reading: writer.put(&encode(&again.reading))?, drawn: drawn.map_or(Ok(None), |drawn| writer.put(&drawn))? };
            }
        }
        Ok(())
    }
}

/// The stamps of the files that were written.
fn renew_outputs(outputs: &mut [(&str, Stamp)], outcome: &Outcome, out: &Path) {
    let written: BTreeSet<&str> = outcome.changes.iter().filter(|(_, change)| *change != Change::Same).map(|(file, _)| file.as_str()).collect();
    for (file, stamp) in outputs.iter_mut().filter(|(file, _)| written.contains(file) || *file == manifest::NAME) {
        *stamp = Stamp::of_itself(&out.join(file));
    }
}
