"""Catalogue: the documents of the corpus by title and number, used to resolve references.

A number decides; a title alone counts where it can mean one document only. Otherwise nothing is guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from pipeline.core.records import Document, Region
from pipeline.language import dates, document_numbers, document_titles

Resolution = tuple[Document | None, str | None]  # the document, and what decided
_BEGINNING = 12  # characters of a title in which its region is named
_UNRESOLVED: Resolution = (None, None)


class Catalogue:
    """All documents under every form of their titles and numbers."""

    def __init__(self, documents: Iterable[Document], regions: dict[str, Region]) -> None:
        self._regions = regions
        self._region_names = {
            name for region in regions.values() for name in _names(region) if len(name) > 1
        }
        self._lengths = {len(name) for name in self._region_names}
        self._by_title: dict[str, list[Document]] = defaultdict(list)
        self._by_number: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            for key in dict.fromkeys(_keys(document.title)):
                self._by_title[key].append(document)
            if number := folded_number(document):
                self._by_number[number].append(document)

    def resolve(
        self, citing: Document, name: str | None, number: str | None, repealed: bool = False
    ) -> Resolution:
        """The document that a mention means.

        Args:
            citing: the document that the mention stands in.
            name: as printed, without 书名号.
            number: folded.
            repealed: the mention repeals what it names, which must then be older than `citing`.

        Returns:
            The document, and what decided: 文号, 题名 or 最新版本; (None, None) where it is not in the
            corpus or not certain.
        """
        is_own = name and document_titles.key(name) == document_titles.key(citing.title)
        if is_own and not number and not repealed:
            return citing, "题名"  # its own name, even where the corpus has other texts of it
        named = [
            d
            for d in self._named(citing, name)
            if d.document_id != citing.document_id or not repealed
        ]
        if number and (numbered := self._by_number.get(number)):
            both = [d for d in numbered if d in named] or ([] if named and name else numbered)
            return (both[0], "文号") if len(both) == 1 else _UNRESOLVED
        if number:  # a document with another number is another document
            named = [d for d in named if folded_number(d) is None]
        if repealed:
            named = [d for d in named if _older(d, citing)]
        return _newest(named)

    def _named(self, citing: Document, name: str | None) -> list[Document]:
        """The documents of that name; of the nearest region only, where the name has no region in it."""
        if not name:
            return []
        issuer = document_titles.issuer(name)
        for key in _keys(name):
            candidates = [d for d in self._by_title.get(key, []) if _is_issued_by(d, issuer)]
            same = [d for d in candidates if _plain(d.title) == _plain(name)]
            if nearest := self._nearest(same or candidates, citing, name):
                return nearest
        return []

    def _nearest(self, candidates: list[Document], citing: Document, name: str) -> list[Document]:
        """Those of the citing document's own region, else of the region above it, and so on."""
        if not candidates or self._has_region(name[:_BEGINNING]):
            return candidates
        region: str | None = citing.region_id
        while region is not None:
            if local := [d for d in candidates if d.region_id == region]:
                return local
            region = self._regions[region].parent_id
        return []

    def _has_region(self, text: str) -> bool:
        """Whether a region is named in a text; a nation has thousands, a title few parts."""
        return any(
            text[start : start + length] in self._region_names
            for length in self._lengths
            for start in range(len(text) - length + 1)
        )


def _is_issued_by(document: Document, issuer: str) -> bool:
    """Whether the issuers in two titles agree, or one of them has none."""
    own_issuer = document_titles.issuer(document.title)
    return not issuer or not own_issuer or issuer == own_issuer


def folded_number(document: Document) -> str | None:
    """A document's number, folded."""
    return document_numbers.fold_number(document.number) if document.number else None


def _names(region: Region) -> tuple[str, ...]:
    return (region.name, re.sub("(?:省|市|新区|区|县)$", "", region.name))


def _keys(title: str) -> list[str]:
    """The keys of the forms that a title is cited in: whole, without its issuer, the title inside it."""
    issuer = document_titles.issuer(title)
    whole = re.sub(r"\s", "", title)
    about = whole.find("关于")
    forms = [whole, whole[about:] if issuer and about > 0 else None, document_titles.inner(title)]
    return [document_titles.key(form) for form in forms if form]


def _plain(title: str) -> str:
    return re.sub(r"[\s《》〈〉]", "", title)


def _older(document: Document, citing: Document) -> bool:
    """Whether a document is older; where a date is unknown, whether it has another name."""
    date, citing_date = _date(document), _date(citing)
    if date is None or citing_date is None:
        return document_titles.key(document.title) != document_titles.key(citing.title)
    return dates.last_day(date) < citing_date


def _date(document: Document) -> str | None:
    return document.issued_date or document.effective_date


def _newest(candidates: list[Document]) -> Resolution:
    """The only one, or the newest of several texts of one document, if all are dated."""
    official = [d for d in candidates if d.text_kind == "official"] or candidates
    if len(official) == 1:
        return official[0], "题名"
    dated = sorted((dates.last_day(date), d.document_id) for d in official if (date := _date(d)))
    if len(dated) < len(official) or not dated or (dated[-1][0] == dated[-2][0]):
        return _UNRESOLVED
    return next(d for d in official if d.document_id == dated[-1][1]), "最新版本"
