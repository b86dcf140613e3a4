"""Mutations of bytes and of text, and of the parts of zip archives and OLE containers."""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from random import Random

_INTS = (
    0,
    1,
    2,
    127,
    128,
    255,
    256,
    0x7FFF,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFE,
    0xFFFFFFFF,
)
_WORDS = (
    "", " ", "甲", "\0", "\ufeff", "\u202e", "𠮷", "-1", "0", "1e999", "NaN", "99999999999999999999", "2024-02-30", "0000-00-00",
    "true", "[]", "{}", '"', "'", "\\", "\\u0000", "<script>alert(1)</script>", "=1+1", "%s%n", "../../etc/passwd", "&a;", "]]>",
    "甲" * 5000, "(a+)+$", "(", "第" * 300, "9" * 5000, "\r", "\u2028", "#", "[[", "]]", "= =", "''' '''", ",", "\t",
)  # fmt: skip


def of_bytes(chance: Random, content: bytes) -> bytes:
    """Bytes with some changed, cut out, doubled or put in, or some of their numbers set to a limit."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(changed) + 1)
        size = chance.choice((1, 2, 4, 8, 64, 512))
        kind = chance.randrange(6)
        if kind == 0:
            changed[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del changed[at : at + size]
        elif kind == 2:
            changed[at:at] = changed[at : at + size]
        elif kind == 3:
            changed[at:at] = chance.randbytes(size)
        elif kind == 4:
            width = chance.choice(("<H", "<I", ">H", ">I"))
            value = chance.choice(_INTS) & (0xFFFF if width[1] == "H" else 0xFFFFFFFF)
            changed[at : at + struct.calcsize(width)] = struct.pack(width, value)
        else:
            del changed[at:]
    return bytes(changed)


def of_text(chance: Random, text: str) -> str:
    """Text with a part changed: a line, a value, a sign of its syntax, or any characters."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        text = chance.choice((_line, _value, _token, _place))(chance, text)
    return text


def _line(chance: Random, text: str) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    kind = chance.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[chance.randrange(len(lines))])
    elif kind == 2:
        lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
    else:
        lines.insert(at, chance.choice(_WORDS))
    return "\n".join(lines)


_VALUE = re.compile(r'"[^"\n]*"|\b\d[\d.-]*\b|\btrue\b|\bfalse\b|\[[^\[\]\n]*\]|(?<==")[^"<]*')
_VALUES = ('""', '"甲"', "0", "-1", "1.5", "nan", "inf", "true", "[]", "[1]", '["", 1]', "{}", "{ 甲 = 1 }", "2024-01-01",
           "2024-01-01T00:00:00", "07:32:00", "null", '"\\u0000"', "1e400", "9" * 30, '[["甲"]]')  # fmt: skip


def _value(chance: Random, text: str) -> str:
    """A value of another kind, of TOML, JSON or an attribute of XML."""
    start = chance.randrange(len(text) + 1)
    if hit := _VALUE.search(text, start) or _VALUE.search(text):
        return text[: hit.start()] + chance.choice(_VALUES) + text[hit.end() :]
    return text


def _token(chance: Random, text: str) -> str:
    """A sign of the syntax taken away, doubled or put elsewhere."""
    places = [hit.start() for hit in re.finditer(r'["\'\[\]{}=,<>/:\\()]', text)]
    if not places:
        return text
    at = chance.choice(places)
    return (
        text[:at]
        + chance.choice(("", text[at] * 2, chance.choice('"[]{}=,<>/\\')))
        + text[at + 1 :]
    )


def _place(chance: Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_WORDS) + text[at + chance.choice((0, 0, 1, 5, 50)) :]


def of_zip(chance: Random, content: bytes) -> bytes:
    """An archive with one part changed as text, or with parts of other names, twice, or missing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    at = chance.randrange(len(parts))
    name, body = parts[at]
    kind = chance.randrange(8)
    if kind < 5:
        at = (
            next((n for n, (each, _) in enumerate(parts) if each == "word/document.xml"), at)
            if kind < 3
            else at
        )
        name, body = parts[at]
        parts[at] = (
            name,
            of_text(chance, body.decode("utf-8", "replace")).encode("utf-8", "replace"),
        )
    elif kind == 5:
        del parts[at]
    elif kind == 6:
        parts.append(
            (
                chance.choice(("../../evil", "/etc/evil", name, "word/footnotes.xml", "a" * 300)),
                body,
            )
        )
    else:
        parts[at] = name, of_bytes(chance, body)
    out = io.BytesIO()
    with zipfile.ZipFile(
        out, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as archive:
        for name, body in parts:
            archive.writestr(zipfile.ZipInfo(name), body)  # always of the same time
    return of_bytes(chance, out.getvalue()) if not chance.randrange(6) else out.getvalue()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container of some streams [MS-CFB]: one sector of allocation, one of directory, then the streams."""
    padded = {
        name: body.ljust(-(-max(len(body), 4096) // 512) * 512, b"\0")
        for name, body in streams.items()
    }
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    entries = [_entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)]
    for number, (name, body) in enumerate(padded.items(), 1):
        following = number + 1 if number < len(padded) else 0xFFFFFFFF
        entries.append(_entry(name, 2, following, len(fat), len(body), is_child=True))
        count = len(body) // 512
        fat += [*range(len(fat) + 1, len(fat) + count), 0xFFFFFFFE]
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    )
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")[:512]
    directory = b"".join(entries).ljust(512, b"\0")[:512]
    return header + table + directory + b"".join(padded.values())


def _entry(name: str, kind: int, link: int, start: int, size: int, is_child: bool = False) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    right, child = (link, 0xFFFFFFFF) if is_child else (0xFFFFFFFF, link)
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB", len(encoded), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def of_ole(chance: Random, streams: Mapping[str, bytes]) -> bytes:
    """A container with one stream changed, or the container itself."""
    changed = dict(streams)
    if chance.randrange(4):
        name = chance.choice(sorted(changed))
        changed[name] = of_bytes(chance, changed[name])
        return compound(changed)
    return of_bytes(chance, compound(changed))


Mutation = Callable[[Random], bytes]
