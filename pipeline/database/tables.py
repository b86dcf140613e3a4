"""Tables: the rows of every table of kb.db, from the files of rows and the hand-edited files."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pipeline.alignment import document_pair_features, document_pair_model, match_model
from pipeline.alignment.logistic_model import LogisticModel
from pipeline.core import comparisons, fact_files, jsonl, labels, regions
from pipeline.core.computation import document_rows
from pipeline.core.errors import CorpusError
from pipeline.core.fact_files import FactCheck
from pipeline.core.gap_records import Claim, Gap, GapChange, Matter, Moment, Rule
from pipeline.core.paths import DATA, Workspace
from pipeline.core.point_records import ArticleAccount, ArticleMatter
from pipeline.core.records import (
    Alignment,
    Citation,
    Clause,
    ClauseTopic,
    Condition,
    Document,
    DocumentPair,
    Fact,
    Measure,
    Provision,
    Revision,
    ValidityEvent,
)
from pipeline.database import gap_tables
from pipeline.database.gap_tables import Row, Rows, without
from pipeline.extraction import taxonomy
from pipeline.extraction.taxonomy import Topic
from pipeline.gaps import indicators
from pipeline.language import lexicon
from pipeline.matters import departments, english_names, matter_files
from pipeline.reviews import review_verdicts
from pipeline.similarity import provision_classes
from pipeline.structure import completeness, numbering_checks, summary
from pipeline.validity import force
from pipeline.validity.force import Force

_FORMS = ("in_summary", "in_figures")  # of a label; no columns
_SEARCH_COLUMNS = ("subject", "searched", "finding", "as_of", "source", "confidence")


def of_build(work: Workspace) -> Iterator[tuple[str, Rows]]:
    """Each table with its rows, in an order in which every row refers to rows before it.

    Raises:
        CorpusError: a hand-edited file that is wrong.
    """
    regions_by_id = regions.load(DATA / "regions.toml")
    topics = taxonomy.load(DATA / "topics.toml", set(regions_by_id))
    documents = document_rows.heads(work.rows("documents"))
    facts = jsonl.read(work.rows("facts"), Fact)
    events = jsonl.read(work.rows("validity"), ValidityEvent)
    newest = force.newest(documents, facts)
    yield from _word_tables()
    yield "regions", regions_by_id.values()
    yield "departments", departments.load(regions_by_id)
    yield "topics", _topics(topics)
    yield "topic_departments", _departments(topics)
    yield from _document_tables(work, documents, events, newest)
    yield from _fact_tables(work, facts, set(regions_by_id), set(topics))
    yield "clause_topics", _rows(work, "topics", ClauseTopic)
    yield "provisions", _rows(work, "provisions", Provision)
    yield "measures", _rows(work, "measures", Measure)
    yield "conditions", _rows(work, "conditions", Condition)
    path, covered = DATA / "comparisons.toml", {d.region_id for d in documents}
    compared = comparisons.load(path, regions_by_id, covered)
    yield "comparisons", compared
    moments = comparisons.moments(path, newest)
    yield from _moment_tables(moments, documents, events)
    yield "document_pairs", _rows(work, "document_pairs", DocumentPair)
    yield "revisions", _rows(work, "revisions", Revision)
    yield from _model_tables()
    yield "alignments", _rows(work, "alignments", Alignment)
    yield from _matter_tables(work, facts, moments)
    gaps = jsonl.Rows([work.rows("gaps"), work.rows("article_gaps")], Gap)
    yield from gap_tables.of_gaps(gaps, _rows(work, "gap_changes", GapChange))
    yield "article_accounts", _rows(work, "article_accounts", ArticleAccount)
    yield from gap_tables.of_claims(jsonl.read(work.rows("claims"), Claim))
    yield "reviews", _reviews(work)
    yield "indicators", indicators.of_build(work, set(regions_by_id))


def _word_tables() -> Iterator[tuple[str, Rows]]:
    """What codes, words and names are called elsewhere."""
    yield "labels", [without(jsonl.as_dict(row), *_FORMS) for row in labels.load().values()]
    yield "synonyms", _synonyms()
    yield "english_names", _english_names()


def _reviews(work: Workspace) -> Iterator[Row]:
    for row in review_verdicts.of_build(work):
        yield jsonl.as_dict(row.review) | {"state": row.state, "decides": row.decides}


def _synonyms() -> list[Row]:
    by_word = lexicon.synonyms(DATA / "lexicon/synonyms.toml").items()
    return [{"word": word, "canonical": canonical} for word, canonical in by_word]


def _english_names() -> list[Row]:
    return [
        {"section": section, "name": name, "english": english}
        for section, names in english_names.load().items()
        for name, english in names.items()
    ]


def _rows(work: Workspace, noun: str, record: type) -> Rows:
    """A file of rows whose fields are the columns of its table."""
    return jsonl.each(work.rows(noun), record)


def _document_tables(
    work: Workspace, documents: list[Document], events: list[ValidityEvent], newest: str
) -> Iterator[tuple[str, Rows]]:
    clauses = jsonl.Rows([work.rows("clauses")], Clause)
    forces = force.forces(documents, events, newest)
    texts = jsonl.Rows([work.rows("documents")], Document)
    yield "documents", _documents(texts, clauses, forces, newest)
    yield "document_warnings", _warnings(clauses)
    yield "incomplete_texts", _incomplete(texts, clauses)
    yield "clauses", clauses
    yield "validity_events", events
    yield "citations", _rows(work, "citations", Citation)


def _documents(
    documents: Iterable[Document],
    clauses: Iterable[Clause],
    forces: Mapping[str, Force],
    newest: str,
) -> Iterator[Row]:
    """Documents with their numbering scheme and their status on the newest day that the corpus knows."""
    groups = groupby(clauses, key=lambda clause: clause.document_id)
    schemes = {document_id: summary.scheme(group) for document_id, group in groups}
    for document in documents:
        row, own = without(jsonl.as_dict(document), "head", "marks"), forces[document.document_id]
        yield row | {
            "scheme": schemes[document.document_id],
            "status": own.state(newest),
            "in_force_from": own.start,
            "in_force_to": own.end,
        }


def _warnings(clauses: Iterable[Clause]) -> Iterator[Row]:
    for document_id, group in groupby(clauses, key=lambda clause: clause.document_id):
        for kind, message in numbering_checks.warnings(list(group)):
            yield {"document_id": document_id, "kind": kind, "message": message}


def _incomplete(documents: Iterable[Document], clauses: Iterable[Clause]) -> Iterator[Row]:
    """Official texts that stop before their end; both are in one order."""
    remaining = iter(documents)
    for document_id, group in groupby(clauses, key=lambda clause: clause.document_id):
        own = list(group)
        document = next(each for each in remaining if each.document_id == document_id)
        reason = completeness.unfinished(document, own)
        last = completeness.last_article(own)
        if reason and last:
            yield {"document_id": document_id, "last_article": last.article, "reason": reason}


def _topics(topics: dict[str, Topic]) -> Iterator[Row]:
    for topic in topics.values():
        row = without(jsonl.as_dict(topic), "exclude", "departments", "any_keyword")
        yield row | {"keywords": list(topic.keywords)}


def _departments(topics: dict[str, Topic]) -> Iterator[Row]:
    for topic in topics.values():
        for region, names in topic.departments.items():
            for name in names:
                yield {"topic_id": topic.topic_id, "region_id": region, "department": name}


def _fact_tables(
    work: Workspace, facts: list[Fact], regions: set[str], topics: set[str]
) -> Iterator[tuple[str, Rows]]:
    files = fact_files.read(work.corpus)
    excluded = files.excluded.items()
    yield "facts", _facts(facts, files, fact_files.checks(work.rows("verified")))
    yield "searches", _searches(files, regions, topics)
    yield "excluded_facts", [{"fact_id": key, "reason": row["reason"]} for key, row in excluded]


def _facts(
    facts: list[Fact], files: fact_files.FactFiles, checks: Mapping[str, FactCheck]
) -> Iterator[Row]:
    """Facts, why those that are no rule of a matter are none, and whether their pages state them."""
    contexts = matter_files.contexts(DATA / "matters/context.jsonl")
    for fact in facts:
        check = fact_files.check_of(files.facts[fact.fact_id], checks)
        yield jsonl.as_dict(fact) | {
            "context": contexts.get(fact.fact_id),
            "checked": check.state if check else fact_files.UNCHECKED,
            "checked_date": check.date if check else None,
            "checked_note": (check.note or None) if check else None,
        }


def _matter_tables(
    work: Workspace, facts: list[Fact], moments: list[Moment]
) -> Iterator[tuple[str, Rows]]:
    searches = fact_files.read(work.corpus).searches.items()
    articles = jsonl.read(work.rows("article_matters"), ArticleMatter)
    rules = jsonl.read(work.rows("rules"), Rule)
    rules += [rule for matter in articles for rule in matter.rules]
    yield from gap_tables.of_matters(
        [*jsonl.read(work.rows("matters"), Matter), *articles],
        rules,
        {fact.fact_id: fact.clause_id for fact in facts},
        {search_id: record["matters"] for search_id, record in searches},
    )
    yield "rule_states", gap_tables.rule_states(rules, moments)


def _searches(files: fact_files.FactFiles, regions: set[str], topics: set[str]) -> Iterator[Row]:
    for search_id, row in files.searches.items():
        region, topic = row["region"], row["topic"]
        if region not in regions or topic not in topics:
            where = f"facts/searches-*.jsonl [{search_id}]"
            text = f"未知地区 {region!r} 或主题 {topic!r}"
            raise CorpusError(where, text, "写 regions.toml、topics.toml 中有的")
        columns = {column: row[column] for column in _SEARCH_COLUMNS}
        yield {"search_id": search_id, "region_id": region, "topic_id": topic} | columns


def _moment_tables(
    moments: list[Moment], documents: list[Document], events: list[ValidityEvent]
) -> Iterator[tuple[str, Rows]]:
    """The dates that gaps are computed for, the newest last, and every document's state on each."""
    forces = force.forces(documents, events, moments[-1].as_of)
    yield "moments", moments
    states = [
        {"document_id": document_id, "as_of": moment.as_of, "state": own.state(moment.as_of)}
        for document_id, own in forces.items()
        for moment in moments
    ]
    yield "document_states", states


def _model_tables() -> Iterator[tuple[str, Rows]]:
    """The weights of the alignment model, and how reliable its confidence is."""
    model = match_model.load()
    yield "model_features", [*_features(model), *_document_features()]
    reliability = [
        {"bin": i, "confidence": mean, "share_right": share, "pairs": count}
        for i, (mean, share, count) in enumerate(model.reliability)
    ]
    yield "model_reliability", reliability


def _features(model: match_model.MatchModel) -> Iterator[Row]:
    names = match_model.feature_titles(provision_classes.load(DATA / "patterns/classes.toml"))
    for reading in match_model.REGRESSIONS:
        yield from _weights(reading, getattr(model, reading), names)


def _document_features() -> Iterator[Row]:
    model = document_pair_model.load()
    for reading in ("whole", "part"):
        weights: LogisticModel = getattr(model, reading)
        yield from _weights(f"documents_{reading}", weights, document_pair_features.TITLES)


def _weights(reading: str, part: LogisticModel, names: Mapping[str, str]) -> Iterator[Row]:
    columns = zip(part.names, part.weight, part.mean, part.scale, strict=True)
    for ordinal, (feature, weight, mean, scale) in enumerate(columns):
        yield {
            "reading": reading,
            "ordinal": ordinal,
            "feature": feature,
            "name": names[feature],
            "coefficient": weight,
            "mean": mean,
            "scale": scale,
        }
