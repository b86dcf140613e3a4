"""Source pages: the page at the address of a fact as text, or why there is none."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag

from pipeline.collection import disk, http_client, page_checks
from pipeline.collection.http_client import AbsentError, PoliteClient
from pipeline.core.errors import CorpusError
from pipeline.reading.formats import detection, reader


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page as text.

    Attributes:
        text: as our readers give it; "" where there is none.
        note: where it has moved to, or why there is none; "" where there is nothing to say.
        gone: whether the page is known to be there no longer.
    """

    text: str
    note: str
    gone: bool = False


def address(url: str) -> str:
    """What is asked for: an address without the place within the page."""
    return urldefrag(url).url


def load(client: PoliteClient, url: str) -> SourcePage:
    """Ask for a page and read it.

    Raises:
        DiskError: there is no room for the page.
    """
    if not url.startswith(("http://", "https://")):
        return SourcePage("", "写的不是网址")
    try:
        return _read(client, url)
    except AbsentError as error:
        return SourcePage("", error.found, gone=True)
    except disk.DiskError:
        raise
    except (CorpusError, ValueError) as error:
        found = error.found if isinstance(error, CorpusError) else "写的不是网址"
        return SourcePage("", found)


def _read(client: PoliteClient, url: str) -> SourcePage:
    suffix = Path(url.partition("?")[0]).suffix.lower()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"page{suffix if suffix in detection.SUFFIXES else '.html'}"
        answer = client.download(url, path)
        if fault := page_checks.fault(path.read_bytes()):
            return SourcePage("", fault, gone=fault.startswith(page_checks.ERROR_PAGE))
        moved = answer.url != url and http_client.shown(answer.url) != http_client.shown(url)
        note = f"转到了 {http_client.shown(answer.url)}" if moved else ""
        return SourcePage(reader.read(path).text, note)
