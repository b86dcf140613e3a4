"""Gaps: what one region gives or demands that the other does not, or not in the same measure.

Reads   build/alignments.jsonl, clauses, documents, measures, provisions, topics
Writes  build/gaps.jsonl

Every gap keeps its quotes. A missing clause is a claim about this corpus: 未查得, never 没有.
"""

from collections import defaultdict
from dataclasses import dataclass

from pipeline import comparisons, contrasts, regions, rows, summaries
from pipeline.contrasts import Contrast
from pipeline.records import (
    Alignment, Clause, ClauseTopic, Comparison, Document, Gap, Measure, Provision, Region,
)  # fmt: skip
from pipeline.settings import GAPS
from pipeline.workspace import DATA, Workspace

_BURDENS = {"罚款", "收费", "基金征收"}
_ASSERTED = ("auto", "accepted")
_QUOTE = 120  # characters of a clause that a reader takes in at a glance


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that gaps are made from, by clause."""

    regions: dict[str, Region]
    documents: dict[str, Document]
    clauses: dict[str, Clause]
    measures: dict[str, list[Measure]]
    provisions: dict[str, Provision]
    topics: dict[str, list[ClauseTopic]]
    alignments: list[Alignment]
    coverage: dict[tuple[str, str], tuple[int, int]]

    def region(self, clause_id: str) -> str:
        """The region of a clause's document."""
        return self.documents[clause_id.split("__")[0]].region_id

    def name(self, clause_id: str) -> str:
        """The name of that region."""
        return self.regions[self.region(clause_id)].name


def run(work: Workspace) -> None:
    """Find the gaps of every comparison."""
    found = []
    evidence = gather(work)
    for comparison in comparisons.load(DATA / "comparisons.toml", set(evidence.regions)):
        found += compare(comparison, evidence)
    unique = {gap.gap_id: gap for gap in found}
    rows.write(work.rows("gaps"), unique.values())
    print(f"gaps: {len(unique)} 条差异")


def gather(work: Workspace) -> Evidence:
    """Read what gaps are made from."""
    measures: dict[str, list[Measure]] = defaultdict(list)
    for measure in rows.read(work.rows("measures"), Measure):
        measures[measure.clause_id].append(measure)
    topics: dict[str, list[ClauseTopic]] = defaultdict(list)
    for topic in rows.read(work.rows("topics"), ClauseTopic):
        topics[topic.clause_id].append(topic)
    documents = {d.document_id: d for d in rows.read(work.rows("documents"), Document)}
    return Evidence(
        regions.load(DATA / "regions.toml"),
        documents,
        {c.clause_id: c for c in rows.read(work.rows("clauses"), Clause)},
        measures,
        {p.clause_id: p for p in rows.read(work.rows("provisions"), Provision)},
        topics,
        rows.read(work.rows("alignments"), Alignment),
        coverage(documents, topics),
    )


def compare(comparison: Comparison, evidence: Evidence) -> list[Gap]:
    """The gaps of one comparison, baseline's clauses first, then what only the target has."""
    near_a: dict[str, list[Alignment]] = defaultdict(list)
    near_b: dict[str, list[Alignment]] = defaultdict(list)
    for row in evidence.alignments:
        if row.comparison_id == comparison.comparison_id:
            near_a[row.clause_a].append(row)
            near_b[row.clause_b].append(row)
    baseline = regions.within(comparison.baseline_region, evidence.regions)
    found: list[Gap] = []
    for clause_id in evidence.topics:
        if evidence.region(clause_id) in baseline:
            found += _of_baseline(comparison, clause_id, near_a[clause_id], evidence)
        elif evidence.region(clause_id) == comparison.target_region:
            if not any(row.status in _ASSERTED for row in near_b[clause_id]):
                found += _absent(comparison, clause_id, near_b[clause_id], evidence, "extra")
    return found


def _of_baseline(
    comparison: Comparison, clause_id: str, near: list[Alignment], evidence: Evidence
) -> list[Gap]:
    partners = [row for row in near if row.status in _ASSERTED]
    found = [gap for row in partners for gap in _of_pair(comparison, row, evidence)]
    if not any(evidence.region(row.clause_b) == comparison.target_region for row in partners):
        found += _absent(comparison, clause_id, near, evidence, "missing")
    return found


def _of_pair(comparison: Comparison, row: Alignment, evidence: Evidence) -> list[Gap]:
    """The gaps of two aligned clauses: one a pair of comparable quantities, or one of scope."""
    pairs = contrasts.contrasts(evidence.measures[row.clause_a], evidence.measures[row.clause_b])
    if pairs:
        return [_of_contrast(comparison, row, pair, evidence) for pair in pairs]
    same = row.similarity >= GAPS.equivalent
    subject = _subject(row.clause_a, evidence)
    summary = summaries.scope(subject, evidence.name(row.clause_a), evidence.name(row.clause_b))
    quotes = [_quote("a", row.clause_a, evidence), _quote("b", row.clause_b, evidence)]
    return [
        Gap(
            _gap_id(row.alignment_id, "equivalent" if same else "scope", ""),
            comparison.comparison_id, _topic(row.clause_a, evidence),
            "equivalent" if same else "scope", None, row.clause_a, row.clause_b, row.alignment_id,
            None, None, None, None, None, "neutral" if same else "unclear", 0.0 if same else 0.15,
            row.confidence, summary if not same else summary.replace("内容不同", "文字相近"),
            comparison.as_of, quotes, [],
        )  # fmt: skip
    ]


def _of_contrast(comparison: Comparison, row: Alignment, pair: Contrast, evidence: Evidence) -> Gap:
    kind, names = contrasts.kind(pair), (evidence.name(row.clause_a), evidence.name(row.clause_b))
    summary = summaries.amount(kind, pair, *names, _subject(row.clause_a, evidence))
    quotes = [
        ("a", row.clause_a, pair.a.start, pair.a.end, pair.a.quote),
        ("b", row.clause_b, pair.b.start, pair.b.end, pair.b.quote),
    ]
    return Gap(
        _gap_id(row.alignment_id, kind, f"__{pair.a.kind}_{pair.a.role}_{pair.a.start}"),
        comparison.comparison_id, _topic(row.clause_a, evidence), kind, None,
        row.clause_a, row.clause_b, row.alignment_id, pair.attribute,
        pair.value_a, pair.value_b, pair.a.unit, pair.ratio, contrasts.favours(pair),
        round(contrasts.severity(pair) * (0.5 + 0.5 * row.confidence), 4), row.confidence, summary,
        comparison.as_of, quotes, [],
    )  # fmt: skip


def _absent(
    comparison: Comparison, clause_id: str, near: list[Alignment], evidence: Evidence, kind: str
) -> list[Gap]:
    """A clause without counterpart at the other side's own level, if it gives or demands something."""
    provision = evidence.provisions[clause_id]
    if not (provision.instrument or evidence.measures[clause_id]):
        return []
    missing = kind == "missing"
    other = comparison.target_region if missing else comparison.baseline_region
    upper = missing and any(row.status in _ASSERTED for row in near)
    grade, topic = "upper_level_only" if upper else "not_in_corpus", _topic(clause_id, evidence)
    side, quote = ("a" if missing else "b"), _quote("a" if missing else "b", clause_id, evidence)
    summary = summaries.missing(
        _subject(clause_id, evidence), quote[4], evidence.name(clause_id), evidence.regions[other].name,
        grade, evidence.coverage.get((other, topic), (0, 0)),
    )  # fmt: skip
    close = sorted(near, key=lambda row: (-row.similarity, row.alignment_id))[: GAPS.nearest]
    strength = max(t.score for t in evidence.topics[clause_id])
    sure = 1 - (close[0].confidence if close and not upper else 0.0)
    return [
        Gap(
            f"{comparison.comparison_id}__{kind}__{clause_id}", comparison.comparison_id, topic, kind,
            grade, clause_id if missing else None, None if missing else clause_id, None, None,
            None, None, None, None, _favours_absent(provision, missing),
            round((0.35 if upper else 0.5) * strength * (0.5 + 0.5 * sure), 4), round(sure, 4), summary,
            comparison.as_of, [(side, *quote[1:])],
            [(row.clause_b if missing else row.clause_a, row.similarity) for row in close],
        )  # fmt: skip
    ]


def _favours_absent(provision: Provision, missing: bool) -> str:
    """A burden that only one side lays favours the other; a benefit favours who has it."""
    if provision.instrument is None or provision.modality in ("不得", "禁止"):
        return "unclear"
    has, lacks = ("baseline", "target") if missing else ("target", "baseline")
    return lacks if provision.instrument in _BURDENS else has


def coverage(
    documents: dict[str, Document], topics: dict[str, list[ClauseTopic]]
) -> dict[tuple[str, str], tuple[int, int]]:
    """How many documents and clauses of each (region, topic) the corpus holds."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for clause_id, rows_ in topics.items():
        document_id = clause_id.split("__")[0]
        for row in rows_:
            found[documents[document_id].region_id, row.topic_id].append(document_id)
    return {key: (len(set(held)), len(held)) for key, held in found.items()}


def _topic(clause_id: str, evidence: Evidence) -> str:
    return evidence.topics[clause_id][0].topic_id


def _subject(clause_id: str, evidence: Evidence) -> str:
    """What a clause is about: its heading, or its document and path."""
    clause = evidence.clauses[clause_id]
    return clause.heading or f"《{evidence.documents[clause.document_id].title}》{clause.path}"


def _quote(side: str, clause_id: str, evidence: Evidence) -> tuple[str, str, int, int, str]:
    """The words that prove a clause: the sentence with its first quantity, or its first sentence."""
    clause, measures = evidence.clauses[clause_id], evidence.measures[clause_id]
    text, at = clause.text, measures[0].start if measures else 0
    start = max((text.rfind(stop, 0, at) for stop in "。；\n"), default=-1) + 1
    ends = [found + 1 for stop in "。；\n" if (found := text.find(stop, at)) >= 0]
    end = min([*ends, len(text)])
    while text[start] in " 　\n":
        start += 1
    end = start + len(text[start : min(end, start + _QUOTE)].rstrip())
    return side, clause_id, start, end, text[start:end]


def _gap_id(alignment_id: str, kind: str, detail: str) -> str:
    comparison, _, clauses = alignment_id.partition("__")
    return f"{comparison}__{kind}__{clauses}{detail}"
