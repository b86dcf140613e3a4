"""Suggest: the matters nearest to a fact or clause that lies in none, with their shared terms.

`make suggest FACT=…` prints them ready to be copied into corpus/matters/; `make suggest` lists what lies in
no matter, and where alignment and coding disagree: two clauses that it is sure of in different matters.

Reads   corpus/facts/, corpus/matters/*.toml, build/facts.jsonl, clauses, alignments
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.core import fact_files, jsonl, regions, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Alignment, Clause, Fact
from pipeline.extraction import taxonomy
from pipeline.language import lexicon
from pipeline.matters import matter_files
from pipeline.matters.disagreements import between
from pipeline.matters.matter_files import CodedMatter
from pipeline.similarity import vectors

_SHOWN = 5  # matters that are listed for one fact
_DISAGREEMENTS = 20


def run(work: Workspace, name: str | None) -> None:
    """Print suggestions for one fact or clause, or for the whole corpus.

    Args:
        work: the build.
        name: id of a fact or a clause; None for all.

    Raises:
        CorpusError: no such fact or clause.
    """
    regions_by_id = regions.load(DATA / "regions.toml")
    topics = taxonomy.load(DATA / "topics.toml", set(regions_by_id))
    coded = matter_files.load(DATA / "matters", regions_by_id, set(topics))
    texts = _texts(work)
    if name:
        lines = list(near(_text(name, texts), coded, texts))
        print("\n".join(lines) if lines else "没有相近的事项")
        if fact := fact_files.read(work.corpus).facts.get(name):
            print("\n".join(rule_lines(fact, _regions(work))))
        return
    contexts = matter_files.contexts(DATA / "matters/context.jsonl")
    used = {rule.fact for row in coded for rule in row.rules}
    used |= {absence.source for row in coded for absence in row.matter.absences}
    alone = [fact for fact in fact_files.read(work.corpus).facts if fact not in {*used, *contexts}]
    print(f"没有归入事项的事实 {len(alone)} 条：{'、'.join(alone) or '无'}")
    for line in disagreements(work, coded):
        print(line)


def _texts(work: Workspace) -> dict[str, str]:
    """The words of facts by fact id, and of clauses of the build by clause id."""
    files = fact_files.read(work.corpus).facts
    texts = {fact: f"{row['attribute']}：{row['statement']}" for fact, row in files.items()}
    if work.rows("clauses").exists():
        texts |= {c.clause_id: c.text for c in jsonl.read(work.rows("clauses"), Clause)}
    return texts


def _text(name: str, texts: Mapping[str, str]) -> str:
    if name not in texts:
        raise CorpusError(f"FACT={name}", "没有这条事实或条款", "写事实编号或条款编号，先运行 make")
    return texts[name]


def _regions(work: Workspace) -> dict[str, str]:
    """Document id → its region, as the manifests state it."""
    manifests = [toml_files.load(folder / "sources.toml") for folder in work.corpus]
    return {row["id"]: row["region"] for found in manifests for row in found.get("document", [])}


def rule_lines(fact: Mapping[str, Any], regions: Mapping[str, str]) -> Iterator[str]:
    """The lines of a [[matter.rule]] on a fact, as far as they can be told; the coder fills in the rest.

    Args:
        fact: a row of a fact file.
        regions: document id → its region.
    """
    yield "  [[matter.rule]]"
    yield f'  fact = "{fact["id"]}"'
    yield f'  region = "{regions.get(fact["document"], "")}"'
    if fact["value"] is not None:
        yield f"  value = {fact['value']}  # {fact['unit'] or ''}"
    yield '  from = ""'
    yield '  note = ""'


def near(text: str, coded: Iterable[CodedMatter], texts: Mapping[str, str]) -> Iterator[str]:
    """The matters most alike in words to a text, by question and by the facts in them.

    Args:
        text: of the fact or clause.
        coded: all matters.
        texts: the words of their facts.
    """
    coded = list(coded)
    words = lexicon.load(DATA / "lexicon")
    described = [
        "。".join(
            [row.matter.name, row.matter.question, *(texts.get(r.fact, "") for r in row.rules)]
        )
        for row in coded
    ]
    found = vectors.tf_idf([words.terms(words.cut(each)) for each in (text, *described)])
    count = len(described)
    likeness = vectors.paired_cosines(found.combined, [0] * count, range(1, count + 1))
    ranked = sorted(range(count), key=lambda n: (-likeness[n], n))
    for place in ranked[:_SHOWN]:
        if likeness[place] > 0:
            matter = coded[place].matter
            shared = "、".join(term for term, _ in vectors.shared_terms(found, 0, place + 1))
            unit = f"，单位 {matter.unit}" if matter.unit else ""
            yield f"{likeness[place]:.2f}  {matter.matter_id}（{coded[place].where.split(' ')[0]}）"
            yield f"      {matter.name}：{matter.question}{unit}；共有的词：{shared}"


def disagreements(work: Workspace, coded: Iterable[CodedMatter]) -> Iterator[str]:
    """The pairs of clauses that the alignment is sure of and that lie in different matters."""
    path = work.rows("alignments")
    if not path.exists():
        return
    clauses = {fact.fact_id: fact.clause_id for fact in jsonl.read(work.rows("facts"), Fact)}
    matters: dict[str, set[str]] = {}
    for row in coded:
        for rule in row.rules:
            if rule.fact in clauses:
                matters.setdefault(clauses[rule.fact], set()).add(row.matter.matter_id)
    apart = between(jsonl.read(path, Alignment), matters)
    yield f"机器认定相应、却归入不同事项的条款 {len(apart)} 对，最像的 {_DISAGREEMENTS} 对："
    for pair in apart[:_DISAGREEMENTS]:
        a, b = ("、".join(sorted(matters[clause])) for clause in (pair.clause_a, pair.clause_b))
        yield f"{pair.similarity:.2f}  {pair.clause_a}（{a}） ⇄ {pair.clause_b}（{b}）"
