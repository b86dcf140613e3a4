"""Add: take files into a corpus folder, each as a text file with an entry in sources.toml.

`make add FILE=… REGION=…`; existing entries stay as they are, and a document that the corpus has
already is refused with the id of the other one.
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
from pipeline.curation.corpus_folder import CorpusFolder
from pipeline.curation.single_document import SingleDocument
from pipeline.reading import documents, sources
from pipeline.reading.metadata import region_inference

_REFUSED = "未收"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one file, with notes for a person to check and the fields left empty."""

    file: Path
    verdict: str
    title: str
    notes: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for beside the files."""

    region: str | None
    dry_run: bool


def run(work: Workspace, paths: list[Path], region: str | None, dry_run: bool) -> int:
    """Add files and folders of files to the last of the corpus folders; returns the exit status.

    Raises:
        CorpusError: no file, an unknown region, or the only file cannot be added.
    """
    regions_by_id = regions.load(DATA / "regions.toml")
    if region is not None and region not in regions_by_id:
        fix = "写 corpus/regions.toml 中有的代码，如 REGION=330400"
        raise CorpusError(f"REGION={region}", "未知地区", fix)
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise CorpusError("make add", "没有文件可读", "make add FILE=文件，或有文件的文件夹")
    corpus, options = _corpus(work, regions_by_id), Options(region, dry_run)
    if files == paths and len(files) == 1:
        print("\n".join(_report(_add(files[0], corpus, regions_by_id, options))))
        if not dry_run:
            print(f"  写在 {corpus.folder}/texts 和 {corpus.folder}/sources.toml")
        return 0
    outcomes: list[Outcome] = []
    try:
        for outcome in _add_all(files, corpus, regions_by_id, options):
            outcomes.append(outcome)
    except KeyboardInterrupt:
        print("\n".join(_table(outcomes)))
        left = len(files) - len(outcomes)
        raise CorpusError(
            "make add", f"已中断，还有 {left} 个文件没有读", "再运行一次就接着收"
        ) from None
    print("\n".join(_table(outcomes)))
    return 0 if any(outcome.verdict != _REFUSED for outcome in outcomes) else 1


def _files(path: Path) -> Iterator[Path]:
    """The file, or the files below a folder in order; hidden ones are left out."""
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


def _corpus(work: Workspace, regions_by_id: Mapping[str, Region]) -> CorpusFolder:
    """The folder to write to, with an index of all folders of the corpus."""
    folders = [folder for folder in work.corpus if (folder / "sources.toml").exists()]
    entries = [source for folder in folders for source in sources.read(folder, dict(regions_by_id))]
    return corpus_folder.load(work.corpus[-1], map(documents.read, entries))


def _add_all(
    files: list[Path], corpus: CorpusFolder, regions_by_id: Mapping[str, Region], options: Options
) -> Iterator[Outcome]:
    for count, file in enumerate(files, 1):
        _show_progress(count, len(files), file)
        try:
            yield _add(file, corpus, regions_by_id, options)
        except CorpusError as error:
            yield Outcome(file, _REFUSED, "", (f"{error.found}；改法：{error.fix}",))


def _show_progress(count: int, total: int, file: Path) -> None:
    """One line that is overwritten on a terminal, one line per file elsewhere."""
    terminal = sys.stderr.isatty()
    line = f"[{count}/{total}] {file.name}"
    end = "" if terminal and count < total else "\n"
    print(f"\r\033[K{line}" if terminal else line, end=end, file=sys.stderr, flush=True)


def _add(
    file: Path, corpus: CorpusFolder, regions_by_id: Mapping[str, Region], options: Options
) -> Outcome:
    """Read one file and add it to the corpus, or only to its index in a dry run.

    Raises:
        CorpusError: it cannot be read, its region is unknown, or the corpus has it already.
    """
    document = single_document.read(file)
    region, doubts = _region(file, document, regions_by_id, options)
    entry = manifest_entries.entry(document, file, region)
    title, issued = str(entry["title"]), document.metadata.issued
    corpus.refuse_duplicate(file, title, issued, document.text)
    similar = corpus.similarity_note(document.text)
    if options.dry_run:
        print(corpus_folder.as_toml(entry, file.name))
    else:
        corpus.add(entry, manifest_entries.text(document), file.name)
    corpus.index(str(entry["id"]), title, issued, document.text)
    return Outcome(
        file=file,
        verdict="试读" if options.dry_run else "收入",
        title=f"{title} [{entry['id']}] {regions_by_id[region].name}",
        notes=(
            *doubts,
            *([similar] if similar else []),
            *manifest_entries.notes(document, entry),
        ),
        missing=tuple(manifest_entries.missing(entry)),
    )


def _region(
    file: Path, document: SingleDocument, regions_by_id: Mapping[str, Region], options: Options
) -> tuple[str, list[str]]:
    """The region of a document: as asked for, else from its text, else from the names of its folders.

    Returns:
        the region's id, and notes for a person to check.
    """
    names = (document.metadata.title or "", *document.metadata.issuers)
    inferred = region_inference.region(names, regions_by_id)
    if options.region:
        if inferred in (None, options.region):
            return options.region, []
        asked, other = regions_by_id[options.region].name, regions_by_id[inferred].name
        return options.region, [f"按 REGION 记作{asked}，文中像是{other}"]
    if inferred:
        return inferred, []
    if from_folder := _region_of_folder(file, regions_by_id):
        return from_folder, [f"地区按文件夹名记作{regions_by_id[from_folder].name}"]
    place = region_inference.place(names)
    what = f"像是“{place}”的文件，地区名单里没有" if place else "说不出是哪个地区的文件"
    fix = "加 REGION=地区代码；corpus/regions.toml 里没有的，先在那里补上"
    raise CorpusError(str(file), what, fix)


def _region_of_folder(file: Path, regions_by_id: Mapping[str, Region]) -> str | None:
    """The region that the file's folder, or the one above it, is named for."""
    for depth, part in enumerate(file.parent.parts[:-3:-1]):
        region = region_inference.region([f"{part}市"], regions_by_id)
        # 浙江/Hangzhou/甲.docx need not be of the province
        if region and not (depth and regions_by_id[region].level == "province"):
            return region
    return None


def _report(outcome: Outcome) -> list[str]:
    lines = [f"{outcome.verdict}：{outcome.title}", *(f"  注意：{note}" for note in outcome.notes)]
    return [*lines, f"  文中没有写明：{'、'.join(outcome.missing)}"] if outcome.missing else lines


def _table(outcomes: list[Outcome]) -> list[str]:
    """A table of the files, those added first, those refused last, and a line of totals."""
    added = [outcome for outcome in outcomes if outcome.verdict != _REFUSED]
    refused = [outcome for outcome in outcomes if outcome.verdict == _REFUSED]
    lines = ["结果\t文件\t收作或原因\t注意\t文中没有写明"]
    for outcome in added:
        notes, missing = "；".join(outcome.notes), "、".join(outcome.missing)
        cells = (outcome.verdict, outcome.file.name, outcome.title, notes, missing)
        lines.append("\t".join(cells).rstrip("\t"))
    lines += [f"{_REFUSED}\t{outcome.file.name}\t{outcome.notes[0]}" for outcome in refused]
    warned = sum(bool(outcome.notes) for outcome in added)
    total = f"共 {len(outcomes)} 个文件：读入 {len(added)}（其中 {warned} 个须看一看），未收 {len(refused)}"
    return [*lines, total]
