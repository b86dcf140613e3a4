"""Page download: single pages and files by their address, read as `make add` reads a file."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.collection import page_checks
from pipeline.collection.fetch_settings import SinglePage
from pipeline.collection.http_client import PoliteClient
from pipeline.collection.law_folder import FetchedFile, FetchedText, LawFolder, git_hash
from pipeline.core import jsonl
from pipeline.core.errors import CorpusError
from pipeline.core.records import Region
from pipeline.curation import manifest_entries, single_document
from pipeline.curation.single_document import SingleDocument
from pipeline.reading.formats import detection
from pipeline.reading.metadata import region_inference


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as it came, and the text made of it; the text is None where the page did not change."""

    text: FetchedText | None
    notes: list[str]


def download(
    client: PoliteClient, folder: LawFolder, page: SinglePage, regions_by_id: Mapping[str, Region]
) -> FetchedPage:
    """Fetch a page, unless the server says that it is the one that is there.

    Raises:
        CorpusError: it is not to be had, is no document, or its text was edited by hand.
    """
    known, file = folder.fetched.get(page.url), f"texts/{page.document_id}.md"
    has_text = known is not None and (folder.folder / file).exists()
    target = folder.incoming / "page"
    validators = (known.etag, known.modified) if known and has_text else ("", "")
    answer = client.download(page.url, target, *validators)
    if not answer.is_new:
        return FetchedPage(None, [])
    content = target.read_bytes()
    if known and has_text and git_hash(content) == known.blob:
        return FetchedPage(None, [])
    if fault := page_checks.fault(content):
        raise CorpusError(page.url, fault, "用浏览器打开这个地址，找到正文再改写地址")
    if folder.is_edited(page.url, file):
        fix = "要换成新的，先把它移到别处再运行"
        raise CorpusError(f"{folder.folder}/{file}", "改过，没有动它；网上的也变了", fix)
    document, suffix = _read(page, content)
    entry = _entry(page, document, regions_by_id)
    original = folder.folder / "originals" / f"{page.document_id}{suffix}"
    jsonl.write_lines(original, [content])
    text = manifest_entries.text(document).encode()
    fetched = FetchedFile(
        key=page.url,
        document_id=page.document_id,
        blob=git_hash(content),
        file=file,
        sha256=hashlib.sha256(text).hexdigest(),
        etag=answer.etag,
        modified=answer.modified,
    )
    return FetchedPage(
        FetchedText(entry, fetched, text, page.url), manifest_entries.notes(document, entry)
    )


def _read(page: SinglePage, content: bytes) -> tuple[SingleDocument, str]:
    """The document of a page, and the suffix of its format; errors name the address."""
    suffix = Path(page.url.partition("?")[0]).suffix.lower()
    suffix = suffix if suffix in detection.SUFFIXES else ".html"
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"{page.document_id}{suffix}"
        path.write_bytes(content)
        try:
            document = single_document.read(path)
        except CorpusError as error:
            if error.where != str(path):
                raise
            raise CorpusError(page.url, error.found, error.fix) from None
    formats = {kind: name for name, kind in reversed(detection.SUFFIXES.items())}
    return document, formats.get(document.format, suffix)


def _entry(
    page: SinglePage, document: SingleDocument, regions_by_id: Mapping[str, Region]
) -> dict[str, object]:
    """The entry of a page's document in sources.toml.

    Raises:
        CorpusError: neither the settings nor the text tell its region.
    """
    metadata = document.metadata
    names = (metadata.title or "", *metadata.issuers)
    region = page.region or region_inference.region(names, regions_by_id)
    if region is None:
        raise CorpusError(
            page.url, "说不出是哪个地区的文件", '在 [[page]] 里写 region = "地区代码"'
        )
    path = Path(f"{page.document_id}.html")
    entry = manifest_entries.entry(document, path, region)
    return entry | {
        "id": page.document_id,
        "url": page.url,
        "file": f"texts/{page.document_id}.md",
    }
