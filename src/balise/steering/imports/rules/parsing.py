"""Read a file that strangers wrote, CSV, XLSX, RSS or Atom, into rows; for a child with limits.

It imports neither settings, tables nor keys. An item of a feed is a row under the names of `FEED`.
"""

import json
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Final

from balise.foundation import sheets
from balise.foundation.limited.child import CannotWork
from balise.foundation.strict_xml import Node, XmlUnreadable, read

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 60
LONGEST: Final = 4_000  # letters of a cell; the rest is left out
FEED: Final = ("day", "outlet", "title", "address", "summary")
_ITEMS: Final = frozenset({"item", "entry"})
_DAYS: Final = ("pubDate", "published", "date", "updated")
_ISO: Final = len("2026-11-28")


def parse(octets: bytes) -> bytes:
    """Return {"form", "rows"} as JSON; a row is its number and its cells, the first the head.

    Refuses (CannotWork): unreadable, grows, document-type, not-a-feed, too-many-rows, empty.
    """
    form, rows = _rows(octets)
    kept: list[tuple[int, list[str]]] = []
    try:
        for number, cells in rows:
            row = [cell.strip()[:LONGEST] for cell in cells[:MOST_COLUMNS]]
            while row and not row[-1]:
                row.pop()
            if row:
                kept.append((number, row))
            if len(kept) > MOST_ROWS + 1:
                raise CannotWork("too-many-rows")
    except sheets.SheetGrows:
        raise CannotWork("grows") from None
    except sheets.SheetUnreadable:
        raise CannotWork("unreadable") from None
    if len(kept) < 2:  # noqa: PLR2004 - a head and a row
        raise CannotWork("empty")
    return json.dumps({"form": form, "rows": kept}).encode()


def _rows(octets: bytes) -> tuple[str, sheets.Numbered]:
    if sheets.is_workbook(octets):
        book = sheets.of_workbook(octets, most_rows=MOST_ROWS + 2, most_columns=MOST_COLUMNS)
        return "xlsx", book
    if octets.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return "feed", _of_feed(octets)
    return "csv", sheets.of_csv(octets)


def _of_feed(octets: bytes) -> sheets.Numbered:
    try:
        root = read(octets)
    except XmlUnreadable as fault:
        is_type = "document type" in str(fault)
        raise CannotWork("document-type" if is_type else "unreadable") from None
    if _name(root) not in {"rss", "feed", "RDF"}:
        raise CannotWork("not-a-feed")
    yield 1, list(FEED)
    channel = next((one for one in root.children if _name(one) == "channel"), root)
    for item in _items(root):
        source = _first(item, "source")
        outlet = _words(source) if source else ""
        yield (
            item.line,
            [
                _day(item),
                outlet or _said(source or channel, "title") or _said(channel, "title"),
                _said(item, "title"),
                _address(item),
                _plain(_said(item, "description") or _said(item, "summary")),
            ],
        )


def _items(node: Node) -> Iterator[Node]:
    for child in node.children:
        if _name(child) in _ITEMS:
            yield child
        elif _name(child) == "channel":
            yield from _items(child)


def _day(item: Node) -> str:
    """Return the day of an item in ISO 8601, as it is in its own zone; its words if it is none."""
    text = next((said for name in _DAYS if (said := _said(item, name))), "")
    if text[:4].isdigit():
        return text[:_ISO]
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return text


def _address(item: Node) -> str:
    """Return the link of RSS, which is a text, or that of Atom, which is an attribute."""
    links = [one for one in item.children if _name(one) == "link"]
    for link in links:
        if link.attributes.get("rel", "alternate") == "alternate":
            return (link.attributes.get("href") or link.text).strip()
    return ""


def _said(node: Node, name: str) -> str:
    found = _first(node, name)
    return _words(found) if found else ""


def _first(node: Node, name: str) -> Node | None:
    return next((one for one in node.children if _name(one) == name), None)


def _words(node: Node) -> str:
    return " ".join(node.text.split())


def _name(node: Node) -> str:
    return node.name.rpartition(":")[2]


def _plain(text: str) -> str:
    """Return the words of a summary that may be HTML."""
    reader = _Words()
    reader.feed(text)
    reader.close()
    return " ".join(" ".join(reader.words).split())


class _Words(HTMLParser):
    """Keeps the text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)
