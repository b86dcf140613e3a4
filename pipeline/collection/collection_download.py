"""Collection download: the files of a collection that the folder lacks, by its archive or one by one.

Every file is checked against the git hash of the list; what does not agree is refused by its name. What the
archive did not give for some fault is asked for one by one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.collection import archives, page_checks
from pipeline.collection.archives import KeptArchive
from pipeline.collection.disk import DiskError
from pipeline.collection.fetch_settings import FileCollection, ListedFile
from pipeline.collection.http_client import (
    AbsentError,
    ForbiddenError,
    HostError,
    PoliteClient,
    shown,
)
from pipeline.collection.law_folder import LawFolder, git_hash
from pipeline.core.errors import CorpusError

Step = Callable[[str], None]  # is told the name of what was just done


@dataclass(slots=True)
class Refusals:
    """What was not to be had: a line for each file, by its path, and for a way as a whole.

    Attributes:
        files: path → why.
        absent: paths of files of which the server says that they are not there.
        ways: a way that failed for all files, which does not matter where the other gave them.
        broken: a way that gave spoiled content.
    """

    files: dict[str, CorpusError] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    ways: list[CorpusError] = field(default_factory=list)
    broken: list[CorpusError] = field(default_factory=list)


def download(
    client: PoliteClient,
    folder: LawFolder,
    collection: FileCollection,
    files: Mapping[str, ListedFile],
    step: Step,
) -> Refusals:
    """Get files of a collection into the folder's `incoming`, each named by its git hash.

    Args:
        client: asks.
        folder: receives.
        collection: where the files are.
        files: those wanted, by path.
        step: told of each file that was got.
    """
    refusals = Refusals()
    left = {path: file for path, file in files.items() if not _is_kept(folder, file)}
    for way in (_by_archive, _by_file):
        if left:
            for path in way(client, folder, collection, left, refusals):
                step(path)
                refusals.files.pop(path, None)
        left = {
            path: file
            for path, file in left.items()
            if not _is_kept(folder, file) and path not in refusals.absent
        }
    return refusals


def _is_kept(folder: LawFolder, file: ListedFile) -> bool:
    return (folder.incoming / file.blob).is_file()


def _by_archive(
    client: PoliteClient,
    folder: LawFolder,
    collection: FileCollection,
    files: Mapping[str, ListedFile],
    refusals: Refusals,
) -> Iterator[str]:
    """The paths of the files that the archive gave; what a whole archive lacks is not there."""
    if collection.archive is None:
        return
    archive = KeptArchive(folder.incoming, collection.archive)
    inside = f"{collection.archive} 里的 "
    try:
        archive.fetch(client)
    except DiskError:
        raise
    except CorpusError as error:
        refusals.ways.append(error)
        return
    try:
        yield from _unpack(archive.path, inside, folder, files, refusals)
    except DiskError:
        raise
    except CorpusError as error:
        refusals.broken.append(CorpusError(collection.archive, error.found, error.fix))
        archive.drop()
    else:
        is_sound = not refusals.files
        _note_absent(inside, folder, files, refusals)
        archive.put_away() if is_sound and refusals.absent else archive.drop()


def _note_absent(
    inside: str, folder: LawFolder, files: Mapping[str, ListedFile], refusals: Refusals
) -> None:
    """Refuse the files that a whole archive lacks."""
    for name in files.keys() - refusals.files.keys():
        if not _is_kept(folder, files[name]):
            refusals.absent.add(name)
            error = CorpusError(inside + name, "压缩包里没有", "核对清单的 commit")
            refusals.files[name] = error


def _unpack(
    path: Path,
    inside: str,
    folder: LawFolder,
    files: Mapping[str, ListedFile],
    refusals: Refusals,
) -> Iterator[str]:
    """Keep the files of an archive that are the listed ones; their paths."""
    for name, content in archives.members(path, {p: f.size for p, f in files.items()}):
        if fault := _checked(inside + name, files[name], content):
            refusals.files[name] = fault
        else:
            folder.keep(files[name].blob, content)
            yield name


def _by_file(
    client: PoliteClient,
    folder: LawFolder,
    collection: FileCollection,
    files: Mapping[str, ListedFile],
    refusals: Refusals,
) -> Iterator[str]:
    """The paths of the files that came one by one."""
    for path, file in files.items():
        url = collection.address(path)
        if url is None:
            return
        target = folder.incoming / "file"
        try:
            client.download(url, target)
            content = target.read_bytes()
            if fault := _checked(shown(url), file, content):
                raise fault
            folder.keep(file.blob, content)
            yield path
        except DiskError:
            raise
        except (HostError, ForbiddenError) as error:
            refusals.ways.append(error)
            return
        except CorpusError as error:
            refusals.files[path] = error
            if isinstance(error, AbsentError):
                refusals.absent.add(path)


def _checked(where: str, file: ListedFile, content: bytes) -> CorpusError | None:
    """What is wrong with the content of a file; None where it is the one listed."""
    blob = git_hash(content)
    if blob == file.blob:
        return None
    if fault := page_checks.fault(content):
        return CorpusError(where, fault, "用浏览器打开这个地址看看；换镜像见 docs/collecting.md")
    found = f"内容与清单的哈希不符（应为 {file.blob[:12]}，得到 {blob[:12]}，{len(content)} 字节）"
    return CorpusError(where, found, "再运行一次；仍不符就核对清单的 commit")
