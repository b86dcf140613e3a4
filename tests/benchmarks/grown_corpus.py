"""A corpus of any size, grown from real texts: for `make scale`.

The unit of growth is a pair of provinces as large as the real corpus: its regions under names of their own,
compared as Shanghai is with Jiaxing and Zhejiang, so that a larger corpus has more comparisons, not larger ones.
Each document keeps the outline and most articles of a real one; a tenth of its articles is left out, every
seventh is one of another document of the same region, within a chapter they stand in another order, half
of the figures are others, and all names of places are. The same seed gives the same bytes.
"""

import hashlib
import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

CLAUSES = 23_500  # unit clauses of a recombined pair of provinces (of the real ones 28,000)
LEFT_OUT, FOREIGN, CHANGED = 0.1, 0.15, 0.5
ARTICLE = re.compile(
    r"(?m)^第[〇零一二三四五六七八九十百]+条(?:之[一二三四五六七八九十]+)?(?=[ 　])"
)
FIGURE = re.compile(
    r"[一二三四五六七八九十百千]+(?=(?:个工作)?日内|年以上|年以下|万元|千元|元|个月|倍|人以上)|\d+(?=%|％|日|元|万元|平方米|米)"
)
FIRST, LAST = (
    "云川岚海嵩泽麓林鸿金翠玉文武岱永樵丰泰和顺澄汀霁",
    "州阳阴城岩宁德兴昌隆源泉凌华岭溪湾浦",
)
# Of two characters, then of three: enough for some 700 pairs of provinces.
NAMES = ["".join(each) for middle in ("", FIRST) for each in product(FIRST, middle or [""], LAST)]
DIGITS = "零一二三四五六七八九"
ENTRY = '[[document]]\nid = "{id}"\ntitle = "{title}"\nregion = "{region}"\nlevel = "{level}"\n{issued}text_kind = "official"\nfile = "{file}"\nsha256 = "{sha256}"\n\n'
Entry = dict[str, Any]


def numeral(number: int) -> str:
    """A number below 1,000 as articles are numbered.

    >>> numeral(10), numeral(23), numeral(105)
    ('十', '二十三', '一百零五')
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def changed_figure(match: re.Match[str], rng: random.Random) -> str:
    """A figure, or another in its place."""
    if rng.random() > CHANGED:
        return match[0]
    if match[0].isascii():
        return str(rng.randrange(1, 3 * int(match[0][:9]) + 2))
    return numeral(rng.choice((3, 5, 7, 10, 15, 20, 30, 45, 60, 90)))


def articles_of(text: str) -> list[str]:
    """The articles of a text, each without its number, up to the next heading or article."""
    return [part.split("\n#")[0].rstrip() for part in ARTICLE.split(text)[1:]]


def recombined(text: str, foreign: Sequence[str], rng: random.Random) -> str:
    """A text with some articles left out, some of other texts, in another order within its chapters."""
    chapters = re.split(r"(?m)^(?=#{2,} )", text)
    parts, number = [], 0
    for chapter in chapters:
        first = ARTICLE.search(chapter)
        if not first:
            parts.append(chapter)
            continue
        own = articles_of(chapter)
        head, own = own[: not number], own[not number :]  # the first states the purpose
        own = [each for each in own if rng.random() > LEFT_OUT]
        own = [rng.choice(foreign) if rng.random() < FOREIGN else each for each in own]
        rng.shuffle(own)
        lines = []
        for each in [*head, *own]:
            number += 1
            lines.append(f"第{numeral(number)}条{each}")
        parts.append(chapter[: first.start()] + "\n\n".join(lines) + "\n\n")
    return FIGURE.sub(lambda match: changed_figure(match, rng), "".join(parts))


def short(name: str) -> str:
    """The name of a place as it is said: without its rank.

    >>> short("嘉兴市"), short("景宁畲族自治县")
    ('嘉兴', '景宁')
    """
    return re.sub(r"(畲族自治县|省|市|县)$", "", name)


def region_rows(path: Path, wanted: set[str]) -> list[Entry]:
    """The regions of a corpus, and those above them but the nation, parents first."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["region"]
    parents = {row["id"]: row.get("parent") for row in rows}
    wanted = {*wanted, *(parents[each] for each in wanted)} - {None, "000000"}
    return [row for row in rows if row["id"] in wanted]


def write_places(data: Path, names: list[dict[str, str]], regions: list[Entry]) -> None:
    """Add the regions of every pair of provinces to a checkout's corpus folder, and their comparisons.

    Args:
        data: folder of regions.toml and comparisons.toml.
        names: for each pair of provinces, its names of the real places.
        regions: the real ones.
    """
    places, compared = [], []
    for number, own in enumerate(names):
        for row in regions:
            parent = row.get("parent", "000000")
            parent = parent if parent == "000000" else f"g{number:02d}-{parent}"
            name = row["name"].replace(short(row["name"]), own[short(row["name"])])
            places.append(
                f'[[region]]\nid = "g{number:02d}-{row["id"]}"\nname = "{name}"\nlevel = "{row["level"]}"\nparent = "{parent}"\n'
            )
        for target, stack in (("330400", ("330400", "330000")), ("330000", ("330000",))):
            own_stack = ", ".join(f'"g{number:02d}-{each}"' for each in stack)
            compared.append(
                f'[[comparison]]\nid = "g{number:02d}-{target}"\ntitle = "第{number + 1}组 {target}"\nbaseline = "g{number:02d}-310000"\n'
                f'target = "g{number:02d}-{target}"\nstack = [{own_stack}, "000000"]\n'
            )
    for file, rows in (("regions.toml", places), ("comparisons.toml", compared)):
        with (data / file).open("a", encoding="utf-8") as out:
            out.write("\n" + "\n".join(rows))


def write(source: Path, data: Path, target: Path, clauses: int, seed: int = 1) -> int:
    """Write a corpus folder of about so many unit clauses; the number of its documents.

    Args:
        source: the corpus folder of real texts.
        data: folder of regions.toml and comparisons.toml, which are added to.
        target: the new corpus folder.
        clauses: unit clauses wanted.
        seed: of all choices.
    """
    entries = tomllib.loads((source / "sources.toml").read_text(encoding="utf-8"))["document"]
    texts = {e["id"]: (source / e["file"]).read_text(encoding="utf-8") for e in entries}
    foreign = defaultdict(list)
    for entry in entries:
        foreign[entry["region"]] += articles_of(texts[entry["id"]])[1:]
    pairs = max(1, round(clauses / CLAUSES))
    share = min(1.0, clauses / (pairs * CLAUSES))
    regions = region_rows(data / "regions.toml", {entry["region"] for entry in entries})
    real = [short(row["name"]) for row in regions]
    names = [
        dict(zip(real, NAMES[k * len(real) : (k + 1) * len(real)], strict=True))
        for k in range(pairs)
    ]
    write_places(data, names, regions)
    (target / "texts").mkdir(parents=True)
    manifest = []
    for number, own in enumerate(names):
        rng = random.Random(f"{seed} {number}")
        for entry in entries:
            if rng.random() < share:
                text = recombined(texts[entry["id"]], foreign[entry["region"]], rng)
                manifest.append(_written(target, entry, text, own, f"g{number:02d}-"))
    (target / "sources.toml").write_text("".join(manifest), encoding="utf-8")
    return len(manifest)


def _written(target: Path, entry: Entry, text: str, names: dict[str, str], prefix: str) -> str:
    """Write one document; its entry."""
    places = re.compile("|".join(map(re.escape, names)))
    text, title = (
        places.sub(lambda match: names[match[0]], each) for each in (text, entry["title"])
    )
    name = prefix + entry["id"]
    file = f"texts/{name}.md"
    (target / file).write_text(text, encoding="utf-8")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    issued = f"issued = {entry['issued']}\n" if "issued" in entry else ""
    return ENTRY.format(
        id=name, title=title, region=prefix + entry["region"], level=entry["level"],
        issued=issued, file=file, sha256=sha256,
    )  # fmt: skip
