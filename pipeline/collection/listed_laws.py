"""Listed laws: the files that the lists name, each as a document, beside what the folder has of it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.collection import law_names
from pipeline.collection.fetch_settings import FetchSettings, FileCollection, ListedFile
from pipeline.collection.law_folder import FetchedFile, FetchedText, LawFolder
from pipeline.collection.law_names import LawName
from pipeline.core.errors import CorpusError
from pipeline.core.records import Region
from pipeline.reading.formats import plain_text


@dataclass(frozen=True, slots=True)
class ListedLaw:
    """A file of a list, and what its path tells."""

    collection: FileCollection
    listed: ListedFile
    name: LawName

    @property
    def key(self) -> str:
        """By which the folder knows where it came from."""
        return f"{self.collection.collection_id}:{self.listed.path}"

    @property
    def file(self) -> str:
        """Its text in the folder."""
        return f"texts/{self.name.document_id}.md"


def of_settings(
    settings: FetchSettings, regions_by_id: Mapping[str, Region]
) -> tuple[list[ListedLaw], list[CorpusError]]:
    """The laws of all lists by id, and a refusal for each path that tells no region or a known id."""
    laws: dict[str, ListedLaw] = {}
    refused: list[CorpusError] = []
    pages = {page.document_id for page in settings.pages}
    for collection in settings.collections:
        for listed in collection.files:
            try:
                name = law_names.of_path(listed.path, regions_by_id, settings.ids)
            except CorpusError as error:
                refused.append(error)
                continue
            if name.document_id in laws or name.document_id in pages:
                found = f"编号 {name.document_id} 与另一件相同"
                refused.append(CorpusError(listed.path, found, "清单里同一件只留一行"))
                continue
            laws[name.document_id] = ListedLaw(collection, listed, name)
    return [laws[key] for key in sorted(laws)], refused


def lacking(laws: Iterable[ListedLaw], folder: LawFolder) -> tuple[list[ListedLaw], list[str]]:
    """The laws to be fetched, and the files of those whose text a person changed, which are left alone."""
    wanted, edited = [], []
    for law in laws:
        if folder.blob(law.file) == law.listed.blob:
            continue
        if folder.is_edited(law.key, law.file):
            edited.append(law.file)
        else:
            wanted.append(law)
    return wanted, edited


def text(law: ListedLaw, content: bytes) -> FetchedText:
    """A law as it is entered: the bytes as they came, title and date as the text states them.

    Raises:
        CorpusError: the bytes are no text.
    """
    words = plain_text.decoded(Path(law.listed.path), content)
    sha256 = hashlib.sha256(content).hexdigest()
    entry: dict[str, object] = {
        "id": law.name.document_id,
        "title": law_names.printed_title(words, law.name.title),
        "region": law.name.region,
        "level": law.name.level,
        "issued": law.name.issued or law_names.day_of_issue(words),
        "text_kind": "official",
        "url": law.collection.public_address(law.listed.path),
        "file": law.file,
        "sha256": sha256,
    }
    fetched = FetchedFile(law.key, law.name.document_id, law.listed.blob, law.file, sha256)
    return FetchedText(entry, fetched, content, law.listed.path)
