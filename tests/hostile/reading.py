"""What a page makes of text that a stranger planted: where it would be more than text."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from io import StringIO
from typing import Any, Final

from defusedxml.ElementTree import ParseError, fromstring
from django.http.response import HttpResponseBase

MARK: Final = "q7x"  # stands in all that is planted, and nowhere else
_LEADS: Final = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcdoc"}
_RUNS: Final = re.compile(r"^(?:javascript|vbscript|data):")
_BLANKS: Final = re.compile(r"[\x00-\x20]+")
_SOLVED: Final = re.compile(rf"{MARK}\s*(?:14|77)\b")  # of {{ 7|add:7 }}, ${7*11}
_FORMULA: Final = re.compile(r"^[=+\-@\t\r]")
_VOID: Final = {"script", "style"}


class _Page(HTMLParser):
    """Notes what planted text became; a browser reads the same tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._within: list[tuple[str, str]] = []  # a script or a style, and its kind
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if MARK in tag or any(MARK in name for name in given):
            self.found.append(f"an element or an attribute: <{tag} {' '.join(given)[:80]}>")
        for name, value in given.items():
            if MARK not in value:
                continue
            if name.startswith("on") or name == "style" or tag in {"base", "meta"} - _kept(given):
                self.found.append(f"{name} of <{tag}>: {value[:80]}")
            if name in _LEADS and _RUNS.match(_BLANKS.sub("", value).lower()):
                self.found.append(f"an address that runs, <{tag} {name}>: {value[:80]}")
        if tag in _VOID:
            self._within.append((tag, given.get("type", "")))
            self._words = []

    def handle_data(self, data: str) -> None:
        if self._within:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if not self._within or tag != self._within[-1][0]:
            return
        tag, kind = self._within.pop()
        words = "".join(self._words)
        if MARK in words and not (tag == "script" and _is_json(kind, words)):
            self.found.append(f"words in <{tag} {kind}>: {words[:80]}")


def _kept(given: dict[str, str]) -> set[str]:
    """Return what may hold words in a head: a description does, a redirect does not."""
    return {"meta"} if "http-equiv" not in given else set()


def _is_json(kind: str, words: str) -> bool:
    if "json" not in kind:
        return False
    try:
        json.loads(words)
    except ValueError:
        return False
    return True


def faults(answer: HttpResponseBase) -> list[str]:
    """Return what planted text did to an answer: nothing where it stayed text."""
    found = list(_of_headers(answer))
    if answer.streaming:
        return found
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    page = answer.content.decode(errors="replace")  # type: ignore[attr-defined]
    return found + list(_of_page(kind, page))


def _of_page(kind: str, page: str) -> Iterable[str]:
    if kind == "text/html":
        return of_html(page)
    if kind.endswith(("/xml", "+xml")) and MARK in page:
        return of_xml(page)
    if kind == "text/calendar":
        return of_calendar(page)
    if kind == "text/csv":
        return of_csv(page)
    return of_json(json.loads(page)) if kind.endswith("json") else ()


def _of_headers(answer: HttpResponseBase) -> Iterator[str]:
    for name, value in answer.headers.items():
        if MARK in name.lower() or "\r" in value or "\n" in value:
            yield f"a header: {name}: {value[:80]}"
        if name == "Content-Disposition" and MARK in value:
            rest = re.sub(r'"(?:[^"\\]|\\.)*"', "", value)
            if not re.fullmatch(r"[a-z]+(?:; filename\*?=(?:[\w.%'-]*))*", rest):
                yield f"a file's name: {value[:120]}"


def of_html(page: str) -> list[str]:
    """Return what planted text became in a page."""
    read = _Page()
    read.feed(page)
    read.close()
    if "\0" in page:
        read.found.append("a null sign")
    if _SOLVED.search(page):
        read.found.append("a template was drawn in a text")
    return read.found


def of_xml(page: str) -> Iterator[str]:
    """Yield what planted text became in a document of XML, or that it is none any more."""
    try:
        tree = fromstring(page)
    except ParseError as fault:
        yield f"no XML: {fault}"
        return
    for each in tree.iter():
        named = [str(each.tag), *map(str, each.attrib)]
        runs = any(name.rpartition("}")[2].startswith("on") for name in each.attrib)
        if any(MARK in name for name in named) or (runs and MARK in str(each.attrib)):
            yield f"an element or an attribute: {named}"
        for name, value in each.attrib.items():
            if MARK in value and _RUNS.match(_BLANKS.sub("", value).lower()):
                yield f"an address that runs: {name}={value[:80]}"


def of_json(told: Any) -> Iterator[str]:
    """Yield what planted text became in the pieces of pages that a script puts into its own."""
    if isinstance(told, list):
        for each in told:
            yield from of_json(each)
    if isinstance(told, dict):
        for name, each in told.items():
            is_drawn = name.startswith("html") and isinstance(each, str)
            yield from of_html(each) if is_drawn else of_json(each)


def of_calendar(page: str) -> Iterator[str]:
    """Yield lines of a calendar that a text began."""
    for line in page.replace("\r\n ", "").replace("\r\n\t", "").splitlines():
        if line.lower().startswith(("x-" + MARK, "<" + MARK)) or not re.match(r"[A-Z-]+[:;]", line):
            yield f"a line: {line[:80]}"


def of_csv(page: str) -> Iterator[str]:
    """Yield cells that a spreadsheet would reckon."""
    for row in csv.reader(StringIO(page.removeprefix("\ufeff"))):
        for cell in row:
            if MARK in cell and _FORMULA.match(cell):
                yield f"a formula: {cell[:80]}"


def shown(answer: Any) -> bool:
    """Return whether an answer holds something that was planted."""
    return not answer.streaming and MARK.encode() in answer.content
