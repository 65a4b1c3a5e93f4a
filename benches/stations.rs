//! How fast the stations of a build are, each alone: front matter, summary, write, lint, and the build of a small site.
//!
//! `cargo bench --bench stations`; one of them with `-- lint`. All on made-up texts, on one thread but for the build.

#![allow(clippy::disallowed_methods, reason = "a benchmark writes and removes a site of its own")]
#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

mod made_up;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use feedloom::clock::Clock;
use feedloom::config::{Document, Overrides, Settings, resolve};
use feedloom::format::read::{Hints, read};
use feedloom::format::{Format, write};
use feedloom::lint::{Options, lint};
use feedloom::model::{Language, Timestamp};
use feedloom::pipeline::build::build;
use feedloom::syntax::yaml;
use feedloom::text::summary::{Limits, derive};
use made_up::{Body, Dialect};
use std::hint::black_box;
use std::path::Path;

fn front_matter(criterion: &mut Criterion) {
    let heads: Vec<String> = (0..200).map(|number| made_up::article(number, 0).0).collect();
    let mut group = criterion.benchmark_group("front matter");
    group.throughput(Throughput::Elements(heads.len() as u64));
    group.bench_function("yaml", |bencher| {
        bencher.iter(|| heads.iter().filter(|head| yaml::parse(black_box(head)).is_ok()).count());
    });
    group.finish();
}

fn summary(criterion: &mut Criterion) {
    let language = Language::parse("zh-CN");
    let bodies: Vec<String> = (0..100).map(|number| format!("<p>{}</p>", made_up::Chance::new(number).text(8000))).collect();
    let mut group = criterion.benchmark_group("summary");
    group.throughput(Throughput::Elements(bodies.len() as u64));
    group.bench_function("derive", |bencher| {
        bencher.iter(|| bodies.iter().filter_map(|body| derive(black_box(body), language.as_ref(), &Limits::default())).count());
    });
    group.finish();
}

fn writers(criterion: &mut Criterion) {
    let bytes = made_up::feed(Dialect::Atom, Body::Long, 7, 20);
    let reading = read(bytes.as_bytes(), &Hints::default()).expect("a feed");
    let feed = reading.feed().expect("a feed");
    let mut group = criterion.benchmark_group("write");
    group.throughput(Throughput::Elements(feed.entries.len() as u64));
    for format in [Format::Rss, Format::Atom, Format::JsonFeed] {
        group.bench_function(format.name(), |bencher| {
            bencher.iter(|| write(black_box(feed), format).expect("a document").len());
        });
    }
    group.finish();
}

fn linter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lint");
    for dialect in [Dialect::Rss, Dialect::Atom] {
        let bytes = made_up::feed(dialect, Body::Long, 7, 20).into_bytes();
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(format!("{dialect:?}"), |bencher| {
            bencher.iter(|| lint(black_box(&bytes), &Options::default()).problems.len());
        });
    }
    group.finish();
}

fn builds(criterion: &mut Criterion) {
    const ARTICLES: usize = 500;
    let site = tempfile::tempdir().expect("a folder");
    made_up::site(site.path(), ARTICLES);
    let options = options(site.path());
    let mut group = criterion.benchmark_group("build");
    group.sample_size(10).throughput(Throughput::Elements(ARTICLES as u64));
    let run = || build(&options, None, &|| ()).expect("a build").shown;
    group.bench_function("all new", |bencher| {
        bencher.iter_batched(|| forget(site.path()), |()| run(), BatchSize::PerIteration);
    });
    group.bench_function("nothing new", |bencher| bencher.iter(run));
    group.finish();
}

/// Removes what a build has written.
fn forget(site: &Path) {
    for name in ["feeds", ".feedloom"] {
        let folder = site.join(name);
        if folder.exists() {
            std::fs::remove_dir_all(folder).expect("our own folder");
        }
    }
}

fn options(site: &Path) -> feedloom::pipeline::build::Options {
    let mut document = Document::none();
    for setting in ["site.url=https://example.org/", "site.language=zh-CN", "site.title=檐下"] {
        document.set(setting).expect("a setting");
    }
    let settings = Settings::read(&document, &mut Vec::new());
    let now = Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").expect("a date");
    let overrides = Overrides::new(site, site, Clock::Fixed(now));
    resolve(&settings, &document, &overrides).expect("options").build
}

criterion_group!(benches, front_matter, summary, writers, linter, builds);
criterion_main!(benches);
