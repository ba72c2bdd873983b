#!/usr/bin/env python3
"""Times a post page and a list of 1,000 posts in Jinja2 3.1.6, minijinja 3.0.5 and ours, one after the other.

    benchmark.py PATH/TO/TemplatesBenchmark

Reads the templates out of Sources/TemplatesBenchmark/BenchmarkPages.swift, so that all three render the same; checks
that the bytes are equal first. Needs Jinja2 and minijinja from PyPI.
"""
import os
import re
import subprocess
import sys
import textwrap
import time

import jinja2

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
            "summary": f'A summary of post {n} with "quotes" & ampersands, about sixty characters.',
            "content": paragraph * 12, "tags": ["swift", "static sites", "C++ & more"], "word_count": 740 + n,
            "author": {"name": "Jo O'Neill", "url": "/jo/"}, "draft": False}


def context():
    posts = [post(n) for n in range(1000)]
    menu = [{"title": t, "url": "/" + ("" if t == "Home" else t.lower() + "/")} for t in ("Home", "Posts", "Tags", "About")]
    return {"site": {"title": "A <Site> & more", "base_url": "https://example.com", "language": "en", "menu": menu},
            "page": posts[3], "posts": posts}


def measure(render, count):
    best = None
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(count):
            render()
        took = (time.perf_counter() - start) / count
        best = took if best is None else min(best, took)
    return best * 1e6


def main():
    values, sources = context(), templates()
    environment = jinja2.Environment(loader=jinja2.DictLoader(sources), autoescape=True)
    pages = {name: environment.get_template(name + ".html") for name in ("post", "list")}
    expected = pages["post"].render(values) + "\n" + pages["list"].render(values)
    ours = subprocess.run([sys.argv[1], "check"], capture_output=True).stdout.decode()
    print("same bytes as Jinja2:", ours == expected)
    rows = {"jinja2": {n: measure(lambda: p.render(values), c) for (n, p), c in zip(pages.items(), (2000, 5))}}
    try:
        import minijinja
        mini = minijinja.Environment(templates=sources)
        rows["minijinja"] = {n: measure(lambda: mini.render_template(n + ".html", **values), c)
                             for n, c in (("post", 5000), ("list", 20))}
    except Exception as error:
        print("minijinja:", error)
    rows["ours"] = {}
    for name, count in (("post", 50000), ("list", 100)):
        text = subprocess.run([sys.argv[1], name, str(count)], capture_output=True).stdout.decode()
        rows["ours"][name] = int(re.search(r"(\d+) ns", text).group(1)) / 1000
    for engine, row in rows.items():
        print(f"{engine:10} " + "  ".join(
            f"{name} {took:9.2f} us ({took / rows['ours'][name]:.1f})" for name, took in row.items()))


if __name__ == "__main__":
    main()
