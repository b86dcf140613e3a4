"""Document numbers (文号): found in every printed form, and folded to one form for matching.

沪府发〔2013〕40号 in any brackets and with any blanks; 令 and 公告 with or without a year. The text
before a number is cut to the issuer's code (机关代字): 按照财库〔2022〕3号 is 财库〔2022〕3号. The words
at which it is cut are in corpus/patterns/offices.toml and genres.toml.
"""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.language import numerals, official_words
from pipeline.language.normalization import fold

_OPENING, _CLOSING = re.compile(r"[\[〚《<‘“{]"), re.compile(r"[\]〛》>’”}]")
_S = r"[ \u00a0\t]{0,4}"
_DIGITS = rf"\d(?:{_S}\d){{0,4}}"
_YEAR = rf"(?:(?:19|20)\d\d|[12]{_S}[90]{_S}\d{_S}\d|[一二][〇○零一二三四五六七八九]{{3}})"
_SERIAL = rf"(?:{_DIGITS}|[〇○零一二三四五六七八九十百千]{{1,7}})"
_PLAIN = re.compile(rf"\({_S}({_YEAR}){_S}年?{_S}\){_S}第?{_S}({_SERIAL}){_S}号(?![码线院楼])")
_ORDER = re.compile(
    r"(?=[令公通(第 \u00a0\t\d〇○零一二三四五六七八九十百千])"  # how it begins: most characters fail at once
    rf"(?:(?P<kind>令|公告|通告){_S}"
    rf"(?:\(?{_S}(?P<year>{_YEAR}){_S}(?:年|\)){_S}|\((?P<session>[一二三四五六七八九十]{{1,3}}届)\){_S})?"
    rf"\(?(?P<word>第?){_S}(?P<serial>{_SERIAL}){_S}号(?![码线院楼])\)?"
    rf"|(?:\(?(?P<year2>{_YEAR})[年)]{_S})?第?{_S}(?P<serial2>{_SERIAL}){_S}号{_S}(?P<kind2>令|公告))"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME = re.compile(r"[\u3400-\u9fff]{1,30}$")
_LONGEST = 30  # characters of an issuer's name or code


@cache
def _cut_words() -> tuple[str, ...]:
    """Genres, verbs and particles behind which a code or an issuer's name begins."""
    genres, offices = official_words.genres(), official_words.offices()
    return (*genres.common, *genres.before_code, *offices.lead_words)


@cache
def _code_start() -> re.Pattern[str]:
    """How codes of issuers begin."""
    offices = official_words.offices()
    return re.compile(f"{official_words.any_of(offices.code_places)}|{offices.code_starts.pattern}")


@cache
def _order_issuer() -> re.Pattern[str]:
    """The end of an issuer's name before the number of an order or announcement."""
    offices = official_words.offices()
    return re.compile(official_words.any_of(offices.common, offices.ordering) + "$")


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number in a text: text[start:end] == raw; `folded` is its one form for matching."""

    start: int
    end: int
    raw: str
    folded: str
    issuer_code: str  # 沪府发, 上海市人民政府; empty where an order or announcement has no issuer
    year: int | None
    serial: int


def find(text: str) -> list[DocNumber]:
    """Find the document numbers of a text, in order and without overlap.

    >>> [n.folded for n in find("按照财库（2022） 3 号和国务院令第257号，国家税务总局公告2019年第3号")]
    ['财库〔2022〕3号', '国务院令第257号', '国家税务总局公告2019年第3号']
    """
    folded = _CLOSING.sub(")", _OPENING.sub("(", fold(text)))
    hits = [_plain(text, folded, hit) for hit in _PLAIN.finditer(folded)]
    hits += [_order(text, folded, hit) for hit in _ORDER.finditer(folded)]
    numbers: list[DocNumber] = []
    for number in sorted(filter(None, hits), key=lambda n: (n.start, -n.end)):
        if not numbers or number.start >= numbers[-1].end:
            numbers.append(number)
    return numbers


def fold_number(text: str) -> str | None:
    """The folded form of a number; None where the text has none.

    >>> fold_number("沪府发[2013]40号"), fold_number("沪府令17号"), fold_number("甲")
    ('沪府发〔2013〕40号', '沪府令第17号', None)
    """
    numbers = find(text)
    return numbers[0].folded if numbers else None


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
    if serial is None or folded[: hit.start()].endswith(official_words.offices().not_order):
        return None
    if not _is_marked(hit, issuer):
        return None
    stated = hit["year"] or hit["year2"]
    year = _integer(stated) if stated else None
    when = f"{year}年" if year else f"〔{hit['session']}〕" if hit["session"] else ""
    # the closing bracket of （上海市人民政府令第17号） is not part of the number
    end = hit.end() - (hit[0].count(")") > hit[0].count("("))
    name = f"{issuer}{kind}{when}第{serial}号"
    return DocNumber(start, end, text[start:end], name, issuer, year, serial)


def _is_marked(hit: re.Match[str], issuer: str) -> bool:
    """Whether a match is certainly a number: 令17号 only after an issuer's code or with a year."""
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
    offices = official_words.offices()
    cut = _dated(run)
    for word in _cut_words():
        at = run.rfind(word, 0, len(run) - 2)
        if at >= 0 and at + len(word) <= len(run) - 2:
            cut = max(cut, at + len(word))
    for office in offices.before_code:
        at = run.rfind(office, cut)
        if at >= cut + 2 and len(run) - at - len(office) >= 2:
            cut = at + len(office)
    for at in range(cut + 1, len(run) - 1):
        parted = run[cut:at].endswith(offices.before_known_code) or run[at - 1] in offices.particles
        if parted and _begins(run, at):
            cut = at
    at = max(run.rfind(place, cut + 1, len(run) - 1) for place in offices.code_places)
    return at if at > cut and run[at - 1] != "驻" else cut


def _begins(run: str, at: int) -> bool:
    return len(run) - at >= 2 and bool(_code_start().match(run, at))


def _issuer(folded: str, end: int) -> tuple[int, str]:
    """The first of the issuers whose names end at `end`, and where its name begins."""
    first, name, at = end, "", end
    while piece := _NAME.search(folded, max(0, at - _LONGEST), at):
        cut = _lead(piece[0])
        part = piece[0][cut:]
        if not _order_issuer().search(part):
            break
        first, name = at - len(part), part
        if cut or first == 0 or folded[first - 1] not in " \u3000、":
            break
        at = first - 1
    return first, _bare(name)


def _dated(run: str) -> int:
    """The offset behind a date at the beginning: 5月28日沪府发, 三月一日沪府发, 1999年某市; 日照 is a place."""
    hit = re.match(r"(?:.*[〇○一二三四五六七八九十])?(?:日(?!照)|[年月])(?=..)", run)
    return hit.end() if hit else 0


def _lead(run: str) -> int:
    """Where a name begins that follows on lead-in words; 和 may be part of a name."""
    cut = _dated(run)
    for word in _cut_words():
        at = run.rfind(word)
        if at >= 0:
            cut = max(cut, at + len(word))
    return cut + (run[cut : cut + 1] in official_words.offices().particles)


def _bare(issuer: str) -> str:
    """The name without 中华人民共和国, which only some texts print before a central office's name."""
    return issuer.removeprefix("中华人民共和国")
