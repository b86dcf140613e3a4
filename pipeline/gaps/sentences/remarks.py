"""Remarks: what is said of a rule in brackets: since when it holds, how its note begins, what it warns of.

Which phrases of a note are never left out is in corpus/patterns/caveats.toml.
"""

import re
from functools import cache

from pipeline.core import labels, pattern_files
from pipeline.core.gap_records import Rule
from pipeline.core.paths import DATA
from pipeline.language import dates

_NOTE_LENGTH = 26  # characters of a note that a sentence has room for
_PHRASE_LENGTH = 40  # of its first phrase alone
_CAVEAT_LENGTH = 26  # of a phrase further on that is told all the same
_KINDS_OF_CAVEAT = ("doubts", "limits")
LATEST = "最近可核"  # in a note: later years were not found
# The phrase before it, where it tells the year: 2023年口径，最近可核年度; not 2026年度未查得，最近可核年度.
_LATEST_YEAR = re.compile(
    rf"(?:^|[，；;。])((?:19|20)\d\d)年(?:度|口径|版)[^，；;。未—]*，[^，；;。]*{LATEST}"
)
_READ = re.compile("细则|所读|指标表|前后|修[正订]")  # a phrase that names the text read
_AMENDED = re.compile(r"((?:19|20)\d\d)年(?:\d+月)?(修[正订](?:文本|本|版))(?!已有)")
_YEAR = re.compile(r"(?:19|20)\d\d")
# In a note: the day from which a rule counts here is not the day on which it began.
_BEGAN_BEFORE = re.compile("(?:起始|始发|设立)(?:日期?|年).{0,3}未|(?:生效|设立)更早")
_AREA_UNREAD = re.compile("适用(?:地区)?未读到")  # in a note: where a rule holds nobody read
# The phrase of a note that tells the year which `_beginning` then leaves out.
_YEAR_TOLD = re.compile(r"(?:至迟)?(?:19|20)\d\d(?:—\d+)?年(?:度|口径|前后|(?:\d+月)?已有)")
_MONTH = re.compile(r"(?:19|20)\d\d年\d+月(?:\d+日)?起")  # of which a short sentence tells the year
_BRACKETS = re.compile(r"（(?:[^（）]|（[^（）]*）)*）")
_BY_THEN = "至迟"  # begins a phrase of a note that tells the day by which a rule was there
# Phrases that only say what the sentence says in other words: by when a rule was there, that one of a level
# above holds here, which text was read, that a rule is over.
_TOLD = re.compile(
    "(?:(?:起始|始发|设立)(?:日期?|年)未(?:载明?|查得|读到)|嘉兴(?:市)?适用|历史版本|"
    rf"{_AMENDED.pattern})"
)
_NOT_SOUGHT = re.compile(
    "(?:接续|续期|期满后|后续版本)[^，；。]{0,4}未(?:查(?!得)|收)"
)  # nobody looked for what came after
_LIFTED = re.compile("取消(?:落户)?限制|放开")  # a repeal that lifts a restriction
_UNDATED = "历史版本，是否仍有效未查得"  # an end that nobody read
_WEAK = ("press", "secondary")  # grades of source that a sentence names


def of_rule(rule: Rule, day: str, is_newest: bool) -> list[str]:
    """What is said of a rule, in this order: since when, how derived, its note, its source if weak.

    Args:
        rule: the rule.
        day: of the gap. Before the newest, no phrase that speaks of a later year is told.
        is_newest: whether it is the newest.
    """
    note = (rule.note or "") if is_newest else _until(rule.note or "", day)
    beginning = _beginning(rule.in_force_from, note) if rule.in_force_from else ""
    told = [part for part in (beginning, rule.derived, _first_words(note)) if part]
    if is_newest and LATEST in note and LATEST not in "".join(told):
        year = _LATEST_YEAR.search(note)
        is_new = year and f"{year[1]}年" not in "".join(told)
        told.append(f"{year[1]}年度，{LATEST}" if year and is_new else f"{LATEST}年度")
    told += _caveats(note, "，".join(told))
    if beginning.startswith("据") and any(beginning[1:] in part for part in told[1:]):
        told.remove(beginning)
    if rule.source_grade in _WEAK:
        told.append(labels.of("source_grade", rule.source_grade).in_summary)
    return told


def in_short(rule: Rule, day: str, is_newest: bool) -> list[str]:
    """What a short sentence says of a rule: its year, whom it leaves out, its source if weak."""
    note = (rule.note or "") if is_newest else _until(rule.note or "", day)
    told = [year(rule.in_force_from, note), limit(rule, day, is_newest)]
    if rule.source_grade in _WEAK:
        told.append(labels.of("source_grade", rule.source_grade).in_summary)
    return [part for part in told if part]


def beyond_short(rule: Rule, day: str, is_newest: bool) -> list[str]:
    """What a headline says of a rule beyond the short sentence."""
    told = in_short(rule, day, is_newest)
    parts = "，".join(of_rule(rule, day, is_newest)).split("，")
    return [part for part in parts if part not in told and not _MONTH.fullmatch(part)]


def year(first: str | None, note: str) -> str:
    """The year from which a rule holds, or that a figure is of; "" where nobody read it.

    An annual figure of which no later year was found is of its year only.

    >>> year("2018-04-01", "封顶"), year("2025-01-01", "2025年标准，最近可核年度")
    ('2018年起', '2025年')
    >>> year("2000-09", "2022学年仍执行，最近可核年度")
    '2000年起'
    >>> year("2023", "2023年口径，最近可核年度"), year("2020", "至迟2020年已有"), year(None, "")
    ('2023年', '至迟2020年已有', '')
    >>> year(None, "2024年口径，一年内缴满")
    '2024年口径'
    """
    if not first:
        told = _YEAR_TOLD.search(note)
        return told[0] if told else ""
    if of_figure := LATEST in note and (
        _LATEST_YEAR.search(note)
        or re.search(rf"({first[:4]})年?(?:—\d+)?年?[^，；。]{{0,4}}(?:年度|标准|口径)", note)
    ):
        return f"{of_figure[1]}年"
    beginning = _beginning(first, note)
    if not beginning:
        told = _YEAR_TOLD.search(note)
        return told[0] if told else f"{first[:4]}年"
    return re.sub(r"年\d+月(?:\d+日)?", "年", beginning)


def limit(rule: Rule, day: str, is_newest: bool) -> str:
    """The first phrase of a note that says whom or what alone a rule is for, without brackets; "" without one."""
    note = (rule.note or "") if is_newest else _until(rule.note or "", day)
    phrases = [part for part in re.split("[；;。，]", note) if len(part) <= _CAVEAT_LENGTH]
    limits = _warnings()[1]
    balanced = (part for part in phrases if part.count("（") == part.count("）"))
    told = next((part for part in balanced if any(p.search(part) for p in limits)), "")
    return _BRACKETS.sub("", told)


def began_before(rule: Rule) -> bool:
    """Whether a rule was there before the day from which it counts here, or may have been."""
    return bool(_BEGAN_BEFORE.search(rule.note or "") or _BY_THEN in (rule.note or ""))


def area_is_unread(rule: Rule) -> bool:
    """Whether its note says that nobody read in which counties or districts a rule holds."""
    return bool(_AREA_UNREAD.search(rule.note or ""))


def _beginning(first: str, note: str) -> str:
    """Since when a rule holds, or by when it did; of one known from an amended text, which text.

    "" where the note tells it, or tells of which year a figure is.

    >>> _beginning("2018-04-01", ""), _beginning("2021-11-25", "工资照发；2021年修正文本第二十八条")
    ('2018年4月起', '据2021年修正文本')
    >>> _beginning("2020", "公示的价格，起始日未载"), _beginning("2020", "至迟2020年已有")
    ('至迟2020年已有', '')
    >>> _beginning("2023", "2023年口径，三级医院")
    ''
    """
    if _BY_THEN in note:
        return "" if _BY_THEN in _first_words(note) else f"{_BY_THEN}{dates.in_words(first)}已有"
    if _BEGAN_BEFORE.search(note):
        return f"{_BY_THEN}{dates.in_words(first)}已有"
    amended = _AMENDED.search(note)
    if amended and first.startswith(amended[1]):
        return f"据{amended[1]}年{amended[2]}"
    if of_year := re.search(rf"{first}(?:—\d+)?年(?:度|口径|前后)", note):
        return "" if of_year[0] in _first_words(note) else of_year[0]
    return f"{dates.in_words(first)}起"


def _first_words(note: str) -> str:
    """The beginning of a note, whole phrases as far as a sentence has room for them.

    >>> _first_words("按合同额30%以内，封顶；只读到媒体报道"), _first_words("口径较宽，" + "连同" * 13)
    ('按合同额30%以内，封顶', '口径较宽')
    """
    phrases = re.split("，", re.split("[；;。]", note)[0])
    first, *others = [phrase for phrase in phrases if not _TOLD.fullmatch(phrase)] or [""]
    words = first if len(first) <= _PHRASE_LENGTH else ""
    for phrase in others:
        if not words or len(words) + 1 + len(phrase) > _NOTE_LENGTH:
            break
        words = f"{words}，{phrase}"
    return words if words.count("（") == words.count("）") else ""


@cache
def _warnings() -> list[tuple[re.Pattern[str], ...]]:
    """The patterns of each kind of caveat, the graver first."""
    path = DATA / "patterns/caveats.toml"
    patterns = pattern_files.load(path, set(), set(_KINDS_OF_CAVEAT), {})
    return [
        tuple(pattern_files.expression(str(path), kind, word) for word in patterns[kind])
        for kind in _KINDS_OF_CAVEAT
    ]


def _caveats(note: str, told: str) -> list[str]:
    """The phrases of a note that a reader must not miss and that are not told yet, one of a kind.

    >>> _caveats("捐献全血；所读文本未注日期，限县内，是否修订未查", "捐献全血")
    ['所读文本未注日期', '限县内']
    """
    phrases = [
        phrase
        for phrase in re.split("[；;。，]", note)
        if phrase not in told and len(phrase) <= _CAVEAT_LENGTH
        if phrase.count("（") == phrase.count("）") and not _TOLD.fullmatch(phrase)
    ]
    found: list[str] = []
    for patterns in _warnings():
        matching = (
            phrase
            for pattern in patterns
            for phrase in phrases
            if pattern.search(phrase) and not _tells(pattern, told)
        )
        found.append(next(matching, ""))
    return list(filter(None, dict.fromkeys(found)))


def _tells(pattern: re.Pattern[str], told: str) -> bool:
    """Whether one of the phrases told has a caveat of this pattern."""
    return any(pattern.search(phrase) for phrase in told.split("，"))


def _until(note: str, day: str) -> str:
    """A note without the phrases that speak of a year after a day, and of what came after it.

    Which text was read stays, though that is a later one.

    >>> _until("每人30元，2026年为40元，其后未核；按年缴，所读为2021年修正文本", "2018-12-31")
    '每人30元；按年缴，所读为2021年修正文本'
    """
    parts = []
    for part in re.split("[；;。]", note):
        kept, was_left_out = [], False
        for phrase in part.split("，"):
            follows = was_left_out and phrase.startswith("其后")
            was_left_out = follows or (_is_later(phrase, day) and not _READ.search(phrase))
            kept += [] if was_left_out else [phrase]
        parts.append("，".join(kept))
    return "；".join(filter(None, parts))


def _is_later(words: str, day: str) -> bool:
    """Whether words speak of a year after a day."""
    return any(year > day[:4] for year in _YEAR.findall(words))


def ending(rule: Rule) -> str:
    """How a rule ended, and when; of one whose end nobody read, that."""
    said = labels.of("rule_ending", rule.ended or "expired").in_summary
    if rule.ended == "repealed" and _LIFTED.search(rule.note or ""):
        return f"{dates.in_words(rule.in_force_to)}起取消限制" if rule.in_force_to else "已取消限制"
    if _NOT_SOUGHT.search(rule.note or ""):
        said = said.replace("未查得接续", "接续未查")
    if rule.in_force_to and rule.ended == "repealed":
        return f"{dates.in_words(rule.in_force_to)}止，其后{said}"
    if rule.in_force_to:
        return f"{dates.in_words(rule.in_force_to)}{said}"
    return _UNDATED if rule.ended in ("expired", None) else said.removeprefix("止，")
