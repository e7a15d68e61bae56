"""Find the resource that a page or a file tells of as JSON-LD; for a child with limits."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

from balise.foundation import strict_json
from balise.foundation.limited.child import CannotWork

# What a resource may be, the likeliest first; any other type that has a name comes last.
_TYPES: Final = ("LearningResource", "Course", "VideoObject", "CreativeWork", "Article")
_JSON_LD: Final = "application/ld+json"
_DEEPEST: Final = 6  # levels of lists and graphs that are looked into


def parse(octets: bytes) -> bytes:
    """Return the resource, as JSON. Refuses what has none."""
    text = octets.decode("utf-8-sig", "replace")
    begins = text.lstrip()[:1]
    written = [text] if begins in {"{", "["} else _scripts(text)
    things = [thing for each in written for thing in _things(_loaded(each))]
    if not things:
        raise CannotWork("no-json-ld")
    return json.dumps(min(things, key=_place)).encode()


def _scripts(html: str) -> list[str]:
    reader = _Scripts()
    reader.feed(html)
    reader.close()
    return reader.found


def _loaded(text: str) -> Any:
    try:
        return strict_json.loads(text)
    except strict_json.FAULTS:
        raise CannotWork("not-json") from None


def _things(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield each thing that has a type and a name, within lists and graphs."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _things(each, depth + 1)
    elif isinstance(value, dict):
        if value.get("@type") and (value.get("name") or value.get("headline")):
            yield value
        yield from _things(value.get("@graph"), depth + 1)
        yield from _things(value.get("mainEntity"), depth + 1)


def _place(thing: dict[str, Any]) -> int:
    given = thing["@type"]
    types = given if isinstance(given, list) else [given]
    return min((_TYPES.index(one) for one in types if one in _TYPES), default=len(_TYPES))


class _Scripts(HTMLParser):
    """Collects what the scripts of JSON-LD hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_in = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").split(";")[0].strip().lower()
        self._is_in = tag == "script" and kind == _JSON_LD
        if self._is_in:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_in = self._is_in and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._is_in:
            self.found[-1] += data
