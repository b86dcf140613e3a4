"""Small files of every format, made for tests."""

import io
import struct
import zipfile
from pathlib import Path

import docx
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def word(path: Path, *body: str, numbering: str = "") -> Path:
    """A .docx whose body is the given XML."""
    document = docx.Document()
    for part in body:
        document.element.body.insert(-1, parse_xml(part.replace(">", f" {W}>", 1)))
    if numbering:
        root = document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        for child in parse_xml(f"<w:numbering {W}>{numbering}</w:numbering>"):
            root.append(child)
    document.save(str(path))
    return path


def p(text: str, properties: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    )


def numbered(text: str, level: int = 0) -> str:
    return p(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>")


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(cells) + "</w:tr>"


def cell(text: str, properties: str = "") -> str:
    inner = text if text.startswith("<") else p(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(rows) + "</w:tbl>"


def archive(body: str) -> bytes:
    """The least .docx with a given part document.xml, well formed or not."""
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", kinds)
        file.writestr("_rels/.rels", relations)
        file.writestr("word/document.xml", body)
    return out.getvalue()


def document(body: str) -> str:
    return f"<w:document {W}><w:body>{body}</w:body></w:document>"


def pdf(*pages: str, encrypted: bool = False) -> bytes:
    """A PDF of the given content streams; F is a Chinese font without glyphs of its own."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    info = b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
    descends = (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo " + info + b" >>"
    )
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font,
        descends,
    ]
    for n, content in enumerate(pages):
        stream = content.encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {6 + 2 * n} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    out, places = b"%PDF-1.4\n", []
    for n, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % n + each + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    key = b"<41414141414141414141414141414141>"
    locked = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32
    extra = locked + b"> /P -4 >> /ID [" + key + key + b"]" if encrypted else b""
    out += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, extra)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def shown(text: str, x: float, y: float, size: float = 16, matrix: str = "1 0 0 1") -> str:
    """The operators that show a line at a place, y from the bottom."""
    code = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {matrix} {x} {y} Tm <{code}> Tj ET\n"


def old_word(*paragraphs: tuple[str, bytes]) -> tuple[bytes, bytes]:
    """The two streams of a .doc: paragraphs with the mark at their end, and their properties."""
    text = "".join(each for each, _ in paragraphs)
    start, raw = 512, text.encode("utf-16-le")
    size = -(-(start + len(raw)) // 512) * 512
    main = bytearray(size + 512)
    main[start : start + len(raw)] = raw
    page, at, ends = bytearray(512), 510, [start]
    offsets = []
    for each, properties in paragraphs:
        ends.append(ends[-1] + 2 * len(each))
        found = b"\0\0" + properties + b"\0" * (len(properties) % 2 == 0)  # style, properties
        at = (at - len(found) - 1) // 2 * 2
        page[at] = (len(found) + 1) // 2
        page[at + 1 : at + 1 + len(found)] = found
        offsets.append(at // 2)
    struct.pack_into(f"<{len(ends)}I", page, 0, *ends)
    for n, offset in enumerate(offsets):
        page[4 * len(ends) + 13 * n] = offset
    page[511] = len(paragraphs)
    main[size:] = page
    pieces = struct.pack("<BIIIHIH", 2, 16, 0, len(text), 0, start, 0)
    runs = struct.pack("<III", start, ends[-1], size // 512)
    struct.pack_into("<I", main, 0x4C, len(text))
    struct.pack_into("<II", main, 0x1A2, 0, len(pieces))
    struct.pack_into("<II", main, 0x102, len(pieces), len(runs))
    return bytes(main), pieces + runs
