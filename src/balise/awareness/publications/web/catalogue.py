"""The catalogue: what was asked stands in the address, which can be shared; no script is needed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from balise.awareness.publications import queries
from balise.awareness.publications.rules.catalogue import LONGEST, TEN, Asked
from balise.awareness.publications.rules.taxonomy import Facet, taxonomy
from balise.awareness.publications.rules.watching import cards
from balise.foundation.web.doors import Request, public

LANGUAGE: Final = "language"
MOST_LEAVES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A term that may be asked for."""

    code: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A facet, with the terms that have an answer or were chosen."""

    facet: Facet
    choices: tuple[Choice, ...]
    is_open: bool
    has_choice: bool


@public
@require_safe
def catalogue(request: Request) -> HttpResponse:
    """Show a leaf of what was asked for, and how many each further answer would have."""
    facets = taxonomy(settings.COUNTRY)
    chosen, typed = _chosen(request.GET, facets), request.GET.get("q", "").strip()[:LONGEST]
    here = frozenset({get_language() or ""})
    asked = Asked({LANGUAGE: here, **chosen}, typed)
    leaf = _leaf(request.GET.get("page", ""))
    found = queries.listing(asked, leaf=leaf)
    left = found.total - leaf * queries.PAGE
    return render(
        request,
        "publications/catalogue.html",
        {
            "found": found,
            "collections": [(queries.address(row), row, size) for row, size in found.collections],
            "cards": cards(found.rows, facets),
            "ten_cards": cards(found.ten, facets),
            "typed": typed,
            "questions": list(_questions(facets, asked, found.counts)),
            "chips": list(_chips(facets, chosen, typed)),
            "is_short": chosen.get("minutes") == frozenset({TEN}),
            "ten": f"?{_address({**chosen, 'minutes': frozenset({TEN})}, typed)}",
            "before": f"?{_address(chosen, typed, leaf - 1)}" if leaf > 1 else "",
            "after": f"?{_address(chosen, typed, leaf + 1)}" if left > 0 else "",
            "next": min(left, queries.PAGE),
        },
    )


def _chosen(given: QueryDict, facets: Mapping[str, Facet]) -> dict[str, frozenset[str]]:
    """Return the codes that were asked for; what the taxonomy does not know is left out."""
    known = {
        code: frozenset(given.getlist(code)) & facet.terms.keys()
        for code, facet in facets.items()
        if not facet.hidden
    }
    return {code: codes for code, codes in known.items() if codes}


def _leaf(given: str) -> int:
    return min(max(int(given), 1), MOST_LEAVES) if given.isascii() and given.isdigit() else 1


def _questions(
    facets: Mapping[str, Facet], asked: Asked, counts: Mapping[str, Mapping[str, int]]
) -> Iterator[Question]:
    for code, facet in facets.items():
        if facet.hidden:
            continue
        wanted = asked.codes.get(code, frozenset())
        choices = tuple(
            Choice(term.code, str(term.label), counts[code][term.code], term.code in wanted)
            for term in facet.terms.values()
            if counts[code][term.code] or term.code in wanted
        )
        if choices:
            opened = bool(wanted) or not facet.folded
            yield Question(facet, choices, is_open=opened, has_choice=bool(wanted))


def _chips(
    facets: Mapping[str, Facet], chosen: Mapping[str, frozenset[str]], typed: str
) -> Iterator[tuple[str, str]]:
    """Yield what was chosen, each with the address of the same without it."""
    if typed:
        yield typed, f"?{_address(chosen, '')}"
    for code, codes in chosen.items():
        for term in facets[code].terms.values():
            if term.code in codes:
                rest = {**chosen, code: codes - {term.code}}
                yield str(term.label), f"?{_address(rest, typed)}"


def _address(chosen: Mapping[str, frozenset[str] | set[str]], typed: str, leaf: int = 1) -> str:
    """Return a selection as it stands in an address, always in the same order."""
    pairs = [(facet, code) for facet, codes in chosen.items() for code in sorted(codes)]
    if typed:
        pairs.insert(0, ("q", typed))
    return urlencode([*pairs, *([("page", str(leaf))] if leaf > 1 else [])])
