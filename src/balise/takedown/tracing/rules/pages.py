"""Read the words that a page shows, and what they say of it; compare two pages.

Pure, and knows neither Django nor settings: it runs in the tracer, on at most 32 KB that strangers
wrote. One pass, each step forward: no page can make it slow. What it returns holds words only
for as long as two pages are compared; only flags leave the tracer (`looks.py`).
"""

import codecs
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import publicsuffixlist

from balise.foundation.url import split_url
from balise.takedown.tracing.rules.looks import Place, Says, Text

# Whose site a host name is: the registrable domain, by the Public Suffix List.
#
# Both sections of the list count: with the private one, `someone.github.io` and `other.github.io`
# are two sites, as they are for a browser; with ICANN's alone they would be one domain. Who wants
# the platform asks for the parent (`parents`).


# What the list says of a name, added up: it is a suffix, each name right under it is, it never is.
_SUFFIX, _PARENT, _SPARED = 1, 2, 4


_PRIVATE = "===BEGIN PRIVATE DOMAINS==="


@cache
def _rules(*, registries_only: bool = False) -> dict[str, int]:
    """Return the list's rules by name, in ASCII; those of registries come first in the file."""
    rules: dict[str, int] = {}
    for line in Path(publicsuffixlist.PSLFILE).read_text(encoding="utf-8").splitlines():
        if registries_only and _PRIVATE in line:
            break
        rule = line.split(maxsplit=1)[0] if line.strip() else ""
        if not rule or rule.startswith("//"):
            continue
        kind = {"!": _SPARED, "*": _PARENT}.get(rule[0], _SUFFIX)
        name = rule.lstrip("!*.").encode("idna").decode("ascii")
        rules[name] = rules.get(name, 0) | kind
    return rules


def registrable_domain(host: str) -> str:
    """Return a canonical host's registrable domain; the host itself where it is a public suffix.

    An unknown top-level domain counts as one suffix (the list's rule `*`).
    """
    return _under(host, _rules())


def registered_domain(host: str) -> str:
    """Return the domain that a registry knows a canonical host by: `github.io` for a site there."""
    return _under(host, _rules(registries_only=True))


def _under(host: str, rules: dict[str, int]) -> str:
    rest, below, further = host, "", ""
    while rest:
        kind = rules.get(rest, 0)
        if kind >= _SPARED:
            return rest
        if kind >= _PARENT and below:
            return further or below
        if kind & _SUFFIX or "." not in rest:
            return below or rest
        further, below = below, rest
        rest = rest.partition(".")[2]
    return host


def is_known_suffix(host: str) -> bool:
    """Return whether a canonical host is a name under a top-level domain that the list names."""
    last = host.rpartition(".")[2]
    # `.example` (RFC 6761) exists nowhere: examples and the demonstration use it.
    return last != host and (last in _rules() or last == "example")


def parents(domain: str) -> Iterator[str]:
    """Yield a domain and each domain above it that is not a top-level domain, nearest first."""
    while "." in domain:
        yield domain
        domain = domain.partition(".")[2]


MOST_BYTES = 32_768
# So few words are all a page has to say: an error, a notice, a wall.
SHORT_WORDS = 150
_LOUD_WORDS = 80
_ALIKE = 0.9  # of the pairs of successive words
_RAW = frozenset(["script", "style", "noscript", "template", "svg", "iframe", "object", "textarea"])
_LOUD = frozenset(["title", "h1", "h2"])
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9]{0,20}")
_WORD = re.compile(r"\w+(?:'\w+)*")


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page, folded: small letters without accents. Lives for one comparison."""

    words: tuple[str, ...] = ()
    loud: tuple[str, ...] = field(default=())

    @property
    def text(self) -> Text:
        """How much it shows."""
        count = len(self.words) + len(self.loud)
        if not count:
            return Text.NONE
        return Text.SHORT if count <= SHORT_WORDS else Text.LONG

    @property
    def says(self) -> frozenset[Says]:
        """What it says of itself; a wall counts only where it is said aloud."""
        phrases = _phrases()
        everything = _joined(self.loud + self.words)
        aloud = everything if self.text is Text.SHORT else _joined(self.loud)
        found = set()
        if _any(phrases["gone"], everything):
            found.add(Says.GONE)
        if _any(phrases["gone"], aloud):
            found.add(Says.GONE_ALOUD)
        if _any(phrases["blocked"], aloud):
            found.add(Says.BLOCKED)
        if _any(phrases["sign_in"], aloud):
            found.add(Says.SIGN_IN)
        return frozenset(found)


def read_page(raw: bytes) -> Page:
    """Return the words that a page shows, from the first bytes of its HTML, however broken."""
    source = _decoded(raw[:MOST_BYTES])
    shown: list[str] = []
    loud: list[str] = []
    at, within_loud = 0, ""
    while at < len(source):
        tag = source.find("<", at)
        text = source[at:tag] if tag >= 0 else source[at:]
        (loud if within_loud else shown).append(text)
        if tag < 0:
            break
        if source.startswith("<!--", tag):
            at = _after(source, "-->", tag + 4)
            continue
        closes = source.startswith("</", tag)
        name = _NAME.match(source, tag + 2 if closes else tag + 1)
        end = _after(source, ">", tag + 1)
        if name is None:
            at = end
            continue
        element = name[0].lower()
        if element in _LOUD:
            within_loud = "" if closes else element
        elif element in _RAW and not closes:
            end = _after_element(source, element, end)
        at = end
    said, headings = _words(shown), _words(loud)
    # A heading that is never closed is no heading.
    return Page(words=headings[_LOUD_WORDS:] + said, loud=headings[:_LOUD_WORDS])


def are_alike(one: Page, other: Page, *, without: Iterable[str] = ()) -> bool:
    """Return whether two pages show the same, but for the words of the addresses asked for."""
    left_out = {part for text in without for part in _words([unquote(text)])}
    first, second = (_pairs(page, left_out) for page in (one, other))
    if not first or not second:
        return first == second
    return len(first & second) >= _ALIKE * len(first | second)


def place_of(first: str, last: str) -> Place:
    """Return where a canonical address ended, beside where it was asked for."""
    asked, ended = split_url(first), split_url(last)
    host, ended_host = asked.hostname or "", ended.hostname or ""
    is_same_path = _path(asked.path, asked.query) == _path(ended.path, ended.query)
    if host == ended_host and is_same_path:
        return Place.SAME
    if is_way_in(ended_host, ended.path) and not is_way_in(host, asked.path):
        return Place.SIGN_IN
    if registrable_domain(host) != registrable_domain(ended_host):
        return Place.ELSEWHERE
    if is_same_path:
        return Place.SAME
    return Place.HOME if ended.path in {"", "/"} else Place.SITE


def is_way_in(host: str, path: str) -> bool:
    """Return whether an address looks like the place where people sign in."""
    ways_in = _lists()["ways_in"]
    parts = {part.casefold() for part in path.split("/")}
    return not parts.isdisjoint(ways_in["paths"]) or (
        host.partition(".")[0] in ways_in["hosts"] and host != registrable_domain(host)
    )


def sibling(path: str, nonsense: str) -> str:
    """Return a path beside another that cannot exist: its last part, or last value, replaced."""
    page, question, query = path.partition("?")
    if question:
        return f"{page}?{query[: query.rfind('=') + 1]}{nonsense}"
    folder, _slash, last = page.rstrip("/").rpartition("/")
    _stem, dot, ending = last.rpartition(".")
    is_ending = dot and ending.isascii() and ending.isalnum() and len(ending) <= 5  # noqa: PLR2004
    return f"{folder}/{nonsense}{dot + ending if is_ending else ''}"


def fold(text: str) -> str:
    """Return text in small letters, without accents, with one kind of apostrophe."""
    plain = unicodedata.normalize("NFKD", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()


def _path(path: str, query: str) -> tuple[str, str]:
    return path.rstrip("/"), query


def _decoded(raw: bytes) -> str:
    try:
        # The last character may be cut in two: it is left out, and nothing else is.
        return codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _after(source: str, mark: str, start: int) -> int:
    found = source.find(mark, start)
    return len(source) if found < 0 else found + len(mark)


def _after_element(source: str, element: str, start: int) -> int:
    """Return where the rest of a page begins after an element that shows no words."""
    closing = re.compile(rf"</{element}[\s/>]", re.IGNORECASE).search(source, start)
    return _after(source, ">", closing.start()) if closing else len(source)


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(unescape(" ".join(texts)))))


def _pairs(page: Page, left_out: set[str]) -> set[tuple[str, str]]:
    words = [word for word in page.loud + page.words if word not in left_out]
    return set(zip(["", *words], [*words, ""], strict=True)) if words else set()


def _joined(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} "


def _any(phrases: tuple[str, ...], text: str) -> bool:
    return any(phrase in text for phrase in phrases)


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """Return the phrases of all languages by what they say, each as words between spaces."""
    lists = _lists()
    return {
        what: tuple(
            _joined(tuple(_WORD.findall(fold(phrase))))
            for language in ("fr", "en")
            for phrase in lists[language][what]
        )
        for what in ("gone", "blocked", "sign_in")
    }
