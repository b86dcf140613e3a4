"""Reviews in a build: they win over the machine, go stale with their text, and are never lost."""

import random
import re
import shutil
from pathlib import Path

import pytest

from pipeline.site.reviews import review_log
from support import small_corpus
from support.building import make
from support.reviews import review, texts
from support.site import ask

A, B = "sh-2024-danche", "jx-2023-danche"


def build(folder: Path, log: Path | str = "") -> Path:
    """kb.db of the corpus in a folder, with the reviews of a log."""
    paths = [f"CORPUS={folder}/corpus", f"KB={folder}/kb.db", f"BUILD={folder}/build"]
    done = make(*paths, f"REVIEWS={log}")
    assert done.returncode == 0, done.stderr
    return folder / "kb.db"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A build without reviews."""
    folder = tmp_path_factory.mktemp("plain")
    small_corpus.build(folder, small_corpus.VERSIONS, target="build/sources.jsonl")
    return build(folder)


@pytest.fixture
def folder(plain, tmp_path):
    """A copy of that build, to be built again."""
    shutil.copytree(plain.parent, tmp_path / "own")
    return tmp_path / "own"


def statuses(kb: Path) -> dict[tuple[str, str], str]:
    return {
        (a, b): status
        for a, b, status in ask(kb, "select clause_a, clause_b, status from alignments")
    }


def states(kb: Path) -> dict[str, str]:
    return dict(ask(kb, "select note, state from reviews"))


def pair_of(kb: Path, status: str) -> tuple[str, str]:
    """A pair of the two articles' texts that has a status."""
    pairs = statuses(kb).items()
    return min(pair for pair, own in pairs if own == status and pair[0].startswith(A))


def test_reviews_win_over_the_machine_and_change_nothing_else(plain, folder):
    asserted, candidate = pair_of(plain, "auto"), pair_of(plain, "candidate")
    log, said = folder / "reviews.db", texts(plain)
    anew = (f"{A}__art_3", f"{B}__art_8")
    review_log.append(log, [
        review(asserted, said, "reject"),
        review(candidate, said, "accept"),
        review((f"{A}__art_3", f"{B}__art_5"), said, "repair", partner=anew[1]),
    ])  # fmt: skip
    before, now = statuses(plain), statuses(build(folder, log))
    assert (now[asserted], now[candidate], now[anew]) == ("rejected", "accepted", "accepted")
    changed = {asserted, candidate, anew, (f"{A}__art_3", f"{B}__art_5")}
    assert {p: s for p, s in now.items() if p not in changed} == {
        p: s for p, s in before.items() if p not in changed
    }
    assert ask(folder / "kb.db", "select count(*) from reviews where decides = 1") == [(3,)]


def test_a_rejected_point_is_not_told(plain, folder):
    found = ask(plain, """select p.kind, p.relation, p.sentence, ra.clause_id, rb.clause_id, p.point_id
        from gap_points p join rules ra on ra.rule_id = p.rule_a join rules rb on rb.rule_id = p.rule_b
        where p.relation = 'differs' limit 1""")[0]  # fmt: skip
    kind, relation, sentence, *pair, point = found
    quotes = ask(
        plain,
        'select side, clause_id, start, "end" from gap_point_quotes where point_id = ?',
        point,
    )
    target = review_log.point_id(*pair, review_log.point_key(kind, relation, quotes))
    log = folder / "reviews.db"
    review_log.append(
        log, [review(tuple(pair), texts(plain), "reject", kind="point", target_id=target)]
    )
    told = {row for (row,) in ask(build(folder, log), "select sentence from gap_points")}
    assert sentence not in told and told


def test_a_changed_text_makes_a_review_stale_and_a_missing_one_an_orphan(plain, folder):
    said, log = texts(plain), folder / "reviews.db"
    kept, edited = (f"{A}__art_1", f"{B}__art_1"), (f"{A}__art_3", f"{B}__art_5")
    gone = ("sh-2020-danche__art_5", f"{B}__art_6")
    named = {"kept": kept, "edited": edited, "gone": gone}
    review_log.append(
        log, [review(pair, said, "reject", note=note) for note, pair in named.items()]
    )
    shutil.rmtree(folder / "corpus")
    texts_of = dict(small_corpus.VERSIONS)
    del texts_of["sh-2020-danche"]
    title, region, level, date, text = texts_of[B]
    texts_of[B] = (
        title,
        region,
        level,
        date,
        text.replace("不得超过核定的数量", "不得超过核定数量的一半"),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(small_corpus, "ALL", texts_of)
        small_corpus.build(folder, texts_of, target="build/sources.jsonl")
    kb = build(folder, log)
    assert states(kb) == {"kept": "valid", "edited": "stale", "gone": "orphan"}
    now = statuses(kb)
    assert now[kept] == "rejected" and now.get(edited) != "rejected"


def test_a_thousand_reviews_survive_a_rebuild_and_the_same_reviews_give_the_same_bytes(
    plain, folder, tmp_path
):
    said = texts(plain)
    pairs = sorted(statuses(plain))
    rows = [
        review(pairs[n % len(pairs)], said, ("accept", "reject")[n % 3 == 0], note=f"第{n}条",
               reviewer=("wang", "li")[n % 2], reviewed_at=f"2026-01-02T03:04:05.{n:06}Z")
        for n in range(1000)
    ]  # fmt: skip
    log = folder / "reviews.db"
    review_log.append(log, rows)
    first = build(folder, log).read_bytes()
    assert ask(folder / "kb.db", "select count(*), count(distinct note) from reviews") == [
        (1000, 1000)
    ]
    shuffled = random.Random(2).sample(rows, len(rows))
    other = tmp_path / "other.db"
    for batch in (shuffled[:400], shuffled[300:]):
        review_log.append(other, batch)
    (folder / "kb.db").unlink()
    assert build(folder, other).read_bytes() == first
    assert build(folder, other).read_bytes() == first and len(review_log.read(log)) == 1000


def test_without_reviews_the_rows_are_those_of_the_machine(plain, folder):
    log = folder / "reviews.db"
    review_log.append(log, [review(pair_of(plain, "auto"), texts(plain), "reject")])
    build(folder, log)
    assert build(folder).read_bytes() == plain.read_bytes()


def test_a_log_that_is_none_stops_the_build_and_keeps_kb(plain, folder):
    before = (folder / "kb.db").read_bytes()
    (folder / "r.db").write_bytes("不是数据库".encode() * 200)
    paths = [f"CORPUS={folder}/corpus", f"KB={folder}/kb.db", f"BUILD={folder}/build"]
    done = make(*paths, f"REVIEWS={folder}/r.db")
    assert done.returncode != 0 and re.search(r"错误：.*r\.db：不是审阅记录.*改法：", done.stderr)
    assert (folder / "kb.db").read_bytes() == before
