"""Document numbers (文号): every form in which a text prints them, folded to one for matching.

沪府发〔2013〕40号 in any brackets and with any blanks; 令 and 公告 with or without a year. What stands
before a number is cut to the issuer's code: 按照财库〔2022〕3号 is 财库〔2022〕3号.
"""

import re
from dataclasses import dataclass

from pipeline.language import numerals
from pipeline.language.normalization import fold

_BRACKETS = str.maketrans(dict.fromkeys("[〚《<‘“{", "(") | dict.fromkeys("]〛》>’”}", ")"))
_S = r"[ \u00a0\t]{0,4}"
_DIGITS = rf"\d(?:{_S}\d){{0,4}}"
_YEAR = rf"(?:(?:19|20)\d\d|[12]{_S}[90]{_S}\d{_S}\d|[一二][〇○零一二三四五六七八九]{{3}})"
_SERIAL = rf"(?:{_DIGITS}|[〇○零一二三四五六七八九十百千]{{1,7}})"
_PLAIN = re.compile(rf"\({_S}({_YEAR}){_S}年?{_S}\){_S}第?{_S}({_SERIAL}){_S}号(?![码线院楼])")
_ORDER = re.compile(
    rf"(?P<kind>令|公告|通告){_S}"
    rf"(?:\(?{_S}(?P<year>{_YEAR}){_S}(?:年|\)){_S}|\((?P<session>[一二三四五六七八九十]{{1,3}}届)\){_S})?"
    rf"\(?(?P<word>第?){_S}(?P<serial>{_SERIAL}){_S}号(?![码线院楼])\)?"
    rf"|(?:\(?(?P<year2>{_YEAR})[年)]{_S})?第?{_S}(?P<serial2>{_SERIAL}){_S}号{_S}(?P<kind2>令|公告)"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME = re.compile(r"[\u3400-\u9fff]{1,30}$")
_LONGEST = 30

# What a greedy run of characters is cut behind.
_NOUNS = ("通知", "意见", "办法", "规定", "决定", "公告", "批复", "方案", "细则", "通告", "文件", "条例", "复函",
          "纪要", "措施", "政策", "号", "号文")  # fmt: skip
_VERBS = ("按照", "根据", "依据", "依照", "参照", "执行", "遵照", "转发", "印发", "发布", "下发", "公布", "颁布",
          "废止", "文号", "文号为", "关于", "参见", "详见", "贯彻", "落实", "实施", "现将", "符合", "享受", "停止",
          "的", "与", "及", "以", "按", "见", "起", "其中", "以及")  # fmt: skip
_OFFICES = ("委员会", "办公室", "办公厅", "人民政府", "总局", "总署", "管理局", "局", "厅", "法院", "检察院",
            "银行", "中心", "联合会")  # fmt: skip
_WEAK_OFFICES = ("委", "部", "办", "政府", "院", "会", "署")
_BEFORE_CODES = "和或由经对至从据如因在被自受凭查原为即有了是"  # cut only before a code that is known to begin so
_PLACES = "沪浙苏皖闽粤鄂湘豫冀鲁晋陕桂琼渝黔滇辽赣甬穗"
_STARTS = re.compile(
    rf"[{_PLACES}]|[京津吉云贵青新川藏黑蒙宁甘国深杭嘉湖绍衢舟台丽温金](?:[府政委办发函市])"
    r"|中发|中办|国[卫市税土资文科农海]|财[政税综库预建社行教企关农金办会库]|发改|人社|教[育基高职财人师办发]|建[城房村标市质金科办规]"
    r"|工信|民发|民函|公通|公发|商[贸资务服]|环[发办保]|水[利务规]|农[业发办]|文[旅物]|卫[生医]|银[发办监保]|税[总务]|署[税加]"
    r"|医保|市监|食药监|交[通运办规]|科[技发]|体[经]|自然资|国土资|计[价投]|价[费格]|劳[社部]|司[发规]|审[计]"
)  # fmt: skip
_ISSUER = re.compile(
    r"(?:政府|府|部|委|委员会|大会|常委会|局|院|署|办|办公室|办公厅|厅|银行|主席|证监会|监会|理事会|管委会|总队|军委)$"
)
_NO_ORDER = tuple("责命指司禁法政口时勒律号夏冬")


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number in a text: text[start:end] == raw; `folded` is its one form for matching."""

    start: int
    end: int
    raw: str
    folded: str
    issuer_code: (
        str  # 沪府发, 上海市人民政府; empty where an order or announcement stands without issuer
    )
    year: int | None
    serial: int


def find(text: str) -> list[DocNumber]:
    """Find the document numbers of a text, in order and without overlap.

    >>> [n.folded for n in find("按照财库（2022） 3 号和国务院令第257号，国家税务总局公告2019年第3号")]
    ['财库〔2022〕3号', '国务院令第257号', '国家税务总局公告2019年第3号']
    """
    folded = fold(text).translate(_BRACKETS)
    hits = [_plain(text, folded, hit) for hit in _PLAIN.finditer(folded)]
    hits += [_order(text, folded, hit) for hit in _ORDER.finditer(folded)]
    found: list[DocNumber] = []
    for each in sorted(filter(None, hits), key=lambda n: (n.start, -n.end)):
        if not found or each.start >= found[-1].end:
            found.append(each)
    return found


def fold_number(text: str) -> str | None:
    """The one form of a number that stands alone; None where the text is no such number.

    >>> fold_number("沪府发[2013]40号"), fold_number("沪府令17号"), fold_number("甲")
    ('沪府发〔2013〕40号', '沪府令第17号', None)
    """
    found = find(text)
    return found[0].folded if found else None


def _plain(text: str, folded: str, hit: re.Match[str]) -> DocNumber | None:
    year, serial = _integer(hit[1]), _integer(hit[2])
    start, code = _code(folded, hit.start())
    if not code or year is None or serial is None:
        return None
    if code.endswith(("令", "公告", "通告")):
        kind = "令" if code.endswith("令") else code[-2:]
        issuer = _bare(code.removesuffix(kind))
        name = f"{issuer}{kind}{year}年第{serial}号"
        return DocNumber(start, hit.end(), text[start : hit.end()], name, issuer, year, serial)
    name = f"{code}〔{year}〕{serial}号"
    return DocNumber(start, hit.end(), text[start : hit.end()], name, code, year, serial)


def _order(text: str, folded: str, hit: re.Match[str]) -> DocNumber | None:
    kind = hit["kind"] or hit["kind2"]
    serial = _integer(hit["serial"] or hit["serial2"])
    start, issuer = _issuer(folded, hit.start())
    if serial is None or folded[: hit.start()].endswith(_NO_ORDER):
        return None
    if not _is_marked(hit, issuer):
        return None
    stated = hit["year"] or hit["year2"]
    year = _integer(stated) if stated else None
    when = f"{year}年" if year else f"〔{hit['session']}〕" if hit["session"] else ""
    opened, closed = hit[0].count("("), hit[0].count(")")
    end = hit.end() - (
        closed > opened
    )  # （上海市人民政府令第17号）: the bracket is the sentence's own
    name = f"{issuer}{kind}{when}第{serial}号"
    return DocNumber(start, end, text[start:end], name, issuer, year, serial)


def _is_marked(hit: re.Match[str], issuer: str) -> bool:
    """Whether it is a number for certain: 令17号 only after an issuer's code or with a year."""
    if hit["kind"] == "通告":
        return bool(issuer)
    return bool(hit["kind2"] or hit["word"] or hit["year"]) or issuer.endswith("府")


def _integer(numeral: str) -> int | None:
    plain = re.sub(r"\s", "", numeral)
    return int(plain) if plain.isdecimal() else numerals.integer(plain)


def _run(folded: str, end: int) -> list[int]:
    """Where the Han characters right before `end` stand; blanks count only between single ones."""
    places: list[int] = []
    at, piece = end - 1, 0
    while at >= 0 and len(places) < _LONGEST:
        if _HAN.match(folded[at]):
            places.append(at)
            piece += 1
        elif folded[at] in " \u00a0\t" and (not places or piece <= 1):
            piece = 0
        else:
            break
        at -= 1
    return places[::-1]


def _code(folded: str, end: int) -> tuple[int, str]:
    """The issuer's code that ends at `end`, and where it begins."""
    places = _run(folded, end)
    run = "".join(folded[i] for i in places)
    cut = _cut(run)
    code = run[cut:]
    if not 1 <= len(code) <= 14 or (len(code) == 1 and len(run) > 1):
        return end, ""
    return places[cut], code


def _cut(run: str) -> int:
    """Where the code begins in a run of characters that ends with it."""
    cut = _dated(run)
    for word in (*_NOUNS, *_VERBS):
        at = run.rfind(word, 0, len(run) - 2)
        if at >= 0 and at + len(word) <= len(run) - 2:
            cut = max(cut, at + len(word))
    for office in _OFFICES:
        at = run.rfind(office, cut)
        if at >= cut + 2 and len(run) - at - len(office) >= 2:
            cut = at + len(office)
    for at in range(cut + 1, len(run) - 1):
        if _begins(run, at) and (
            run[cut:at].endswith(_WEAK_OFFICES) or run[at - 1] in _BEFORE_CODES
        ):
            cut = at
    at = max(run.rfind(place, cut + 1, len(run) - 1) for place in _PLACES)
    return at if at > cut and run[at - 1] != "驻" else cut


def _begins(run: str, at: int) -> bool:
    return len(run) - at >= 2 and bool(_STARTS.match(run, at))


def _issuer(folded: str, end: int) -> tuple[int, str]:
    """The first of the issuers whose names end at `end`, and where its name begins."""
    first, name, at = end, "", end
    while piece := _NAME.search(folded, max(0, at - _LONGEST), at):
        cut = _lead(piece[0])
        part = piece[0][cut:]
        if not _ISSUER.search(part):
            break
        first, name = at - len(part), part
        if cut or first == 0 or folded[first - 1] not in " \u3000、":
            break
        at = first - 1
    return first, _bare(name)


def _dated(run: str) -> int:
    """Where a run goes on after a date: 5月28日沪府发, 三月一日沪府发, 1999年某市; 日照 is a place."""
    found = re.match(r"(?:.*[〇○一二三四五六七八九十])?(?:日(?!照)|[年月])(?=..)", run)
    return found.end() if found else 0


def _lead(run: str) -> int:
    """Where a name begins that follows on lead-in words; 和 may be part of a name."""
    cut = _dated(run)
    for word in (*_NOUNS, *_VERBS):
        at = run.rfind(word)
        if at >= 0:
            cut = max(cut, at + len(word))
    return cut + (run[cut : cut + 1] in tuple(_BEFORE_CODES))


def _bare(issuer: str) -> str:
    """中华人民共和国 before a central office's name says nothing more."""
    return issuer.removeprefix("中华人民共和国")
