"""Verify: whether the pages that facts name still state their figures.

`make verify`; each page is asked for once, however many facts name it. What was found is kept in a file of the user,
which `make` reads; the facts themselves are not touched.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.collection import fetch_settings, http_client
from pipeline.collection.http_client import PoliteClient
from pipeline.collection.source_checks import figure_search, source_pages, verify_settings
from pipeline.collection.source_checks.source_pages import SourcePage
from pipeline.collection.source_checks.verify_settings import VerifySettings
from pipeline.core import fact_files, jsonl, labels, regions
from pipeline.core.computation import locks
from pipeline.core.computation.progress import Items
from pipeline.core.errors import CorpusError
from pipeline.core.fact_files import CONFIRMED, NOT_SEEN, PAGE_GONE, UNCHECKED, FactCheck
from pipeline.core.paths import DATA
from pipeline.core.settings import READING
from pipeline.language import lexicon

_Pages = dict[str, list[dict[str, Any]]]  # address → the facts that name it


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What the user asked for.

    Attributes:
        corpus: folders with facts.
        verified: file of what was found.
        settings: corpus/fetch.toml or another such file, for how servers are asked.
        force: whether pages are asked again that were not long ago.
        limit: pages at most; None = all.
    """

    corpus: tuple[Path, ...]
    verified: Path
    settings: Path
    force: bool = False
    limit: int | None = None


class OfflineError(CorpusError):
    """No host has answered."""


def run(options: VerifyOptions) -> int:
    """Check the facts that are due; returns the exit status.

    Raises:
        CorpusError: settings, facts or the file of what was found are wrong; no network; no room.
    """
    regions_by_id = regions.load(DATA / "regions.toml")
    how = verify_settings.load()
    client = replace(
        fetch_settings.load(options.settings, regions_by_id).client,
        total_seconds=how.seconds,
        largest_bytes=READING.largest_bytes,
    )
    facts = fact_files.read(options.corpus).facts
    lock = options.verified.with_name(f".{options.verified.name}.lock")
    with locks.exclusive(lock):
        checks = fact_files.checks(options.verified)
        pages = _due(facts.values(), checks, how.days, options.force)
        addresses = list(pages)[: options.limit]
        requests: Counter[str] = Counter()

        def told(host: str) -> None:
            requests[host] += 1

        with http_client.opened(client, told) as opened:
            missed = _check(opened, {name: pages[name] for name in addresses}, checks, options, how)
    _report(options, facts, checks, requests, len(pages) - len(addresses))
    return 1 if missed else 0


def _due(
    facts: Iterable[Mapping[str, Any]], checks: Mapping[str, FactCheck], days: int, force: bool
) -> _Pages:
    """The pages to ask for: those never asked for first, then the longest ago."""
    since = (datetime.date.today() - datetime.timedelta(days)).isoformat()
    pages: _Pages = {}
    for fact in facts:
        if fact["url"] and fact["value"] is not None:
            pages.setdefault(source_pages.address(fact["url"]), []).append(dict(fact))
    age = {
        name: min(_date(fact_files.check_of(fact, checks)) for fact in group)
        for name, group in pages.items()
    }
    return {
        name: pages[name]
        for name in sorted(pages, key=age.__getitem__)
        if force or age[name] <= since
    }


def _date(check: FactCheck | None) -> str:
    """The day of a check; "" where the page has not been had."""
    return check.date if check and check.state != UNCHECKED else ""


def _check(
    client: PoliteClient,
    pages: _Pages,
    checks: dict[str, FactCheck],
    options: VerifyOptions,
    how: VerifySettings,
) -> bool:
    """Ask for pages; what is found is on the disk after each of them. Returns whether some were not had.

    Raises:
        OfflineError: the first hosts do not answer at all, so that nothing is known and nothing written.
    """
    progress, missed = Items(len(pages)), False
    unanswered: dict[str, SourcePage] = {}  # until some host answers
    try:
        for url in pages:
            page = source_pages.load(client, url)
            if client.hosts and not client.answered:
                unanswered[url] = page
                if len(client.hosts) >= how.hosts:
                    break
                continue
            for earlier, found in {**unanswered, url: page}.items():
                missed |= _keep(earlier, found, pages[earlier], checks, how)
            unanswered.clear()
            jsonl.write(options.verified, (checks[name] for name in sorted(checks)))
            progress.step(url)
    except KeyboardInterrupt:
        print("没收：make verify：已中断，后面的没有核对；改法：再运行一次就接着核对")
        return True
    finally:
        progress.close()
    if unanswered:
        raise OfflineError(
            "make verify", "没有一个主机有回应，多半没有联网；什么都没有改", "连上网络再运行"
        )
    return missed


def _keep(
    url: str,
    page: SourcePage,
    facts: Sequence[Mapping[str, Any]],
    checks: dict[str, FactCheck],
    how: VerifySettings,
) -> bool:
    """Note what a page says of its facts; an earlier check stays where the page could not be had this time."""
    today = datetime.date.today().isoformat()
    for fact in facts:
        state, note = _state(page, fact, how)
        earlier = fact_files.check_of(fact, checks)
        if state == UNCHECKED and earlier and earlier.state != UNCHECKED:
            continue
        checks[fact["id"]] = FactCheck(
            fact["id"], fact["url"], fact["value"], fact["unit"], state, today, note
        )
        if state == NOT_SEEN:
            print(f"{fact['id']}：{fact['value']:g}{fact['unit'] or ''}，{note}：{url}")
    if not page.text:
        print(f"没收：{http_client.shown(url)}：{page.note}；涉及 {len(facts)} 个事实")
    return not page.text


def _state(page: SourcePage, fact: Mapping[str, Any], how: VerifySettings) -> tuple[str, str]:
    """What a page says of a fact, and a note on it."""
    if not page.text:
        return (PAGE_GONE if page.gone else UNCHECKED), page.note
    lex = lexicon.load(DATA / "lexicon")
    words = figure_search.fact_words((fact["attribute"], fact["statement"]), lex, how)
    wanted = figure_search.figures(fact["value"], fact["unit"] or "", how)
    found = figure_search.find(page.text, wanted, words, lex, how)
    notes = [page.note] if page.note else []
    if found.seen and len(found.words) >= min(how.words, len(words)):
        return CONFIRMED, "；".join([*notes, f"旁边有：{'、'.join(found.words[:6])}"])
    if found.seen:
        notes.append("有这个数，旁边没有说这件事的词")
    elif fact["value"] == 0:
        notes.append("没有看到数字 0，多半写作不收、免征一类的话")
    else:
        notes.append("没有看到这个数")
    return NOT_SEEN, "；".join(notes)


def _report(
    options: VerifyOptions,
    facts: Mapping[str, Mapping[str, Any]],
    checks: Mapping[str, FactCheck],
    requests: Mapping[str, int],
    left: int,
) -> None:
    """The table: how many facts with an address are in each state."""
    states: Counter[str] = Counter()
    for fact in facts.values():
        if fact["url"]:
            check = fact_files.check_of(fact, checks)
            states[check.state if check else UNCHECKED] += 1
    print("结果\t事实")
    for state in (CONFIRMED, NOT_SEEN, PAGE_GONE, UNCHECKED):
        print(f"{labels.of('fact_check', state).label}\t{states[state]}")
    asked = "，".join(f"{host} {count} 次" for host, count in sorted(requests.items()))
    print(f"请求 {asked or '0 次'}" + (f"；还有 {left} 页没有问，再运行一次" if left else ""))
    if options.verified.exists():
        print(f"记在 {options.verified}；下一步：make serve")
