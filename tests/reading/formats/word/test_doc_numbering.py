""".doc: automatic numbers are written out."""

import struct

import pytest

from pipeline.reading.formats.word import doc_numbering, doc_stream


@pytest.mark.parametrize(
    "flags, limit, second", [(0, 0, "1."), (8, 0, "2."), (8, 1, "1.")], ids=["none", "never", "by the first"]
)  # fmt: skip
def test_levels_of_an_old_document_that_go_on(flags, limit, second):
    def level(flags: int, limit: int, text: str) -> bytes:
        head = struct.pack("<iBB", 1, 0, flags) + bytes(20) + bytes([limit, 0])
        return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")

    levels = level(0, 0, "\0章") + level(flags, limit, "\1.") + bytes(28 + 2) * 7
    lists_ = struct.pack("<H", 1) + struct.pack("<I", 7) + bytes(24)
    overrides = struct.pack("<I", 1) + struct.pack("<I", 7) + bytes(12)
    main = bytearray(2048)
    struct.pack_into("<II", main, doc_stream.LISTS, 0, len(lists_))
    struct.pack_into("<II", main, doc_stream.OVERRIDES, len(lists_ + levels), len(overrides))
    numbering = doc_numbering.DocNumbering(bytes(main), lists_ + levels + overrides)
    told = [
        numbering.label(doc_stream.Paragraph("", {0x460B: b"\1\0", 0x260A: bytes([at])}))
        for at in (0, 1, 0, 1)
    ]
    assert told == ["1章 ", "1.", "2章 ", second]
