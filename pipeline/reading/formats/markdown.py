"""Web pages pasted as Markdown: links become their words, and lists of nothing but links are dropped.

The corpora's own files are Markdown too, and are read as they are.
"""

import re
from itertools import groupby

from pipeline.core.records import END_OF_HEAD

_OWN = re.compile(rf"\A---\n|^{END_OF_HEAD}|\[\^[a-z0-9-]+\]", re.MULTILINE)
_TARGET = r"(?:[a-z]+:|[/.#?])(?:[^()\s]|\([^()\s]*\))*"
_LINK = re.compile(rf"(!?)\[([^\[\]\n]{{0,200}})\]\(\s?{_TARGET}(?:\s[\"'][^\"'\n]*[\"'])?\s?\)")
_BULLET = re.compile(r"[-*+>\s]*")
_ATTACHED = re.compile(r"附\s?[件表图录]|\.(?:docx?|xlsx?|pdf|wps|ofd|zip|rar)\b", re.IGNORECASE)
_SEVERAL = 3  # consecutive lines of nothing but a link from which they are navigation


def is_own(text: str) -> bool:
    """Whether a text is a corpus's own file: it has a head, or marks of facts."""
    return bool(_OWN.search(text))


def plain(text: str) -> str:
    r"""A page without link targets, and without its lists of links.

    >>> plain("[首页](/) > 公开\n- [甲](/a)\n- [乙](/b)\n- [丙](/c)\n见[某办法](http://x/y)〔1〕(2)。")
    '首页 > 公开\n见某办法〔1〕(2)。'
    """
    kept: list[str] = []
    for is_linked, group in groupby(text.split("\n"), key=_is_link):
        lines = list(group)
        is_list = sum(map(bool, lines)) >= _SEVERAL
        if not is_linked:
            kept += map(_words, lines)
        elif is_list and not _ATTACHED.search("".join(lines)):
            continue
        else:
            kept += [_words(_BULLET.sub("", line, count=1)) for line in lines]
    return "\n".join(kept)


def _is_link(line: str) -> bool:
    """Whether a line is one link and nothing else."""
    return bool(_LINK.fullmatch(_BULLET.sub("", line.strip(), count=1)))


def _words(line: str) -> str:
    """A line with the words of its links in their place; pictures are dropped."""
    return _LINK.sub(lambda hit: "" if hit[1] else hit[2], line)
