"""Pages that a centre begins with, as the packs tell them. Pure.

A body is plain lines: `## ` begins a heading, `- ` an entry of a list, `1. ` one of a numbered
list; any other line is a paragraph. Sources stand below it; one that was not read at its own
publisher's is said to be indirect.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import groupby
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from balise.awareness.publications.rules.taxonomy import PACKAGE
from balise.foundation.packs import PackFaulty, load

READ: Final = "R"
TOLD: Final = "S"
_INDIRECT: Final = {"fr": "source indirecte", "en": "indirect source"}
_MARKS: Final = (("## ", "h2", ""), ("- ", "li", "ul"), ("1. ", "li", "ol"), ("", "p", ""))
_OURS: Final = frozenset(
    {"slug", "of", "easy_of", "body", "sources", "film", "comic", "part_of", "parts"}
)


@dataclass(frozen=True, slots=True)
class Starter:
    """A page of a pack; `key` is the same in each language, `fields` are those of its type.

    `of` is the slug of the page that it translates, `easy_of` of that which it says in easy words,
    `part_of` that of its series; `film` names the files of its film (`rules.reels`), `comic` has
    the name of its plate and what is seen there; `parts` are those of a kit: what each is, its page
    by the slug, another title.
    """

    language: str
    slug: str
    key: UUID
    body: str
    fields: Mapping[str, Any]
    of: str = ""
    easy_of: str = ""
    part_of: str = ""
    film: str = ""
    comic: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Mapping[str, str], ...] = ()


@cache
def starters(country: str) -> tuple[Starter, ...]:
    """Return the pages of a country's pack, originals before translations. Raises PackFaulty."""
    written = [
        _starter(row, language)
        for language, rows in load(PACKAGE, country=country, name="starter").items()
        for row in rows
    ]
    return tuple(sorted(written, key=lambda each: bool(each.of)))


def _starter(row: Mapping[str, Any], language: str) -> Starter:
    slug = str(row["slug"])
    return Starter(
        language,
        slug,
        uuid5(NAMESPACE_URL, f"balise:starter:{row.get('of', slug)}"),
        html_of(str(row["body"])) + _sources(row.get("sources", ()), language, slug),
        {name: value for name, value in row.items() if name not in _OURS},
        str(row.get("of", "")),
        str(row.get("easy_of", "")),
        str(row.get("part_of", "")),
        str(row.get("film", "")),
        row.get("comic", {}),
        tuple(row.get("parts", ())),
    )


def html_of(body: str) -> str:
    """Return the HTML of `rules.BODY` that the lines of a body stand for."""
    lines = [_read(line) for line in body.splitlines() if line.strip()]
    written = ""
    for around, group in groupby(lines, key=lambda line: line[0]):
        inside = "".join(line for _around, line in group)
        written += f"<{around}>{inside}</{around}>" if around else inside
    return written


def _read(line: str) -> tuple[str, str]:
    mark, tag, around = next(each for each in _MARKS if line.startswith(each[0]))
    return around, f"<{tag}>{escape(line.removeprefix(mark).strip(), quote=False)}</{tag}>"


def _sources(rows: Iterable[Mapping[str, str]], language: str, slug: str) -> str:
    said = "".join(f"<li>{each}</li>" for each in _said(rows, language, slug))
    return f"<h2>Sources</h2><ul>{said}</ul>" if said else ""


def _said(rows: Iterable[Mapping[str, str]], language: str, slug: str) -> Iterator[str]:
    for row in rows:
        says = escape(row["says"], quote=False)
        if row["sure"] not in {READ, TOLD}:
            raise PackFaulty(f"starter: a source of {slug} is neither read nor told")
        yield says if row["sure"] == READ else f"{says} ({_INDIRECT[language]})"
