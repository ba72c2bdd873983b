#!/usr/bin/env python3
"""Times a post page and a list of 1,000 posts in Jinja2 3.1.6, minijinja 3.0.5 and ours, one after the other.

    benchmark.py PATH/TO/TemplatesBenchmark

Reads the templates out of Sources/TemplatesBenchmark/BenchmarkPages.swift, so that all three render the same; checks
that the bytes are equal first. Measures processor time. `ours, host objects` reads everything through host objects,
and in `ours, recording` these write each read down besides. Needs Jinja2 and minijinja from PyPI.

What it said in three runs while other programs used both cores, so that only ratios are to be trusted:

                      a post page              a list of 1,000 posts
    Jinja2              64-67 us (32-34)         17,000-17,400 us (54-55)
    minijinja         10.7-10.8 us (5.3-5.4)      2,530-2,620 us (8.2)
    ours                2.0 us (1)                  309-321 us (1)
    with host objects   2.4 us (1.18-1.22)          388-417 us (1.24-1.30)
    and recording       2.5 us (1.25)               398-417 us (1.29-1.30)

So recording costs 3-5 % of a post page and up to 4 % of the list.

Instructions, by `valgrind --tool=callgrind` on a copy without debug information, the start taken off:

                      a post page      a list of 1,000 posts
    ours                  33,100              5,800,000
    with host objects     37,300              6,760,000
    and recording         39,700 (+6.5 %)     6,970,000 (+3.1 %)

Instructions tell half of it: before references were counted as rarely as now it was 41,500 and 8,640,000, and a third
slower on the post page and more than twice as slow on the list, since an atomic operation and a page fault cost more
than they count.
"""
import os
import re
import subprocess
import sys
import textwrap
import time

import jinja2
import minijinja

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = open(os.path.join(HERE, "../../Sources/TemplatesBenchmark/BenchmarkPages.swift")).read()


def templates():
    found = {}
    for name, text in re.findall(r'\(\n\s+"([\w.]+)",\n\s+"""\n(.*?)\n\s+"""\n', SOURCE, re.S):
        found[name] = textwrap.dedent(text.replace("\n\n", "\n\0\n")).replace("\0", "")
        if not found[name].endswith("\n"):
            found[name] += "\n"
    return found


def post(n):
    paragraph = f'<p>Some <b>bold</b> text, a &amp; and "quotes" in paragraph {n}.</p>\n'
    return {"title": f"Post {n}: a & b <c>", "url": f"/posts/post-{n}/", "date": f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "summary": f'A summary of post {n} with <brackets> & ampersands, about sixty characters.',
            "content": paragraph * 12, "tags": ["swift", "static sites", "C++ & more"], "word_count": 740 + n,
            "author": {"name": "Jo & Co", "url": "/jo/"}, "draft": False}


def context():
    posts = [post(n) for n in range(1000)]
    menu = [{"title": t, "url": "/" + ("" if t == "Home" else t.lower() + "/")} for t in ("Home", "Posts", "Tags", "About")]
    return {"site": {"title": "A <Site> & more", "base_url": "https://example.com", "language": "en", "menu": menu},
            "page": posts[3], "posts": posts}


def measure(render, count):
    """Microseconds of processor time for one rendering: the best of five rounds, so that others do not count."""
    best = None
    for _ in range(5):
        start = time.process_time()
        for _ in range(count):
            render()
        took = (time.process_time() - start) / count
        best = took if best is None else min(best, took)
    return best * 1e6


def ours(*arguments):
    return subprocess.run([sys.argv[1], *arguments], capture_output=True, check=True).stdout.decode()


def main():
    values, sources = context(), templates()
    environment = jinja2.Environment(loader=jinja2.DictLoader(sources), autoescape=True)
    pages = {name: environment.get_template(name + ".html") for name in ("post", "list")}
    mini = minijinja.Environment(templates=sources)
    expected = pages["post"].render(values) + "\n" + pages["list"].render(values)
    theirs = "\n".join(mini.render_template(name + ".html", **values) for name in pages)
    print("minijinja prints the bytes of Jinja2:", theirs.rstrip() == expected.rstrip())
    print("ours prints the bytes of Jinja2:", ours("check") == expected)
    rows = {"jinja2": {}, "minijinja": {}, "ours": {}, "ours, host objects": {}, "ours, recording": {}}
    # Taken in turns, so that a busy moment does not fall on one engine alone.
    for _ in range(3):
        for name, count in (("post", 2000), ("list", 10)):
            def least(engine, took):
                rows[engine][name] = min(took, rows[engine].get(name, took))
            least("jinja2", measure(lambda: pages[name].render(values), max(1, count // 4)))
            least("minijinja", measure(lambda: mini.render_template(name + ".html", **values), count))
            for engine, more in (
                    ("ours", []), ("ours, host objects", ["lent"]), ("ours, recording", ["recording"])):
                text = ours(name, str(count * 10), *more)
                least(engine, int(re.search(r"(\d+) ns", text).group(1)) / 1000)
    for engine, row in rows.items():
        print(f"{engine:18} " + "  ".join(
            f"{name} {took:9.2f} us ({took / rows['ours'][name]:.2f})" for name, took in row.items()))


if __name__ == "__main__":
    main()
