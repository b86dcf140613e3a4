"""File titles: whether the title in a file's properties or headings is that of a document."""

import re
from functools import cache

from pipeline.language import official_words

_LENGTH = range(6, 121)  # characters
_PARTS = re.compile(r"\s*[_—–|]+\s*|\s*-+(?!\d)\s*")


@cache
def _title() -> re.Pattern[str]:
    """A document's title: ends with a genre, or has 关于 or 《》."""
    genres = official_words.genres()
    genre = official_words.any_of(genres.common, genres.file_title)
    return re.compile(
        rf".*{genre}(?:[（(\[【〔].{{1,20}}[）)\]】〕])?(?:的?解读)?|关于.*|.*《.+》.*"
    )


def choose(candidates: list[str]) -> str | None:
    """The first candidate that is a document's title: all of it, or a part beside the site's name.

    >>> choose(["某市教育局", "关于做好某项工作的通知-政策文件-某市门户网站"])
    '关于做好某项工作的通知'
    """
    for candidate in candidates:
        whole = " ".join(candidate.split())
        for title in (whole, *_PARTS.split(whole)):
            if len(title) in _LENGTH and _title().fullmatch(title) and not _PARTS.search(title):
                return title
    return None
