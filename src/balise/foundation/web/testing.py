"""A strict client for tests: it reads every page it is given, and says what is wrong with it.

`StrictClient` stands in for Django's client; `faults` reads a page of any other origin. What an
action leaves for after the commit is run, as in real life.
"""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any, Final, cast

from django.db import transaction
from django.http import HttpResponse
from django.test import Client, TestCase

_VOID: Final = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_NEEDS_NO_LABEL: Final = frozenset({"hidden", "submit", "button", "reset", "image"})
_NAMED: Final = ("aria-label", "aria-labelledby", "title")
_READ: Final = frozenset({"title", "h1", "label", "a", "button", "summary", "th"})
_POINTERS: Final = ("aria-labelledby", "aria-describedby", "aria-controls", "commandfor")
_DATA: Final = re.compile(r"<script[^>]*json[^>]*>.*?</script>", re.DOTALL)
_NAMES_ITSELF: Final = frozenset({"canonical", "alternate"})  # of a <link> that loads nothing
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_UNRENDERED: Final = re.compile(r"\{\{|\{%|%\}")
# A title stays in the history of a shared telephone: it names no harm.
_TELLING: Final = re.compile(
    r"signal|harc|viol|porn|abus|suicid|report|bully|rape|sex|victim|chantage|blackmail",
    re.IGNORECASE,
)


class PageFaulty(AssertionError):
    """A page breaks one of the promises that every page keeps."""


class StrictClient(Client):
    """Django's client, which refuses a faulty page."""

    def request(self, **request: Any) -> Any:
        """Return the answer, after a look at its page."""
        if transaction.get_connection().in_atomic_block:
            with TestCase.captureOnCommitCallbacks(execute=True):
                answer = super().request(**request)
        else:
            answer = super().request(**request)
        check(cast("HttpResponse", answer), request.get("PATH_INFO", "/"))
        return answer


def check(answer: HttpResponse, path: str) -> None:
    """Raise `PageFaulty` if the answer is a page and breaks a promise."""
    if answer.streaming or "text/html" not in answer.get("Content-Type", ""):
        return
    page = answer.content.decode(answer.charset)
    policy = answer.get("Content-Security-Policy", "")
    page = _STYLE.sub(lambda style: "" if _source(style[1]) in policy else style[0], page)
    found = faults(page, is_public=not path.startswith("/staff/"))
    if found:
        raise PageFaulty(f"{path}: " + "; ".join(found))


def _source(style: str) -> str:
    """Return what a policy allows a style of a page by, instead of a nonce."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


@dataclass(slots=True)
class _Element:
    tag: str
    attrs: dict[str, str]
    inside_label: bool
    template: int | None  # which one it is in: a script draws one at a time, and fills it in
    begins: int  # how many words of the page come before it
    text: str = ""


@dataclass(slots=True)
class _Page:
    elements: list[_Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[_Element]:
        return [element for element in self.elements if element.tag in tags]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = _Page()
        self._open: list[_Element] = []
        self._said: list[str] = []

    def close(self) -> None:
        """End what the page leaves open."""
        super().close()
        self._end(0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside_label = any(each.tag == "label" for each in self._open)
        if tag == "title" and any(each.tag == "svg" for each in self._open):
            tag = "svg title"  # of a picture, not of the page
        template = next((id(each) for each in self._open if each.tag == "template"), None)
        named = {name: value or "" for name, value in attrs}
        element = _Element(tag, named, inside_label, template, len(self._said))
        self.page.elements.append(element)
        if tag == "img":
            self._said.append(element.attrs.get("alt", ""))
        if tag == "svg":
            self._said.append(element.attrs.get("aria-label", ""))
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at].tag == tag:
                self._end(at)
                return

    def handle_data(self, data: str) -> None:
        self._said.append(data)

    def _end(self, at: int) -> None:
        for element in self._open[at:]:
            if element.tag in _READ:
                element.text = "".join(self._said[element.begins :])
        del self._open[at:]


def faults(page: str, *, is_public: bool = True) -> list[str]:
    """Return what is wrong with a page, or with a part of one that htmx puts in its place."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    found = [
        *_scripts(reader.page),
        *_labels(reader.page),
        *_ids(reader.page),
        *_names(reader.page),
    ]
    if unrendered := _UNRENDERED.search(_DATA.sub("", page)):
        found.append(f"an unrendered tag {unrendered.string[unrendered.start() :][:60]!r}")
    if reader.page.all("html"):
        found += _whole(reader.page, is_public=is_public)
    return found


def _whole(page: _Page, *, is_public: bool) -> Iterator[str]:
    for tag in ("h1", "main", "title"):
        if (count := len(page.all(tag))) != 1:
            yield f"{count} <{tag}> instead of one"
    if not page.all("html")[0].attrs.get("lang"):
        yield "no language"
    for titled in page.all("title", "h1"):
        if not titled.text.strip(" –\n"):
            yield f"an empty <{titled.tag}>"
    for title in page.all("title"):
        if is_public and (word := _TELLING.search(title.text)):
            yield f"a title that tells too much: {word[0]!r} in {title.text!r}"


def _scripts(page: _Page) -> Iterator[str]:
    for element in page.elements:
        attrs = element.attrs
        if handlers := [name for name in attrs if name.startswith("on")]:
            yield f"an inline handler {handlers[0]} on <{element.tag}>"
        if "style" in attrs:
            yield f"an inline style on <{element.tag}>"
        if attrs.get("href", "").lower().startswith("javascript:"):
            yield "a javascript: link"
        is_data = attrs.get("type") in {"application/json", "application/ld+json"}
        if (
            element.tag == "script"
            and not attrs.get("src")
            and not attrs.get("nonce")
            and not is_data
        ):
            yield "an inline script without a nonce"
        if element.tag == "style" and not attrs.get("nonce"):
            yield "an inline <style> without a nonce"
        is_loaded = element.tag == "link" and attrs.get("rel") not in _NAMES_ITSELF
        source = attrs.get("src") or (attrs.get("href", "") if is_loaded else "")
        if "//" in source and element.tag != "iframe":  # the page's own policy names that site
            yield f"something from elsewhere: {source}"
        if element.tag == "form" and attrs.get("action", "").startswith(("http:", "https:", "//")):
            yield "a form that leaves the site"


def _labels(page: _Page) -> Iterator[str]:
    labelled = {label.attrs.get("for") for label in page.all("label") if label.text.strip()}
    for control in page.all("input", "select", "textarea"):
        if control.attrs.get("type") in _NEEDS_NO_LABEL:
            continue
        is_named = any(control.attrs.get(name) for name in _NAMED)
        if not (is_named or control.inside_label or control.attrs.get("id") in labelled):
            yield f"<{control.tag} name={control.attrs.get('name')!r}> without a label"


def _ids(page: _Page) -> Iterator[str]:
    named = [element for element in page.elements if "id" in element.attrs]
    ids = {element.attrs["id"] for element in named}
    for (identifier, _template), count in Counter(
        (element.attrs["id"], element.template) for element in named
    ).items():
        if count > 1:
            yield f"{count} elements with the id {identifier!r}"
    if not page.all("html"):
        return  # a part may point at what surrounds it
    for element in page.elements:
        for name in _POINTERS:
            for identifier in element.attrs.get(name, "").split():
                if identifier not in ids:
                    yield f"{name} of <{element.tag}> points at no {identifier!r}"
    for label in page.all("label"):
        if label.attrs.get("for") and label.attrs["for"] not in ids:
            yield f"a label for no {label.attrs['for']!r}"


def _names(page: _Page) -> Iterator[str]:
    for element in page.all("a", "button", "summary"):
        if element.template is not None:
            continue
        if not element.text.strip() and not any(element.attrs.get(name) for name in _NAMED):
            yield f"a nameless <{element.tag} {element.attrs.get('href', '')}>"
    for image in page.all("img"):
        if "alt" not in image.attrs:
            yield f"an image without alt: {image.attrs.get('src')}"
    for table in page.all("th"):
        if table.attrs.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
            yield f"a heading cell without scope: {table.text.strip()!r}"


def squeezed(page: str) -> str:
    """Return a page with single spaces, none after a tag and none before one that closes."""
    return re.sub(r"(?<=>) | (?=</)", "", re.sub(r"\s+", " ", page))
