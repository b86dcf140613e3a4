"""Add: take files that a researcher keeps into a corpus folder, as text with an entry in sources.toml.

`make add FILE=… REGION=…`; nothing of the old entries is changed, and what is there already is refused
by name.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Region
from pipeline.curation import corpus_folder, manifest_entries, single_document
from pipeline.curation.corpus_folder import Shelf
from pipeline.curation.single_document import Paper
from pipeline.reading import documents, sources
from pipeline.reading.metadata import region_inference


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, what a person should look at, what the paper does not say."""

    file: Path
    verdict: str
    title: str
    notes: tuple[str, ...]
    unsaid: tuple[str, ...] = ()


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
        raise CorpusError("make add", "没有文件可读", "make add FILE=文件，或有文件的文件夹")
    shelf, wishes = _shelf(work, known), Wishes(region, dry_run)
    if found == files and len(found) == 1:
        print("\n".join(_told(_take(found[0], shelf, known, wishes))))
        if not dry_run:
            print(f"  写在 {shelf.folder}/texts 和 {shelf.folder}/sources.toml")
        return 0
    outcomes: list[Outcome] = []
    try:
        for outcome in _take_all(found, shelf, known, wishes):
            outcomes.append(outcome)
    except KeyboardInterrupt:
        print("\n".join(_table(outcomes)))
        left = len(found) - len(outcomes)
        raise CorpusError(
            "make add", f"已中断，还有 {left} 个文件没有读", "再运行一次就接着收"
        ) from None
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
        raise CorpusError(
            str(path), "没有这个文件", "改正 FILE=… 中的路径；有空格的加引号，$ 写作 $$"
        )


def _shelf(work: Workspace, known: Mapping[str, Region]) -> Shelf:
    """The folder to write to, with all that the corpus holds."""
    there = [folder for folder in work.corpus if (folder / "sources.toml").exists()]
    held = [source for folder in there for source in sources.read(folder, dict(known))]
    return corpus_folder.held(work.corpus[-1], map(documents.read, held))


def _take_all(
    found: list[Path], shelf: Shelf, known: Mapping[str, Region], wishes: Wishes
) -> Iterator[Outcome]:
    for count, file in enumerate(found, 1):
        _progress(count, len(found), file)
        try:
            yield _take(file, shelf, known, wishes)
        except CorpusError as error:
            yield Outcome(file, "未收", "", (f"{error.found}；改法：{error.fix}",))


def _progress(count: int, total: int, file: Path) -> None:
    """A line that is written over on a terminal, plain lines elsewhere."""
    terminal = sys.stderr.isatty()
    line = f"[{count}/{total}] {file.name}"
    end = "" if terminal and count < total else "\n"
    print(f"\r\033[K{line}" if terminal else line, end=end, file=sys.stderr, flush=True)


def _take(file: Path, shelf: Shelf, known: Mapping[str, Region], wishes: Wishes) -> Outcome:
    """Read one file and put it on the shelf.

    Raises:
        CorpusError: it cannot be read, its region is not known, or it is there already.
    """
    paper = single_document.read(file)
    region, doubt = _region(file, paper, known, wishes)
    entry = manifest_entries.entry(paper, file, region)
    title, issued = str(entry["title"]), paper.metadata.issued
    shelf.refuse_double(file, title, issued, paper.text)
    alike = shelf.likest(paper.text)
    if wishes.dry_run:
        print(corpus_folder.as_toml(entry, file.name))
    else:
        shelf.put(entry, manifest_entries.text(paper), file.name)
    shelf.note(str(entry["id"]), title, issued, paper.text)
    verdict = "试读" if wishes.dry_run else "收入"
    notes = (*doubt, *([alike] if alike else []), *manifest_entries.notes(paper, entry))
    name = f"{title} [{entry['id']}] {known[region].name}"
    return Outcome(file, verdict, name, notes, tuple(manifest_entries.unsaid(entry)))


def _region(
    file: Path, paper: Paper, known: Mapping[str, Region], wishes: Wishes
) -> tuple[str, list[str]]:
    """As asked for; else as the paper itself tells; else as its folder is called; and what is doubtful."""
    told = paper.metadata
    inferred = region_inference.region((told.title or "", *told.issuers), known)
    if wishes.region:
        other = inferred not in (None, wishes.region)
        doubt = f"按 REGION 记作{known[wishes.region].name}，文中像是{known[inferred or ''].name}" if other else ""  # fmt: skip
        return wishes.region, [doubt] if doubt else []
    if inferred:
        return inferred, []
    for depth, part in enumerate(file.parent.parts[:-3:-1]):
        found = region_inference.region([f"{part}市"], known)
        # 浙江/Hangzhou/甲.docx need not be of the province
        if found and not (depth and known[found].level == "province"):
            return found, [f"地区按文件夹名记作{known[found].name}"]
    place = region_inference.place((told.title or "", *told.issuers))
    what = f"像是“{place}”的文件，地区名单里没有" if place else "说不出是哪个地区的文件"
    fix = "加 REGION=地区代码；corpus/regions.toml 里没有的，先在那里补上"
    raise CorpusError(str(file), what, fix)


def _told(outcome: Outcome) -> list[str]:
    lines = [f"{outcome.verdict}：{outcome.title}", *(f"  注意：{note}" for note in outcome.notes)]
    return [*lines, f"  文中没有写明：{'、'.join(outcome.unsaid)}"] if outcome.unsaid else lines


def _table(outcomes: list[Outcome]) -> list[str]:
    """What was read, warned of and refused, and why: what was taken first."""
    taken = [each for each in outcomes if each.verdict != "未收"]
    refused = [each for each in outcomes if each.verdict == "未收"]
    warned = sum(bool(each.notes) for each in taken)
    lines = ["结果\t文件\t收作或原因\t注意\t文中没有写明"]
    for each in taken:
        cells = (each.verdict, each.file.name, each.title, "；".join(each.notes), "、".join(each.unsaid))  # fmt: skip
        lines.append("\t".join(cells).rstrip("\t"))
    lines += [f"{each.verdict}\t{each.file.name}\t{each.notes[0]}" for each in refused]
    return [*lines, f"共 {len(outcomes)} 个文件：读入 {len(taken)}（其中 {warned} 个须看一看），未收 {len(refused)}"]  # fmt: skip
