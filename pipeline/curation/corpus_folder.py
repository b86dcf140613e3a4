"""Shelves: a corpus folder that takes in documents; what it holds, and an entry written at its end.

What is there already stays as it is, byte for byte: an entry is added behind the last.
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
from pipeline.core.records import Document
from pipeline.language.normalization import fold

_SENTENCE = 12  # characters; what is shorter says nothing of its own
_FEW, _ALIKE = 8, 0.8  # sentences of the shorter text; the share of them that both have
_ORDER = ("id", "title", "region", "level", "number", "issuers", "issued", "effective", "expires",
          "text_kind", "url", "file", "sha256")  # fmt: skip


@dataclass(slots=True)
class Shelf:
    """A folder to add to, and what all folders of the corpus hold: ids, texts, titles with dates."""

    folder: Path
    ids: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    titles: dict[tuple[str, str | None], str] = field(default_factory=dict)
    sentences: dict[str, frozenset[str]] = field(default_factory=dict)

    def note(self, document_id: str, title: str, issued: str | None, text: str) -> None:
        """Remember a document that is there."""
        self.ids.add(document_id)
        self.texts[fingerprint(text)] = document_id
        self.titles[(_folded(title), issued)] = document_id
        self.sentences[document_id] = _sentences(text)

    def refuse_double(self, file: Path, title: str, issued: str | None, text: str) -> None:
        """Refuse what is there already.

        Raises:
            CorpusError: the same text, or the same title of the same date.
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

    def likest(self, text: str) -> str | None:
        """What to tell of a document that says nearly the same, most of the shorter of the two."""
        own = _sentences(text)
        shares = {
            other: len(own & theirs) / min(len(own), len(theirs))
            for other, theirs in self.sentences.items()
            if min(len(own), len(theirs)) >= _FEW
        }
        best = max(shares, key=lambda other: (shares[other], other), default="")
        if not best or shares[best] < _ALIKE:
            return None
        return f"与 [{best}] 有 {shares[best]:.0%} 的句子相同，看看是不是同一件"

    def put(self, entry: dict[str, object], text: str, origin: str) -> None:
        """Write a document's text and its entry, both or neither; the entries before stay as they are.

        Raises:
            CorpusError: the folder cannot be written to.
        """
        file = self.folder / str(entry["file"])
        path = self.folder / "sources.toml"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(file, text.encode())
            before = path.read_bytes() if path.exists() else b""
            _write(path, before + _added(before, as_toml(entry, origin)))
        except OSError as error:
            file.unlink(missing_ok=True) if os.access(file.parent, os.W_OK) else None
            fix = "检查这个文件夹的权限和磁盘空间"
            raise CorpusError(str(self.folder), f"写不进去（{error.strerror}）", fix) from None
        except KeyboardInterrupt:
            file.unlink(missing_ok=True)
            raise


def held(folder: Path, documents: Iterable[Document]) -> Shelf:
    """A shelf that knows these documents."""
    shelf = Shelf(folder)
    for document in documents:
        shelf.note(
            document.document_id,
            document.title,
            document.issued_date,
            document.head + document.text,
        )
    return shelf


def fingerprint(text: str) -> str:
    r"""What two copies of a text have in common, however they break their lines.

    >>> fingerprint("# 甲办法\n第一条 乙。") == fingerprint("甲办法\n\n第一条　乙。")
    True
    """
    return hashlib.sha256(re.sub(r"[\s#]|<!-- INFO END -->", "", fold(text)).encode()).hexdigest()


def _sentences(text: str) -> frozenset[str]:
    plain = re.sub(r"[ \t\u00a0\u3000#]", "", fold(text))
    return frozenset(each for each in re.split(r"[。;\n]", plain) if len(each) >= _SENTENCE)


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
    for key in _ORDER:
        if (value := entry.get(key)) not in (None, [], ()):
            lines.append(f"{key} = {_value(key, value)}")
    return "\n".join(lines) + "\n"


def _value(key: str, value: object) -> str:
    if key in ("issued", "effective", "expires") and len(str(value)) == 10:
        return datetime.date.fromisoformat(str(value)).isoformat()
    return json.dumps(value, ensure_ascii=False)


def _added(before: bytes, entry: str) -> bytes:
    """An entry to stand behind what is there, its lines ended as theirs are."""
    gap = "" if not before else "\n" if before.endswith(b"\n") else "\n\n"
    end = "\r\n" if b"\r\n" in before else "\n"
    return (gap + entry).replace("\n", end).encode()


def _write(path: Path, content: bytes) -> None:
    """Write beside and rename: the file is whole or as it was; a link stays a link."""
    path = path.resolve()
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    if path.exists():
        shutil.copymode(path, part)
    part.replace(path)
