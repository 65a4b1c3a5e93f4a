//! Feeds → what is wrong with them, each by itself and those of one folder with each other.
//!
//! In: inputs, and which findings are wanted. Out: for each file, in their order, its findings. Nothing is written: what is mended
//! is given back. Addresses are asked only when they are inputs.

use super::files::Local;
use super::fix::{self, Home, Mended};
use super::input::{Input, Loaded, Network, NoFeed, feeds_in, load, unreadable};
use crate::content::Served;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::lint::{self, Choice, Document, Files, Kind, Problem, chains, compare, lint};
use crate::text::url::{encode_path, is_web};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is checked, and what is told.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Files, folders, addresses, standard input.
    pub inputs: Vec<Input>,
    /// How addresses are asked.
    pub network: Network,
    /// The address that the input is going to have; one that ends with `/` is that of its folder.
    pub base: Option<String>,
    /// Now, in Unix seconds.
    pub now: Option<i64>,
    /// Which findings are told.
    pub choice: Choice,
    /// How often each finding is known already.
    pub baseline: Baseline,
    /// How documents are mended; `None`: they are not.
    pub fix: Option<fix::Options>,
}

/// How often a file has a finding: file, code and message without its place, which changes with each entry.
pub type Baseline = BTreeMap<String, BTreeMap<String, usize>>;

/// A file that was checked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// What it is called.
    pub name: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// What is wrong with it, by place; with the mended one, when it is mended.
    pub problems: Vec<Problem>,
    /// The document, mended as far as it can be, when that was asked for.
    pub mended: Option<Mended>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// The files in the order of the inputs, those of a folder by path.
    pub files: Vec<Checked>,
    /// Whether something could not be read.
    pub unreadable: bool,
}

impl Outcome {
    /// All findings.
    pub fn findings(&self) -> Vec<Diagnostic> {
        self.files.iter().flat_map(|file| &file.problems).map(|problem| problem.finding.clone()).collect()
    }

    /// What a baseline says that knows all of these findings.
    pub fn baseline(&self) -> Baseline {
        let mut baseline = Baseline::new();
        for file in &self.files {
            for problem in &file.problems {
                *baseline.entry(file.name.to_string()).or_default().entry(known_as(&problem.finding)).or_default() += 1;
            }
        }
        baseline
    }
}

fn known_as(finding: &Diagnostic) -> String {
    format!("{}: {}", finding.code, finding.message)
}

/// A file to check.
struct Job {
    input: Input,
    /// The address that it is going to have.
    base: Option<String>,
    /// Where it belongs.
    home: Home,
    /// Whether it was found in a folder: what is no feed is then passed over.
    in_folder: bool,
    /// The files of that folder, when its address is known.
    files: Option<Arc<dyn Files>>,
}

/// What became of a file.
enum Done {
    Checked(Checked, Option<Box<Document>>),
    Unreadable(Checked),
    NoFeed,
}

/// Checks all inputs.
pub fn check(options: &Options) -> Outcome {
    let mut outcome = Outcome::default();
    let (jobs, failed) = jobs(options);
    let far: Vec<&Job> = jobs.iter().filter(|job| !matches!(job.input, Input::File(_))).collect();
    let mut answers = load(&far.iter().map(|job| job.input.clone()).collect::<Vec<_>>(), &options.network);
    let mut waiting: BTreeMap<usize, std::io::Result<Loaded>> = BTreeMap::new();
    for (at, _) in jobs.iter().enumerate().rev().filter(|(_, job)| !matches!(job.input, Input::File(_))) {
        waiting.extend(answers.pop().map(|answer| (at, answer)));
    }
    let slots: Vec<(&Job, Option<std::io::Result<Loaded>>)> = jobs.iter().enumerate().map(|(at, job)| (job, waiting.remove(&at))).collect();
    let done: Vec<Done> = slots.into_par_iter().map(|(job, answer)| one(job, answer, options)).collect();
    // Files that are named are no folder whose formats are compared, but they may be the archives of each other.
    let (mut documents, mut of_folders) = (Vec::new(), BTreeSet::new());
    for (done, job) in done.into_iter().zip(&jobs) {
        match done {
            Done::NoFeed => {}
            Done::Checked(file, document) => {
                if job.in_folder {
                    of_folders.insert(file.name.clone());
                }
                documents.extend(document.map(|document| *document));
                outcome.files.push(file);
            }
            Done::Unreadable(file) => {
                outcome.unreadable = true;
                outcome.files.push(file);
            }
        }
    }
    let compared = compare(documents.iter().filter(|document| of_folders.contains(&document.name)));
    for (name, problem) in compared.into_iter().chain(chains(&documents, options.base.as_deref())) {
        if let Some(file) = outcome.files.iter_mut().find(|file| file.name == name) {
            file.problems.push(problem);
        }
    }
    for file in failed {
        outcome.unreadable = true;
        outcome.files.push(file);
    }
    for file in &mut outcome.files {
        choose(file, options);
    }
    outcome
}

fn jobs(options: &Options) -> (Vec<Job>, Vec<Checked>) {
    let (mut jobs, mut failed) = (Vec::new(), Vec::new());
    for input in &options.inputs {
        match input {
            Input::File(folder) if folder.is_dir() => match feeds_in(folder) {
                Ok(files) => {
                    let served = options.base.as_deref().map(|base| served(base, folder));
                    jobs.extend(files.into_iter().map(|file| {
                        let below = file.strip_prefix(folder).unwrap_or(&file);
                        let base = options.base.as_deref().map(|base| address(base, below, true));
                        let home = Home::new(&file, below);
                        Job { input: Input::File(file), base, home, in_folder: true, files: served.clone() }
                    }));
                }
                Err(error) => failed.push(not_read(input, &error)),
            },
            Input::File(file) => {
                let base = options.base.as_deref().map(|base| address(base, file.file_name().map_or(file, Path::new), false));
                // The folder of a file that is going to have this address.
                let folder = base.as_deref().and_then(|base| base.rsplit_once('/'));
                let files = folder.map(|(address, _)| served(address, file.parent().unwrap_or(Path::new(""))));
                let name = file.file_name().map_or(file.as_path(), Path::new);
                jobs.push(Job { input: input.clone(), base, home: Home::new(file, name), in_folder: false, files });
            }
            _ => {
                let home = Home { below: name_of(input), ..Home::default() };
                jobs.push(Job { input: input.clone(), base: options.base.clone(), home, in_folder: false, files: None });
            }
        }
    }
    (jobs, failed)
}

/// The files of a folder that has this address.
fn served(base: &str, folder: &Path) -> Arc<dyn Files> {
    let mut served = Served::default();
    served.add(base, folder.to_path_buf());
    Arc::new(Local(served))
}

/// What a document that is no file would be called as one.
fn name_of(input: &Input) -> PathBuf {
    let name = input.name();
    let last = name.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    PathBuf::from(if matches!(last, "" | "-" | "." | "..") { "feed.xml" } else { last })
}

/// The address of a file whose folder has this one.
fn address(base: &str, below: &Path, in_folder: bool) -> String {
    if !base.ends_with('/') && !in_folder {
        return base.to_owned();
    }
    format!("{}/{}", base.trim_end_matches('/'), encode_path(&below.to_string_lossy().replace('\\', "/")))
}

fn one(job: &Job, answer: Option<std::io::Result<Loaded>>, options: &Options) -> Done {
    let loaded = answer.unwrap_or_else(|| job.input.bytes().map(|bytes| Loaded::new(bytes, job.input.hints())));
    let loaded = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return Done::Unreadable(no_feed(&job.input, &error).unwrap_or_else(|| not_read(&job.input, &error))),
    };
    let known = lint::Options {
        name: job.input.name(),
        base: job.base.clone().or_else(|| loaded.hints.base.clone().filter(|base| is_web(base))),
        charset: loaded.hints.charset.clone(),
        now: options.now,
        files: job.files.clone(),
        http: loaded.answer,
    };
    if job.in_folder && !lint::looks_like_a_feed(&loaded.bytes) {
        return Done::NoFeed;
    }
    let (report, mended) = match options.fix {
        None => (lint(&loaded.bytes, &known), None),
        Some(how) => {
            let (report, mended) = fix::one(&loaded.bytes, &known, &job.home, how, &|code| options.choice.wants(code));
            (report, Some(mended))
        }
    };
    let document = report.outline.map(|outline| Box::new(Document::new(known.name.clone(), outline).at(known.base)));
    Done::Checked(Checked { name: known.name, kind: report.kind, problems: report.problems, mended }, document)
}

fn not_read(input: &Input, error: &std::io::Error) -> Checked {
    let name = input.name();
    let finding = Diagnostic::new(Code::UnreadableFile, Place::file(name.clone()), unreadable(error));
    Checked { name, kind: Kind::Unknown, problems: vec![Problem::new(finding)], mended: None }
}

/// What is wrong with an answer that came, and has no feed.
fn no_feed(input: &Input, error: &std::io::Error) -> Option<Checked> {
    let answer = error.get_ref()?.downcast_ref::<NoFeed>()?.0.clone();
    let known = lint::Options { name: input.name(), http: Some(answer), ..lint::Options::default() };
    let report = lint(&[], &known);
    Some(Checked { name: known.name, kind: report.kind, problems: report.problems, mended: None })
}

/// Leaves what is wanted, with the severity that it is wanted with.
fn choose(file: &mut Checked, options: &Options) {
    let mut known = options.baseline.get(file.name.as_ref()).cloned().unwrap_or_default();
    file.problems.retain_mut(|problem| {
        // That a file cannot be read is no matter of taste.
        if matches!(problem.finding.code, Code::UnreadableFile | Code::AnswerWithoutFeed) {
            return true;
        }
        if !options.choice.admits(&mut problem.finding) {
            return false;
        }
        match known.get_mut(&known_as(&problem.finding)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        }
    });
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the files that are checked are written")]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use std::fs;

    const GOOD: &str = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"t\", \"items\": []}";

    fn options(inputs: &[&Path]) -> Options {
        Options { inputs: inputs.iter().map(|path| Input::new(path)).collect(), ..Options::default() }
    }

    #[test]
    fn a_folder_stands_for_its_feeds_and_a_name_for_itself() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in
            [("a.json", GOOD), ("package.json", "{\"name\": \"x\"}"), ("sitemap.xml", "<urlset/>"), ("b.xml", "<rss><channel>"), ("c.txt", "x")]
        {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let names = |outcome: &Outcome| outcome.files.iter().map(|file| file.name.rsplit('/').next().unwrap().to_owned()).collect::<Vec<_>>();
        let outcome = check(&options(&[folder.path()]));
        assert_eq!(names(&outcome), ["a.json", "b.xml"]);
        assert!(outcome.files[1].problems.iter().any(|problem| problem.finding.code == Code::XmlSyntax));
        let outcome = check(&options(&[&folder.path().join("package.json"), &folder.path().join("gone.xml"), folder.path()]));
        assert_eq!(names(&outcome), ["package.json", "gone.xml", "a.json", "b.xml"]);
        assert!(outcome.unreadable);
    }

    #[test]
    fn a_base_is_that_of_the_file_or_of_its_folder() {
        assert_eq!(address("https://a.example/f/", Path::new("x/文.xml"), true), "https://a.example/f/x/%E6%96%87.xml");
        assert_eq!(address("https://a.example/f", Path::new("a.xml"), true), "https://a.example/f/a.xml");
        assert_eq!(address("https://a.example/f", Path::new("a.xml"), false), "https://a.example/f");
        assert_eq!(address("https://a.example/f/", Path::new("a.xml"), false), "https://a.example/f/a.xml");
    }

    #[test]
    fn only_what_is_wanted_and_new_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.xml");
        fs::write(&file, "<rss><channel>").unwrap();
        let mut options = options(&[&file]);
        options.choice.only = [Code::XmlSyntax].into();
        let found = check(&options);
        assert_eq!(found.findings().len(), 1);
        options.choice.severity = [(Code::XmlSyntax, Some(Severity::Info))].into();
        assert_eq!(check(&options).findings()[0].severity, Severity::Info);
        options.choice.severity = [(Code::XmlSyntax, None)].into();
        assert_eq!(check(&options).findings(), []);
        options.choice.severity.clear();
        options.baseline = found.baseline();
        assert_eq!(check(&options).findings(), []);
        fs::write(&file, "<rss><channel>\n<item></channel>").unwrap();
        assert_eq!(check(&options).findings().len(), 1, "another fault is new");
        options.choice.ignore = [Code::XmlSyntax].into();
        assert_eq!(check(&options).findings(), []);
    }
}
