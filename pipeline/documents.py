"""Documents: the text of every source, its head kept apart from its body.

Reads   build/sources.jsonl and the files that it names
Writes  build/documents.jsonl
"""

import json
import re
from pathlib import Path

from pipeline import markers, rows, shapes
from pipeline.errors import CorpusError
from pipeline.records import Document, Source
from pipeline.text import join_wrapped, tidy
from pipeline.workspace import Workspace

END_OF_HEAD = "<!-- INFO END -->"  # ends the head (title, 题注) in corpora of the LawRefBook form
_FACT = re.compile(r"[ ]?\[\^([a-z0-9-]+)\](?!:)")
_FOOTNOTE = re.compile(r"^\[\^[a-z0-9-]+\]:.*\n?", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def run(work: Workspace) -> None:
    """Read every document whose entry or file changed."""

    def compute(lines: list[str]) -> list[Document]:
        return [read(Source(**json.loads(line))) for line in lines]

    fresh, kept = rows.per_document(
        work.rows("sources"), work.rows("documents"), rows.code(), compute
    )
    print(f"documents: {fresh} 件新读，{kept} 件未变")


def read(source: Source) -> Document:
    """Read one document.

    Raises:
        CorpusError: the file is not UTF-8, or holds no text beside its head.
    """
    where, path = f"{source.folder}/sources.toml [{source.document_id}]", Path(source.folder)
    try:
        raw = (path / source.file).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"文件 {source.file} 第 {error.start} 字节不是 UTF-8"
        raise CorpusError(where, found, "另存为 UTF-8 编码，并更新 sha256") from None
    head, body = split_head(tidy(raw), source.title)
    marks: list[tuple[int, str]] = []
    if source.text_kind == "digest":
        body, marks = take_marks(_FOOTNOTE.sub("", body).rstrip("\n"))
    if not body.strip():
        raise CorpusError(where, f"文件 {source.file} 没有正文", "补上正文，或删去这一条")
    if source.text_kind == "digest" and not marks:
        raise CorpusError(where, "摘编没有一条标明事实", "每条末尾写 [^事实编号]")
    return Document(
        source.document_id, source.title, source.region_id, source.level, source.number,
        source.issuers, source.issued_date, source.effective_date, source.expires_date,
        source.text_kind, source.url, source.file, source.sha256,
        shapes.scheme(body), head, body, marks,
    )  # fmt: skip


def split_head(text: str, title: str) -> tuple[str, str]:
    r"""Part the head (front matter, title, 题注) from the body; Markdown's # signs are dropped.

    >>> split_head("# 某办法\n\n2019年1月1日公布\n\n<!-- INFO END -->\n\n## 第一章 总则", "某办法")
    ('某办法\n\n2019年1月1日公布', '第一章 总则')
    >>> split_head("某办法\n第一条 甲。", "某办法")
    ('某办法', '第一条 甲。')
    """
    head = ""
    if front := _FRONT_MATTER.match(text):
        head, text = front[1] + "\n", text[front.end() :]
    if END_OF_HEAD in text:
        more, _, text = text.partition(END_OF_HEAD)
        head += more
    elif (first := text.split("\n", 1)[0]) and _HEADING.sub("", first).strip() == title.strip():
        head, text = head + first, text[len(first) :]
    body = _HEADING.sub("", join_wrapped(text, markers.STARTS))
    return _HEADING.sub("", head).strip("\n"), body.strip("\n")


def take_marks(body: str) -> tuple[str, list[tuple[int, str]]]:
    r"""Take the fact marks [^id] out of a digest.

    >>> take_marks("1. 甲。[^f-1]\n\n2. 乙。[^f-2]")
    ('1. 甲。\n\n2. 乙。', [(4, 'f-1'), (11, 'f-2')])

    Returns:
        the text without marks, and for each the offset of the last character before it.
    """
    marks, out, last = [], "", 0
    for mark in _FACT.finditer(body):
        out += body[last : mark.start()]
        marks.append((len(out) - 1, mark[1]))
        last = mark.end()
    return out + body[last:], marks
