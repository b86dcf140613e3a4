"""Topics: which unit clause lies in which topic, and by which terms.

Reads   build/clauses.jsonl, build/documents.jsonl (titles), build/facts.jsonl, corpus/topics.toml
Writes  build/topics.jsonl

A clause lies in a topic when an editor said so of its fact, or when the weights of the topic's
keywords in it add up to DECIDING. Keywords in the document's title help, but never decide.
"""

import math

from pipeline.core import fact_files, jsonl, regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, ClauseTopic, Document, Fact
from pipeline.extraction import taxonomy
from pipeline.extraction.taxonomy import DECIDING, Topic
from pipeline.language.normalization import fold

LABELLED = "人工标注"


def run(work: Workspace) -> None:
    """Sort the unit clauses into topics."""
    topics = taxonomy.load(DATA / "topics.toml", set(regions.load(DATA / "regions.toml")))
    titles = {d.document_id: d.title for d in jsonl.read(work.rows("documents"), Document)}
    known = fact_files.read(work.corpus).facts
    labels: dict[str, str] = {}
    for fact in jsonl.read(work.rows("facts"), Fact):
        labels[fact.clause_id] = label = known[fact.fact_id]["topic"]
        if label not in topics:
            where = f"facts/*.jsonl [{fact.fact_id}]"
            raise CorpusError(where, f"未知主题 {label!r}", "写 corpus/topics.toml 中有的 id")
    found: list[ClauseTopic] = []
    for clause in jsonl.read(work.rows("clauses"), Clause):
        if clause.is_unit:
            title = titles[clause.document_id]
            found += sort(clause, title, labels.get(clause.clause_id), topics)
    jsonl.write(work.rows("topics"), found)
    print(f"topics: {len(found)} 条归类")


def sort(
    clause: Clause, title: str, label: str | None, topics: dict[str, Topic]
) -> list[ClauseTopic]:
    """The topics of one clause, best first; an editor's label counts as certain."""
    text, found = fold(clause.text), []
    for topic in topics.values():
        terms = topic.matches(text)
        weight = topic.weight(terms)
        if weight and topic.weight(topic.matches(fold(title))):
            weight += 1
        matched = sorted(terms.items(), key=lambda item: (-topic.keywords[item[0]], item[0]))
        if label == topic.topic_id:
            found.append(ClauseTopic(clause.clause_id, label, 1.0, [(LABELLED, 1), *matched]))
        elif label is None and weight >= DECIDING:
            score = round(1 - math.exp(-weight / DECIDING), 4)
            found.append(ClauseTopic(clause.clause_id, topic.topic_id, score, matched))
    return sorted(found, key=lambda row: (-row.score, row.topic_id))
