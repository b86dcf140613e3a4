"""Atom feed (RFC 4287) of the changes of a scope."""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
_SITE = "政策差异知识库"


def feed(data: dict[str, Any], address: Callable[[str], str]) -> str:
    """The feed of a page of changes.

    Args:
        data: of the page.
        address: the permanent link of a path of the site.

    Ids of the feed and its entries depend on what is told alone: they are the same after a rebuild.
    """
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "zh-CN"})
    entries = sorted(
        _entries(data), key=lambda entry: (entry["updated"], entry["id"]), reverse=True
    )
    newest = f"{data['moment']['as_of']}T00:00:00Z"
    _text(root, "title", f"{_SITE}：{data['name'] or '全部'}的变化")
    _text(root, "id", _urn(f"kb:feed:{data['feed']}"))
    _text(root, "updated", max([newest, *(entry["updated"] for entry in entries)]))
    _text(ElementTree.SubElement(root, "author"), "name", _SITE)
    _link(root, "self", address(data["feed"]), "application/atom+xml")
    _link(root, "alternate", address("/-/changes"), "text/html")
    for entry in entries:
        _add(root, entry, address)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _add(root: ElementTree.Element, entry: dict[str, str], address: Callable[[str], str]) -> None:
    element = ElementTree.SubElement(root, "entry")
    for name in ("title", "id", "updated"):
        _text(element, name, entry[name])
    _link(element, "alternate", address(entry["path"]), "text/html")
    ElementTree.SubElement(element, "category", {"term": entry["category"]})
    _text(element, "summary", entry["summary"])


def _entries(data: dict[str, Any]) -> Iterator[dict[str, str]]:
    for event in data["documents"]:
        matters = event.get("matters") or []
        touched = f"；涉及事项：{'、'.join(matters)}" if matters else ""
        path = f"/-/document/{quote(event['subject'])}" if event["here"] else "/-/changes"
        yield _entry(event, path, f"{event['label']}：{event['title']}{touched}")
    for event in data["matters"]:
        query = f"?comparison={quote(event.get('comparison_id') or '')}"
        path = f"/-/matter/{quote(event['subject'])}{query}" if event["here"] else "/-/changes"
        told = [text for text in (event.get("before"), event.get("after")) if text]
        yield _entry(event, path, " → ".join(told) or event["title"])
    for row in data["expiring"]:
        summary = f"{row['region']}的{row['title']}，有效期至 {row['in_force_to']}"
        yield {
            "title": f"即将到期：{row['title']}",
            "id": _urn(f"kb:expiring:{row['document_id']}:{row['in_force_to']}"),
            "updated": f"{row['since']}T00:00:00Z",
            "path": f"/-/document/{quote(row['document_id'])}",
            "category": "到期",
            "summary": summary,
        }


def _entry(event: dict[str, Any], path: str, summary: str) -> dict[str, str]:
    return {
        "title": f"{event['label']}：{event['title']}",
        "id": event["event_id"],
        "updated": event["at"],
        "path": path,
        "category": event["label"],
        "summary": summary,
    }


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _FORBIDDEN.sub("", text)


def _link(parent: ElementTree.Element, rel: str, href: str, kind: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "type": kind, "href": href})


def _urn(name: str) -> str:
    """An id that never changes.

    >>> _urn("kb:feed:/-/feed.atom")
    'urn:uuid:d23855a5-3dad-53e7-ab60-1b9f4bdc879a'
    """
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
