"""Sources: the documents of the corpus folders, each entry checked against its file.

Reads   <corpus folder>/sources.toml and the files that it names, corpus/regions.toml
Writes  build/sources.jsonl
"""

import hashlib
import os
import re
from pathlib import Path
from typing import Any

from pipeline.core import jsonl, regions, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Region, Source
from pipeline.reading.formats import detection

LEVELS = (
    "法律",
    "行政法规",
    "部门规章",
    "地方性法规",
    "地方政府规章",
    "行政规范性文件",
    "党委文件",
    "其他",
)
TEXT_KINDS = ("official", "digest", "draft", "commentary")
_TEXTS = ("id", "title", "region", "level", "number", "url", "text_kind", "file", "sha256")
_DATES = ("issued", "effective", "expires")
_KEYS: dict[str, type] = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(_DATES, object),
    **dict.fromkeys(("issuers", "applies_to"), list),
}
_REQUIRED = {"id", "title", "region", "level", "text_kind", "file", "sha256"}
_ID = re.compile(r"[a-z0-9](?:-?[a-z0-9])*")


def run(work: Workspace) -> None:
    """Read and check every corpus folder; an id is unique over all of them."""
    regions_by_id = regions.load(DATA / "regions.toml")
    sources: dict[str, Source] = {}
    for folder in work.corpus:
        for source in read(folder, regions_by_id):
            if other := sources.get(source.document_id):
                where = f"{folder}/sources.toml [{source.document_id}]"
                raise CorpusError(where, f"id 与 {other.folder} 中的重复", "改用别的 id")
            sources[source.document_id] = source
    if not sources:
        raise CorpusError(
            " ".join(map(str, work.corpus)), "没有任何文件条目", "至少写一条 [[document]]"
        )
    jsonl.write(work.rows("sources"), (sources[key] for key in sorted(sources)))


def read(folder: Path, regions_by_id: dict[str, Region]) -> list[Source]:
    """The entries of one corpus folder, each with its file checked.

    Args:
        folder: a corpus folder.
        regions_by_id: of corpus/regions.toml.

    Raises:
        CorpusError: an absent folder, a wrong entry, a missing or changed file, a file without entry.
    """
    if not folder.is_dir():
        raise CorpusError(str(folder), "语料文件夹不存在", "改正 CORPUS=… 中的路径")
    path = folder / "sources.toml"
    sources = [
        _source(folder, f"{path} [{row['id']}]", row, regions_by_id)
        for row in toml_files.entries(path, "document", _KEYS, _REQUIRED)
    ]
    _check_strays(folder, path, sources)
    return sources


def _source(
    folder: Path, where: str, row: dict[str, Any], regions_by_id: dict[str, Region]
) -> Source:
    """One entry as a source."""
    if not _ID.fullmatch(row["id"]):
        raise CorpusError(where, f"id = {row['id']!r}", "只用小写字母、数字和单个连字符")
    if row["region"] not in regions_by_id:
        raise CorpusError(where, f"未知地区 {row['region']!r}", "写 corpus/regions.toml 中有的代码")
    for key, allowed in (("level", LEVELS), ("text_kind", TEXT_KINDS)):
        if row[key] not in allowed:
            raise CorpusError(where, f"{key} = {row[key]!r}", f"只能是 {'、'.join(allowed)}")
    if not all(isinstance(name, str) and name for name in row.get("issuers", [])):
        raise CorpusError(where, "issuers 中有不是文字的项", 'issuers = ["机关甲", "机关乙"]')
    _check_applies_to(where, row, regions_by_id)
    _check_file(folder, where, row)
    dates = {key: toml_files.date(where, key, row.get(key)) for key in _DATES}
    return Source(
        document_id=row["id"],
        title=row["title"],
        region_id=row["region"],
        applies_to=row.get("applies_to", []),
        level=row["level"],
        number=row.get("number"),
        issuers=row.get("issuers", []),
        issued_date=dates["issued"],
        effective_date=dates["effective"],
        expires_date=dates["expires"],
        text_kind=row["text_kind"],
        url=row.get("url"),
        folder=folder.as_posix(),
        file=row["file"],
        sha256=row["sha256"],
    )


def _check_applies_to(where: str, row: dict[str, Any], regions_by_id: dict[str, Region]) -> None:
    """Refuse a joint document's other regions that are unknown, its own, or named twice."""
    others = row.get("applies_to", [])
    for at, other in enumerate(others):
        if not isinstance(other, str) or other not in regions_by_id:
            found = f"applies_to 中有未知地区 {other!r}"
            raise CorpusError(where, found, "写 corpus/regions.toml 中有的代码")
        if other == row["region"] or other in others[:at]:
            found = f"applies_to 中的 {other!r} 已经写过"
            raise CorpusError(where, found, "只写 region 以外的地区，各写一次")


def _check_file(folder: Path, where: str, row: dict[str, Any]) -> None:
    """Refuse a file outside the folder, of another format, missing, or changed since it was entered."""
    file = folder / row["file"]
    if Path(row["file"]).is_absolute() or ".." in Path(row["file"]).parts:
        raise CorpusError(where, f"file = {row['file']!r} 在语料文件夹之外", "写文件夹内的相对路径")
    if file.suffix.lower() not in detection.SUFFIXES:
        fix = f"支持 {' '.join(detection.SUFFIXES)}；OFD 请用阅读器导出为 PDF"
        raise CorpusError(where, f"不支持的格式 {file.suffix or row['file']}", fix)
    if not file.is_file():
        raise CorpusError(where, f"文件 {row['file']} 不存在", "补上文件，或删去这一条")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    if sha256 != row["sha256"]:
        fix = f'确认改动无误后写 sha256 = "{sha256}"'
        raise CorpusError(where, f"文件 {row['file']} 与登记的 sha256 不符", fix)


def _check_strays(folder: Path, path: Path, sources: list[Source]) -> None:
    """Refuse a file with two entries, or with none."""
    owners: dict[str, str] = {}  # file → document
    for source in sources:
        if other := owners.get(source.file):
            raise CorpusError(f"{path} [{source.document_id}]", f"文件已属于 [{other}]", "一件一条")
        owners[source.file] = source.document_id
    # only folders that hold documents: corpus/ has data files too
    top = {Path(name).parts[0] for name in owners if len(Path(name).parts) > 1}
    for name in sorted(top):
        for root, _, files in os.walk(folder / name):
            for file in files:
                stray = (Path(root) / file).relative_to(folder).as_posix()
                if stray not in owners and not file.startswith("."):
                    raise CorpusError(
                        f"{folder}/{stray}", "文件没有登记", f"在 {path} 中补一条 [[document]]"
                    )
