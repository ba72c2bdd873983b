#!/usr/bin/env python3
"""Rewrites the tables of content/docs/diagnostics.md from the codes that the sources declare.

usage: diagnostics.py [--check]
One section a room; everything above the first section is kept as it is written.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "content/docs/diagnostics.md"
CODE = re.compile(r'DiagnosticCode\(\s*"([^"]+)",\s*\.(\w+),\s*"((?:[^"\\]|\\.)*)"\s*\)')


def sections():
    by_room = {}
    for path in sorted(ROOT.glob("Sources/*/**/DiagnosticCode+*.swift")):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.strip().startswith("//")]
        for name, severity, summary in CODE.findall("\n".join(lines)):
            summary = summary.replace('\\"', '"').replace("|", "\\|")
            by_room.setdefault(path.relative_to(ROOT / "Sources").parts[0], []).append(
                f"| `{name}` | {severity} | {summary} |")
    for room in sorted(by_room):
        yield "\n".join([f"## {room}", "", "| code | level | what it means |", "|---|---|---|", *sorted(by_room[room])])


def main():
    text = PAGE.read_text("utf-8")
    head = text.split("\n## ", 1)[0].rstrip()
    new = "\n\n".join([head, *sections()]) + "\n"
    if "--check" in sys.argv:
        sys.exit(0 if new == text else "content/docs/diagnostics.md is not up to date")
    PAGE.write_text(new, "utf-8")


main()
