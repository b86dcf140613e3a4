"""Corpus folder: check new documents against those of the corpus, write their texts and entries.

Existing entries of sources.toml stay as they are, byte for byte: a new one is added at the end.
"""

import datetime
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.core.errors import CorpusError
from pipeline.core.records import END_OF_HEAD, Document
from pipeline.language.normalization import fold

_SENTENCE = 12  # characters; shorter sentences occur in many texts
_FEWEST = 8  # sentences; texts with fewer are not compared by sentences
_SIMILAR = 0.8  # share of the shorter text's sentences from which two texts are nearly the same
_KEYS = (
    "id",
    "title",
    "region",
    "level",
    "number",
    "issuers",
    "issued",
    "effective",
    "expires",
    "text_kind",
    "url",
    "file",
    "sha256",
)


@dataclass(slots=True)
class CorpusFolder:
    """The folder that documents are added to, and an index of all folders of the corpus.

    The values of the index are document ids, except in `sentences`, where they are the keys.
    """

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)  # by fingerprint
    titles: dict[tuple[str, str | None], str] = field(default_factory=dict)  # by title and date
    sentences: dict[str, frozenset[str]] = field(default_factory=dict)

    def index(self, document_id: str, title: str, issued: str | None, text: str) -> None:
        """Add a document to the index."""
        self.texts[fingerprint(text)] = document_id
        self.titles[(_folded(title), issued)] = document_id
        self.sentences[document_id] = _sentences(text)

    def refuse_duplicate(self, file: Path, title: str, issued: str | None, text: str) -> None:
        """Refuse a document that the corpus has already.

        Raises:
            CorpusError: the same text, or the same title with the same date.
        """
        if other := self.texts.get(fingerprint(text)):
            raise CorpusError(str(file), f"与 [{other}] 文字相同", "不必再收；要换文本，先改那一条")
        if other := self.titles.get((_folded(title), issued)):
            day = issued or "都没有日期"
            raise CorpusError(
                str(file),
                f"与 [{other}] 题名、日期相同（{day}）",
                "同一件就不必再收；要换文本，先改那一条",
            )

    def similarity_note(self, text: str) -> str | None:
        """A note that names the document most similar to a text, where nearly all is the same."""
        own = _sentences(text)
        shares = {
            document_id: len(own & sentences) / min(len(own), len(sentences))
            for document_id, sentences in self.sentences.items()
            if min(len(own), len(sentences)) >= _FEWEST
        }
        best = max(shares, key=lambda other: (shares[other], other), default="")
        if not best or shares[best] < _SIMILAR:
            return None
        return f"与 [{best}] 有 {shares[best]:.0%} 的句子相同，看看是不是同一件"

    def add(self, entry: dict[str, object], text: str, origin: str) -> None:
        """Write a document's text and its entry, both or neither.

        Args:
            entry: with the keys of sources.toml.
            text: of the text file.
            origin: name of the file that it was read from.

        Raises:
            CorpusError: the folder cannot be written to.
        """
        file = self.folder / str(entry["file"])
        path = self.folder / "sources.toml"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(file, text.encode())
            before = path.read_bytes() if path.exists() else b""
            _write(path, before + _appendix(before, as_toml(entry, origin)))
        except OSError as error:
            file.unlink(missing_ok=True) if os.access(file.parent, os.W_OK) else None
            fix = "检查这个文件夹的权限和磁盘空间"
            raise CorpusError(str(self.folder), f"写不进去（{error.strerror}）", fix) from None
        except KeyboardInterrupt:
            file.unlink(missing_ok=True)
            raise


def load(folder: Path, documents: Iterable[Document]) -> CorpusFolder:
    """A folder to add to, with an index of the documents of the corpus."""
    corpus = CorpusFolder(folder)
    for document in documents:
        text = document.head + document.text
        corpus.index(document.document_id, document.title, document.issued_date, text)
    return corpus


def fingerprint(text: str) -> str:
    r"""A hash of a text that does not depend on line breaks, blanks and # signs.

    >>> fingerprint("# 甲办法\n第一条 乙。") == fingerprint("甲办法\n\n第一条　乙。")
    True
    """
    plain = re.sub(rf"[\s#]|{END_OF_HEAD}", "", fold(text))
    return hashlib.sha256(plain.encode()).hexdigest()


def _sentences(text: str) -> frozenset[str]:
    plain = re.sub(r"[ \t\u00a0\u3000#]", "", fold(text))
    sentences = re.split(r"[。;\n]", plain)
    return frozenset(sentence for sentence in sentences if len(sentence) >= _SENTENCE)


def _folded(title: str) -> str:
    return re.sub(r"\s", "", fold(title))


def as_toml(entry: dict[str, object], origin: str) -> str:
    """An entry of sources.toml, with the name of the file that it was read from.

    >>> print(as_toml({"id": "a-1", "issued": "2019-01-31", "issuers": ["甲"], "number": None}, "甲.docx"), end="")
    [[document]]  # 读自 甲.docx
    id = "a-1"
    issuers = ["甲"]
    issued = 2019-01-31
    """
    name = re.sub(r"[\x00-\x1f\x7f]", " ", origin)
    lines = [f"[[document]]  # 读自 {name}"]
    for key in _KEYS:
        if (value := entry.get(key)) not in (None, [], ()):
            lines.append(f"{key} = {_value(key, value)}")
    return "\n".join(lines) + "\n"


def _value(key: str, value: object) -> str:
    if key in ("issued", "effective", "expires") and len(str(value)) == 10:
        return datetime.date.fromisoformat(str(value)).isoformat()
    return json.dumps(value, ensure_ascii=False)


def _appendix(before: bytes, entry: str) -> bytes:
    """An entry to append to a file, with the file's own line ends."""
    gap = "" if not before else "\n" if before.endswith(b"\n") else "\n\n"
    end = "\r\n" if b"\r\n" in before else "\n"
    return (gap + entry).replace("\n", end).encode()


def _write(path: Path, content: bytes) -> None:
    """Write a file atomically (to a part file, then renamed); a link stays a link."""
    path = path.resolve()
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    if path.exists():
        shutil.copymode(path, part)
    part.replace(path)
