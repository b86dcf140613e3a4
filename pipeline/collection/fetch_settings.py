"""Fetch settings: what is fetched from where, and how, from corpus/fetch.toml and the lists that it names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from pipeline.core import regions, schema, text_files, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.core.records import Region
from pipeline.core.schema import Keys

PATH = DATA / "fetch.toml"
_HASH = re.compile("[0-9a-f]{40}")
_ID = re.compile("[a-z0-9](?:-?[a-z0-9])*")
_CLIENT: Keys = {
    "agent": str,
    **dict.fromkeys(("delay", "connect_seconds", "read_seconds", "total_seconds"), float),
    **dict.fromkeys(("largest_bytes", "failures"), int),
}
_COLLECTION: Keys = dict.fromkeys(("id", "name", "commit", "list", "archive", "file"), str)


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """How servers are asked; times in seconds."""

    agent: str
    delay: float
    connect_seconds: float
    read_seconds: float
    total_seconds: float
    largest_bytes: int
    failures: int


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One line of a list: the git hash of the file's bytes, their number, the path in the collection."""

    blob: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class FileCollection:
    """Files of one commit of a repository; an address is None where there is none of its kind.

    `archive` and `file` are asked; `public` is `file` without a mirror, for readers. In the last two the path
    of a file stands for {path}.
    """

    collection_id: str
    name: str
    archive: str | None
    file: str | None
    public: str | None
    files: tuple[ListedFile, ...]

    def address(self, path: str) -> str | None:
        """The address at which one file is asked for."""
        return self.file.replace("{path}", quote(path)) if self.file else None

    def public_address(self, path: str) -> str | None:
        """The address of one file for readers."""
        return self.public.replace("{path}", quote(path)) if self.public else None


@dataclass(frozen=True, slots=True)
class SinglePage:
    """A page or file that is fetched by its address; its region is None where the text is to tell."""

    document_id: str
    url: str
    region: str | None


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """All of corpus/fetch.toml."""

    client: ClientSettings
    ids: Mapping[str, str]  # region → the beginning of the ids of its documents
    collections: tuple[FileCollection, ...]
    pages: tuple[SinglePage, ...]


def load(path: Path, regions_by_id: Mapping[str, Region], mirror: str = "") -> FetchSettings:
    """Read the settings.

    Args:
        path: the file; its lists are relative to its folder.
        regions_by_id: of corpus/regions.toml.
        mirror: http://host:port that is asked in place of the hosts named; "" = none.

    Raises:
        CorpusError: an unreadable file, an unknown key, an address or a hash that is none.
    """
    host = _mirror(mirror)
    page: Keys = {"id": str, "url": _address, "region": regions.code(regions_by_id)}
    keys: Keys = {
        "client": schema.table(_CLIENT),
        "ids": schema.table(dict.fromkeys(regions_by_id, _prefix), required=()),
        "collection": schema.tables(_COLLECTION, {"id", "name", "commit", "list"}, "id"),
        "page": schema.tables(page, {"id", "url"}, "id"),
    }
    content = toml_files.read(path, keys, required={"client", "ids"})
    pages = tuple(
        SinglePage(row["id"], _moved(row["url"], host), row.get("region"))
        for row in content.get("page", [])
    )
    _check_ids(path, [page.document_id for page in pages])
    collections = [_collection(path, row, host) for row in content.get("collection", [])]
    client = ClientSettings(**content["client"])
    return FetchSettings(client, content["ids"], tuple(collections), pages)


def _mirror(mirror: str) -> str:
    parts = urlsplit(mirror)
    if mirror and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise CorpusError(f"MIRROR={mirror}", "不是地址", "如 MIRROR=http://127.0.0.1:8000")
    return mirror.rstrip("/")


def _address(where: str, key: str, value: Any) -> Any:
    """The kind of a value that is the address of a page."""
    if not isinstance(value, str) or not re.match("https?://[^/]", value):
        raise CorpusError(where, f"{key} = {value!r} 不是地址", "以 http:// 或 https:// 开头")
    return value


def _prefix(where: str, key: str, value: Any) -> Any:
    """The kind of the beginning of an id."""
    if not isinstance(value, str) or not re.fullmatch("[a-z0-9]+", value):
        raise CorpusError(where, f"{key} = {value!r}", "只用小写字母和数字")
    return value


def _check_ids(path: Path, ids: list[str]) -> None:
    for place, name in enumerate(ids):
        if not _ID.fullmatch(name) or name in ids[:place]:
            fix = "只用小写字母、数字和单个连字符，每条不同"
            raise CorpusError(f"{path} [[page]]", f"id = {name!r}", fix)


def _collection(path: Path, row: dict[str, Any], host: str) -> FileCollection:
    where = f"{path} [[collection]] {row['id']}"
    if not row.keys() & {"archive", "file"}:
        raise CorpusError(where, "没有地址", "写 archive = …、file = …，至少一种")
    public = {
        key: _address(where, key, row[key].replace("{commit}", row["commit"]))
        for key in ("archive", "file")
        if key in row
    }
    if "{path}" not in public.get("file", "{path}"):
        raise CorpusError(where, f"file = {row['file']!r} 里没有 {{path}}", "在路径的地方写 {path}")
    asked = {key: _moved(address, host) for key, address in public.items()}
    return FileCollection(
        collection_id=row["id"],
        name=row["name"],
        archive=asked.get("archive"),
        file=asked.get("file"),
        public=public.get("file"),
        files=tuple(_listed(path.parent / row["list"])),
    )


def _moved(address: str, host: str) -> str:
    """An address at another host.

    >>> _moved("https://a.example/b/{path}?c=1", "http://127.0.0.1:80")
    'http://127.0.0.1:80/b/{path}?c=1'
    """
    if not host:
        return address
    return host + urlunsplit(urlsplit(address)._replace(scheme="", netloc=""))


def _listed(path: Path) -> Iterator[ListedFile]:
    """The files of a list.

    Raises:
        CorpusError: a line of another form, or a path that is listed twice.
    """
    paths: set[str] = set()
    text = text_files.read(path, "补上清单，或改正 fetch.toml 中的 list")
    for count, line in enumerate(text.splitlines(), 1):
        where, cells = f"{path} 第 {count} 行", line.split("\t")
        if len(cells) != 3 or not _HASH.fullmatch(cells[0]) or not cells[1].isdecimal():
            fix = "写哈希（40 位十六进制）、字节数、路径，用制表符隔开"
            raise CorpusError(where, f"{line[:40]!r} 不是清单的一行", fix)
        if cells[2] in paths:
            raise CorpusError(where, f"路径 {cells[2]} 重复", "一个文件一行")
        paths.add(cells[2])
        yield ListedFile(cells[0], int(cells[1]), cells[2])
