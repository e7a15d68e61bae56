"""Where the text of a page leads. Pure."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Final

from balise.foundation.url import split_url

GONE: Final = frozenset({404, 410, 451})  # a page is not there, or may not be


def links_in(html: str) -> tuple[str, ...]:
    """Return the addresses of a text's links, each once, in order."""
    reader = _Links()
    reader.feed(html)
    reader.close()
    return tuple(dict.fromkeys(reader.found))


def in_turn(links: Iterable[str]) -> Iterator[str]:
    """Yield each link once, a host never twice in a row where another one waits."""
    by_host: dict[str, list[str]] = {}
    for link in dict.fromkeys(links):
        by_host.setdefault(split_url(link).netloc.lower(), []).append(link)
    for each in zip_longest(*by_host.values()):
        yield from filter(None, each)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (leads := dict(attrs).get("href")):
            self.found.append(leads)
