#!/usr/bin/env python3
"""Reads every feed of an output folder with readers that know nothing of feedloom, and compares what they saw.

In: a folder as `feedloom build` writes it (default: feeds/). Out: a list of differences, exit status 1 if there is one.
Readers: expat (well-formed XML), feedparser (RSS, Atom), json (JSON Feed), html5lib (bodies), newsboat (RSS, Atom; only where installed).
Nothing is fetched and nothing in the folder is changed.
"""

import argparse
import email.utils
import html
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import feedparser
import html5lib

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# What a body may hold. Each of these passes the W3C validator without a warning; `iframe`, `svg`, `style=`, `on…=`, `aria-…=` and `controls=` do not.
ELEMENTS = set(
    "a abbr acronym address article aside audio b bdi big blockquote br caption center cite code col colgroup data dd del details dfn div dl dt em figcaption figure font footer"
    " h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd li main mark nav ol p picture pre q rp rt ruby s samp section small source span strike strong sub"
    " summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr".split()
)
ATTRIBUTES = set(
    "abbr align alt border checked cite class colspan datetime decoding dir disabled headers height href hreflang id kind label lang loading loop media"
    " muted open poster preload rel reversed rowspan scope sizes span src srclang srcset start summary title translate type value width".split()
)
ADDRESSES = {"href", "src", "poster", "cite", "longdesc"}

BCP_47 = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*")
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} ([+-]\d{4}|GMT)")
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")

differences = []


def differ(place, message):
    differences.append(f"{place}: {message}")


def iri_to_uri(address):
    """Atom may write an IRI where RSS and JSON Feed write its URI: compare the URIs."""
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~-._") if address else None


def moment(value, place, pattern):
    """A date as written → the instant with its offset, so that a shifted zone shows."""
    if value is None:
        return None
    if not pattern.fullmatch(value):
        differ(place, f"the date {value!r} has the wrong form")
        return None
    if pattern is RFC_822:
        parsed = email.utils.parsedate_to_datetime(value)
        if parsed.strftime("%a") != value[:3]:
            differ(place, f"{value!r} names the wrong week day")
    else:
        parsed = datetime.fromisoformat(value.replace("Z", "+00:00"))
    return parsed.astimezone(timezone.utc) if parsed.tzinfo is None else parsed


def same_moment(one, two):
    return one == two and (one is None or one.utcoffset() == two.utcoffset())


def unique(values):
    return list(dict.fromkeys(values))


# --- XML -------------------------------------------------------------------------------------------------------------------


def xml_root(path, place):
    """Well-formed for expat, UTF-8, and free of characters that XML 1.0 forbids or the validator warns of."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return differ(place, f"is not UTF-8: {error}")
    if not text.startswith("<?xml version="):
        differ(place, "does not start with an XML declaration")
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        return differ(place, f"is not well-formed: {error}")
    for element in root.iter():
        for value in [element.text or "", element.tail or "", *element.attrib.values()]:
            bad = re.search("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\ufffd]", value)
            if bad:
                differ(place, f"<{element.tag}> holds the character U+{ord(bad.group()):04X}")
    return root


# --- one reader a format: a feed as {title, home, self, language, entries} --------------------------------------------------


def read_with_feedparser(path, place, is_atom):
    root = xml_root(path, place)
    if root is None:
        return None
    parsed = feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    if parsed.bozo:
        differ(place, f"feedparser: {parsed.bozo_exception}")
    wanted = "atom10" if is_atom else "rss20"
    if parsed.version != wanted:
        differ(place, f"feedparser sees {parsed.version!r}, not {wanted!r}")
    feed = parsed.feed
    own = [link.href for link in feed.get("links", []) if link.rel == "self"]
    if len(own) != 1:
        differ(place, f"has {len(own)} self links, not one")
    if is_atom:
        language = root.get(XML_LANG)
        elements = root.findall(f"{ATOM}entry")
    else:
        found = [element.text for element in root.findall("channel/language")]
        language = found[0] if found else None
        if len(found) > 1:
            differ(place, "states its language twice")
        elements = root.findall("channel/item")
        check_rss(root, place)
    if len(elements) != len(parsed.entries):
        differ(place, f"feedparser sees {len(parsed.entries)} entries of {len(elements)}")
    read = [entry_from_feedparser(entry, element, f"{place} [{number}]", is_atom, language) for number, (entry, element) in enumerate(zip(parsed.entries, elements), 1)]
    if is_atom:
        check_atom(root, place)
    authors = [person.get("name") for person in feed.get("authors", []) if person.get("name")]
    for entry in read:
        entry["authors"] = entry["authors"] or authors
    return {
        "title": html.unescape(feed.get("title", "")) if not is_atom else feed.get("title"),
        "home": iri_to_uri(feed.get("link")),
        "self": own[0] if own else None,
        "language": language,
        "entries": read,
    }


def entry_from_feedparser(entry, element, place, is_atom, feed_language):
    pattern = RFC_3339 if is_atom else RFC_822
    language = entry.get("title_detail", {}).get("language") if is_atom else entry.get("language")
    bodies = entry.get("content", [])
    body = bodies[0].value if bodies else None
    summary = entry.get("summary")
    # A short article in RSS: the description is the body, because a summary would say all of it again.
    if not is_atom and body is None and re.search(r"<[a-z]", summary or ""):
        body, summary = summary, None
    return {
        "id": entry.get("id"),
        "title": entry.get("title") if is_atom else html.unescape(entry.get("title", "")),
        "link": iri_to_uri(entry.get("link")),
        "published": moment(entry.get("published"), place, pattern),
        "updated": moment(entry.get("updated"), place, pattern) if is_atom else None,
        "language": language or feed_language,
        "thumbnails": unique(iri_to_uri(thumbnail["url"]) for thumbnail in entry.get("media_thumbnail", [])),
        "sizes": unique((t.get("width"), t.get("height")) for t in entry.get("media_thumbnail", [])),
        "categories": unique(tag.get("label") or tag.get("term") for tag in entry.get("tags", [])),
        "authors": [person.get("name") for person in entry.get("authors", []) if person.get("name")],
        "enclosures": [(iri_to_uri(e.get("href")), e.get("type"), e.get("length")) for e in entry.get("enclosures", [])],
        "summary": plain(summary) if summary != body else "",
        "body": (body or "").strip(),
    }


def plain(value):
    return html.unescape(value or "").strip()


def read_json_feed(path, place):
    try:
        feed = json.loads(path.read_bytes().decode("utf-8"))
    except ValueError as error:
        return differ(place, f"is not JSON: {error}")
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        differ(place, f"version is {feed.get('version')!r}")
    if not isinstance(feed.get("title"), str) or not isinstance(feed.get("items"), list):
        return differ(place, "lacks title or items")
    language = feed.get("language")
    authors = [author.get("name") for author in feed.get("authors", [])]
    entries = []
    for number, item in enumerate(feed["items"], 1):
        here = f"{place} [{number}]"
        unknown = [key for key in item if not key.startswith("_") and key not in JSON_ITEM_KEYS]
        if unknown:
            differ(here, f"has keys that JSON Feed 1.1 does not know: {unknown}")
        if not isinstance(item.get("id"), str) or not item.get("id"):
            differ(here, "has no id")
        if "content_html" not in item and "content_text" not in item:
            differ(here, "has neither content_html nor content_text")
        if item.get("language") is not None and item.get("language") == language:
            differ(here, "repeats the language of the feed")
        for attachment in item.get("attachments", []):
            if not attachment.get("url") or not attachment.get("mime_type"):
                differ(here, "has an attachment without url or mime_type")
        published = moment(item.get("date_published"), here, RFC_3339)
        modified = moment(item.get("date_modified"), here, RFC_3339)
        entries.append(
            {
                "id": item.get("id"),
                "title": item.get("title"),
                "link": iri_to_uri(item.get("url")),
                "published": published,
                "updated": modified or published,
                "language": item.get("language") or language,
                "thumbnails": [iri_to_uri(item["image"])] if item.get("image") else [],
                "sizes": None,
                "categories": unique(item.get("tags", [])),
                "authors": [author.get("name") for author in item.get("authors", [])] or authors,
                "enclosures": [(iri_to_uri(a.get("url")), a.get("mime_type"), str(a.get("size_in_bytes"))) for a in item.get("attachments", [])],
                "summary": plain(item.get("summary")),
                "body": item.get("content_html", "").strip(),
            }
        )
    return {"title": feed["title"], "home": iri_to_uri(feed.get("home_page_url")), "self": feed.get("feed_url"), "language": language, "entries": entries}


JSON_ITEM_KEYS = set(
    "id url external_url title content_html content_text summary image banner_image date_published date_modified authors tags language attachments".split()
)


# --- rules of one format ----------------------------------------------------------------------------------------------------


def check_rss(root, place):
    channel = root.find("channel")
    if root.get("version") != "2.0" or channel is None:
        return differ(place, "is not RSS 2.0")
    for name in ("title", "link", "description"):
        if len(channel.findall(name)) != 1 or not (channel.findtext(name) or "").strip():
            differ(place, f"<channel> needs exactly one <{name}> with text")
    if channel.find(f"{DC}language") is not None:
        differ(place, "<channel> has <dc:language> beside <language>")
    moment(channel.findtext("lastBuildDate"), place, RFC_822)
    for number, item in enumerate(channel.findall("item"), 1):
        here = f"{place} [{number}]"
        names = [child.tag for child in item]
        for name in ("title", "link", "guid", "pubDate", "description", f"{CONTENT}encoded", f"{DC}language", "enclosure"):
            if names.count(name) > 1:
                differ(here, f"has <{name}> {names.count(name)} times")
        for one, two in (("pubDate", f"{DC}date"), ("category", f"{DC}subject"), ("author", f"{DC}creator")):
            if one in names and two in names:
                differ(here, f"has both <{one}> and <{two}>")
        if f"{CONTENT}encoded" in names and ("description" not in names or names.index("description") > names.index(f"{CONTENT}encoded")):
            differ(here, "has <content:encoded> without a <description> before it")
        guid = item.find("guid")
        if guid is None or not guid.text:
            differ(here, "has no <guid>")
        elif guid.get("isPermaLink", "true") == "true" and not re.match("https?://", guid.text):
            differ(here, f"calls the guid {guid.text!r} a permalink")
        enclosure = item.find("enclosure")
        if enclosure is not None and not (enclosure.get("url") and enclosure.get("type") and (enclosure.get("length") or "").isdigit()):
            differ(here, f"has an incomplete enclosure {enclosure.attrib}")


def check_atom(root, place):
    for name in ("id", "title", "updated"):
        if len(root.findall(f"{ATOM}{name}")) != 1:
            differ(place, f"needs exactly one <{name}>")
    newest = moment(root.findtext(f"{ATOM}updated"), place, RFC_3339)
    feed_has_author = root.find(f"{ATOM}author") is not None
    seen = {}
    for number, entry in enumerate(root.findall(f"{ATOM}entry"), 1):
        here = f"{place} [{number}]"
        for name in ("id", "title", "updated"):
            if len(entry.findall(f"{ATOM}{name}")) != 1:
                differ(here, f"needs exactly one <{name}>")
        updated = entry.findtext(f"{ATOM}updated")
        if updated in seen:
            differ(here, f"has the same <updated> as entry {seen[updated]}")
        seen[updated] = number
        if newest and updated and datetime.fromisoformat(updated.replace("Z", "+00:00")) > newest:
            differ(here, "was updated after its feed")
        if not feed_has_author and entry.find(f"{ATOM}author") is None and entry.find(f"{ATOM}source/{ATOM}author") is None:
            differ(here, "has no author")
        for link in entry.findall(f"{ATOM}link"):
            if link.get("rel") == "enclosure" and not (link.get("type") and link.get("length")):
                differ(here, "has an enclosure without type or length")


def check_body(body, place, seen={}):
    """The fragment must hold no parse error, only known elements and attributes, and absolute addresses."""
    if not body or body in seen:
        return
    seen[body] = True
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(body)
    for (line, column), code, _ in parser.errors[:3]:
        differ(place, f"body: html5lib: {code} at {line}:{column}")
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in ELEMENTS:
            differ(place, f"body: <{element.tag}> draws a validator warning")
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES and not str(name).startswith("data-"):
                differ(place, f"body: <{element.tag} {name}=…> draws a validator warning")
            addresses = [value] if name in ADDRESSES else [part.split()[0] for part in value.split(",") if part.split()] if name == "srcset" else []
            for address in addresses:
                if not urlsplit(address).scheme:
                    differ(place, f"body: the address {address!r} is relative")
                elif not address.isascii():
                    differ(place, f"body: the address {address!r} is not percent-encoded")


# --- comparison ---------------------------------------------------------------------------------------------------------------


def compare(topic, feeds):
    """`feeds`: format name → feed as read. The first is the yardstick."""
    (base_name, base), *others = feeds.items()
    for entry_number, entry in enumerate(base["entries"], 1):
        check_body(entry["body"], f"{topic} [{entry_number}] {base_name}")
    for name, feed in feeds.items():
        if feed["language"] is not None and not BCP_47.fullmatch(feed["language"]):
            differ(topic, f"{name}: the language {feed['language']!r} is not a canonical BCP 47 tag")
        ids = [entry["id"] for entry in feed["entries"]]
        for one in sorted({one for one in ids if ids.count(one) > 1}):
            differ(topic, f"{name}: the id {one} stands twice")
        for number, entry in enumerate(feed["entries"], 1):
            for address in [entry["link"], *entry["thumbnails"]]:
                if address is not None and not re.match("https?://[^/]", address):
                    differ(topic, f"{name} [{number}]: {address!r} is not an absolute address")
            if entry["summary"] and re.sub(r"\s", "", entry["summary"]) == re.sub(r"\s|<[^>]*>", "", html.unescape(entry["body"])):
                differ(topic, f"{name} [{number}]: the summary repeats the whole body")
    for name, feed in others:
        for key in ("title", "home", "language"):
            if feed[key] != base[key]:
                differ(topic, f"{key}: {base_name} {base[key]!r}, {name} {feed[key]!r}")
        if len(feed["entries"]) != len(base["entries"]):
            differ(topic, f"{base_name} has {len(base['entries'])} entries, {name} {len(feed['entries'])}")
        for number, (one, two) in enumerate(zip(base["entries"], feed["entries"]), 1):
            for key in ("id", "title", "link", "language", "thumbnails", "categories", "authors", "enclosures", "summary", "body"):
                if one[key] != two[key]:
                    differ(topic, f"[{number}] {key}: {base_name} {short(one[key])}, {name} {short(two[key])}")
            if not same_moment(one["published"], two["published"]):
                differ(topic, f"[{number}] published: {base_name} {one['published']}, {name} {two['published']}")
            if one["updated"] and two["updated"] and not same_moment(one["updated"], two["updated"]):
                differ(topic, f"[{number}] updated: {base_name} {one['updated']}, {name} {two['updated']}")
            if one["sizes"] and two["sizes"] and one["sizes"] != two["sizes"]:
                differ(topic, f"[{number}] thumbnail size: {base_name} {one['sizes']}, {name} {two['sizes']}")


def short(value):
    written = repr(value)
    return written if len(written) <= 160 else f"{written[:100]} … {written[-50:]}"


def check_order(topic, feed):
    dates = [entry["published"] for entry in feed["entries"]]
    dated = [date for date in dates if date]
    if dates[: len(dated)] != dated or dated != sorted(dated, reverse=True):
        differ(topic, "the entries are not in order: newest first, undated last")


def check_addresses(read):
    """Each self address is one base address plus the file's path. Returns the base."""
    bases = {}
    for path, feed in read.items():
        own = unquote(feed["self"] or "")
        if not own.endswith(path.as_posix()):
            differ(path, f"the self address {own!r} does not end in the path of the file")
        else:
            bases.setdefault(own[: -len(path.as_posix())], path)
        if feed["self"] and not feed["self"].isascii():
            differ(path, f"the self address {feed['self']!r} is not percent-encoded")
    if len(bases) > 1:
        differ("self addresses", f"start with different addresses: {bases}")
    return min(bases, default=None)


def check_opml(folder, read, base):
    path = folder / "feeds.opml"
    if not path.is_file():
        return differ("feeds.opml", "is missing")
    root = xml_root(path, "feeds.opml")
    if root is None:
        return None
    listed = []
    for outline in root.iter("outline"):
        address = outline.get("xmlUrl")
        if address is None:
            continue
        file = Path(unquote(address)[len(base or "") :])
        listed.append(file)
        if file not in read:
            differ("feeds.opml", f"lists {address!r}, but there is no such feed")
            continue
        for attribute, key in (("title", "title"), ("text", "title"), ("language", "language"), ("htmlUrl", None)):
            if attribute == "text" and not outline.get("text"):
                differ("feeds.opml", f"{address!r} has no text")
            elif key and attribute != "text" and outline.get(attribute) is not None and outline.get(attribute) != read[file][key]:
                differ("feeds.opml", f"{attribute} of {address!r} is {outline.get(attribute)!r}, the feed says {read[file][key]!r}")
    for file in sorted(set(listed)):
        if listed.count(file) > 1:
            differ("feeds.opml", f"lists {file} {listed.count(file)} times")
    for topic in sorted({file.parent for file in read} - {file.parent for file in listed}):
        differ("feeds.opml", f"does not list the topic {topic}")
    return len(listed)


# --- newsboat -----------------------------------------------------------------------------------------------------------------


def check_newsboat(folder, read):
    """A second, independent program with its own parser; it knows RSS and Atom."""
    program = shutil.which("newsboat")
    if program is None:
        print("  skipped: newsboat is not installed")
        return
    checked = 0
    for file, feed in read.items():
        if file.suffix == ".json":
            continue
        with tempfile.TemporaryDirectory() as scratch:
            address = "file://" + quote(str((folder / file).resolve()))
            home = Path(scratch)
            (home / "urls").write_text(address + "\n", encoding="utf-8")
            (home / "config").write_text("max-items 0\nreload-threads 1\n", encoding="utf-8")
            command = [program, "-u", home / "urls", "-c", home / "cache.db", "-C", home / "config", "-x", "reload"]
            environment = {"HOME": scratch, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"}
            done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
            if done.returncode != 0:
                differ(file, f"newsboat: status {done.returncode}: {done.stderr.strip()}")
                continue
            with sqlite3.connect(home / "cache.db") as cache:
                title = cache.execute("select title from rss_feed").fetchone()
                rows = cache.execute("select guid, title, url, pubDate from rss_item").fetchall()
        if title is None or title[0] != feed["title"]:
            differ(file, f"newsboat: the title is {title and title[0]!r}, not {feed['title']!r}")
        seen = {row[0]: row for row in rows}
        if len(rows) != len(feed["entries"]):
            differ(file, f"newsboat: sees {len(rows)} entries of {len(feed['entries'])}")
        for number, entry in enumerate(feed["entries"], 1):
            row = seen.get(entry["id"])
            if row is None:
                differ(file, f"newsboat: entry {number} ({entry['id']}) is missing")
                continue
            if row[1] != entry["title"]:
                differ(file, f"newsboat: [{number}] title {row[1]!r}, not {entry['title']!r}")
            if iri_to_uri(row[2]) != entry["link"]:
                differ(file, f"newsboat: [{number}] link {row[2]!r}, not {entry['link']!r}")
            dates = {int(date.timestamp()) for date in (entry["published"], entry["updated"]) if date}
            if dates and int(row[3]) not in dates:
                differ(file, f"newsboat: [{number}] date {datetime.fromtimestamp(int(row[3]), timezone.utc)}, not {entry['published']}")
        checked += 1
    print(f"  newsboat read {checked} feeds")


# --- all ----------------------------------------------------------------------------------------------------------------------


def read_all(folder):
    """Every feed below the folder: path relative to it → (format, feed as read)."""
    found = {}
    for path in sorted(folder.rglob("*")):
        file = path.relative_to(folder)
        if not path.is_file() or any(part.startswith(".") for part in file.parts) or file.suffix not in (".xml", ".json"):
            continue
        if file.suffix == ".json":
            kind, feed = "JSON", read_json_feed(path, file)
        else:
            kind = "Atom" if b"<feed" in path.read_bytes()[:2000] else "RSS"
            feed = read_with_feedparser(path, file, kind == "Atom")
        if feed is not None:
            found[file] = (kind, feed)
    return found


def main():
    arguments = argparse.ArgumentParser(description="Read all feeds of a folder with independent readers and compare the formats.")
    arguments.add_argument("folder", nargs="?", default="feeds", type=Path)
    arguments.add_argument("--no-newsboat", action="store_true", help="leave newsboat out")
    arguments.add_argument("--no-opml", action="store_true", help="the folder has no feeds.opml")
    options = arguments.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"{options.folder} is not a folder")
    found = read_all(options.folder)
    if not found:
        sys.exit(f"{options.folder} holds no feed")
    read = {file: feed for file, (_, feed) in found.items()}
    topics = {}
    for file, (kind, feed) in found.items():
        if kind in topics.setdefault(file.parent, {}):
            differ(file.parent, f"holds two feeds of the format {kind}")
        topics[file.parent][kind] = feed
    formats = {tuple(sorted(feeds)) for feeds in topics.values()}
    if len(formats) > 1:
        differ(options.folder, f"not every topic has the same formats: {sorted(formats)}")
    for topic, feeds in topics.items():
        compare(topic, dict(sorted(feeds.items())))
        check_order(topic, next(iter(feeds.values())))
    base = check_addresses(read)
    listed = None if options.no_opml else check_opml(options.folder, read, base)
    entries = sum(len(feed["entries"]) for feed in read.values())
    print(f"  {len(topics)} topics, {len(read)} feeds ({', '.join(sorted({kind for kind, _ in found.values()}))}), {entries} entries, {listed or 'no'} lines in feeds.opml")
    if not options.no_newsboat:
        check_newsboat(options.folder, read)
    for line in differences:
        print(line, file=sys.stderr)
    if differences:
        sys.exit(f"{len(differences)} differences")
    print("  no difference")


if __name__ == "__main__":
    main()
