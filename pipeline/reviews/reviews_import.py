"""`make importreviews FILE=…`: takes the reviews of an export into reviews.db, those that it lacks.

All or nothing: one wrong line, and none is taken. A second import changes nothing.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from pipeline.core import jsonl, text_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.reviews.review_records import Review
from pipeline.site.reviews import review_log

_FIX = "换成 make exportreviews 写出的、没有改过的文件"
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")


def run(work: Workspace, files: Sequence[Path]) -> None:
    """Import files of reviews.

    Raises:
        CorpusError: no file, a line that is no review or was changed, or a log that is none.
    """
    if not files:
        raise CorpusError("FILE", "没有给出文件", "make importreviews FILE=审阅.jsonl")
    reviews = [review for path in files for review in read(path)]
    try:
        count = review_log.append(work.reviews, map(jsonl.as_dict, reviews))
    except sqlite3.Error as error:
        raise CorpusError(str(work.reviews), f"写不进去（{error}）", "改正 REVIEWS") from None
    print(f"{work.reviews}：新收 {count} 条，已有 {len(reviews) - count} 条")


def read(path: Path) -> Iterator[Review]:
    """The reviews of an export.

    Raises:
        CorpusError: an unreadable file, or a line that is no review or was changed.
    """
    for number, line in enumerate(text_files.read(path).splitlines(), 1):
        if not line.strip():
            continue
        where = f"{path} 第 {number} 行"
        try:
            (review,) = jsonl.from_lines([line.encode()], Review)
        except ValueError as error:
            raise CorpusError(where, f"不是一条审阅（{error}）", _FIX) from None
        check(where, review)
        yield review


def check(where: str, review: Review) -> None:
    """Refuse a review that no page could have written, or whose content is not what its id says.

    Raises:
        CorpusError: what is wrong.
    """
    row = jsonl.as_dict(review)
    content = {name: value for name, value in row.items() if name != "review_id"}
    is_time = _TIME.fullmatch(review.reviewed_at)
    try:
        datetime.fromisoformat(review.reviewed_at)
    except ValueError:
        is_time = None
    faults = {
        "编号与内容不符，改动过": review_log.with_id(content)["review_id"] != review.review_id,
        f"kind = {review.kind!r}": review.kind not in review_log.KINDS,
        f"verdict = {review.verdict!r}": review.verdict not in review_log.VERDICTS,
        f"reviewed_at = {review.reviewed_at!r}": not is_time,
        "没有审阅人": not review.reviewer,
        "改配没有写明条款": (review.verdict == "repair") != bool(review.partner),
        "附注过长": len(review.note) > review_log.MAX_NOTE,
        "附注是空的": review.verdict == "note" and not review.note,
    }
    for fault, is_there in faults.items():
        if is_there:
            raise CorpusError(where, fault, _FIX)
