"""Documents: the text of every source, with its head (title, 题注) apart from its body.

Reads   build/sources.jsonl and the files that it names, corpus/patterns/
Writes  build/documents.jsonl
"""

import hashlib
import os
import re
from pathlib import Path

from pipeline.core import jsonl
from pipeline.core.computation import kept_rows
from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.core.records import END_OF_HEAD, Document, Source
from pipeline.language import official_words
from pipeline.reading.formats import reader
from pipeline.reading.formats.web import boilerplate
from pipeline.reading.metadata import document_kinds, metadata

_FACT = re.compile(r"[ ]?\[\^([a-z0-9-]+)\](?!:)")
_FOOTNOTE = re.compile(r"^\[\^[a-z0-9-]+\]:.*\n?", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def run(work: Workspace) -> None:
    """Read every document whose entry or file changed.

    Raises:
        CorpusError: a file cannot be read, or a word list of the readers is wrong: that is told at
            every build, not only by the first document that needs the words.
    """
    for load_words in (boilerplate.patterns, document_kinds.words, official_words.letterheads):
        load_words()

    rows = jsonl.read(work.rows("sources"), Source)
    files = (os.path.relpath(Path(source.folder) / source.file) for source in rows)
    fresh, kept = kept_rows.compute_per_document(
        (work.rows("sources"), Source), work.rows("documents"), of_source, work.workers, files
    )
    print(f"documents: {fresh} 件新读，{kept} 件未变")


def of_source(rows: list[Source]) -> list[Document]:
    """The document of one source, which is one row.

    Raises:
        CorpusError: as `read`; or the file is another than the one that its entry was checked against.
    """
    read_documents = list(map(read, rows))
    for source in rows:
        file = Path(source.folder) / source.file
        if hashlib.sha256(file.read_bytes()).hexdigest() != source.sha256:
            where = f"{source.folder}/sources.toml [{source.document_id}]"
            raise CorpusError(where, f"文件 {source.file} 在构建中变了", "再运行一次 make")
    return read_documents


def read(source: Source) -> Document:
    """Read one document, and print the warnings about its file.

    Raises:
        CorpusError: the file cannot be read, or holds no text beside its head.
    """
    where = f"{source.folder}/sources.toml [{source.document_id}]"
    path = Path(source.folder) / source.file
    try:
        file = reader.read(path)
    except CorpusError as error:
        if error.where != str(path):  # the fault is in a data file that reading needs
            raise
        raise CorpusError(where, f"文件 {source.file} {error.found}", error.fix) from None
    for warning in file.warnings:
        print(f"documents: {where}：{source.file} {warning}")
    if file.format == "md" or END_OF_HEAD in file.text:
        head, body = split_head(file.text, source.title)
    else:
        at = metadata.read(file.text, source.title).body
        head, body = file.text[:at].strip("\n"), file.text[at:].strip("\n")
    marks: list[tuple[int, str]] = []
    if source.text_kind == "digest":
        body, marks = take_marks(_FOOTNOTE.sub("", body).rstrip("\n"))
    if not body.strip():
        raise CorpusError(where, f"文件 {source.file} 没有正文", "补上正文，或删去这一条")
    if source.text_kind == "digest" and not marks:
        raise CorpusError(where, "摘编没有一条标明事实", "每条末尾写 [^事实编号]")
    return _document(source, head, body, marks)


def _document(source: Source, head: str, body: str, marks: list[tuple[int, str]]) -> Document:
    return Document(
        document_id=source.document_id,
        title=source.title,
        region_id=source.region_id,
        applies_to=source.applies_to,
        level=source.level,
        number=source.number,
        issuers=source.issuers,
        issued_date=source.issued_date,
        effective_date=source.effective_date,
        expires_date=source.expires_date,
        text_kind=source.text_kind,
        url=source.url,
        file=source.file,
        sha256=source.sha256,
        head=head,
        text=body,
        marks=marks,
    )


def split_head(text: str, title: str) -> tuple[str, str]:
    r"""Split a text into head (front matter, title, 题注) and body; Markdown's # signs are dropped.

    >>> split_head("# 某办法\n\n2019年1月1日公布\n\n<!-- INFO END -->\n\n## 第一章 总则", "某办法")
    ('某办法\n\n2019年1月1日公布', '第一章 总则')
    >>> split_head("某办法\n第一条 甲。", "某办法")
    ('某办法', '第一条 甲。')
    """
    head = ""
    if front := _FRONT_MATTER.match(text):
        head, text = front[1] + "\n", text[front.end() :]
    if END_OF_HEAD in text:
        before, _, text = text.partition(END_OF_HEAD)
        head += before
    elif (first := text.split("\n", 1)[0]) and _HEADING.sub("", first).strip() == title.strip():
        head, text = head + first, text[len(first) :]
    return _HEADING.sub("", head).strip("\n"), _HEADING.sub("", text).strip("\n")


def take_marks(body: str) -> tuple[str, list[tuple[int, str]]]:
    r"""Remove the fact marks [^id] of a digest.

    >>> take_marks("1. 甲。[^f-1]\n\n2. 乙。[^f-2]")
    ('1. 甲。\n\n2. 乙。', [(4, 'f-1'), (11, 'f-2')])

    Returns:
        the text without marks; for each mark the offset of the last character before it, and its id.
    """
    marks, text, last = [], "", 0
    for mark in _FACT.finditer(body):
        text += body[last : mark.start()]
        marks.append((len(text) - 1, mark[1]))
        last = mark.end()
    return text + body[last:], marks
