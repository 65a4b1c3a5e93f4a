#!/usr/bin/env python3
"""Merges feeds and compares what feedloom reads in the result with what feedparser reads there.

In: the program, and feeds (default: the sample's). Out: a list of differences, exit status 1 if there is one.
Checks, for RSS, Atom and JSON Feed: the merged feed merged alone gives the same bytes, another order of the inputs does too; for RSS and Atom:
feedparser sees the same number of entries, and in each the same title, link, id, date, authors, language-independent text.
"""

import html
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from datetime import datetime, timezone
from pathlib import Path

import feedparser

program, inputs = sys.argv[1], sys.argv[2:]
differences = []
# feedparser straightens some quotes.
QUOTES = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}
TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.S)


def run(*arguments):
    return subprocess.run([program, *arguments, "-q"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout


def plain(text):
    """What a person reads, without white space: parsers differ in where they leave it."""
    for _ in range(2):
        text = html.unescape(TAG.sub(" ", text or ""))
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFC", once_encoded(text)).translate(QUOTES))


def once_encoded(text):
    """feedparser undoes UTF-8 that a publisher encoded twice; feedloom shows what was published."""

    def mend(found):
        try:
            return found[0].encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            return found[0]

    return re.sub(r"[\u00c2-\u00f4][\u0080-\u00bf]{1,3}", mend, text)


def moment(parsed):
    return datetime(*parsed[:6], tzinfo=timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if parsed else None


def body(entry):
    texts = [entry.get("summary")] + [content.value for content in entry.get("content", [])]
    return max((plain(text) for text in texts), key=len)[:200]


def compare(place, ours, theirs):
    if ours != theirs:
        differences.append(f"{place}: feedloom {ours!r}, feedparser {theirs!r}")


entries = 0
with tempfile.TemporaryDirectory() as folder:
    for kind in ("rss", "atom", "json"):
        merge = ["merge", "-t", kind, "--url", "https://example.org/planet"]
        document = run(*merge, *inputs)
        file = Path(folder, kind)
        file.write_bytes(document)
        if run("merge", "-t", kind, str(file)) != document:
            differences.append(f"{kind}: merging the merged feed changes it")
        if run(*merge, *reversed(inputs)) != document:
            differences.append(f"{kind}: the order of the inputs changes it")
        read = json.loads(run("inspect", "--json", str(file)))
        entries = len(read["entries"])
        if kind == "json":
            continue
        feed = feedparser.parse(document)
        if feed.bozo:
            differences.append(f"{kind}: feedparser: {feed.bozo_exception}")
        compare(f"{kind}: number of entries", len(read["entries"]), len(feed.entries))
        for number, (ours, theirs) in enumerate(zip(read["entries"], feed.entries)):
            place = f"{kind}: entry {number}"
            compare(f"{place}: title", plain(ours["title"]), plain(theirs.get("title")))
            compare(f"{place}: link", ours["link"], theirs.get("link"))
            compare(f"{place}: id", ours["id"], theirs.get("id"))
            compare(f"{place}: date", ours["published"] or ours["updated"], moment(theirs.get("published_parsed") or theirs.get("updated_parsed")))
            compare(f"{place}: body", max(plain(ours["content"]), plain(ours["summary"]), key=len)[:200], body(theirs))
            compare(f"{place}: authors", sorted(ours["authors"]), sorted({author.name for author in theirs.get("authors", []) if author.get("name")}))
            compare(f"{place}: enclosures", [file["url"] for file in ours["enclosures"]], [file.href for file in theirs.get("enclosures", [])])

print("\n".join(differences))
print(f"  {len(inputs)} inputs, {entries} entries: {len(differences)} differences")
sys.exit(bool(differences))
