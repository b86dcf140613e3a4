"""Article headlines: one sentence for what aligned articles come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.gap_records import Absence, Point, Rule
from pipeline.core.records import document_of
from pipeline.gaps.sentences import remarks
from pipeline.language import brackets, dates

_QUOTED = 40  # characters of an article that a headline quotes
_TEXTS = 2  # titles that a headline lists
_STOPS = "，。；：、"
HEAVY = 2  # weight from which a difference counts


@dataclass(frozen=True, slots=True)
class Citations:
    """How articles and texts are cited: titles by document, numbers by article, names of regions."""

    titles: Mapping[str, str]
    numbers: Mapping[str, str]
    regions: Mapping[str, str]

    def article(self, rule: Rule) -> str:
        """An article with the title of its document."""
        title = self.titles[document_of(rule.clause_id)]
        return f"{self._place(rule.region_id, title)}《{title}》{self.numbers[rule.clause_id]}"

    def text(self, absence: Absence) -> str:
        """A text that was read whole."""
        title = self.titles[absence.source]
        return f"{self._place(absence.region_id, title)}《{title}》"

    def _place(self, region_id: str, title: str) -> str:
        """The place, where the title does not name it."""
        name = self.regions[region_id]
        return "" if name[:2] in title else name


def of_points(points: Sequence[Point]) -> str:
    """The heaviest difference and how many others there are; without one, what is the same.

    Args:
        points: of a gap, what differs first, the heaviest first.
    """
    differing = [point for point in points if point.relation != "same"]
    heavy = [point for point in differing if point.weight >= HEAVY]
    same = [point for point in points if point.relation == "same"]
    if heavy:
        return with_others(heavy[0].sentence, len(heavy) - 1, "处不同")
    if same:
        return with_others(same[0].sentence, len(differing), "处细节不同")
    if differing:
        line = f"次要或把握不足，引用前请核对：{differing[0].sentence}"
        return with_others(line, len(differing) - 1, "处")
    return "两地条文相应，没有读出异同。"


def with_others(sentence: str, count: int, what: str) -> str:
    """A sentence, and how many more things there are.

    >>> with_others("罚款：上海1万元，浙江5000元。", 2, "处不同")
    '罚款：上海1万元，浙江5000元（另有2处不同）。'
    """
    more = f"（另有{count}{what}）" if count else ""
    return f"{sentence.rstrip('。')}{more}。"


def one_sided(rule: Rule, absences: Sequence[Absence], citations: Citations) -> str:
    """What one side's article rules, and in which texts of the other nothing answers it."""
    texts = list(dict.fromkeys(map(citations.text, absences)))
    more = f"等{len(texts)}件" if len(texts) > _TEXTS else ""
    listed = "、".join(texts[:_TEXTS])
    return f"{_ruling(rule, citations)}；{listed}{more}全文未见对应条文。"


def lapsed(over: Rule, standing: Rule | None, citations: Citations) -> str:
    """Which article ended, and how; and what the other side rules."""
    line = f"{citations.article(over)}{remarks.ending(over)}"
    return f"{line}；{_ruling(standing, citations)}。" if standing else f"{line}。"


def uncollected(standing: Rule, waiting: Rule, citations: Citations) -> str:
    """What one side's article rules, and from when the text counts that answers it."""
    first = waiting.in_force_from
    since = f"所读文本{dates.in_words(first)}起施行" if first else "所读文本的施行日期不明"
    return (
        f"{_ruling(standing, citations)}；{citations.article(waiting)}{since}，此前的规定待收集。"
    )


def _ruling(rule: Rule, citations: Citations) -> str:
    return f"{citations.article(rule)}规定“{quoted(rule.quote)}”"


def quoted(words: str) -> str:
    """The beginning of a quote, as many whole phrases as a headline has room for.

    >>> quoted("单位应当节约用水。"), quoted("单位应当节约用水，" * 8)
    ('单位应当节约用水', '单位应当节约用水，单位应当节约用水，单位应当节约用水，单位应当节约用水…')
    """
    words = words.replace("\n", "").strip()
    if len(words) <= _QUOTED:
        return words.rstrip(_STOPS)
    ends = [at for at in range(_QUOTED // 2, _QUOTED) if words[at] in _STOPS]
    return brackets.closed(f"{words[: ends[-1] if ends else _QUOTED - 1]}…")
