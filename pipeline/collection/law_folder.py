"""Law folder: the user's folder of fetched texts: what is in it, what it was fetched from, what is added.

Files of the folder: texts/ID.md, sources.toml, fetched.jsonl (what was fetched from where), originals/ (the bytes of
pages and of Word and PDF files, as they came), old/ (texts that a newer one took the place of), .incoming/ (what is not yet entered).
What a person wrote there stays: entries of sources.toml are added, and of an old one only the hash and the date of a
text that was fetched again are changed.
"""

import hashlib
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.collection import disk
from pipeline.core import jsonl, text_files, toml_files
from pipeline.core.errors import CorpusError
from pipeline.curation import corpus_folder

_ENTRY = re.compile(r"(?m)^[ \t]*\[\[[ \t]*document[ \t]*\]\]")
_STATE = "fetched.jsonl"


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """One file that was fetched.

    Attributes:
        key: the collection and the path in it, or the address of a page.
        document_id: of the document that was made of it.
        blob: git hash of the bytes as they came.
        file: that holds the text, below the folder.
        sha256: of that text as it was written.
        etag: of a page, for the next request.
        modified: of a page, likewise.
        gone: day on which it was found to be no longer there, "" where it is.
    """

    key: str
    document_id: str
    blob: str
    file: str
    sha256: str
    etag: str = ""
    modified: str = ""
    gone: str = ""


@dataclass(frozen=True, slots=True)
class FetchedText:
    """A text to be entered: its entry in sources.toml, with the text's bytes and those that it was made from."""

    entry: dict[str, object]
    fetched: FetchedFile
    text: bytes
    origin: str  # name of the file that it was read from


def git_hash(content: bytes) -> str:
    r"""The name that git gives a file's bytes.

    >>> git_hash(b"hello\n")
    'ce013625030ba8dba906f756967f9e9ca394464a'
    """
    head = b"blob %d\0" % len(content)
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class LawFolder:
    """A folder of fetched texts; to be made by `load`."""

    folder: Path
    fetched: dict[str, FetchedFile]  # by key

    @property
    def incoming(self) -> Path:
        """Where files lie until they are entered."""
        return self.folder / ".incoming"

    def blob(self, file: str) -> str | None:
        """The git hash of a file of the folder; None where there is no such file."""
        path = self.folder / file
        return git_hash(path.read_bytes()) if path.is_file() else None

    def is_edited(self, key: str, file: str) -> bool:
        """Whether a text is there that is not as it was written when it was fetched."""
        path, known = self.folder / file, self.fetched.get(key)
        if not path.is_file():
            return False
        return known is None or hashlib.sha256(path.read_bytes()).hexdigest() != known.sha256

    def keep(self, name: str, content: bytes) -> None:
        """Keep a file whose content was checked until it is entered.

        Raises:
            DiskError: the disk does not take it.
        """
        path = self.incoming / name
        part = path.with_name(f"{name}.part")
        try:
            part.write_bytes(content)
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise disk.refused(self.folder, error) from None

    def enter(self, texts: Iterable[FetchedText]) -> None:
        """Write texts and their entries, then what they were fetched from; what they replace goes to old/.

        Raises:
            DiskError: the disk does not take them; what was there before is there.
        """
        rows = list(texts)
        try:
            (self.folder / "texts").mkdir(parents=True, exist_ok=True)
            for row in rows:
                self._place(str(row.entry["file"]), row.text)
            if rows:
                self._write_entries(rows)
            self.fetched |= {row.fetched.key: row.fetched for row in rows}
            self.save()
            for row in rows:
                (self.incoming / row.fetched.blob).unlink(missing_ok=True)
        except OSError as error:
            raise disk.refused(self.folder, error) from None

    def _place(self, file: str, content: bytes) -> None:
        path = self.folder / file
        before = path.read_bytes() if path.exists() else None
        if before == content:
            return
        if before is not None:
            old = self.folder / "old" / f"{path.stem}-{git_hash(before)[:8]}{path.suffix}"
            old.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, old)
        jsonl.write_lines(path, [content])

    def _write_entries(self, rows: list[FetchedText]) -> None:
        path = self.folder / "sources.toml"
        before = text_files.read(path) if path.exists() else ""
        known = {str(row["id"]) for row in _documents(path)}
        text = before
        for row in rows:
            if row.entry["id"] in known:
                text = renewed(text, row.entry)
        added = [
            corpus_folder.as_toml(row.entry, row.origin)
            for row in sorted(rows, key=lambda row: str(row.entry["id"]))
            if row.entry["id"] not in known
        ]
        text = "\n".join([text.rstrip("\n") + "\n", *added]) if text else "\n".join(added)
        if text != before:
            jsonl.write_text(path, [text])

    def mark_gone(self, keys: Iterable[str], day: str) -> None:
        """Note that files are no longer there; they stay in the folder."""
        for key in keys:
            self.fetched[key] = replace(self.fetched[key], gone=day)

    def save(self) -> None:
        """Write what was fetched from where."""
        rows = [self.fetched[key] for key in sorted(self.fetched)]
        jsonl.write(self.folder / _STATE, rows)

    def entries(self) -> Mapping[str, dict[str, object]]:
        """The entries of sources.toml by id, as they stand."""
        return {str(row["id"]): row for row in _documents(self.folder / "sources.toml")}

    def clean(self) -> None:
        """Remove what was kept until it was entered."""
        shutil.rmtree(self.incoming, ignore_errors=True)


def load(folder: Path) -> LawFolder:
    """A folder, which is made where it is not there.

    Raises:
        CorpusError: it cannot be written to, or is spoiled.
    """
    law_folder = read(folder)
    try:
        law_folder.incoming.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk.refused(folder, error) from None
    return law_folder


def read(folder: Path) -> LawFolder:
    """A folder as it is; nothing is written.

    Raises:
        CorpusError: its list of fetched files, or sources.toml, was spoiled.
    """
    law_folder = LawFolder(folder, {})
    if (folder / _STATE).exists():
        try:
            rows = jsonl.read(folder / _STATE, FetchedFile)
        except ValueError as error:
            fix = "删去这个文件再运行，已有的文本会重新核对"
            raise CorpusError(str(folder / _STATE), f"读不懂（{error}）", fix) from None
        law_folder.fetched = {row.key: row for row in rows}
    _documents(folder / "sources.toml")
    return law_folder


def renewed(text: str, entry: Mapping[str, object]) -> str:
    r"""sources.toml with the hash of one entry's text replaced; all else stays to the byte.

    >>> print(renewed('[[document]]\nid = "a"\nsha256 = "1"\n[[document]]\nid = "b"\nsha256 = "1"\n',
    ...               {"id": "b", "sha256": "2"}), end="")
    [[document]]
    id = "a"
    sha256 = "1"
    [[document]]
    id = "b"
    sha256 = "2"
    """
    starts = [hit.start() for hit in _ENTRY.finditer(text)] + [len(text)]
    own = re.compile(rf"(?m)^[ \t]*id[ \t]*=[ \t]*[\"']{re.escape(str(entry['id']))}[\"']")
    for start, end in zip(starts, starts[1:], strict=False):
        block = text[start:end]
        if own.search(block):
            line = r"(?m)^([ \t]*sha256[ \t]*=[ \t]*[\"'])[0-9a-f]*"
            return text[:start] + re.sub(line, rf"\g<1>{entry['sha256']}", block) + text[end:]
    return text


def _documents(path: Path) -> list[dict[str, object]]:
    """The entries of sources.toml; what else is wrong with them the build will say."""
    if not path.exists():
        return []
    rows = toml_files.load(path).get("document", [])
    return [row for row in rows if isinstance(row, dict) and "id" in row]
