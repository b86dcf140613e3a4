"""Periods: from when to when a paper says that it applies, and which papers it ends.

Only what it says of itself counts: 本办法自…起施行, or the sentence that publishes it. A blank
自　年　月　日 gives nothing.
"""

import datetime
import re
from dataclasses import dataclass

from pipeline import dates, numerals

_FORCE = "(?:正式|开始)?(?:施行|实施|执行|试行|生效|实行)"
_SELF = re.compile(
    r"本(?:条例|办法|规定|细则|实施细则|规则|意见|通知|方案|决定|政策|措施|制度|指引|规程|标准|实施|暂行|试行|试点|管理|文|公告|通告)|现(?:予|将|印|公)|予以(?:公布|发布)|^\s*(?:第\S{1,6}条|[（(]?[一二三四五六七八九十\d]+[)）、.．])?[\s　]*(?:[（(][^）)]{2,12}[）)])?[\s　]*[自从]|上述|以上"
)
_DATED = re.compile(
    rf"[自从于][\s　]*(?P<date>[^，。；自从]{{4,20}}?)[\s　]*(?:之日)?(?:起|开始)?[，]?{_FORCE}"
)
_ON_ISSUE = re.compile(
    rf"[自从](?:本\S{{1,4}})?(?:发布|公布|印发|颁布|下发|颁发|发文|签发)(?:之日)?起(?P<later>[\s　]*[\d一二三四五六七八九十]+[\s　]*(?:个工作)?(?:日|天|个月)后)?\S{{0,3}}?{_FORCE}"
)
_UNTIL = re.compile(
    r"(?:有效期限?|施行期|试行期|执行期|期限)?(?:暂定)?(?:至|到|截至|截止到?|延长至)(?P<date>[^，。；至]{4,16}?)(?:止|$|[，。；、（(]|废止|失效|终止)"
)
_ENDS = re.compile(r"[，,](?P<date>[^，。；]{6,14}?)(?:起)?(?:废止|失效|自行废止|自动失效)")
_YEARS = re.compile(
    r"(?:有效期限?|施行期限?|试行期限?|执行期限?|试行)(?:暂?定?为|是|：)?[\s　]*(?P<years>[\d一二两三四五六七八九十]{1,2})[\s　]*年"
)
_TITLE = re.compile("《((?:[^《》]|《[^《》]*》)+)》")
_ENDING = re.compile(
    r"(?:同时|即行|相应|予以|一并|自行)(?:废止|失效|停止执行|终止)|停止执行|不再执行|即废止|起废止|废止"
)
_AMENDING = re.compile(
    r"(?:[（(][^）)]*[）)])?(?:第[一二三四五六]次)?(?:修正|修改|修订|等规章修正)"
)
_BY_LAW = re.compile(r"(?:根据|依据|依照|按照)$")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, as stated or exactly derived; None where the text leaves them open."""

    effective: str | None
    expires: str | None


def read(text: str, issued: str | None) -> Period:
    """Read when a paper applies.

    >>> read("第九条 本办法自2016年1月1日起施行，有效期五年。", None)
    Period(effective='2016-01-01', expires='2020-12-31')
    >>> read("本通知自印发之日起执行。", "2012-06-19"), read("本办法自　年　月　日起施行。", "2012-06-19")
    (Period(effective='2012-06-19', expires=None), Period(effective=None, expires=None))
    """
    told = [s for s in re.split(r"[。\n]", text) if s.strip()]
    for sentence in reversed(
        told
    ):  # the last provision says it; a publishing sentence may stand first
        if (found := _effective(sentence, issued)) is not None:
            start, after = found
            return Period(start, _expires(sentence[after:], start) or _stated_end(told, start))
    return Period(None, _stated_end(told, None))


def _effective(sentence: str, issued: str | None) -> tuple[str | None, int] | None:
    """The first day that a sentence states, and where it goes on; None where it speaks of no such day."""
    for hit in _DATED.finditer(sentence):
        named = dates.find(hit["date"])
        if named and len(named[-1].iso) == 10 and _is_own(sentence, hit.start()):
            return named[-1].iso, hit.end()
    if (hit := _ON_ISSUE.search(sentence)) and _is_own(sentence, hit.start()):
        full = issued if issued and len(issued) == 10 and not hit["later"] else None
        return full, hit.end()
    return None


def _is_own(sentence: str, at: int) -> bool:
    """Whether what begins at a place is said of the paper itself, not of one that it names."""
    lead = re.split("[，；]", sentence[:at])[-1] if "，" in sentence[:at] else sentence[:at]
    if re.search(r"》(?:[（(][^）)]*[）)])?$", lead.rstrip()):
        return False
    return bool(_SELF.search(sentence[: at + 1]))


def _expires(rest: str, start: str | None) -> str | None:
    """The last day that stands behind the first in the same sentence."""
    for pattern in (_UNTIL, _ENDS):
        if (hit := pattern.search(rest)) and (named := dates.find(hit["date"])):
            return named[0].iso if len(named[0].iso) == 10 else None
    if (hit := _YEARS.search(rest)) and start:
        return _after(start, _number(hit["years"]))
    return None


def _stated_end(sentences: list[str], start: str | None) -> str | None:
    """A last day in a sentence of its own: 本办法有效期至…; 有效期为5年."""
    for sentence in reversed(sentences):
        if re.match(r"[\s　]*(?:第\S{1,6}条)?[\s　]*(?:本\S{1,6}?)?(?:的)?有效期", sentence):
            return _expires(sentence, start)
    return None


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else numerals.integer(numeral) or 0


def _after(start: str, years: int) -> str | None:
    """The day before the same day `years` later."""
    first = datetime.date.fromisoformat(start)
    if not years:
        return None
    day = min(first.day, 28) if (first.month, first.day) == (2, 29) else first.day
    return (
        first.replace(year=first.year + years, day=day) - datetime.timedelta(days=1)
    ).isoformat()


def repeals(text: str) -> tuple[str, ...]:
    """The titles that a paper ends, in order.

    >>> repeals("第九条 本办法自2016年1月1日起施行。《某市甲办法》（某府〔2010〕1号）同时废止。")
    ('某市甲办法',)
    """
    found: list[str] = []
    for sentence in re.split(r"[。；\n]", text):
        end = _ENDING.search(sentence)
        if not end or not _is_repeal(sentence):
            continue
        for hit in _TITLE.finditer(sentence, 0, end.start()):
            if not _BY_LAW.search(sentence[: hit.start()]) and not _AMENDING.match(
                sentence, hit.end()
            ):
                found.append(hit[1])
    return tuple(dict.fromkeys(found))


def _is_repeal(sentence: str) -> bool:
    """Whether a sentence ends papers, and does not only speak of such ends."""
    return bool(
        re.search(
            r"》(?:[（(][^）)]*[）)])?[^《》]{0,30}(?:废止|停止执行|失效|不再执行|终止)", sentence
        )
    )
