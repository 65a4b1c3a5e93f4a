//! How fast feeds are read, side by side with `feed-rs` on the same bytes.
//!
//! `cargo bench --bench read`. Four made-up sets (RSS and Atom, summaries only and long bodies), then the feeds of
//! `FEEDLOOM_BENCH_FEEDS` (a folder), else the sample's. Both parsers run on one thread, so that time is CPU time. Feeds that
//! `feed-rs` refuses are left out for both.

#![allow(clippy::disallowed_methods, reason = "the folder of the feeds is named in the environment")]
#![allow(clippy::expect_used, clippy::string_slice, clippy::print_stdout, reason = "a benchmark fails by panicking and tells what it reads")]

mod made_up;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use feedloom::format::read::{Hints, read, stream};
use made_up::{Body, Dialect};
use std::hint::black_box;
use std::path::{Path, PathBuf};

/// All feeds below a folder that both can read.
fn feeds() -> Vec<Vec<u8>> {
    let folder = std::env::var_os("FEEDLOOM_BENCH_FEEDS").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("feeds"), PathBuf::from);
    let mut folders = vec![folder];
    let mut files = Vec::new();
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    let both = |bytes: &Vec<u8>| {
        let other = std::panic::catch_unwind(|| feed_rs::parser::parse(bytes.as_slice()).is_ok()).unwrap_or(false);
        other && read(bytes, &Hints::default()).is_ok()
    };
    files.iter().filter_map(|file| std::fs::read(file).ok()).filter(both).collect()
}

fn compare(criterion: &mut Criterion) {
    for dialect in [Dialect::Rss, Dialect::Atom] {
        versus(criterion, &format!("{dialect:?} summaries"), &made_up::feeds(dialect, Body::None));
        versus(criterion, &format!("{dialect:?} bodies"), &made_up::feeds(dialect, Body::Long));
    }
    versus(criterion, "files", &feeds());
}

/// Both parsers on the same feeds.
fn versus(criterion: &mut Criterion, name: &str, feeds: &[Vec<u8>]) {
    let bytes: usize = feeds.iter().map(Vec::len).sum();
    println!("{} feeds, {bytes} bytes", feeds.len());
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("feedloom", |bencher| {
        bencher.iter(|| feeds.iter().map(|feed| read(black_box(feed), &Hints::default()).map_or(0, |reading| reading.repairs.len())).sum::<usize>());
    });
    group.bench_function("feed-rs", |bencher| {
        bencher
            .iter(|| feeds.iter().map(|feed| feed_rs::parser::parse(black_box(feed.as_slice())).map_or(0, |feed| feed.entries.len())).sum::<usize>());
    });
    group.finish();
}

/// One feed whose items are repeated: time must grow as the size does.
fn growth(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("growth");
    group.sample_size(10);
    for megabytes in [1_usize, 4, 16] {
        let feed = repeated(megabytes << 20);
        group.throughput(Throughput::Bytes(feed.len() as u64));
        group.bench_function(format!("{megabytes} MB"), |bencher| {
            bencher.iter_batched(
                || 0_usize,
                |mut count| {
                    let _ = stream(black_box(&feed), &Hints::default(), &mut |_| count += 1);
                    count
                },
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

/// The sample's RSS with its items as often as it takes.
fn repeated(size: usize) -> Vec<u8> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("feeds/rss.xml")).expect("the sample");
    let (begin, end) = (text.find("<item>").expect("an item"), text.rfind("</item>").expect("an item") + "</item>".len());
    let mut out = text[..begin].to_owned();
    while out.len() < size {
        out.push_str(&text[begin..end]);
    }
    out.push_str(&text[end..]);
    out.into_bytes()
}

criterion_group!(benches, compare, growth);
criterion_main!(benches);
