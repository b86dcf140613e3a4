"""PDF files with a text layer."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pdfplumber

from pipeline.formats.blocks import Block, Cell, Table

_NUMBER = re.compile(r"[-—－–·.\s]*(第\s*)?\d{1,4}(\s*页)?([/／，,\s]*(共\s*)?\d{1,4}(\s*页)?)?[-—－–·.\s]*")
_HAN = r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef“”‘’（）]"
_GAP = re.compile(rf"(?<={_HAN}) +(?={_HAN})")


def read(path: Path) -> tuple[list[Block], str | None]:
    with pdfplumber.open(path) as pdf:
        pages = [_page(page) for page in pdf.pages]
        title = (pdf.metadata or {}).get("Title")
    pages = _without_margins(pages)
    return _joined(pages), title if isinstance(title, str) else None


def _page(page: Any) -> list[Any]:
    """Lines (dicts) and tables of a page from the top down."""
    page = page.filter(lambda o: o["object_type"] != "char" or o["upright"]).dedupe_chars()
    tables = [t for t in page.find_tables() if len(t.rows) > 1 and max(len(r.cells) for r in t.rows) > 1]
    out: list[Any] = []
    rest = page
    for t in tables:
        rest = rest.outside_bbox(t.bbox)
        rows = [[Cell([_GAP.sub("", x.replace("\n", ""))] if x else []) for x in row] for row in t.extract()]
        out.append((t.bbox[1], Table(rows)))
    for line in rest.extract_text_lines(return_chars=True):
        size = sorted(c["size"] for c in line["chars"])[len(line["chars"]) // 2]
        out.append((line["top"], {**line, "size": size, "text": _GAP.sub("", line["text"]), "page": page.page_number, "height": page.height}))
    return [each for _, each in sorted(out, key=lambda e: e[0])]


def _without_margins(pages: list[list[Any]]) -> list[list[Any]]:
    def key(line: Any) -> str:
        return re.sub(r"\d+", "#", line["text"])
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [l for l in page if isinstance(l, dict)]
        edges.update({key(l) for l in lines[:2] + lines[-2:]})
    out = []
    for page in pages:
        lines = [l for l in page if isinstance(l, dict)]
        drop = set()
        for l in lines[:2] + lines[-2:]:
            edge = l["top"] < 0.12 * l["height"] or l["bottom"] > 0.88 * l["height"]
            if edge and (_NUMBER.fullmatch(l["text"]) or (len(pages) > 2 and edges[key(l)] > len(pages) / 2)):
                drop.add(id(l))
        out.append([l for l in page if id(l) not in drop])
    return out


def _joined(pages: list[list[Any]]) -> list[Block]:
    lines = [l for page in pages for l in page if isinstance(l, dict)]
    if not lines:
        return [b for page in pages for b in page]
    left = Counter(round(l["x0"]) for l in lines).most_common(1)[0][0]
    right = sorted(l["x1"] for l in lines)[int(len(lines) * 0.9)]
    out: list[Block] = []
    last: Any = None
    for l in (l for page in pages for l in page):
        if not isinstance(l, dict):
            out.append(l)
            last = None
            continue
        text = l["text"].strip()
        if last is not None and last["x1"] > right - 2.2 * last["size"] and l["x0"] < left + 1.2 * l["size"] and abs(l["size"] - last["size"]) < 1.5:
            out[-1] = str(out[-1]) + text
        else:
            out.append(text)
        last = l
    return out
