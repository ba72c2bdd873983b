#!/usr/bin/env python3
"""Writes Sources/CResources/Data/date-names.tsv from Unicode CLDR (Unicode licence) through Babel.

    python3 -m pip install Babel && Tests/Scripts/generate_date_names.py

One line a language, fields separated by tabs, names within a field by `|`:

    code  months  months short  months alone  months alone short  days (Sunday first)  days short  am|pm
    full  long  medium  short   (patterns of dates, in strftime's directives)
"""
import multiprocessing
import pathlib
import re

import babel
from babel import Locale

LANGUAGES = """af am ar az be bg bn bs ca cs cy da de de_AT de_CH el en en_AU en_CA en_GB en_IN en_NZ en_ZA eo es es_MX
et eu fa fi fil fr fr_CA fr_CH ga gd gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lb lo lt lv mk ml mn mr ms
my nb ne nl nn no or pa pl ps pt pt_PT ro ru si sk sl so sq sr sr_Latn sv sw ta te th tk tr uk ur uz vi zh zh_Hant zh_HK zu""".split()

DIRECTIVES = {
    "y": "%Y", "yyyy": "%Y", "yy": "%y", "M": "%-m", "MM": "%m", "MMM": "%b", "MMMM": "%B", "LLL": "%Ob", "LLLL": "%OB",
    "d": "%-d", "dd": "%d", "EEEE": "%A", "E": "%a", "EEE": "%a", "ccc": "%a", "cccc": "%A", "G": "", "GGGGG": "",
}


def strftime(pattern):
    out = ""
    for literal, field, other in re.findall(r"'([^']*)'|([A-Za-z]+)|([^A-Za-z']+)", pattern):
        if field:
            letters = field
            if set(letters) == {"y"} and len(letters) not in (2,):
                letters = "y"
            out += DIRECTIVES[letters]
        elif other:
            out += other.replace("%", "%%")
        else:
            out += literal.replace("%", "%%") or "'"
    return re.sub(" +", " ", out.replace("\u202f", " ")).strip()


def names(table, keys):
    return "|".join(table[key] for key in keys)


def line(code):
    locale = Locale.parse(code)
    months, days = locale.months, locale.days
    # CLDR counts days from Monday in Babel's tables; here Sunday is first, as strftime counts.
    week = [6, 0, 1, 2, 3, 4, 5]
    year = range(1, 13)
    periods = locale.day_periods["format"].get("abbreviated") or locale.day_periods["format"]["wide"]
    # Languages that write dates in another calendar by default still name Gregorian months here.
    fields = [
        code.replace("_", "-"),
        names(months["format"]["wide"], year),
        names(months["format"]["abbreviated"], year),
        names(months["stand-alone"]["wide"], year),
        names(months["stand-alone"]["abbreviated"], year),
        names(days["format"]["wide"], week),
        names(days["format"]["abbreviated"], week),
        f"{periods.get('am', 'AM')}|{periods.get('pm', 'PM')}",
    ]
    fields += [strftime(locale.date_formats[width].pattern) for width in ("full", "long", "medium", "short")]
    assert all("\t" not in field and "\n" not in field for field in fields), code
    return "\t".join(fields)


# A process each: in Babel 2.18 the names of one language leak into the aliases of the next.
lines = []
for code in LANGUAGES:
    with multiprocessing.get_context("fork").Pool(1) as pool:
        lines.append(pool.apply(line, (code,)))
target = pathlib.Path(__file__).resolve().parent.parent.parent / "Sources/CResources/Data/date-names.tsv"
target.write_text(f"# Unicode CLDR through Babel {babel.__version__}; written by Tests/Scripts/generate_date_names.py\n" + "\n".join(sorted(lines)) + "\n")
print(f"{target}: {len(lines)} languages, {target.stat().st_size} bytes")
