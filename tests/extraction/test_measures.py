"""What the quantities of a clause are, by the codebook; every sentence here is our own."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import CorpusError
from pipeline.extraction import measure_finding, measure_rules, measures
from support import cases

RULES = measure_rules.load()


def as_case(measure):
    """A measure as tests/cases/measures.toml writes it: one value, or the ends that there are."""
    ends = {"min": measure.min, "max": measure.max}
    values = {"value": measure.max} if measure.min == measure.max else ends
    case = {"quote": measure.quote, "kind": measure.kind} | values
    case |= {"unit": measure.unit, "role": measure.role, "per": measure.per, "of": measure.of}
    shown = {key: value for key, value in case.items() if value not in (None, "")}
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in shown.items()}


def rows(text):
    return [
        measures.row(q, "d__art_1", n, text)
        for n, q in enumerate(measure_finding.find(text, RULES), 1)
    ]


@cases.table("measures.case", "text", "measures")
def test_measures_by_the_codebook(text, measures):
    assert [as_case(row) for row in rows(text)] == measures


@cases.table("measures.none", "text")
def test_what_is_no_measure(text):
    assert rows(text) == []


def test_a_percentage_keeps_its_base_apart_from_its_cap():
    rate, cap = rows("按合同额的30%给予资助，最高3000万元。")
    assert (rate.base, rate.max, cap.base, cap.max) == ("合同额", 30, None, 30_000_000)


@cases.table("measures.base", "text", base=None)
def test_base(text, base):
    assert [m.base for m in rows(text)] == [base]


@pytest.mark.parametrize(
    "text", ["最高不超过500万元", "百分之三十", "三十个工作日内", "不低于1,500万元"]
)
def test_a_line_wrap_or_full_width_changes_no_reading(text):
    plain = [(m.kind, m.min, m.max, m.unit) for m in rows(f"对该项目给予补助的，{text}。")]
    for at in range(1, len(text)):
        if re.match(r"[\d一-龥%]", text[at]) and re.match(r"[\d一-龥]", text[at - 1]):
            wrapped = f"对该项目给予补助的，{text[:at]}\n{text[at:]}。"
            found = rows(wrapped)
            if "\n" in "".join(m.quote for m in found):
                assert [(m.kind, m.min, m.max, m.unit) for m in found] == plain
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%"})
    assert [(m.kind, m.min, m.max, m.unit) for m in rows(f"对该项目给予补助的，{wide}。")] == plain


def test_a_column_of_numbers_is_not_one_number():
    assert [m.max for m in rows("一档\n2660\n2430元")] == [2430]


PIECES = ["不超过", "最高", "至少", "每人", "每年", "每满", "分别", "给予", "处", "的罚款", "以上", "以下", "内", "前",
          "10", "三十", "5.5", "1,000", "万", "亿", "百分之", "分之", "半", "元", "%", "个月", "年", "日", "人", "次",
          "平方米", "公里", "倍", "分", "折", "、", "至", "-", "：", "，", "。", "\n", " ", "（含）", "１", "O", "补贴"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_quotes_are_slices_in_order_and_do_not_overlap(text):
    found = rows(text)
    assert [m.start for m in found] == sorted(m.start for m in found)
    for m in found:
        assert text[m.start : m.end] == m.quote
        assert m.min is not None or m.max is not None
        assert m.min is None or m.max is None or m.min <= m.max
    for left, right in zip(found, found[1:], strict=False):
        shared = (left.start, left.end) == (right.start, right.end)
        assert left.end <= right.start or shared, (left, right)


NUMERALS = [f"{tens}{ones}" for tens in ("", "十", "二十", "三十") for ones in "一二三四五六七八九"]
UNITS = ["日", "个工作日", "个月", "年", "小时", "万元", "倍", "人", "户", "平方米"]


@given(
    st.lists(st.integers(0, len(NUMERALS) - 1), min_size=2, max_size=2, unique=True),
    st.sampled_from(UNITS),
    st.sampled_from(["以上", "以上至"]),
    st.sampled_from(["以下", "以内"]),
)
def test_a_range_of_above_and_below_keeps_both_ends(places, unit, above, below):
    low, high = (NUMERALS[place] for place in sorted(places))
    words = f"{low}{unit}{above}{high}{unit}{below}"
    [found] = rows(f"情节严重的，{words}。")
    assert found.quote == words
    assert found.min and found.max and found.min < found.max


def test_a_list_is_paired_with_its_subjects_only_where_the_counts_agree():
    even = measure_finding.find("对一等奖、二等奖分别奖励5万元、3万元。", RULES)
    odd = measure_finding.find("对一等奖、二等奖、三等奖分别奖励5万元、3万元。", RULES)
    assert [q.unpaired for q in even + odd] == [False, False, True, False]
    assert all(q.of for q in even) and not any(q.of for q in odd)


@pytest.mark.parametrize("old, new, complaint", [
    ('kind = "percent"', 'kind = "per cent"', "未知的种类"),
    ("role = 'fine'", "role = 'fines'", "未知的用途"),
    ("right = '^的$'", "rihgt = '^的$'", "不认识的键 'rihgt'"),
    ("right = '^的$'", "right = '^的($'", "正则表达式有误"),
    ("[direction]", "[directions]", "不认识的键 'directions'"),
])  # fmt: skip
def test_a_slip_in_the_patterns_is_told(tmp_path, old, new, complaint):
    content = measure_rules.PATH.read_text(encoding="utf-8")
    assert old in content
    (tmp_path / "measures.toml").write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(complaint)):
        measure_rules.load(tmp_path / "measures.toml")


@pytest.mark.parametrize(
    "quote, subject",
    [("100分", "硕士·分值"), ("50分", "大专·分值"), ("2万元", "硕士·补贴")],
)
def test_a_quantity_in_a_table_carries_the_headers_of_its_cell(quote, subject):
    text = "积分标准如下：\n| 学历 | 分值 | 补贴 |\n| --- | --- | --- |\n| 硕士 | 100分 | 2万元 |\n| 大专 | 50分 | 无 |"
    found = [
        measures.row(q, "c", n, text) for n, q in enumerate(measure_finding.find(text, RULES), 1)
    ]
    assert {m.quote: m.of for m in found}[quote] == subject


def test_outside_tables_there_is_no_cell():
    text = "给予100万元奖励。"
    assert measures.row(measure_finding.find(text, RULES)[0], "c", 1, text).of is None
