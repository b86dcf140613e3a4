"""One entry of sources.toml, right until a test changes it, and the text that it names."""

import hashlib

from pipeline.core import regions
from pipeline.core.paths import DATA

KNOWN = regions.load(DATA / "regions.toml")
TEXT = "第一条 为了规范甲事，制定本办法。\n第二条 本办法自公布之日起施行。\n"


def entry(text: bytes | str = TEXT, **changes: str | None) -> str:
    raw = text.encode() if isinstance(text, str) else text
    keys = {
        "id": '"a-1"', "title": '"某办法"', "region": '"310000"', "level": '"行政规范性文件"',
        "text_kind": '"official"', "file": '"texts/a.md"',
        "sha256": f'"{hashlib.sha256(raw).hexdigest()}"',
    }  # fmt: skip
    keys |= changes
    return "[[document]]\n" + "".join(f"{k} = {v}\n" for k, v in keys.items() if v is not None)
