"""Topics: which unit clause is in which topic, and by which terms.

Reads   build/clauses.jsonl, build/documents.jsonl (titles), build/facts.jsonl, corpus/topics.toml
Writes  build/topics.jsonl

A clause is in a topic when an editor labelled its fact so, or when the weights of the topic's keywords
in it add up to DECIDING. Keywords in the document's title add to that, but never decide alone.
"""

import math
from collections import Counter

from pipeline.core import fact_files, jsonl, regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, ClauseTopic, Document, Fact
from pipeline.extraction import taxonomy
from pipeline.extraction.taxonomy import DECIDING, Topic
from pipeline.language.normalization import fold

LABELLED = "人工标注"  # stands among the matched terms of a clause that an editor labelled


def run(work: Workspace) -> None:
    """Classify the unit clauses of all documents."""
    topics = taxonomy.load(DATA / "topics.toml", set(regions.load(DATA / "regions.toml")))
    titles = {d.document_id: d.title for d in jsonl.each(work.rows("documents"), Document)}
    labels = _labels(work, topics)
    count: Counter[str] = Counter()
    rows = (
        row
        for clause in jsonl.each(work.rows("clauses"), Clause, jsonl.having("is_unit", 1))
        for row in classify(
            clause, titles[clause.document_id], labels.get(clause.clause_id), topics
        )
    )
    jsonl.write(work.rows("topics"), jsonl.counted(rows, count, lambda row: row.topic_id))
    print(f"topics: {count.total()} 条归类")


def _labels(work: Workspace, topics: dict[str, Topic]) -> dict[str, str]:
    """Clause id → the topic that an editor gave its fact."""
    facts = fact_files.read(work.corpus).facts
    labels = {}
    for fact in jsonl.read(work.rows("facts"), Fact):
        label = facts[fact.fact_id]["topic"]
        if label not in topics:
            where = f"facts/*.jsonl [{fact.fact_id}]"
            raise CorpusError(where, f"未知主题 {label!r}", "写 corpus/topics.toml 中有的 id")
        labels[fact.clause_id] = label
    return labels


def classify(
    clause: Clause, title: str, label: str | None, topics: dict[str, Topic]
) -> list[ClauseTopic]:
    """The topics of one clause, best first.

    Args:
        clause: a unit clause.
        title: of its document.
        label: the topic that an editor gave its fact, which counts as certain and excludes others.
        topics: all topics.

    Returns:
        Rows whose score is 1 for a label, else 1 - exp(-weight / DECIDING), in (0, 1).
    """
    text, rows = fold(clause.text), []
    for topic in topics.values():
        terms = topic.matches(text)
        if not terms and label != topic.topic_id:
            continue
        weight = topic.weight(terms)
        if weight and topic.weight(topic.matches(fold(title))):
            weight += 1
        matched = sorted(terms.items(), key=lambda item: (-topic.keywords[item[0]], item[0]))
        if label == topic.topic_id:
            rows.append(ClauseTopic(clause.clause_id, label, 1.0, [(LABELLED, 1), *matched]))
        elif label is None and weight >= DECIDING:
            score = round(1 - math.exp(-weight / DECIDING), 4)
            rows.append(ClauseTopic(clause.clause_id, topic.topic_id, score, matched))
    return sorted(rows, key=lambda row: (-row.score, row.topic_id))
