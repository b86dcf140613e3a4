"""Completeness: whether the text of a document ends where it should, at its commencement article."""

from collections.abc import Iterable

from pipeline.core.records import Clause, Document

_COMMENCEMENT = "施行"
_LAST = 3  # articles at the end among which that of commencement stands


def unfinished(document: Document, clauses: Iterable[Clause]) -> str | None:
    """Why a text is taken to stop early, in Chinese; None where it is complete or has no articles.

    Args:
        document: of any kind; only official texts can be unfinished.
        clauses: its own, in reading order.
    """
    if document.text_kind != "official":
        return None
    articles = [clause for clause in clauses if clause.kind == "article"]
    if not articles or any(_COMMENCEMENT in clause.text for clause in articles[-_LAST:]):
        return None
    return f"收录文本止于{articles[-1].path.split()[-1]}，疑不完整"
