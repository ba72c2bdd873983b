"""Runs one command and reads from the outside what it cost."""
import dataclasses
import os
import signal
import statistics
import subprocess
import time

PROCESSORS = os.cpu_count() or 1
TICKS = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass
class Cost:
    """What one run took: seconds, seconds of processor time, megabytes (10^6 bytes) at most resident."""

    wall: float
    processor: float
    peak: float
    others: float  # share of all processors that something else used meanwhile


class Failed(Exception):
    """The command did not end with 0."""


def busy_seconds():
    with open("/proc/stat", encoding="ascii") as file:
        ticks = [int(word) for word in file.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / TICKS


def settle(path, pause):
    """Lets earlier writes reach the disk, so that they are not paid for by the next run."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.sync()
    finally:
        os.close(descriptor)
    time.sleep(pause)


def run(command, folder, log, timeout=1800):
    """Runs the command to its end; user and system time and peak memory are those of the whole process."""
    with open(log, "wb") as output:
        busy = busy_seconds()
        start = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            start_new_session=True)
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(process.pid, signal.SIGKILL))
        signal.alarm(timeout)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        signal.alarm(0)
        busy = busy_seconds() - busy
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        with open(log, "rb") as output:
            tail = output.read()[-2000:].decode("utf-8", "replace")
        raise Failed(f"{' '.join(map(str, command))}\nended with {process.returncode}:\n{tail}")
    own = usage.ru_utime + usage.ru_stime
    return Cost(wall, own, usage.ru_maxrss * 1024 / 1e6, max(0.0, busy - own) / (wall * PROCESSORS))


def median(costs, key):
    return statistics.median(getattr(cost, key) for cost in costs)
