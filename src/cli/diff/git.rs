//! A commit of git → the feeds that are committed in it.
//!
//! In: a commit as git names it, with or without `:PATH`. Out: paths and bytes. Calls `git`, which only reads: no word of the command
//! line can be taken for an option, nothing is fetched, and no filter of the repository runs.

use crate::pipeline::diff::Side;
use crate::pipeline::input::{ENDINGS, LARGEST};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The feeds of a folder, or one feed, as they are in a commit.
pub(super) struct Commit {
    /// What it is called, with the `:` and the folder.
    name: String,
    /// Object names by path below the folder.
    files: BTreeMap<String, String>,
    objects: Objects,
}

/// A `git cat-file --batch` that is asked for one object after the other.
struct Objects {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Commit {
    /// Opens a commit; without a path of its own it stands for the out folder. Or one line that says why not.
    pub(super) fn open(word: &str, root: &Path, out: &Path) -> Result<Self, String> {
        let (revision, path) = match word.split_once(':') {
            Some((revision, path)) => (revision, path.trim_end_matches('/').to_owned()),
            None => (word, below_top(root, out)?),
        };
        let wanted = format!("{revision}^{{commit}}");
        let commit = text(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])
            .map_err(|why| if why.is_empty() { format!("git knows no commit `{revision}`") } else { why })?;
        let files = list(root, &commit, &path)?;
        let name = if path.is_empty() { format!("{revision}:") } else { format!("{revision}:{path}") };
        Ok(Self { name, files, objects: Objects::open(root)? })
    }
}

impl Side for Commit {
    fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn read(&mut self, path: &str) -> io::Result<Vec<u8>> {
        let object = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        self.objects.bytes(object)
    }

    fn shown(&self, path: &str) -> String {
        let slash = if path.is_empty() || self.name.ends_with(':') { "" } else { "/" };
        format!("{}{slash}{path}", self.name)
    }
}

/// The out folder as git calls it: from the top of the repository, with `/`.
fn below_top(root: &Path, out: &Path) -> Result<String, String> {
    let top = text(root, &["rev-parse", "--show-toplevel"])?;
    let real = |path: &Path| path.canonicalize().map_err(|error| format!("{}: {error}", path.display()));
    // The folder itself need not be there now.
    let below_root = out.strip_prefix(root).map_err(|_| format!("{} is not below {}", out.display(), root.display()))?;
    let out = real(root)?.join(below_root);
    let below = out.strip_prefix(real(Path::new(&top))?).map_err(|_| format!("{} is not in the repository", out.display()))?;
    let parts = below.components().map(|part| part.as_os_str().to_str());
    parts.collect::<Option<Vec<_>>>().map(|parts| parts.join("/")).ok_or_else(|| format!("the name of {} is no text", out.display()))
}

/// The plain files below a path that are named like feeds; of a path that is a file, that one.
fn list(root: &Path, commit: &str, path: &str) -> Result<BTreeMap<String, String>, String> {
    let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit];
    if !path.is_empty() {
        arguments.extend(["--", path]);
    }
    let listing = run(root, &arguments)?;
    let mut files = BTreeMap::new();
    for record in listing.split(|byte| *byte == 0) {
        // `MODE TYPE OBJECT<tab>PATH`; a path that is no text is no feed of ours.
        let Some((head, file)) = std::str::from_utf8(record).ok().and_then(|record| record.split_once('\t')) else { continue };
        let (Some(mode), Some(object)) = (head.split(' ').next(), head.split(' ').nth(2)) else { continue };
        if !mode.starts_with("100") {
            continue;
        }
        if file == path {
            files.insert(String::new(), object.to_owned());
        } else if let Some(below) = below(file, path).filter(|below| is_named_like_a_feed(below)) {
            files.insert(below.to_owned(), object.to_owned());
        }
    }
    Ok(files)
}

fn below<'a>(file: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() { Some(file) } else { file.strip_prefix(folder)?.strip_prefix('/') }
}

fn is_named_like_a_feed(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    !path.split('/').any(|part| part.starts_with('.')) && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// A `git` that asks nobody anything, fetches nothing and takes paths literally.
fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).stdin(Stdio::null());
    command.envs([("GIT_LITERAL_PATHSPECS", "1"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0")]);
    command
}

fn run(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = git(root).args(arguments).output().map_err(|error| format!("git cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned())
}

fn text(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let bytes = run(root, arguments)?;
    String::from_utf8(bytes).map(|text| text.trim_end_matches(['\n', '\r']).to_owned()).map_err(|error| error.to_string())
}

impl Objects {
    fn open(root: &Path) -> Result<Self, String> {
        let mut command = git(root);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| format!("git cannot be run: {error}"))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(ask), Some(answers)) => Ok(Self { child, ask, answers: BufReader::new(answers) }),
            _ => Err("git cannot be asked".to_owned()),
        }
    }

    /// The bytes of an object, asked and answered one at a time so that neither side waits for the other.
    fn bytes(&mut self, object: &str) -> io::Result<Vec<u8>> {
        writeln!(self.ask, "{object}")?;
        self.ask.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        // `OBJECT TYPE SIZE`, the bytes, a line feed; or `OBJECT missing`.
        let size: Option<u64> = head.trim_end().split(' ').nth(2).and_then(|size| size.parse().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("expected the bytes of an object, git says: {}", head.trim_end())))?;
        if size > LARGEST {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("expected at most {LARGEST} bytes, found {size}")));
        }
        let mut bytes = Vec::new();
        self.answers.by_ref().take(size).read_to_end(&mut bytes)?;
        self.answers.read_line(&mut String::new())?;
        Ok(bytes)
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // It only reads: nothing is lost. That it has ended already is no matter.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
