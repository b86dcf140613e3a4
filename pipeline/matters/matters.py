"""Matters: the questions that the rules of this build answer.

Reads   corpus/matters/*.toml, corpus/english_names.toml, corpus/departments.toml, corpus/regions.toml, corpus/topics.toml, build/facts.jsonl,
        <corpus folder>/facts/*.jsonl
Writes  build/matters.jsonl

A matter none of whose rules rests on a document of this build is left out.
"""

from pipeline.core import fact_files, jsonl, regions
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Fact
from pipeline.extraction import taxonomy
from pipeline.matters import coding_checks, departments, english_names, matter_files


def run(work: Workspace) -> None:
    """Read the coded matters and hold them against the facts."""
    regions_by_id = regions.load(DATA / "regions.toml")
    topics = taxonomy.load(DATA / "topics.toml", set(regions_by_id))
    coded = matter_files.load(DATA / "matters", regions_by_id, set(topics))
    contexts = matter_files.contexts(DATA / "matters/context.jsonl")
    present = {fact.fact_id for fact in jsonl.read(work.rows("facts"), Fact)}
    if any(folder.resolve() == DATA.resolve() for folder in work.corpus):
        coding_checks.check(coded, contexts, fact_files.read((DATA,)))
    coding_checks.check_units(coded)
    offices = departments.load(regions_by_id)
    departments.check_known(coding_checks.departments(coded, topics.values()), offices)
    english_names.check_complete(coding_checks.names(coded))
    matters = [row.matter for row in coded if any(rule.fact in present for rule in row.rules)]
    jsonl.write(work.rows("matters"), matters)
    print(f"matters: {len(matters)} 件事项")
