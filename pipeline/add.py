"""Add: take files that a researcher keeps into a corpus folder, as text with an entry in sources.toml.

`make add FILE=… REGION=…`; nothing of the old entries is changed, and what is there already is refused
by name.
"""

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import documents, levels, localities, papers, regions, shelves, sources
from pipeline.errors import CorpusError
from pipeline.papers import Paper
from pipeline.records import Region
from pipeline.shelves import Shelf
from pipeline.workspace import DATA, Workspace

TEXT_KINDS = {
    "draft": "draft",
    "interpretation": "commentary",
    "qa": "commentary",
    "news": "commentary",
}
_SAID = {
    "draft": "征求意见稿，不当作施行的规定",
    "commentary": "解读、问答或报道，不是政策正文，不参加对照",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, and what a person should look at."""

    file: Path
    verdict: str
    title: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for beside the files."""

    region: str | None
    dry_run: bool


def run(work: Workspace, files: list[Path], region: str | None, dry_run: bool) -> int:
    """Take files and folders of files into the last of the corpus folders; returns the exit status.

    Raises:
        CorpusError: no file, an unknown region, or the only file cannot be taken.
    """
    known = regions.load(DATA / "regions.toml")
    if region is not None and region not in known:
        fix = "写 corpus/regions.toml 中有的代码，如 REGION=330400"
        raise CorpusError(f"REGION={region}", "未知地区", fix)
    found = [file for path in files for file in _files(path)]
    if not found:
        raise CorpusError("make add", "没有给出文件", "make add FILE=文件或文件夹 REGION=地区代码")
    shelf, wishes = _shelf(work, known), Wishes(region, dry_run)
    if [*files] == found and len(found) == 1:
        print("\n".join(_told(_take(found[0], shelf, known, wishes))))
        return 0
    outcomes = list(_take_all(found, shelf, known, wishes))
    print("\n".join(_table(outcomes)))
    return 0 if any(each.verdict != "未收" for each in outcomes) else 1


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        for root, folders, names in os.walk(path):
            folders.sort()
            yield from (Path(root) / name for name in sorted(names) if not name.startswith("."))
    elif path.is_file():
        yield path
    else:
        raise CorpusError(str(path), "没有这个文件", "改正 FILE=… 中的路径；有空格的加引号")


def _shelf(work: Workspace, known: Mapping[str, Region]) -> Shelf:
    """The folder to write to, with all that the corpus holds."""
    there = [folder for folder in work.corpus if (folder / "sources.toml").exists()]
    held = [source for folder in there for source in sources.read(folder, dict(known))]
    return shelves.held(work.corpus[-1], map(documents.read, held))


def _take_all(
    found: list[Path], shelf: Shelf, known: Mapping[str, Region], wishes: Wishes
) -> Iterator[Outcome]:
    for count, file in enumerate(found, 1):
        _progress(count, len(found), file)
        try:
            yield _take(file, shelf, known, wishes)
        except CorpusError as error:
            yield Outcome(file, "未收", "", (f"{error.found}；{error.fix}",))


def _progress(count: int, total: int, file: Path) -> None:
    """A line that is written over on a terminal, plain lines elsewhere."""
    terminal = sys.stderr.isatty()
    line = f"[{count}/{total}] {file.name}"
    print(f"\r\033[K{line}" if terminal else line, end="" if terminal and count < total else "\n",
          file=sys.stderr, flush=True)  # fmt: skip


def _take(file: Path, shelf: Shelf, known: Mapping[str, Region], wishes: Wishes) -> Outcome:
    """Read one file and put it on the shelf.

    Raises:
        CorpusError: it cannot be read, its region is not known, or it is there already.
    """
    paper = papers.read(file)
    told, notes = paper.metadata, list(paper.warnings)
    title = told.inner_title or told.title or file.stem
    region = _region(file, paper, known, wishes, notes)
    shelf.refuse_double(file, title, told.issued, paper.text)
    text = _text(paper)
    entry = {
        "id": _id(region, told.issued, paper.text),
        "title": title, "region": region,
        "level": levels.level(title, told.number, told.issuers, region == "000000"),
        "number": told.number, "issuers": list(told.issuers), "issued": told.issued,
        "effective": paper.effective, "expires": paper.expires,
        "text_kind": TEXT_KINDS.get(told.kind, "official"),
    }  # fmt: skip
    entry |= {
        "file": f"texts/{entry['id']}.md",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    notes += _unsaid(entry)
    if wishes.dry_run:
        print(shelves.as_toml(entry))
    else:
        shelf.put(entry, text)
    shelf.note(str(entry["id"]), title, told.issued, paper.text)
    return Outcome(
        file, "试读" if wishes.dry_run else "收入", f"{title} [{entry['id']}]", tuple(notes)
    )


def _region(
    file: Path, paper: Paper, known: Mapping[str, Region], wishes: Wishes, notes: list[str]
) -> str:
    """As asked for; else as the paper itself tells; else as its folder is called."""
    told = paper.metadata
    inferred = localities.region((told.title or "", *told.issuers), known)
    if wishes.region:
        if inferred and inferred != wishes.region:
            notes.append(
                f"按 REGION 记作{known[wishes.region].name}，文中像是{known[inferred].name}"
            )
        return wishes.region
    if inferred:
        return inferred
    if found := localities.region(file.parent.parts[:-3:-1], known):
        notes.append(f"地区按文件夹名记作{known[found].name}")
        return found
    raise CorpusError(
        str(file), "说不出是哪个地区的文件", "加 REGION=地区代码（见 corpus/regions.toml）"
    )


def _id(region: str, issued: str | None, text: str) -> str:
    """Readable, and the same whenever the same text is added."""
    year = f"-{issued[:4]}" if issued else ""
    return f"{region}{year}-{shelves.fingerprint(text)[:8]}"


def _text(paper: Paper) -> str:
    """The text as it is kept: the head apart from what takes part in comparison."""
    head, body = paper.text[: paper.metadata.body].strip("\n"), paper.text[paper.metadata.body :]
    return f"{head}\n\n{documents.END_OF_HEAD}\n\n{body.strip(chr(10))}\n"


def _unsaid(entry: Mapping[str, object]) -> list[str]:
    names = {
        "number": "文号",
        "issuers": "发文机关",
        "issued": "日期",
        "effective": "施行日期",
        "expires": "有效期",
    }
    missing = [name for key, name in names.items() if not entry[key]]
    said = _SAID.get(str(entry["text_kind"]))
    return [
        *([said] if said else []),
        *([f"文中没有写明：{'、'.join(missing)}"] if missing else []),
    ]


def _told(outcome: Outcome) -> list[str]:
    return [f"{outcome.verdict}：{outcome.title}", *(f"  注意：{note}" for note in outcome.notes)]


def _table(outcomes: list[Outcome]) -> list[str]:
    """What was read, warned of and refused, and why."""
    lines = [
        f"{each.verdict}\t{each.file.name}\t{'；'.join((each.title, *each.notes)).strip('；')}"
        for each in outcomes
    ]
    taken = [each for each in outcomes if each.verdict != "未收"]
    warned = sum(bool(each.notes) for each in taken)
    return [
        *lines,
        f"共 {len(outcomes)} 个文件：读入 {len(taken)}（其中 {warned} 个有提示），未收 {len(outcomes) - len(taken)}",
    ]
