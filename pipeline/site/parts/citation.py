"""How to cite a page by GB/T 7714—2015, as one line to copy and as plain data.

The order is the standard's: 责任者. 题名: 其他题名信息[EB/OL]. (发布日期)[引用日期]. 访问路径. A number
(文号) and an article are 其他题名信息, as a standard's number is; what was read here stands in the
knowledge base, named after // with its build. The day of access is the reader's, and never a clock's.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

BASE = "政策差异知识库"
ACCESSED = (
    "[引用日期]"  # GB/T 7714 wants the day on which the reader looked: the reader fills it in
)
_NAMED = 3  # GB/T 7714 8.1.2: of more than three, the first three and 等


def responsible(issuers: Sequence[str]) -> str:
    """Who answers for a text; nothing where nobody is named, as the numeric style allows.

    >>> responsible(["上海市人民政府"]), responsible([])
    ('上海市人民政府', '')
    >>> responsible(["市发改委", "市财政局", "市人社局", "市教委"])
    '市发改委, 市财政局, 市人社局, 等'
    """
    names = [name.strip() for name in issuers if name.strip()]
    return ", ".join(names[:_NAMED] + (["等"] if len(names) > _NAMED else []))


def issued(date: str | None) -> str:
    """The date of issue as precise as it is known, in brackets; nothing where it is not.

    >>> issued("2020-03-01"), issued("2020-03"), issued("2020"), issued(None)
    ('(2020-03-01)', '(2020-03)', '(2020)', '')
    """
    return f"({date})" if date else ""


def entry(source: Mapping[str, Any], build_id: str | None, link: str) -> dict[str, Any]:
    """One citation's data: what BibTeX calls @online, in plain JSON.

    A digest is this project's wording: its issuers do not answer for it and its date is not theirs.
    An official text with an address of its own is cited there; without one, where it was read.

    Args:
        source: title, number, issuers, issued_date, text_kind, url, path of a document or clause.
        build_id: which build of the knowledge base was read.
        link: the permanent link of the page here.

    >>> law = {"title": "某条例", "number": None, "issuers": [], "issued_date": "2020", "path": None,
    ...        "text_kind": "official", "url": "https://x.gov.cn/1"}
    >>> entry(law, "b1", "/-/document/d")["url"], entry(law | {"url": None}, "b1", "/d")["container"]
    ('https://x.gov.cn/1', '政策差异知识库')
    """
    digest = source["text_kind"] == "digest"
    own = source["url"] if not digest else None
    return {
        "type": "online",
        "author": [] if digest else list(source["issuers"]),
        "title": source["title"] + ("（摘编）" if digest else ""),
        "number": source["number"],
        "place": source.get("path"),
        "date": None if digest else source["issued_date"],
        "container": None if own else BASE,
        "build": None if own else build_id,
        "url": own or link,
        "urldate": None,
    }


def comparison(
    gap: Mapping[str, Any] | None,
    sides: Sequence[Mapping[str, Any]],
    build_id: str | None,
    link: str,
) -> dict[str, Any]:
    """The data of a comparison: the gap's first sentence and its date, or the two clauses.

    >>> found = comparison({"summary": "上限｜沪 30万元；嘉 20万元。沪高。", "as_of": "2018-12-31"}, [], "b1", "/c")
    >>> found["title"], found["place"]
    ('上限：沪 30万元；嘉 20万元', '截至2018-12-31')
    """
    named = [f"《{s['title']}》{s['path']}" for s in sides]
    title = (
        gap["summary"].split("。")[0].replace("｜", "：")
        if gap
        else f"条款对照：{'与'.join(named)}"
    )
    return {
        "type": "online",
        "author": [],
        "title": title,
        "number": None,
        "place": f"截至{gap['as_of']}" if gap else None,
        "date": None,
        "container": BASE,
        "build": build_id,
        "url": link,
        "urldate": None,
    }


def line(entry: Mapping[str, Any]) -> str:
    """The citation as GB/T 7714—2015 prints it, with the day of access left open.

    >>> one = {"author": ["上海市人民政府"], "title": "某办法", "number": "沪府规〔2020〕3号", "place": "第二条",
    ...        "date": "2020-03-01", "container": None, "build": None, "url": "https://x.gov.cn/1"}
    >>> line(one)
    '上海市人民政府. 某办法: 沪府规〔2020〕3号: 第二条[EB/OL]. (2020-03-01)[引用日期]. https://x.gov.cn/1.'
    >>> line(one | {"author": [], "number": None, "date": None, "container": BASE, "build": "b1"})
    '某办法: 第二条[EB/OL]//政策差异知识库: 构建 b1. [引用日期]. https://x.gov.cn/1.'
    """
    title = ": ".join(_flat(part) for part in (entry["title"], entry["number"], entry["place"]) if part)  # fmt: skip
    build = f": 构建 {entry['build']}" if entry["build"] else ""
    container = f"//{entry['container']}{build}" if entry["container"] else ""
    author = responsible(entry["author"])
    start = f"{author}. " if author else ""
    return f"{start}{title}[EB/OL]{container}. {issued(entry['date'])}{ACCESSED}. {entry['url']}."


def cited(label: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """A citation as a page shows it: what it cites, the line, the data."""
    return {"label": label, "text": line(entry), "entry": dict(entry)}


def _flat(text: str) -> str:
    """Words on one line, without the full stop that would end the citation early."""
    return re.sub(r"\s+", " ", text).strip().rstrip("。. ")
