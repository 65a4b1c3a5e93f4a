//! Real feeds, cut off and damaged anywhere: each is read or refused, and quickly. The feeds are other people's, so they are read
//! where they lie; without them the test says so. `FEEDLOOM_ALL=1` takes all of them, at fifty places each.

use feedloom::format::read::Hints;
use feedloom::pipeline::inspect;
use rayon::prelude::*;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Numbers that look like chance and are the same in each run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).unwrap()
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Reads the bytes and says how long that took; `None` when it panics.
fn time(bytes: &[u8]) -> Option<Duration> {
    let begin = Instant::now();
    catch_unwind(|| inspect::write(&mut Vec::new(), bytes, &Hints::named("x")).unwrap()).ok()?;
    Some(begin.elapsed())
}

#[test]
fn feeds_that_are_cut_off_or_damaged_are_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/reader/feeds");
    let mut found = Vec::new();
    files(&folder, &mut found);
    found.sort();
    if found.is_empty() {
        eprintln!("skipped: there are no feeds in {}", folder.display());
        return;
    }
    let is_all = std::env::var("FEEDLOOM_ALL").is_ok();
    let (step, places) = if is_all { (1, 50) } else { (37, 6) };
    let chosen: Vec<_> = found.iter().step_by(step).collect();
    let runs: Vec<(Duration, String)> = chosen
        .par_iter()
        .enumerate()
        .flat_map_iter(|(index, path)| {
            let bytes = std::fs::read(path).unwrap();
            let mut chance = Chance(0x9E37_79B9_7F4A_7C15 ^ (index as u64 + 1));
            let mut runs = Vec::new();
            let mut run = |what: String, bytes: &[u8]| {
                let time = time(bytes).unwrap_or_else(|| panic!("{} {what}", path.display()));
                runs.push((time, format!("{} {what}", path.display())));
            };
            if !is_all && bytes.len() > 200_000 {
                return runs;
            }
            for _ in 0..places {
                let at = chance.below(bytes.len());
                run(format!("cut off at {at}"), &bytes[..at]);
            }
            for _ in 0..places {
                let mut damaged = bytes.clone();
                for _ in 0..=chance.below(16).min(damaged.len()) {
                    let at = chance.below(damaged.len());
                    if let Some(byte) = damaged.get_mut(at) {
                        *byte = [b'<', b'>', b'"', b'&', b'/', 0, 0xFF, b']'][chance.below(8)];
                    }
                }
                run("damaged".to_owned(), &damaged);
            }
            runs
        })
        .collect();
    let slowest = runs.iter().max().unwrap();
    if is_all {
        eprintln!("{} files, {} runs, slowest {:?}: {}", chosen.len(), runs.len(), slowest.0, slowest.1);
    }
    assert!(slowest.0 < Duration::from_secs(30), "{slowest:?}");
}
