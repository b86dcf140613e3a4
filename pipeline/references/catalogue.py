"""Catalogue: the documents of the corpus by title and number, for whoever names one.

A number decides; a title alone counts where it can mean one document only. What stays open is not guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from pipeline.core.records import Document, Region
from pipeline.language import dates, document_numbers, document_titles

Found = tuple[Document | None, str | None]  # which document, and what decided
NONE: Found = (None, None)


class Catalogue:
    """All documents under every form of their titles and numbers."""

    def __init__(self, documents: Iterable[Document], regions: dict[str, Region]) -> None:
        self.regions = regions
        self.places = tuple(
            name for region in regions.values() for name in _names(region) if len(name) > 1
        )
        self.titles: dict[str, list[Document]] = defaultdict(list)
        self.numbers: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            for key in dict.fromkeys(_keys(document.title)):
                self.titles[key].append(document)
            if number := numbered(document):
                self.numbers[number].append(document)

    def resolve(
        self, citing: Document, name: str | None, number: str | None, repealed: bool = False
    ) -> Found:
        """Which document a mention means.

        Args:
            citing: the document that the mention stands in.
            name: as printed, without 书名号.
            number: folded.
            repealed: the mention ends what it names, which can only be older than its own text.

        Returns:
            the document, and 文号, 题名 or 最新版本; nothing where it is not in the corpus or not certain.
        """
        if (
            name
            and not number
            and not repealed
            and document_titles.key(name) == document_titles.key(citing.title)
        ):
            return citing, "题名"  # its own name, whatever other texts of it there are
        named = [d for d in self._named(citing, name) if d is not citing or not repealed]
        if number and (exact := self.numbers.get(number)):
            both = [d for d in exact if d in named] or ([] if named and name else exact)
            return (both[0], "文号") if len(both) == 1 else NONE
        if number:  # a document with another number is another document
            named = [d for d in named if numbered(d) is None]
        if repealed:
            named = [d for d in named if _older(d, citing)]
        return _newest(named)

    def _named(self, citing: Document, name: str | None) -> list[Document]:
        """The documents of that name, of the nearest region first where the name tells no place."""
        if not name:
            return []
        for key in _keys(name):
            found = self.titles.get(key, [])
            speaker = document_titles.issuer(name)
            found = [d for d in found if speaker in ("", document_titles.issuer(d.title)) or not document_titles.issuer(d.title)]  # fmt: skip
            same = [d for d in found if _plain(d.title) == _plain(name)]
            if near := self._near(same or found, citing, name):
                return near
        return []

    def _near(self, found: list[Document], citing: Document, name: str) -> list[Document]:
        if not found or any(place in name[:12] for place in self.places):
            return found
        region: str | None = citing.region_id
        while region is not None:
            if here := [d for d in found if d.region_id == region]:
                return here
            region = self.regions[region].parent_id
        return []


def numbered(document: Document) -> str | None:
    """A document's number, folded."""
    return document_numbers.fold_number(document.number) if document.number else None


def _names(region: Region) -> tuple[str, ...]:
    return (region.name, re.sub("(?:省|市|新区|区|县)$", "", region.name))


def _keys(title: str) -> list[str]:
    """What a title may be cited as: whole, without its issuer, what it carries."""
    speaker = document_titles.issuer(title)
    whole = re.sub(r"\s", "", title)
    at = whole.find("关于")
    forms = [whole, whole[at:] if speaker and at > 0 else None, document_titles.inner(title)]
    return [document_titles.key(form) for form in forms if form]


def _plain(title: str) -> str:
    return re.sub(r"[\s《》〈〉]", "", title)


def _older(document: Document, citing: Document) -> bool:
    """Whether a document is known to be older; one of another name and of unknown date may be."""
    begun, ended = _date(document), _date(citing)
    if begun is None or ended is None:
        return document_titles.key(document.title) != document_titles.key(citing.title)
    return dates.last_day(begun) < ended


def _date(document: Document) -> str | None:
    return document.issued_date or document.effective_date


def _newest(found: list[Document]) -> Found:
    """The only one, or the newest of several texts of one document, if all are dated."""
    official = [d for d in found if d.text_kind == "official"] or found
    if len(official) == 1:
        return official[0], "题名"
    dated = sorted((dates.last_day(date), d.document_id) for d in official if (date := _date(d)))
    if len(dated) < len(official) or not dated or (dated[-1][0] == dated[-2][0]):
        return NONE
    return next(d for d in official if d.document_id == dated[-1][1]), "最新版本"
