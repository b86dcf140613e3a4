"""Encodings: bytes of a Chinese text as characters.

A page that declares gb2312 is read as gb18030, its superset, since pages use more characters than
they declare; of several declarations the first counts by which the bytes can be decoded.
"""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,20})""", re.IGNORECASE
)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312-80": "gb18030",
    "cp936": "gb18030",
    "unicode": "utf-16",
}
_TORN = 3  # bytes at the end of a file that was cut inside a character
_CONTROLS = [chr(code) for code in (*range(9), *range(14, 27), *range(28, 32))]
_DECLARING = 200_000  # bytes in which declarations, and the encoding itself, are looked for


def decode(raw: bytes, declared: list[str] | None = None) -> tuple[str, str] | None:
    """Decode the bytes of a text.

    Args:
        raw: the bytes.
        declared: encodings that the file or its envelope names, most trusted first.

    Returns:
        the text and the encoding by which it was decoded; None where the bytes are no text.

    >>> decode("嘉兴市".encode("gbk"))
    ('嘉兴市', 'gb18030')
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            text = _whole(raw, encoding)
            return None if text is None else (text, encoding)
    for name in (*filter(None, map(_codec, declared or [])), "utf-8", "gb18030"):
        if (text := _whole(raw, name)) is not None:
            return text, name
    best = from_bytes(raw[:_DECLARING]).best()
    if best is None or (text := _whole(raw, best.encoding)) is None:
        return None
    return text, best.encoding


def declared(raw: bytes) -> list[str]:
    """The encodings that a page declares anywhere in it, in order.

    >>> declared(b'<head></head><meta charset="GBK">')
    ['gbk']
    """
    names = (hit.decode("ascii").lower() for hit in _DECLARED.findall(raw[:_DECLARING]))
    return list(dict.fromkeys(names))


def _codec(name: str) -> str | None:
    """The codec for a declared encoding; None where Python has none."""
    name = _WIDER.get(name.lower(), name)
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _whole(raw: bytes, encoding: str) -> str | None:
    """The text, if all bytes but a torn end decode to characters that occur in text."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(raw) - _TORN or error.start == 0:
            return None
        text = raw[: error.start].decode(encoding)
    except (UnicodeError, LookupError):
        return None
    return None if _is_noise(text) else text


def _is_noise(text: str) -> bool:
    """Whether more than one character in a thousand is a control character that text does not use."""
    return sum(map(text.count, _CONTROLS)) * 1000 > len(text)
