#!/usr/bin/env python3
"""Fills in what other readers make of the cases beside this file: PyYAML for yaml.txt and heads.txt, tomllib
for toml.txt.

    python3 -m pip install pyyaml && Tests/FormatsTests/Cases/expect.py

A case is `=== name`, its text, `--- expect`, and the value as JSON, or `error` where the reader refuses it.
PyYAML is given the plain scalars that `YAMLScalar.swift` documents (YAML 1.2's core schema and dates) in place
of YAML 1.1's; all else is its own.
"""
import datetime
import json
import math
import pathlib
import re
import tomllib

import yaml

here = pathlib.Path(__file__).resolve().parent


class Core(yaml.SafeLoader):
    yaml_implicit_resolvers = {}


class Date(str):
    pass


def moment(text):
    match = re.fullmatch(
        r"(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:[ \t]*([Zz]|[-+]\d\d?(?::?\d\d)?))?)?", text)
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        datetime.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    out = f"{int(year):04}-{int(month):02}-{int(day):02}"
    if hour is None:
        return out
    out += f"T{int(hour):02}:{int(minute):02}:{int(second or 0):02}"
    fraction = (fraction or "")[:9].rstrip("0")
    out += "." + fraction if fraction else ""
    if zone:
        digits = zone[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
        out += "Z" if zone in "Zz" or int(digits) == 0 else f"{zone[0]}{int(hours):02}:{minutes}"
    return out


def scalar(loader, node):
    text = node.value
    if node.style is not None:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text) if abs(int(text)) < 2**63 else float(text)
    if re.fullmatch(r"0o[0-7]+", text):
        return int(text[2:], 8)
    if re.fullmatch(r"0x[0-9a-fA-F]+", text):
        return int(text[2:], 16)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    if re.fullmatch(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", text):
        return None if "n" == text.lstrip("+-.")[0].lower() else math.inf
    return moment(text) or text


Core.add_constructor("tag:yaml.org,2002:str", scalar)
Core.add_constructor(None, lambda loader, node: scalar(loader, node) if isinstance(node, yaml.ScalarNode)
                     else loader.construct_sequence(node, True) if isinstance(node, yaml.SequenceNode)
                     else loader.construct_mapping(node, True))
Core.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^(?:<<)$"), ["<"])


def keyed(loader, node, deep=False):
    loader.flatten_mapping(node)
    out = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.YAMLError("a key must be plain text")
        out[key.value] = loader.construct_object(value, True)
    return out


Core.construct_mapping = keyed
Core.add_constructor("tag:yaml.org,2002:map", lambda loader, node: keyed(loader, node))


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, datetime.datetime):
        text = value.strftime("%Y-%m-%dT%H:%M:%S") if value.year > 999 else value.isoformat()[:19]
        text += f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
        if value.tzinfo:
            zone = value.strftime("%z")
            text += "Z" if zone in ("+0000", "-0000") else f"{zone[:3]}:{zone[3:5]}"
        return text
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def read_yaml(text):
    return yaml.load(text, Core)


def fill(name, read):
    path = here / name
    cases = re.split(r"^=== (.*)\n", path.read_text(), flags=re.M)[1:]
    out = []
    for title, body in zip(cases[::2], cases[1::2]):
        text = body.split("--- expect\n")[0]
        try:
            expected = json.dumps(plain(read(text)), ensure_ascii=False)
        except Exception:
            expected = "error"
        out.append(f"=== {title}\n{text}--- expect\n{expected}\n")
    path.write_text("".join(out))
    print(name, len(out), "cases,", sum(case.endswith("\nerror\n") for case in out), "errors")


fill("yaml.txt", read_yaml)
fill("heads.txt", read_yaml)
fill("toml.txt", tomllib.loads)
