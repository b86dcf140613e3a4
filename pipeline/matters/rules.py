"""Rules: what each region's own level says on each matter, since when, until when, in which words.

Reads   corpus/matters/*.toml, corpus/regions.toml, corpus/topics.toml, build/matters.jsonl, facts,
        clauses, documents, measures, reviews
Writes  build/rules.jsonl

A rule whose document is not in this build is left out, and so is one that a reviewer rejected. A coded value that the clause does not state is
told, with both.
"""

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.core import jsonl, regions
from pipeline.core.computation import document_rows
from pipeline.core.gap_records import SOURCE_GRADES, Matter, Rule
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Document, Fact, Measure, Region, document_of
from pipeline.extraction import taxonomy
from pipeline.language.dates import first_day, last_day
from pipeline.language.lexicon import load as load_lexicon
from pipeline.matters import (
    chains,
    matter_files,
    official_texts,
    rule_quotes,
    rule_values,
    successors,
)
from pipeline.matters.chains import Link
from pipeline.matters.matter_files import CodedMatter, CodedRule
from pipeline.matters.official_texts import TextLine, Texts
from pipeline.reviews import review_verdicts


@dataclass(frozen=True, slots=True)
class Proofs:
    """What rules rest on: facts by id, clauses and documents by id, quantities by clause."""

    facts: dict[str, Fact]
    clauses: dict[str, Clause]
    documents: dict[str, Document]
    measures: dict[str, list[Measure]]

    def document(self, fact_id: str) -> Document:
        """The document of a fact."""
        return self.documents[document_of(self.facts[fact_id].clause_id)]


def run(work: Workspace) -> None:
    """Find the clause, the words and the days of every coded rule."""
    regions_by_id = regions.load(DATA / "regions.toml")
    topics = taxonomy.load(DATA / "topics.toml", set(regions_by_id))
    kept = {matter.matter_id for matter in jsonl.read(work.rows("matters"), Matter)}
    facts = {fact.fact_id: fact for fact in jsonl.read(work.rows("facts"), Fact)}
    proofs = _proofs(work, facts, {document_of(fact.clause_id) for fact in facts.values()})
    rules: list[Rule] = []
    warnings: list[str] = []
    for coded in matter_files.load(DATA / "matters", regions_by_id, set(topics)):
        if coded.matter.matter_id in kept:
            rules += of_matter(coded, proofs, regions_by_id)
            warnings += unstated(coded, proofs)
    rules = without(rules, review_verdicts.rejected(review_verdicts.of_build(work), "rule"))
    lexicon = load_lexicon(DATA / "lexicon")
    official = official_texts.pairs(proofs.documents.values())
    later = successors.of_documents(proofs.documents.values())
    resting = {document_of(rule.clause_id) for rule in rules}
    later = {old: new for old, new in later.items() if old in resting | set(official.values())}
    wanted = {*official.values(), *(new.document_id for new in later.values())}
    proofs = _proofs(work, facts, wanted | resting)
    texts = Texts(proofs.clauses, _provisions(proofs, wanted), lexicon)
    rules, apart = official_texts.join(rules, official, texts)
    rules, to_code = successors.extend(rules, later, texts)
    jsonl.write(work.rows("rules"), rules)
    print(f"rules: {len(rules)} 条规定")
    for warning in warnings + apart + to_code:
        print(f"  注意：{warning}")


def without(rules: list[Rule], rejected: Container[str]) -> list[Rule]:
    """Rules but those that reviewers rejected, which then took no other's place."""
    return [
        replace(rule, replaces=None) if rule.replaces in rejected else rule
        for rule in rules
        if rule.rule_id not in rejected
    ]


def _proofs(work: Workspace, facts: dict[str, Fact], document_ids: set[str]) -> Proofs:
    """The proofs, with the clauses and measures of some documents."""
    of_documents = jsonl.of_documents(document_ids)
    measures: dict[str, list[Measure]] = defaultdict(list)
    for measure in jsonl.each(work.rows("measures"), Measure, of_documents):
        measures[measure.clause_id].append(measure)
    return Proofs(
        facts=facts,
        clauses={c.clause_id: c for c in jsonl.each(work.rows("clauses"), Clause, of_documents)},
        documents={d.document_id: d for d in document_rows.heads(work.rows("documents"))},
        measures=measures,
    )


def _provisions(proofs: Proofs, wanted: set[str]) -> dict[str, list[TextLine]]:
    """The provisions of some official texts, by document id."""
    clauses: dict[str, list[Clause]] = {document_id: [] for document_id in wanted}
    for clause in proofs.clauses.values():
        if clause.document_id in clauses:
            clauses[clause.document_id].append(clause)
    return {
        document_id: official_texts.provisions(
            rows, (m for row in rows for m in proofs.measures.get(row.clause_id, []))
        )
        for document_id, rows in clauses.items()
    }


def of_matter(
    coded: CodedMatter, proofs: Proofs, regions_by_id: dict[str, Region]
) -> Iterator[Rule]:
    """The rules of one matter in file order, those of documents that are not in this build left out.

    Raises:
        CorpusError: a chain with a hole, or two rules of one region and tier on one day.
    """
    links = [_link(rule, proofs) for rule in coded.rules]
    followers = chains.successors(links, regions_by_id)
    lasts = list(chains.terms(links, followers))
    chains.check_overlaps(links, lasts)
    ids = _ids(coded)
    replaced = chains.predecessors(links, followers)
    for number, rule in enumerate(coded.rules):
        if rule.fact in proofs.facts:
            before = replaced[number]
            is_there = before is not None and coded.rules[before].fact in proofs.facts
            yield _rule(
                coded.matter,
                rule,
                proofs,
                rule_id=ids[number],
                in_force_from=links[number].first,
                in_force_to=lasts[number],
                replaces=ids[before] if before is not None and is_there else None,
            )


def _link(rule: CodedRule, proofs: Proofs) -> Link:
    """The rule in its chain; it begins, where the coding is silent, with its document."""
    first = rule.first
    if first is None and rule.fact in proofs.facts:
        document = proofs.document(rule.fact)
        first = document.effective_date or document.issued_date
        if first and rule.last and first_day(first) > last_day(rule.last):
            first = None  # an earlier value, which a later document tells
    return Link(rule.where, rule.region, rule.tier, first, rule.last, rule.ended)


def _ids(coded: CodedMatter) -> list[str]:
    """Ids by matter and fact; a fact that gives several rules numbers them in file order."""
    seen: dict[str, int] = defaultdict(int)
    ids = []
    for rule in coded.rules:
        seen[rule.fact] += 1
        number = f"__{seen[rule.fact]}" if seen[rule.fact] > 1 else ""
        ids.append(f"{coded.matter.matter_id}__{rule.fact}{number}")
    return ids


def _rule(matter: Matter, rule: CodedRule, proofs: Proofs, **chain: Any) -> Rule:
    fact = proofs.facts[rule.fact]
    clause = proofs.clauses[fact.clause_id]
    found = None
    if rule.value is not None and matter.kind == "quantity" and not rule.derived:
        quantities = proofs.measures.get(clause.clause_id, [])
        found = rule_values.stating(rule.value, matter.unit, clause.text, quantities)
    start, end, quote = rule_quotes.quote(clause, found and found[0])
    low, high = _ends(rule)
    return Rule(
        matter_id=matter.matter_id,
        region_id=rule.region,
        tier=rule.tier,
        clause_id=clause.clause_id,
        start=start,
        end=end,
        quote=quote,
        value=rule.value,
        value_min=low,
        value_max=high,
        unit=matter.unit if rule.value is not None else None,
        bound=rule.bound or (None if rule.value is None else "exact"),
        answer=rule.answer,
        ended=rule.ended,
        source_grade=SOURCE_GRADES[fact.source_kind],
        confidence=fact.confidence,
        fact_id=rule.fact,
        derived=rule.derived,
        note=rule.note,
        regions=_other_regions(rule, proofs),
        within=rule.within,
        **chain,
    )


def _other_regions(rule: CodedRule, proofs: Proofs) -> list[str]:
    """Where a rule holds beside its own region: as coded, else where its document says that it applies.

    A rule coded for another region than the document's is a part of the document, and holds there alone.
    """
    document = proofs.document(rule.fact)
    if rule.also or rule.within is not None:
        regions = rule.also
    else:
        regions = document.applies_to if rule.region == document.region_id else []
    return sorted(set(regions) - {rule.region})


def _ends(rule: CodedRule) -> tuple[float | None, float | None]:
    """The least and the greatest value, null where open."""
    if rule.value is None or rule.bound == "at_most":
        return rule.low, rule.value
    if rule.bound == "at_least":
        return rule.value, None
    return (rule.value if rule.low is None else rule.low), rule.value


def unstated(coded: CodedMatter, proofs: Proofs) -> Iterator[str]:
    """The coded values that their clauses do not state, each with what the clause says."""
    for rule in coded.rules:
        fact = proofs.facts.get(rule.fact)
        if fact is None or rule.derived or rule.value is None or coded.matter.kind != "quantity":
            continue
        text = proofs.clauses[fact.clause_id].text
        quantities = proofs.measures.get(fact.clause_id, [])
        for value in filter(None, (rule.value, rule.low)):
            if rule_values.stating(value, coded.matter.unit, text, quantities) is None:
                quotes = "、".join(measure.quote for measure in quantities) or "没有数量"
                yield (
                    f"{rule.where} 写 {value:g}{coded.matter.unit or ''}，"
                    f"条款 {fact.clause_id} 里是 {quotes}"
                )
