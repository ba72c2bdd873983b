#!/usr/bin/env python3
"""Writes what Python makes of time zones and strftime: zones.tsv, locals.tsv and strftime.tsv beside this file.

    Tests/SiteTests/Model/Cases/expect.py

Python must see the same version of the IANA database as Sources/CResources/Data/time-zones.bin.
"""
import datetime
import pathlib
import random
import zoneinfo

here = pathlib.Path(__file__).resolve().parent
random.seed(20260102)
utc = datetime.timezone.utc
epoch = datetime.datetime(1970, 1, 1)

DENSE = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Tehran", "Africa/Casablanca",
         "Europe/Dublin", "Pacific/Apia", "Asia/Kolkata", "America/St_Johns", "Asia/Gaza", "Antarctica/Troll"]

# name, then seconds:offset:letters … at some instants
lines = []
for name in sorted(zoneinfo.available_timezones()):
    if name == "localtime" or name.startswith(("posix", "right")):
        continue
    zone = zoneinfo.ZoneInfo(name)
    row = [name]
    for _ in range(40 if name in DENSE else 5):
        seconds = random.randrange(0, 4_100_000_000)
        moment = datetime.datetime.fromtimestamp(seconds, utc).astimezone(zone)
        row.append(f"{seconds}:{int(moment.utcoffset().total_seconds())}:{moment.tzname()}")
    lines.append("\t".join(row))
(here / "zones.tsv").write_text("\n".join(lines) + "\n")

# name, then local seconds:seconds … around every change of some years
lines = []
for name in DENSE:
    zone = zoneinfo.ZoneInfo(name)
    row = [name]
    for year in (1975, 1999, 2011, 2024, 2031, 2050):
        start = int((datetime.datetime(year, 1, 1) - epoch).total_seconds())
        def offset(at):
            return datetime.datetime.fromtimestamp(at, utc).astimezone(zone).utcoffset()
        for hour in range(0, 366 * 24):
            at = start + hour * 3600
            if offset(at) != offset(at + 3600):
                for minutes in (-150, -90, -31, -1, 0, 1, 29, 31, 59, 61, 90, 150):
                    local = epoch + datetime.timedelta(seconds=at) + offset(at) + datetime.timedelta(hours=1, minutes=minutes)
                    seconds = int(local.replace(tzinfo=zone, fold=0).timestamp())
                    row.append(f"{int((local - epoch).total_seconds())}:{seconds}")
    lines.append("\t".join(row))
(here / "locals.tsv").write_text("\n".join(lines) + "\n")

# zone, seconds, directive, text
DIRECTIVES = """%a %A %b %B %c %C %d %D %e %F %g %G %H %I %j %k %l %m %M %p %P %r %R %s %S %T %u %U %V %w %W %x %X %y %Y %z %Z %%
%-d %-m %-H %-I %-j %_d %_m %^a %^B %5Y %03d %h %-y %e. %Oy %n %t %Q %-U %#a %10A %010d %E %""".split()
DIRECTIVES += ["%d. %B %Y", "%A, %-d %B %Y %H:%M", "plain", "100%%", "%Y-%m-%dT%H:%M:%S"]
lines = []
moments = [("UTC", 0), ("UTC", 1_767_225_600), ("Europe/Berlin", 1_767_225_599), ("America/New_York", 951_782_400),
           ("Asia/Kolkata", 1_709_164_800), ("Europe/Berlin", 1_230_768_000), ("UTC", 4_102_444_799), ("America/St_Johns", 1_199_145_600)]
for days in range(0, 2200, 61):
    moments.append(("UTC", 1_104_537_600 + days * 86_400 + days * 1234))
for zone, seconds in moments:
    moment = datetime.datetime.fromtimestamp(seconds, utc).astimezone(zoneinfo.ZoneInfo(zone))
    for directive in DIRECTIVES if len(lines) < 900 else ["%j %U %W %V %G %g %u %w %e"]:
        if directive == "%s":
            text = str(seconds)
        else:
            text = moment.strftime(directive)
        lines.append("\t".join([zone, str(seconds), directive, text.replace("\t", "\\t").replace("\n", "\\n")]))
(here / "strftime.tsv").write_text("\n".join(lines) + "\n")
