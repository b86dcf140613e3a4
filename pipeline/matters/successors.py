"""Successors: a later text of a document extends the chains of the rules that rest on it.

A text has the same title and place and a later date. Where it states a rule's value, that rule goes on
from the new text; where it states one other value of the same unit, the new value is read from it, and
said to be so; else the old rule ended, and what took its place is to be coded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.core.gap_records import Rule
from pipeline.core.records import Document, document_of
from pipeline.core.settings import MATTERS
from pipeline.language.dates import day_before, first_day
from pipeline.matters import official_texts, rule_values
from pipeline.matters.official_texts import TextLine, Texts

_READ = "由机器读自新文本，尚未核对"


@dataclass(frozen=True, slots=True)
class Successor:
    """A later official text of a document, and the first day on which it counts."""

    document_id: str
    title: str
    first: str


def of_documents(documents: Iterable[Document]) -> dict[str, Successor]:
    """The next later official text of each document, by document id.

    Documents without date, and texts that are the official text of the same version, are left out.
    """
    by_title: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents:
        if document.text_kind in ("official", "digest"):
            by_title[document.region_id, official_texts.title(document)].append(document)
    found: dict[str, Successor] = {}
    for group in by_title.values():
        for old in group:
            since = _since(old)
            later = [
                text
                for text in group
                if text.text_kind == "official"
                and since
                and _since(text) > since
                and not official_texts.same_version(text, old)
            ]
            if later:
                new = min(later, key=lambda d: (_since(d), d.document_id))
                found[old.document_id] = Successor(new.document_id, new.title, _since(new))
    return found


def _since(document: Document) -> str:
    """The first day on which a document counts, to the day; empty where it is not known."""
    date = document.effective_date or document.issued_date
    return first_day(date) if date else ""


def extend(
    rules: Sequence[Rule], successors: Mapping[str, Successor], texts: Texts
) -> tuple[list[Rule], list[str]]:
    """The rules with those of later texts; and what is to be coded.

    Args:
        rules: of one build.
        successors: by the document whose rules they replace.
        texts: with the provisions of the later texts.
    """
    text_of = {old: successor.document_id for old, successor in successors.items()}
    replaced = [rule for rule in rules if _is_replaced(rule, successors)]
    found = {rule.rule_id: (lines, row) for rule, lines, row in texts.alike(replaced, text_of)}
    extended: list[Rule] = []
    warnings: list[str] = []
    for rule in rules:
        if rule.rule_id not in found:
            extended.append(rule)
            continue
        successor = successors[document_of(rule.clause_id)]
        new = _new(rule, successor, *found[rule.rule_id])
        until = day_before(successor.first)
        ended = "successor" if new else "successor_unseen"
        extended.append(replace(rule, in_force_to=until, ended=ended))
        if new:
            extended.append(new)
        if new is None or new.derived == _READ:
            said = (
                f"读作 {new.value:g}{new.unit or ''}"
                if new and new.value is not None
                else "没有读出"
            )
            warnings.append(
                f"《{successor.title}》（{successor.first}起）接替 {rule.rule_id}，{said}，请核对编入"
            )
    return extended, warnings


def _is_replaced(rule: Rule, successors: Mapping[str, Successor]) -> bool:
    """Whether a later text of its document took a rule's place, which holds on its first day."""
    successor = successors.get(document_of(rule.clause_id))
    if successor is None or rule.ended:
        return False
    first, last = rule.in_force_from or "", rule.in_force_to or "9999"
    return first < successor.first <= last


def _new(
    rule: Rule, successor: Successor, found: list[TextLine], likeness: list[float]
) -> Rule | None:
    """The rule of the later text; None where the text does not tell it beyond doubt."""
    base = replace(
        rule,
        rule_id=f"{rule.rule_id}__{successor.document_id}",
        in_force_from=successor.first,
        replaces=rule.rule_id,
    )
    best = official_texts.best(rule, found, likeness)
    if best is not None:
        return official_texts.moved(base, found[best])
    ranked = sorted(likeness, reverse=True)
    is_alone = ranked and (len(ranked) < 2 or ranked[1] < MATTERS.alone * ranked[0])
    if not is_alone or ranked[0] < MATTERS.otherwise or rule.value is None or not rule.unit:
        return None
    provision = found[likeness.index(ranked[0])]
    values = rule_values.values_in(rule.unit, provision.measures)
    if len(values) != 1:
        return None
    value = values.pop()
    read = replace(
        base,
        value=value,
        value_min=value if rule.value_min == rule.value else None,
        value_max=value if rule.value_max == rule.value else None,
        derived=_READ,
        note=None,
    )
    return replace(official_texts.moved(read, provision), confidence="medium")
