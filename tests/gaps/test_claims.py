"""Claims: what is wrong in claims.toml is message in one line with its id."""

import re
from pathlib import Path

import pytest

from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.gaps import claims, indicators

DATES = ("2018-12-31", "2026-11-23")
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


def load(folder: Path, toml: str) -> list[claims.Claim]:
    path = folder / "claims.toml"
    path.write_text(toml, encoding="utf-8")
    return claims.load(path, {"shoutai"}, KNOWN)


def message(folder: Path, toml: str) -> str:
    with pytest.raises(CorpusError) as error:
        load(folder, toml)
    return str(error.value)


def test_a_claim_stands_once_at_every_date_with_its_evidence(tmp_path):
    then, now = load(tmp_path, entry())
    assert (then.as_of, now.as_of) == DATES
    assert then.evidence == [KNOWN["fact:a-1"]] and now.evidence == []


@pytest.mark.parametrize(
    "changes, found",
    [
        ({"claim": {"section": None}}, "缺少 section"),
        ({"claim": {"section": '"第二节"'}}, "section = '第二节'"),
        ({"claim": {"kind": '"判断"'}}, "kind = '判断'"),
        ({"claim": {"topic": '"jifen"'}}, "未知主题 'jifen'"),
        ({"claim": {"id": '"首台套"'}}, "id = '首台套'"),
        ({"claim": {"page": "3"}}, "不认识的键 'page'"),
        ({"then": {"verdict": '"true"'}}, "verdict = 'true'"),
        ({"then": {"evidence": None}}, "confirmed 没有依据"),
        ({"then": {"evidence": "[]"}}, "confirmed 没有依据"),
        ({"then": {"evidence": '["fact:a-2"]'}}, "依据 fact:a-2 不存在"),
        ({"then": {"evidence": '["a-1"]'}}, "依据 a-1 不存在"),
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
