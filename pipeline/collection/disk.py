"""Disk: the error where the disk does not take what was fetched; nothing else is fetched then."""

from pathlib import Path

from pipeline.core.errors import CorpusError


class DiskError(CorpusError):
    """A file cannot be written."""


def refused(path: Path, error: OSError) -> DiskError:
    """The error for a file or folder that cannot be written."""
    fix = "检查这个文件夹的权限和磁盘空间；之后再运行，取到的不会再取"
    return DiskError(str(path), f"写不进去（{error.strerror or error}）", fix)
