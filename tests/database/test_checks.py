"""The laws of checks.sql: built databases keep them, and each has rows that break it and stop the build."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.core.errors import CorpusError
from pipeline.database import checks

LAWS = checks.parse(Path("pipeline/database/checks.sql").read_text(encoding="utf-8"))
# Law → statements each of which breaks it in kb.db of the bundled corpus.
BUNDLED = {
    "a clause is not the slice of its document": ["update clauses set text = '改' || text where rowid = (select min(rowid) from clauses)"],
    "a measure's quote is not the slice of its clause": ["update measures set quote = '改' || quote where rowid = (select min(rowid) from measures)"],
    "a condition's quote is not the slice of its clause": ["update conditions set quote = '改' || quote where rowid = (select min(rowid) from conditions)"],
    "a condition's value is not that of its measure": ["update conditions set value_min = 0, value_max = 0 where measure_id is not null"],
    "a value of a provision is not the slice of its clause": ["update provisions set evidence = json_set(evidence, '$[0].start', 1000) where evidence <> '[]'"],
    "two units of one document overlap": ["update clauses set end = end + 10 where is_unit"],
    "two sister clauses overlap": ["update clauses set end = end + 10"],
    "text of a document lies in no clause": ["update documents set text = text || '遗失'"],
    "a rule's quote is not the slice of its clause": ["update rules set quote = '改' || quote where rowid = (select min(rowid) from rules)",
                                                      "update rules set start = start + 1 where rowid = (select min(rowid) from rules)"],
    "a point's quote is not the slice of its clause": ["update gap_point_quotes set quote = '改' || quote where point_id = (select min(point_id) from gap_points)"],
    "a successor is of another matter, earlier, or of a region that its predecessor does not lie in": [
        "update rules set replaces = (select max(rule_id) from rules) where rowid = (select min(rowid) from rules)",
        "update rules set in_force_from = '1900-01-01' where replaces is not null",
        "update rules set region_id = '000000' where rule_id in (select replaces from rules)",
    ],
    "a gap has no rule": ["delete from gap_rules where gap_id = (select min(gap_id) from gaps)"],
    "a gap that differs tells no point": ["update gap_points set relation = 'same' where gap_id = (select min(gap_id) from gaps where outcome = 'differs')"],
    "a point lacks the quote of a side that it speaks of": ["delete from gap_point_quotes where point_id = (select min(point_id) from gap_points)"],
    "a point rests on a rule or quotes a clause that is none of its side's in force on the day of its gap": [
        "update gap_points set rule_a = rule_b where relation = 'differs'",
        "update gap_rules set in_force = 0 where gap_id = (select min(gap_id) from gap_points where rule_b is not null) and side = 'b'",
        "update gap_point_quotes set clause_id = (select min(clause_id) from clauses)",
    ],
    "a rule is said to be in force on a day on which it is not": ["update gap_rules set in_force = 1"],
    "a rule counts in a gap on a day on which it does not count": ["update gap_rules set in_force = 1 - in_force"],
    "a rule counts although its official text is over, or its digest is and no note says why it counts": [
        "update documents set text_kind = 'official' where document_id = 'sh-2015-jifen'",
        "update rules set note = null where clause_id glob 'sh-2015-jifen__*'",
        "update document_states set state = '已废止'",
    ],
    "a day stands after the one that must follow it": [
        "update rules set in_force_from = '2031-01-01' where in_force_to is not null",
        "update rules set in_force_to = '2031-01' where rule_id in (select replaces from rules)",
        "update documents set in_force_from = '2041-01-01' where in_force_to is not null",
        "update matter_absences set absent_from = '2001-01-01', absent_to = '2000-12-31'",
        "update gap_changes set to_date = from_date where rowid = (select min(rowid) from gap_changes)",
        "update moments set newest = 1 - newest",
    ],
    "a change is not between the gaps of its matter on its two days": [
        "update gap_changes set gap_before = gap_after where gap_after is not null",
        "update gap_changes set comparison_id = 'sh-zj' where comparison_id = 'sh-jx'",
    ],
    "missing or extra, although the other side has a rule in force, or the own side has none": [
        "update gaps set outcome = 'missing', grade = 'said_so' where outcome = 'differs'",
        "update gaps set outcome = 'missing', grade = 'said_so' where outcome = 'uncollected'",
    ],
    "missing or extra without a known absence, or uncollected without saying whether it was searched": [
        "update gaps set grade = null where outcome = 'missing'",
        "update gaps set grade = 'searched' where outcome = 'missing'",
        "update gaps set grade = null where outcome = 'uncollected'",
    ],
    "differs or same, although a side has no rule in force": ["update gaps set outcome = 'differs' where outcome = 'lapsed'"],
    "rules above both sides alone make a difference": ["update gaps set outcome = 'differs' where outcome = 'national'"],
    "a ratio is not what the values of its tier give": [
        "update gaps set ratio = ratio * 10 where ratio is not null",
        "update gap_points set ratio = ratio * 10 where ratio is not null",
        "update gap_points set ratio = 2 where basis = 'told'",
    ],
    "a value of a point is not its rule's, or of an article none that its quote states": [
        "update gap_points set value_a = value_a + 1 where value_a is not null",
        "update rules set value = value * 10000, value_max = value_max * 10000, value_min = value_min * 10000 where value > 0",
    ],
    "a value is not an end of its range, or a range is upside down": [
        "update rules set value = value + 1 where value is not null",
        "update measures set min = max + 1 where max is not null",
    ],
    "a sentence that compares figures leaves out a value, a unit or a year": [
        "update gaps set headline = replace(headline, '万元', '')",
        "update gaps set headline = replace(headline, '20', '')",
        "update gaps set summary = replace(summary, '20', '')",
        "update rules set says = says || '起' where value is not null",
    ],
    "a headline names neither a place nor whose rule holds there": ["update gaps set headline = replace(headline, '上海', '')"],
    "a point compares two tiers": ["update rules set tier = rule_id"],
    "a county has a row on a matter on which it has no rule of its own": ["update gap_rules set level = 'upper' where level = 'own' and side = 'b'"],
    "a rule of the nation counts for one side only": ["delete from gap_rules where level = 'national' and side = 'a'"],
    "what has lapsed or is not collected favours somebody": ["update gaps set favours = 'baseline' where outcome = 'uncollected'"],
    "a department is not in corpus/departments.toml, or is the office of a place that does not have the region": [
        "update gap_departments set department = '人民政府' where department = '上海市公安局'",
        "update topic_departments set department = '上海市公安' where department = '上海市公安局'",
        "update gap_departments set department = '嘉兴市公安局' where department = '上海市公安局'",
    ],
    "a rule of an aligned matter is no article of an official text, or one of a coded matter has no fact": ["update rules set fact_id = null"],
    "a digest clause has no fact": ["delete from facts"],
    "a fact is a rule of a matter, or proves that one has none, and is said to be neither": [
        "update facts set context = 'figure' where fact_id in (select fact_id from rules)",
        "update facts set context = 'figure' where clause_id in (select clause_id from matter_absences)",
    ],
    "a rule or a pair rests on a draft or a commentary": ["update documents set text_kind = 'draft' where document_id = 'zj-2024-shoutai'"],
    "a search record is worded as if nothing existed": ["update searches set finding = '没有' where rowid = (select min(rowid) from searches)"],
    "a claim's quote is not the slice of its clause": ["update claim_evidence set quote = '改' || quote where clause_id is not null"],
    "a claim quotes a gap or a search record otherwise than it reads, or rests on a gap of another day": [
        "update gaps set headline = headline || '！'",
        "update searches set finding = finding || '！'",
        "update claim_evidence set as_of = as_of || 'x' where gap_id is not null",
    ],
    "a verdict other than not_provable has no evidence": ["delete from claim_evidence"],
    "a verdict is contradicted by the gaps that it rests on": ["update claims set favours = 'target' where claim_id = 'shoutai-gap'"],
    "a claim is confirmed by nothing but the paper itself or search records": [
        "delete from claim_evidence where gap_id is not null or clause_id in (select clause_id from facts where source_kind <> 'seed')"
    ],
    "a citation's quote is not the slice of its clause": ["update citations set quote = '改' || quote where rowid = (select min(rowid) from citations)"],
    "a citation of the own text is of another": ["update citations set document_id = null, basis = null, target_clause_id = null where relation = '本文'"],
}  # fmt: skip
# The same in kb.db of a few official texts of two places, which answer each other and cite each other.
OFFICIAL = {
    "a clause is outside its parent's document": ["update clauses set document_id = 'nowhere' where parent_id is not null"],
    "a value of a point is not its rule's, or of an article none that its quote states": [
        "update gap_points set value_a = value_a + 1 where value_a is not null",
        "update gap_points set unit = '万元' where unit = '元'",
    ],
    "a day stands after the one that must follow it": ["update documents set in_force_from = '2030-01-01' where document_id = 'sh-2020-danche'"],
    "a headline names neither a place nor whose rule holds there": ["update gaps set headline = replace(headline, '嘉兴', '本地')"],
    "an article of two official texts that answer each other has no account, or a row is of no such article": [
        "delete from article_accounts where account = 'only_here'",
        "update article_accounts set clause_id = (select min(clause_id) from clauses where kind <> 'article') where account = 'boilerplate'",
    ],
    "an article is accounted as aligned with a text in which nothing answers it, or not so although something does": [
        "update article_accounts set account = 'aligned'",
        "update article_accounts set account = 'only_here'",
    ],
    "an article is missing or extra, although an article of the other side that answers it is in force": [
        "update gaps set outcome = 'missing', grade = 'read_whole' where outcome = 'differs'"
    ],
    "an article is missing or extra without an account that says so": [
        "update gaps set outcome = 'missing', grade = 'read_whole' where outcome = 'differs'"
    ],
    "a citation's target is not in the document that it cites": [
        "update citations set target_clause_id = (select max(clause_id) from clauses) where target_clause_id is not null"
    ],
    "two citations of one clause overlap": ["update citations set start = 0"],
    "words are cited twice, by a clause and by one that lies in it": [
        "insert into clauses select clause_id || '__x', document_id, clause_id, ordinal, kind, article, path, heading, text, start, end, 0"
        " from clauses where clause_id in (select clause_id from citations);"
        "insert into citations select citation_id || 'x', clause_id || '__x', relation, title, name, number, place, document_id, basis,"
        " target_clause_id, target_last_id, quote, start, end from citations"
    ],
    "a document ends itself": [
        "update validity_events set document_id = (select document_id from clauses where clause_id = source_clause_id)"
        " where kind = '废止'"
    ],
}  # fmt: skip


@pytest.mark.parametrize("law, query", LAWS)
def test_the_bundled_corpus_keeps_every_law(db, law, query):
    assert db.execute(query).fetchall() == [], law


@pytest.mark.parametrize("law, query", LAWS)
def test_official_texts_of_two_places_keep_every_law(small, law, query):
    with sqlite3.connect(f"file:{small}?mode=ro", uri=True) as connection:
        assert connection.execute(query).fetchall() == [], law


def test_every_law_has_a_breach():
    assert {law for law, _ in LAWS} == BUNDLED.keys() | OFFICIAL.keys()


def breaches(table):
    """Each law with each of its breaches."""
    return [(law, breach) for law, statements in table.items() for breach in statements]


@pytest.fixture(scope="module")
def copied(kb, tmp_path_factory):
    """A copy of kb.db of the bundled corpus that a test may spoil and must roll back."""
    yield from spoilable(kb, tmp_path_factory)


@pytest.fixture(scope="module")
def copied_small(small, tmp_path_factory):
    """The same of the official texts."""
    yield from spoilable(small, tmp_path_factory)


def spoilable(kb, tmp_path_factory):
    db = Database(shutil.copy(kb, tmp_path_factory.mktemp("spoilt") / "kb.db"))
    db.conn.isolation_level = None
    yield db
    db.close()


def stops(db, law, breach):
    """That rows are broken, that this law tells so, and that the build stops with one line."""
    db.execute("begin")
    try:
        for statement in breach.split(";"):
            assert db.conn.execute(statement).rowcount > 0, "nothing was broken"
        assert list(db.query(dict(LAWS)[law])) != []
        with pytest.raises(CorpusError) as stopped:
            checks.run(db)
        assert "\n" not in str(stopped.value) and "checks.sql" in str(stopped.value)
    finally:
        db.execute("rollback")


@pytest.mark.parametrize("law, breach", breaches(BUNDLED))
def test_a_breach_of_a_law_stops_the_build(copied, law, breach):
    stops(copied, law, breach)


@pytest.mark.parametrize("law, breach", breaches(OFFICIAL))
def test_a_breach_of_a_law_on_official_texts_stops_the_build(copied_small, law, breach):
    stops(copied_small, law, breach)


def test_a_row_that_refers_to_none_stops_the_build(copied):
    copied.execute("begin")
    copied.execute("update clause_topics set topic_id = 'nowhere'")
    with pytest.raises(CorpusError, match="外键断裂"):
        checks.run(copied)
    copied.execute("rollback")
