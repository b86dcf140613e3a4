"""`make report`: topics of a comparison as Word and Excel files, by what the site's downloads are made with.

    python -m pipeline.site.report KB --topic shoutai --comparison sh-jx --as-of 2018 --out reports

A file that is there is never overwritten: then nothing is written at all.
"""

import argparse
import asyncio
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels
from pipeline.site.exports import brief, matter_sheets
from pipeline.site.pages import selection
from pipeline.site.search.fulltext import fold

_TOPICS = "select topic_id, name from topics order by rowid"
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]')  # in the name of a file, on any system
_MAKERS = (("docx", brief.document), ("xlsx", matter_sheets.workbook))


class ReportError(Exception):
    """What is wrong with an argument, and how to fix it; printed as one line."""


async def contents(db: Database, topic: str, comparison: str, as_of: str) -> list[dict[str, Any]]:
    """What the files of a topic hold, of all topics that have matters where none is given.

    Args:
        db: the knowledge base.
        topic: id or name; "" = all.
        comparison: id or title; "" = the first.
        as_of: a day that gaps are computed for, its id or its name; "" = the newest.

    Raises:
        ReportError: one that is unknown; the line has those that there are.
    """
    topics = await kb.rows(db, _TOPICS)
    comparisons, moments = await kb.comparisons(db), await kb.moments(db)
    chosen = _choose("TOPIC", topic, topics, ("topic_id", "name")) if topic else None
    side = _choose("COMPARISON", comparison, comparisons, ("comparison_id", "title"))
    day = _choose("AS_OF", as_of, moments, ("as_of", "moment_id", "name"))
    args = MultiParams({"comparison": [side["comparison_id"]], "date": [day["moment_id"]]})
    found = [
        await selection.of_topic(db, row["topic_id"], args)
        for row in ([chosen] if chosen else topics)
    ]
    files = [data for data in found if data and data["matters"]]
    if not files:
        raise ReportError("TOPIC：这一组比较在这一日期没有可写的事项；改法：换一个主题、比较或日期")
    return files


def _choose(name: str, value: str, rows: Sequence[kb.Row], columns: Sequence[str]) -> kb.Row:
    """The row that has a value in one of some columns; the first row for an empty value."""
    for row in rows:
        if not value or fold(value) in [fold(row[column]) for column in columns]:
            return row
    known = "、".join(f"{row[columns[0]]}（{row[columns[-1]]}）" for row in rows)
    raise ReportError(f"{name}：没有 {value!r}；改法：写其中之一：{known}")


def write(data: dict[str, Any], word: Any, site: str) -> list[tuple[str, bytes]]:
    """The names and bytes of the files of one topic.

    Args:
        data: of pages/selection.py.
        word: a code and its column → its label.
        site: address of the site that links lead to.
    """
    about = data["title"], data["comparison"]["title"], data["moment"]["as_of"]
    stem = "-".join(_UNSAFE.sub("", part) for part in about)
    return [
        (f"{stem}.{suffix}", make(data, lambda path: f"{site}{path}", word))
        for suffix, make in _MAKERS
    ]


def run(options: argparse.Namespace) -> list[Path]:
    """Write the files; their paths are returned.

    Raises:
        ReportError: an unknown name, or a file that is there.
    """
    if not options.kb.is_file():
        raise ReportError(f"{options.kb}：没有知识库；改法：先运行 make")
    db = Datasette(immutables=[str(options.kb)]).get_database(options.kb.stem)
    given = options.topic, options.comparison, options.as_of
    data = asyncio.run(contents(db, *given))
    word = labels.of(db).word
    files = [file for each in data for file in write(each, word, options.site)]
    paths = [(options.out / name, body) for name, body in files]
    for path, _ in paths:
        if path.exists():
            raise ReportError(
                f"{path}：已有这个文件，一件也没有写；改法：OUT=另一个文件夹，或先移走它"
            )
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        for path, body in paths:
            part_path = path.with_name(f".{path.name}.part")
            part_path.write_bytes(body)
            part_path.replace(path)
    except OSError as error:
        raise ReportError(
            f"{options.out}：写不进去（{error.strerror}）；改法：OUT=另一个文件夹"
        ) from None
    return [path for path, _ in paths]


def main(arguments: list[str] | None = None) -> int:
    """Write the files that the arguments ask for; the exit status is returned."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.site.report")
    parser.add_argument("kb", type=Path)
    parser.add_argument("--topic", default="")
    parser.add_argument("--comparison", default="")
    parser.add_argument("--as-of", default="")
    parser.add_argument("--out", type=Path, default=Path("reports"))
    parser.add_argument("--site", default="http://127.0.0.1:8001")
    try:
        for path in run(parser.parse_args(arguments)):
            print(f"已写 {path}")
    except ReportError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
