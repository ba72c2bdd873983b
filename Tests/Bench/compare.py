#!/usr/bin/env python3
"""Do two outputs hold the same site? The same URLs, and on each page the same words and links.

usage: compare.py SITE_OUTPUT HUGO_OUTPUT [--max 10]

Differences that are none are evened out: Hugo's curly quotes and dashes, the case of its titles of terms, the slug
of a term with punctuation, the names of the feed. Exit: 0 when URLs, words and links agree, 1 when not.
"""
import collections
import html.parser
import pathlib
import re
import sys
import unicodedata
import urllib.parse
from xml.etree import ElementTree

ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "..."})
SKIPPED = {"script", "style", "template"}


class Page(html.parser.HTMLParser):
    """The words and links of a page's body, in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.words, self.links, self.depth, self.inside = [], [], 0, False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.inside = self.inside or tag == "body"
        self.depth += tag in SKIPPED
        for name, value in attributes:
            if name in ("href", "src") and self.inside:
                self.links.append(link(value or ""))

    def handle_endtag(self, tag):
        self.depth -= tag in SKIPPED

    def handle_data(self, data):
        if self.inside and not self.depth:
            self.words += plain(data).split()


def plain(text):
    text = unicodedata.normalize("NFC", text).translate(ALIKE).casefold()
    return re.sub(r"-{2,}", "--", text.replace("↩︎", "").replace("↩", ""))


def link(value):
    value = urllib.parse.unquote(value)
    if "#fn" in value or "#user-content-fn" in value:
        return "#footnote"
    return slug(value).replace("/rss.xml", "/index.xml")


def slug(path):
    """One spelling for the slugs of both: runs of punctuation inside a segment are one hyphen."""
    return re.sub(r"(?<=/tags/)[^/]+", lambda found: re.sub(r"[^\w]+", "-", found.group().casefold()).strip("-"), path)


def urls(folder):
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = "/" + path.relative_to(folder).as_posix()
            found[link(re.sub(r"/index\.html$", "/", name))] = path
    return found


def kind(url):
    for pattern, name in (
        (r"/posts/[^/]+/", "posts"), (r"/(page/\d+/)?", "home pages"), (r"/tags/", "terms"),
        (r"/tags/[^/]+/page/\d+/", "further tag pages"), (r"/tags/[^/]+/", "tag pages"), (r".*/", "other pages"),
        (r".*\.xml", "feeds and sitemaps"),
    ):
        if re.fullmatch(pattern, url):
            return name
    return "files"


def differences(site, hugo):
    """What differs, as sentences; and how many pages were compared and equal."""
    ours, theirs = urls(site), urls(hugo)
    found = [f"only in {name}: {url}" for name, some, others in (("site", ours, theirs), ("hugo", theirs, ours))
             for url in some if url not in others]
    equal = 0
    for url in ours.keys() & theirs.keys():
        if not url.endswith("/"):
            continue
        left, right = (Page(files[url].read_text("utf-8")) for files in (ours, theirs))
        before = len(found)
        for what, mine, other in (("words", left.words, right.words), ("links", left.links, right.links)):
            if mine != other:
                at = next((i for i, pair in enumerate(zip(mine, other)) if pair[0] != pair[1]), min(len(mine), len(other)))
                found.append(f"{what} of {url} differ: {mine[at:at + 6]} in site, {other[at:at + 6]} in hugo")
        equal += before == len(found)
    for name, tag in (("index.xml", "item"), ("sitemap.xml", "url")):
        counts = [xml_count(files.get("/" + name), tag) for files in (ours, theirs)]
        if counts[0] != counts[1]:
            found.append(f"{tag}s in {name}: {counts[0]} in site, {counts[1]} in hugo")
    return found, equal


def xml_count(path, tag):
    if path is None:
        return 0
    return sum(1 for element in ElementTree.parse(path).iter() if element.tag.rpartition("}")[2] == tag)


def summary(site, hugo, most=5):
    """Counts of both and the first differences, as text."""
    site, hugo = pathlib.Path(site), pathlib.Path(hugo)
    left, right = (collections.Counter(map(kind, urls(folder))) for folder in (site, hugo))
    found, equal = differences(site, hugo)
    lines = [f"{name}: {left[name]} and {right[name]}" for name in sorted(left | right)]
    lines.append(f"pages with equal words and links: {equal}; differences: {len(found)}")
    return "\n".join(lines + ["  " + one for one in found[:most]] + (["  ..."] if len(found) > most else []))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    most = int(sys.argv[sys.argv.index("--max") + 1]) if "--max" in sys.argv else 10
    print(summary(sys.argv[1], sys.argv[2], most))
    sys.exit(1 if differences(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))[0] else 0)


if __name__ == "__main__":
    main()
