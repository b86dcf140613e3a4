"""Readers: mutations of small files of every format are read, or refused in one line."""

import contextlib
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from unittest import mock

from fuzz import mutations
from pipeline.core import dependencies
from pipeline.core.errors import CorpusError
from pipeline.reading.formats import __main__ as sandboxed
from pipeline.reading.formats import reader, sandbox
from support.files import cell, numbered, old_word, p, pdf, row, shown, table, word

LINE = "第一条 为了规范甲事，制定本办法。"
PAGE = (
    f'<html><head><meta charset="utf-8"><title>某办法</title></head><body><div class="nav"><a href="/">首页</a></div><h1>某办法</h1>'
    f"<p>{LINE}</p><table><tr><td rowspan=2>甲</td><td colspan='2'>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    f'<img src="a.jpg" width="300"><p style="display:none">无</p><ol><li>{LINE}</ol></body></html>'
)
_RULES = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'  # fmt: skip
_CELL = bytes.fromhex("1624 01".replace(" ", ""))  # [sprmPFInTable] 1
_ROW = bytes.fromhex("162401 172401".replace(" ", ""))


def samples(folder: Path) -> dict[str, bytes]:
    """A sound file of each format but .doc, whose streams are `word_97`."""
    docx = word(
        folder / "a.docx", p(LINE), numbered("甲事"), numbered("乙事"),
        table(row(cell("甲", "<w:gridSpan w:val='2'/>"), cell("乙")), row(cell("丙"), cell("丁"), cell("戊"))), numbering=_RULES,
    ).read_bytes()  # fmt: skip
    lines = "".join(
        shown(f"第{n}条 为了规范甲事，制定本办法。", 60, 700 - 30 * n) for n in range(1, 5)
    )
    mht = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n"
    return {
        "docx": docx,
        "html": PAGE.encode(),
        "gbk.html": PAGE.replace("utf-8", "gbk").encode("gbk"),
        "mht": (mht + PAGE + "\n--b--\n").encode(),
        "pdf": pdf(lines + "60 200 m 300 200 l S 60 300 m 300 300 l S", lines),
        "txt": f"某办法\n{LINE}\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n".encode(),
        "md": f"# 某办法\n\n{LINE}\n\n1. 甲：乙[^st-1]\n".encode(),
    }


def word_97() -> dict[str, bytes]:
    """The streams of a sound .doc."""
    main, fields = old_word(
        (LINE + "\r", b""), ("甲\x07", _CELL), ("乙\x07", _CELL), ("\x07", _ROW), (LINE + "\r", b"")
    )
    head = bytearray(main)
    head[:2], head[0x0A:0x0C] = b"\xec\xa5", b"\x00\x02"
    return {"WordDocument": bytes(head), "1Table": fields}


def made(chance: Random, whole: dict[str, bytes], streams: dict[str, bytes]) -> tuple[str, bytes]:
    """The name and the bytes of one mutated file."""
    form = chance.choice((*whole, "doc", "doc"))
    if form == "doc":
        return "a.doc", mutations.of_ole(chance, streams)
    if form == "docx" and chance.randrange(4):
        return "a.docx", mutations.of_zip(chance, whole[form])
    if form in ("html", "mht", "txt", "md") and chance.randrange(3):
        return f"a.{form}", mutations.of_text(chance, whole[form].decode()).encode(
            "utf-8", "surrogatepass"
        )
    return f"a.{form}", mutations.of_bytes(chance, whole[form])


def _answer(path: Path, command: list[str]) -> dict:
    """The sandboxed program, run in this process: a process of its own takes a third of a second."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        sandboxed.main(command[-2], Path(command[-1]))
    return dict(json.loads(printed.getvalue()))


@contextlib.contextmanager
def target(build: Path, kb: Path) -> Iterator[Callable[[Random], str | None]]:
    """What tries one file, and says what is wrong, if anything is."""
    with (
        mock.patch.object(sandbox, "answer", _answer),
        mock.patch.object(sandbox, "limit"),
        mock.patch.object(dependencies, "record"),
        tempfile.TemporaryDirectory() as name,
    ):
        folder = Path(name)
        whole, streams = samples(folder), word_97()
        assert LINE in reader_text(folder / "s.doc", mutations.compound(streams))

        def attempt(chance: Random) -> str | None:
            file, content = made(chance, whole, streams)
            return problem(folder / file, content)

        yield attempt


def reader_text(path: Path, content: bytes) -> str:
    """The text of a file."""
    path.write_bytes(content)
    return reader.read(path).text


def problem(path: Path, content: bytes) -> str | None:
    """What is wrong with the way a file is read; None where it is read, or refused in one line."""
    try:
        text = reader_text(path, content)
    except CorpusError as error:
        told = str(error)
        if "\n" in told or "改法：" not in told or "程序有误" in told or "缺少库" in told:
            return told
        return None
    return None if text.strip() and "\0" not in text else "an empty text, or a null in it"
