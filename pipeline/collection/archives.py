"""Archives: the wanted files of a .tar.gz of a commit, read one after the other.

The files of a commit lie in a folder that is named for it. An archive that ends early gives the files before its
end, and is then refused: where the compressed stream is cut, and where the tar inside a whole stream is.
"""

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.collection.http_client import PoliteClient
from pipeline.core.errors import CorpusError

_END = 1024  # bytes: a tar ends with two blocks of zeros
_BLOCK = 1 << 20


class KeptArchive:
    """An archive in a folder: fetched once, kept with what the server says of its version while files are lacking."""

    def __init__(self, folder: Path, url: str) -> None:
        """The archive of an address."""
        name = hashlib.sha256(url.encode()).hexdigest()[:16]
        self._url, self.path = url, folder / f"{name}.tar.gz"
        self._read, self._version = folder / f"{name}.read", folder / f"{name}.json"

    def fetch(self, client: PoliteClient) -> None:
        """Have the archive at `path`, one that was not read yet, or that the server says is the newest.

        Raises:
            CorpusError: it is not to be had.
        """
        if self.path.exists():
            return
        etag, modified = "", ""
        if self._read.exists() and self._version.exists():
            etag, modified = json.loads(self._version.read_text(encoding="utf-8"))
        answer = client.download(self._url, self.path, etag, modified, resume=True)
        if answer.is_new:
            self._version.write_text(json.dumps([answer.etag, answer.modified]), encoding="utf-8")
        else:
            self._read.replace(self.path)

    def put_away(self) -> None:
        """Keep it as read."""
        self.path.replace(self._read)

    def drop(self) -> None:
        """Remove it: all was got from it, or it is broken."""
        self.path.unlink(missing_ok=True)


class _Counted(io.RawIOBase):
    """A decompressed stream that remembers its last bytes."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream, self.tail = stream, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.tail = (self.tail + data)[-_END:]
        return len(data)


def members(archive: Path, sizes: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    """The wanted files of an archive that are in it, by their path below its first folder.

    Args:
        archive: a .tar.gz.
        sizes: path → bytes that the file has; another size is read too, up to twice as many.

    Raises:
        CorpusError: the archive is none, or ends early; what was given before is whole.
    """
    try:
        with gzip.open(archive) as stream:
            counted = _Counted(stream)
            # a stream: the archive is read once, forwards
            with tarfile.open(fileobj=counted, mode="r|", bufsize=_BLOCK) as tar:
                for member in tar:
                    path = member.name.partition("/")[2]
                    limit = 2 * sizes.get(path, 0)
                    if path in sizes and member.isfile() and member.size <= limit:
                        content = tar.extractfile(member)
                        yield path, content.read() if content else b""
            while counted.read(_BLOCK):
                pass
            if counted.tail.strip(b"\0") or len(counted.tail) < _END:
                raise EOFError
    except (EOFError, tarfile.ReadError, zlib.error, gzip.BadGzipFile, OSError) as error:
        broken = isinstance(error, EOFError) or "unexpected end" in str(error)
        found = "压缩包不完整，在中途断了" if broken else f"不是完好的压缩包（{error}）"
        raise CorpusError(str(archive), found, "再运行一次，重新下载；取到的各件不受影响") from None
