"""Coding checks: the coded matters held against the facts, where the bundled corpus is built."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.core.errors import CorpusError
from pipeline.core.fact_files import FactFiles
from pipeline.extraction.taxonomy import Topic
from pipeline.matters import rule_values
from pipeline.matters.matter_files import CodedMatter, CodedRule

_FILE = "corpus/matters/context.jsonl"


def check(coded: Sequence[CodedMatter], contexts: Mapping[str, str], files: FactFiles) -> None:
    """Every fact lies in a matter or is listed as context, and every rule and absence rests on one.

    Args:
        coded: all matters.
        contexts: fact id → why it is no rule.
        files: the facts and search records of the bundled corpus.

    Raises:
        CorpusError: a fact that is in neither or in both, a rule without fact, a tier without answer.
    """
    for row in coded:
        _check_sources(row, files)
        _check_tiers(row)
    used = {rule.fact for row in coded for rule in row.rules}
    used |= {absence.source for row in coded for absence in row.matter.absences}
    _check_facts(used, contexts, files)
    _check_searches(coded, files)


def _check_sources(row: CodedMatter, files: FactFiles) -> None:
    """What rules and absences rest on is there."""
    for rule in row.rules:
        if rule.fact not in files.facts:
            raise CorpusError(rule.where, "没有这条事实", "写 corpus/facts/ 中有的编号")
    for absence in row.matter.absences:
        if absence.source not in files.facts and absence.source not in files.searches:
            where = f"{row.where} [[matter.absent]]"
            found = f"没有事实或查找记录 {absence.source!r}"
            raise CorpusError(where, found, "写 corpus/facts/ 中有的编号")


def _check_facts(used: set[str], contexts: Mapping[str, str], files: FactFiles) -> None:
    """Every fact is used by a matter, or listed as context, and not both."""
    for fact in files.facts:
        if fact not in used and fact not in contexts:
            fix = f"写进 corpus/matters/ 的一个事项（make suggest FACT={fact} 列出相近的），或写进 {_FILE}"
            raise CorpusError(f"corpus/facts [{fact}]", "事实没有归入事项", fix)
    for fact in contexts:
        if fact not in files.facts or fact in used:
            found = "这条事实已归入事项" if fact in used else "没有这条事实"
            raise CorpusError(f"{_FILE} [{fact}]", found, "删去这一行")


def departments(coded: Sequence[CodedMatter], topics: Iterable[Topic]) -> list[str]:
    """The departments that the matters and topics name."""
    return [
        *(name for row in coded for name in row.matter.departments.values()),
        *(name for topic in topics for found in topic.departments.values() for name in found),
    ]


def names(coded: Sequence[CodedMatter]) -> dict[str, list[str]]:
    """The Chinese words that the matters use, by section of corpus/english_names.toml."""
    rules = [rule for row in coded for rule in row.rules]
    used = {
        "affects": [row.matter.affects for row in coded],
        "tiers": [rule.tier for rule in rules if rule.tier],
        "answers": [rule.answer for rule in rules if rule.answer],
    }
    return {section: list(dict.fromkeys(found)) for section, found in used.items()}


def check_units(coded: Sequence[CodedMatter]) -> None:
    """The unit of every matter is one that quantities of clauses can be converted to.

    Raises:
        CorpusError: another unit.
    """
    for row in coded:
        if row.matter.kind == "quantity" and row.matter.unit:
            rule_values.check_unit(row.where, row.matter.unit)


def _check_tiers(row: CodedMatter) -> None:
    """A tier that one region alone has needs a note that says what it is, for nothing answers it."""
    by_tier: dict[str | None, list[CodedRule]] = defaultdict(list)
    for rule in row.rules:
        by_tier[rule.tier].append(rule)
    if len({rule.region for rule in row.rules}) < 2:
        return
    for tier, rules in by_tier.items():
        alone = len({rule.region for rule in rules}) == 1
        if tier and alone and not any(rule.note for rule in rules):
            fix = "与另一侧用同一个档名，或写 note 说明这一档是什么"
            raise CorpusError(rules[0].where, f"tier = {tier!r} 只有一侧有，又没有 note", fix)


def _check_searches(coded: Sequence[CodedMatter], files: FactFiles) -> None:
    known = {row.matter.matter_id for row in coded}
    for search_id, record in files.searches.items():
        for matter_id in record.get("matters", []):
            if matter_id not in known:
                raise CorpusError(
                    f"corpus/facts [{search_id}]",
                    f"没有事项 {matter_id!r}",
                    "写 corpus/matters/ 中有的编号",
                )
