"""Claims: what is wrong in claims.toml is told in one line with its id, a verdict against its gaps too."""

import re
from pathlib import Path

import pytest

from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Claim, Gap
from pipeline.core.paths import Workspace
from pipeline.gaps import claim_gaps, claims, indicators
from support import cases

DATES = ("2018-12-31", "2026-11-29")
KNOWN = {
    "fact:a-1": claims.evidence("最高20万元。", clause_id="a__a-1", start=3, end=10),
    "search:b-1": claims.evidence("未查得。", search_id="b-1"),
}
CLAIM = {
    "id": '"cap"',
    "section": '"二(四)"',
    "kind": '"差异"',
    "topic": '"shoutai"',
    "statement": '"甲多乙少。"',
}
THEN = {"as_of": DATES[0], "verdict": '"confirmed"', "note": '"据甲。"', "evidence": '["fact:a-1"]'}
NOW = {"as_of": DATES[1], "verdict": '"not_provable"', "note": '"未查得。"', "evidence": None}


def gap(
    outcome: str, favours: str = "unclear", as_of: str = DATES[0], matter: str = "cap-sum"
) -> Gap:
    """What a matter came to on a day; the headline is all that a claim quotes of it."""
    empty = dict.fromkeys(("topic_id", "kind", "ratio", "grade", "department_a", "department_b"))
    return Gap(
        gap_id=f"sh-jx__{matter}__{as_of}", comparison_id="sh-jx", matter_id=matter, as_of=as_of, outcome=outcome,
        favours=favours, importance=0.5, factors=[], confidence=1.0, headline=f"上限：{outcome}。", summary=f"上限：{outcome}。", caveats=[], decided_by="市",
        rules=[], points=[], **empty,
    )  # fmt: skip


GAPS = {
    (one.matter_id, one.as_of): one
    for one in (
        gap("differs", "baseline"),
        gap("same", "neutral", DATES[1]),
        gap("uncollected", as_of=DATES[1], matter="newer"),
    )
}


def lines(keys: dict[str, str | None]) -> str:
    return "".join(f"{key} = {value}\n" for key, value in keys.items() if value is not None)


def entry(claim=None, then=None, now=None) -> str:
    """One claim with two verdicts, changed here and there."""
    text = (
        "[[claim]]\n"
        + lines(CLAIM | (claim or {}))
        + "[[claim.verdict]]\n"
        + lines(THEN | (then or {}))
    )
    return text + ("" if now == "absent" else "[[claim.verdict]]\n" + lines(NOW | (now or {})))


def load(folder: Path, toml: str) -> list[Claim]:
    path = folder / "claims.toml"
    path.write_text(toml, encoding="utf-8")
    return claims.load(path, {"shoutai"}, KNOWN, GAPS)


def message(folder: Path, toml: str) -> str:
    with pytest.raises(CorpusError) as error:
        load(folder, toml)
    return str(error.value)


def test_a_claim_stands_once_at_every_date_with_its_evidence(tmp_path):
    then, now = load(tmp_path, entry())
    assert (then.as_of, now.as_of) == DATES
    assert then.evidence == [KNOWN["fact:a-1"]] and now.evidence == []


def test_a_claim_rests_on_the_gaps_of_its_matters_at_each_date(tmp_path):
    matters = {"matters": '["cap-sum", "newer"]', "favours": '"baseline"'}
    then, now = load(tmp_path, entry(matters, now={"verdict": '"outdated"'}))
    assert then.favours == now.favours == "baseline"
    # no gap of the newer matter on the earlier day: it rests on the other alone
    assert [one["gap_id"] for one in then.evidence] == [None, "sh-jx__cap-sum__2018-12-31"]
    assert [one["gap_id"] for one in now.evidence] == [
        "sh-jx__cap-sum__2026-11-29", "sh-jx__newer__2026-11-29"]  # fmt: skip
    assert now.evidence[0]["quote"] == "上限：same。"


def test_gaps_alone_are_evidence_enough(tmp_path):
    then, _ = load(tmp_path, entry({"matters": '["cap-sum", "newer"]'}, {"evidence": None}))
    assert len(then.evidence) == 1


@cases.table("claims.contradiction", "about", "verdict", "gaps", favours=None, against=None)
def test_a_verdict_agrees_with_the_gaps_or_the_first_that_does_not_is_named(
    about, verdict, gaps, favours, against
):
    resting = [gap(*words.split()) for words in gaps]
    found = claim_gaps.contradiction(verdict, favours, resting)
    assert found is (None if against is None else resting[gaps.index(against)])


@pytest.mark.parametrize(
    "changes, found",
    [
        ({"claim": {"section": None}}, "缺少 section"),
        ({"claim": {"section": '"第二节"'}}, "section = '第二节'"),
        ({"claim": {"kind": '"判断"'}}, "kind = '判断'"),
        ({"claim": {"topic": '"jifen"'}}, "未知主题 'jifen'"),
        ({"claim": {"id": '"首台套"'}}, "id = '首台套'"),
        ({"claim": {"page": "3"}}, "不认识的键 'page'"),
        ({"claim": {"matters": '"cap-sum"'}}, "matters"),
        ({"claim": {"matters": '["cap"]'}}, "没有事项 'cap'"),
        ({"claim": {"favours": '"shanghai"'}}, "favours"),
        (
            {"claim": {"matters": '["cap-sum"]', "favours": '"target"'}},
            "与差异 sh-jx__cap-sum__2018-12-31（上限：differs。）不合",
        ),
        (
            {"claim": {"matters": '["cap-sum"]'}},
            "verdict = 'not_provable' 与差异 sh-jx__cap-sum__2026-11-29",
        ),
        ({"then": {"verdict": '"true"'}}, "verdict = 'true'"),
        ({"then": {"evidence": None}}, "confirmed 没有依据"),
        ({"then": {"evidence": "[]"}}, "confirmed 没有依据"),
        ({"then": {"evidence": '["fact:a-2"]'}}, "依据 fact:a-2 不存在"),
        ({"then": {"evidence": '["a-1"]'}}, "依据 a-1 不存在"),
        (
            {"then": {"evidence": '["gap:sh-jx__cap-sum__2018-12-31"]'}},
            "依据 gap:sh-jx__cap-sum__2018-12-31 不存在",
        ),
        ({"then": {"evidence": '["fact:a-1", "fact:a-1"]'}}, "依据 fact:a-1 重复"),
        ({"then": {"evidence": '"fact:a-1"'}}, "evidence = 'fact:a-1'"),
        ({"then": {"note": '" "'}}, "note 是空的"),
        ({"then": {"note": None}}, "缺键或多键"),
        ({"then": {"source": '"甲"'}}, "缺键或多键"),
        ({"then": {"as_of": '"2018年"'}}, "不是日期"),
        ({"now": "absent"}, "as_of 为 2018-12-31"),
        ({"now": {"as_of": DATES[0]}}, "as_of 为 2018-12-31、2018-12-31"),
    ],
)
def test_a_wrong_claim_is_named_in_one_line_with_its_id(tmp_path, changes, found):
    text = message(tmp_path, entry(**changes))
    assert found in text and "claims.toml [" in text and "改法：" in text and "\n" not in text


def test_the_same_id_twice(tmp_path):
    assert "id 重复" in message(tmp_path, entry() + entry())


def test_a_claim_that_lacks_a_date_that_others_have(tmp_path):
    other = entry({"id": '"b"'}, now={"as_of": "2020-01-01"})
    assert "claims.toml [b]：as_of 为 2018-12-31、2020-01-01" in message(tmp_path, entry() + other)


def test_a_quote_that_the_digest_does_not_hold():
    with pytest.raises(CorpusError, match="make digests"):
        claims.quoted("a__a-1", "1. 上限：最高30万元。", "最高20万元。")


FIGURE = {"id": '"x"', "name": '"甲"', "region": '"330400"', "date": '"2018-06"', "value": "87",
          "unit": '"次/天"', "source": '"二(二)"'}  # fmt: skip


@pytest.mark.parametrize(
    "changes, found",
    [
        ({"region": '"999999"'}, "未知地区 '999999'"),
        ({"value": '"87"'}, "value = '87' 不是数"),
        ({"value": "true"}, "value = True 不是数"),
        ({"source": '"fact:b-1"'}, "source = 'fact:b-1'"),
        ({"date": '"六月"'}, "不是日期"),
        ({"unit": None}, "缺少 unit"),
    ],
)
def test_a_wrong_indicator_is_named(tmp_path, changes, found):
    path = tmp_path / "indicators.toml"
    path.write_text("[[indicator]]\n" + lines(FIGURE | changes), encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(found)):
        indicators.load(path, {"330400"}, {"a-1"})


def test_without_the_bundled_digests_the_paper_is_not_answered(tmp_path):
    work = Workspace((Path("tests/corpus"),), tmp_path, tmp_path / "kb.db")
    claims.run(work)
    assert work.rows("claims").read_text(encoding="utf-8") == ""
    assert indicators.of_build(work, set()) == []
