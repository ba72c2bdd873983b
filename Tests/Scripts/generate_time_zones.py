#!/usr/bin/env python3
"""Writes Sources/CResources/Data/time-zones.bin from the machine's IANA time zone database (public domain).

    Tests/Scripts/generate_time_zones.py [TZDATA_ZI]

The database's source (tzdata.zi, in Debian's package tzdata) is compiled with `zic -b slim`, so that a zone's
transitions end where its POSIX rule takes over. Only what holds from 1970 on is kept. Layout, little-endian:

    "TZB1"  u16 name count  u16 zone count  u8 version length  version
    names, in byte order:   u8 length  bytes  u16 zone
    u32 offset of each zone in the file
    zone:   u8 type count   { i32 seconds east of UTC  u8 is daylight  u8 length  abbreviation }
            u8 type before the first transition
            u16 transition count  { u32 seconds since 1970 }  { u8 type }
            u8 length  POSIX TZ rule for what comes after
"""
import pathlib
import struct
import subprocess
import sys
import tempfile

source = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/zoneinfo/tzdata.zi")
target = pathlib.Path(__file__).resolve().parent.parent.parent / "Sources/CResources/Data/time-zones.bin"


def read(path):
    data = path.read_bytes()
    assert data[:4] == b"TZif" and data[4:5] >= b"2"

    def header(at):
        return struct.unpack(">6I", data[at + 20 : at + 44])

    isut, isstd, leap, times, types, chars = header(0)
    at = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isut
    isut, isstd, leap, times, types, chars = header(at)
    at += 44
    transitions = struct.unpack(f">{times}q", data[at : at + times * 8])
    at += times * 8
    kinds = list(data[at : at + times])
    at += times
    infos = [struct.unpack(">iBB", data[at + i * 6 : at + i * 6 + 6]) for i in range(types)]
    at += types * 6
    letters = data[at : at + chars]
    at += chars + leap * 12 + isstd + isut
    footer = data[at:].strip(b"\n")
    # What holds in 1970 stands for everything before.
    first = 0
    kept = []
    for moment, kind in zip(transitions, kinds):
        if moment <= 0:
            first = kind
        else:
            kept.append((moment, kind))
    used = sorted({first} | {kind for _, kind in kept})
    index = {kind: position for position, kind in enumerate(used)}
    out = bytearray([len(used)])
    for kind in used:
        offset, daylight, start = infos[kind]
        name = letters[start : letters.index(b"\0", start)]
        out += struct.pack("<iBB", offset, daylight, len(name)) + name
    out += bytes([index[first]]) + struct.pack("<H", len(kept))
    for moment, _ in kept:
        out += struct.pack("<I", moment)
    out += bytes(index[kind] for _, kind in kept)
    out += bytes([len(footer)]) + footer
    return bytes(out)


with tempfile.TemporaryDirectory() as folder:
    subprocess.run(["/usr/sbin/zic", "-b", "slim", "-d", folder, str(source)], check=True)
    root = pathlib.Path(folder)
    zones, names = {}, []
    for path in root.rglob("*"):
        if path.is_file():
            zone = zones.setdefault(read(path), len(zones))
            names.append((str(path.relative_to(root)).encode(), zone))
names.sort()
order = {old: new for new, old in enumerate(dict.fromkeys(zone for _, zone in names))}
blobs = sorted(((order[zone], blob) for blob, zone in zones.items()))
version = source.read_text().split("\n", 1)[0].removeprefix("# version ").encode()
head = b"TZB1" + struct.pack("<HH", len(names), len(blobs)) + bytes([len(version)]) + version
for name, zone in names:
    head += bytes([len(name)]) + name + struct.pack("<H", order[zone])
start = len(head) + 4 * len(blobs)
table, body = b"", b""
for _, blob in blobs:
    table += struct.pack("<I", start + len(body))
    body += blob
target.parent.mkdir(parents=True, exist_ok=True)
target.write_bytes(head + table + body)
print(f"{target}: {len(names)} names, {len(blobs)} zones, version {version.decode()}, {target.stat().st_size} bytes")
