"""Presumed terms: the ends that a cited rule gives official documents which state none.

The rules are in corpus/validity_rules.toml, each with the provision that it is taken from.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.core import regions, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.records import Document, Region, ValidityEvent
from pipeline.core.schema import Keys, each
from pipeline.language import dates
from pipeline.validity import terms


def presume(
    documents: Iterable[Document],
    events: list[ValidityEvent],
    path: Path,
    regions_by_id: dict[str, Region],
) -> Iterator[ValidityEvent]:
    """The presumed ends.

    Args:
        documents: of the corpus.
        events: all that is known otherwise; no presumption is made for a document with an end.
        path: the file of rules.
        regions_by_id: all regions.
    """
    rules = load(path, regions_by_id)
    starts = {e.document_id: e.date for e in events if e.kind == "施行" and e.basis != "事实的时点"}
    ended = {e.document_id for e in events if e.kind in ("到期", "延长")}
    for document in documents:
        if document.text_kind != "official" or document.document_id in ended:
            continue
        start = starts.get(document.document_id)
        rule = next((rule for rule in rules if _applies(rule, document, regions_by_id)), None)
        last = terms.last_day(start, 12 * rule["years"]) if rule and start else None
        if rule and last:
            yield ValidityEvent(
                event_id=f"{document.document_id}__tuiding",
                document_id=document.document_id,
                kind="到期",
                date=last,
                basis="规则推定",
                note=f"推定：文件没有写有效期，按{rule['name']}为{rule['years']}年，自{start}起算",
            )


def _applies(rule: dict[str, Any], document: Document, regions_by_id: dict[str, Region]) -> bool:
    """Whether a rule covers a document, which must have a date of issue."""
    titles = rule.get("titles")
    return bool(
        document.issued_date
        and document.level in rule["levels"]
        and document.region_id in regions.within(rule["region"], regions_by_id)
        and rule["from"] <= dates.last_day(document.issued_date) <= rule["to"]
        and (titles is None or any(word in document.title for word in titles))
    )


def load(path: Path, regions_by_id: dict[str, Region]) -> list[dict[str, Any]]:
    """Read the rules.

    Raises:
        CorpusError: a region that is not known, a date or a number of years that is none.
    """
    keys: Keys = {
        "id": str,
        "name": str,
        "region": regions.code(regions_by_id),
        "levels": each(str),
        "titles": each(str),
        "years": _years,
        "from": toml_files.date,
        "to": toml_files.date,
        "source": str,
    }
    return toml_files.entries(path, "rule", keys, keys.keys() - {"titles"})


def _years(where: str, key: str, value: Any) -> int:
    """The kind of a term in years."""
    if not isinstance(value, int) or value < 1:
        raise CorpusError(where, f"{key} = {value!r}", "写年数，至少 1")
    return value
