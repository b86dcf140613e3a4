"""Fetch: official texts from the places in corpus/fetch.toml into the user's folder, ready to be built.

`make fetch`; what is there already is not asked for again, what is no longer listed is told and stays. Ends with a
table; the exit status is 1 where something was not to be had.
"""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.collection import (
    collection_download,
    fetch_settings,
    http_client,
    law_folder,
    listed_laws,
    page_download,
    text_changes,
)
from pipeline.collection.collection_download import Refusals
from pipeline.collection.disk import DiskError
from pipeline.collection.fetch_settings import FetchSettings
from pipeline.collection.http_client import AbsentError, PoliteClient
from pipeline.collection.law_folder import FetchedText, LawFolder, git_hash
from pipeline.collection.listed_laws import ListedLaw
from pipeline.core import regions
from pipeline.core.computation import history
from pipeline.core.computation.progress import Items
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.core.records import Region


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What the user asked for.

    Attributes:
        folder: to write to.
        settings: corpus/fetch.toml or another such file.
        mirror: host that is asked in place of those in the settings, "" = none.
        dry_run: whether to tell only what would be fetched.
        kb: the database, for the matters that a text touches; the history is kept beside it.
    """

    folder: Path
    settings: Path
    mirror: str
    dry_run: bool
    kb: Path


@dataclass(slots=True)
class Haul:
    """What a run came to."""

    texts: list[FetchedText] = field(default_factory=list)
    refused: list[CorpusError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # keys of files no longer there
    requests: Counter[str] = field(default_factory=Counter)  # by host

    def count(self, host: str) -> None:
        """Count a request."""
        self.requests[host] += 1


def run(options: FetchOptions) -> int:
    """Fetch what the folder lacks; returns the exit status.

    Raises:
        CorpusError: the settings are wrong, or the folder cannot be written to.
    """
    regions_by_id = regions.load(DATA / "regions.toml")
    settings = fetch_settings.load(options.settings, regions_by_id, options.mirror)
    laws, refused = listed_laws.of_settings(settings, regions_by_id)
    if options.dry_run:
        return _dry_run(options.folder, settings, laws, refused, regions_by_id)
    folder = law_folder.load(options.folder)
    haul = Haul(refused=refused)
    with http_client.opened(settings.client, haul.count) as client:
        try:
            _fetch_laws(client, folder, laws, haul)
            _fetch_pages(client, folder, settings, regions_by_id, haul)
        except KeyboardInterrupt:
            fix = "再运行一次就接着取"
            haul.refused.append(CorpusError("make fetch", "已中断，后面的没有取", fix))
        except DiskError as error:
            haul.refused.append(error)
    known = dict(folder.fetched)
    found = text_changes.events(haul.texts, known, options.kb)
    history.append(history.path_beside(options.kb), found)
    folder.enter(haul.texts)
    _find_gone(folder, settings, laws, haul)
    gone = text_changes.gone(haul.gone, folder, options.kb)
    history.append(history.path_beside(options.kb), gone)
    if not haul.refused:
        folder.clean()
    for line in text_changes.lines([*found, *gone]):
        print(line)
    _report(options.folder, haul, known, len(laws) + len(settings.pages))
    return 1 if haul.refused else 0


def _fetch_laws(client: PoliteClient, folder: LawFolder, laws: list[ListedLaw], haul: Haul) -> None:
    """Fetch the files of all collections that the folder lacks."""
    wanted, edited = listed_laws.lacking(laws, folder)
    haul.notes += [f"{folder.folder}/{file} 改过，没有动它" for file in edited]
    progress = Items(len(wanted))
    groups: dict[str, list[ListedLaw]] = {}
    for law in wanted:
        groups.setdefault(law.collection.collection_id, []).append(law)
    try:
        for group in groups.values():
            by_path = {law.listed.path: law for law in group}
            refusals = collection_download.download(
                client,
                folder,
                group[0].collection,
                {path: law.listed for path, law in by_path.items()},
                progress.step,
            )
            _sort_refusals(refusals, by_path, folder, haul)
    finally:
        progress.close()
        haul.texts += _texts(laws, set(wanted), folder, haul)


def _sort_refusals(
    refusals: Refusals, laws: Mapping[str, ListedLaw], folder: LawFolder, haul: Haul
) -> None:
    """A way that failed is a refusal where it left files out, else a note; spoiled content always is one."""
    left = [law for law in laws.values() if not (folder.incoming / law.listed.blob).exists()]
    haul.refused += refusals.broken
    if left:
        haul.refused += refusals.ways
    else:
        haul.notes += [f"{error.where}：{error.found}，改用了别的办法" for error in refusals.ways]
    haul.refused += [refusals.files[path] for path in sorted(refusals.files)]
    haul.gone += [laws[path].key for path in sorted(refusals.absent)]
    untried = len(left) - len(refusals.files)
    if untried > 0:
        found = f"还有 {untried} 件没有取到"
        haul.refused.append(CorpusError("make fetch", found, "再运行一次，已经取到的不会再取"))


def _texts(
    laws: list[ListedLaw], wanted: set[ListedLaw], folder: LawFolder, haul: Haul
) -> list[FetchedText]:
    """What is to be entered: files that came, and texts that an interrupted run left without an entry."""
    texts = []
    entries = folder.entries()
    for law in laws:
        path = folder.incoming / law.listed.blob if law in wanted else folder.folder / law.file
        known = folder.fetched.get(law.key)
        is_known = known is not None and not known.gone and law.name.document_id in entries
        if not path.is_file() or (law not in wanted and is_known):
            continue
        content = path.read_bytes()
        if git_hash(content) == law.listed.blob:
            try:
                texts.append(listed_laws.text(law, content))
            except CorpusError as error:
                haul.refused.append(error)
    return texts


def _fetch_pages(
    client: PoliteClient,
    folder: LawFolder,
    settings: FetchSettings,
    regions_by_id: Mapping[str, Region],
    haul: Haul,
) -> None:
    progress = Items(len(settings.pages))
    for page in settings.pages:
        try:
            fetched = page_download.download(client, folder, page, regions_by_id)
        except DiskError:
            raise
        except CorpusError as error:
            haul.refused.append(error)
            if isinstance(error, AbsentError):
                haul.gone.append(page.url)
        else:
            haul.notes += [f"[{page.document_id}] {note}" for note in fetched.notes]
            haul.texts += [fetched.text] if fetched.text else []
        progress.step(page.url)
    progress.close()


def _find_gone(
    folder: LawFolder, settings: FetchSettings, laws: list[ListedLaw], haul: Haul
) -> None:
    """Keep in `haul.gone` what was fetched once and is newly found to be gone, and note it in the folder."""
    listed = {law.key for law in laws} | {page.url for page in settings.pages}
    gone = {key for key in folder.fetched if key not in listed} | set(haul.gone)
    new = [key for key in sorted(gone & folder.fetched.keys()) if not folder.fetched[key].gone]
    folder.mark_gone(new, datetime.date.today().isoformat())
    folder.save()
    haul.gone = new


def _report(path: Path, haul: Haul, known: Mapping[str, object], total: int) -> None:
    """The refusals, a line each, and the table."""
    for note in haul.notes:
        print(f"注意：{note}")
    for error in haul.refused:
        print(f"没收：{error}")
    changed = [row for row in haul.texts if row.fetched.key in known]
    rows = {
        "新收": len(haul.texts) - len(changed),
        "更新": len(changed),
        "不在了，原有的没有动": len(haul.gone),
        "没收": len(haul.refused),
    }
    asked = "，".join(f"{host} {count} 次" for host, count in sorted(haul.requests.items()))
    print("结果\t件数\n" + "\n".join(f"{name}\t{count}" for name, count in rows.items()))
    print(f"共列 {total} 件；请求 {asked or '0 次'}")
    if haul.texts:
        print(f'写在 {path}；下一步：make serve CORPUS="corpus {path}"')


def _dry_run(
    path: Path,
    settings: FetchSettings,
    laws: list[ListedLaw],
    refused: list[CorpusError],
    regions_by_id: Mapping[str, Region],
) -> int:
    """Tell what would be fetched, as a table; nothing is asked and nothing written."""
    folder = law_folder.read(path)
    wanted, edited = listed_laws.lacking(laws, folder)
    left, changed = set(wanted), set(edited)
    print("编号\t题名\t地区\t级别\t日期\t状态")
    for law in laws:
        name = law.name
        state = "要取" if law in left else "改过，不动" if law.file in changed else "已有"
        cells = (name.document_id, name.title, regions_by_id[name.region].name, name.level)
        print("\t".join((*cells, name.issued or "看题注", state)))
    for page in settings.pages:
        print(f"{page.document_id}\t\t{page.region or ''}\t\t\t{page.url}")
    for error in refused:
        print(f"没收：{error}")
    size = sum(law.listed.size for law in wanted)
    print(
        f"共列 {len(laws) + len(settings.pages)} 件，要取 {len(wanted)} 件（{size / 1e6:.1f} MB）"
    )
    return 1 if refused else 0
