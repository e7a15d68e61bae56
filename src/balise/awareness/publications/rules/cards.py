"""How a page is told in a list and beside its text: for whom, what it is, who made it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.utils.translation import get_language, gettext as _

from balise.awareness.publications.rules.metadata import ages
from balise.awareness.publications.rules.taxonomy import Facet

SHOWN: Final = 2  # of the audiences


class Page(Protocol):
    """A row of what is public, as a list reads it."""

    language: Any
    slug: Any
    minutes: Any
    codes: Any
    licence: Any
    credits: Any
    picture_credit: Any
    paper: Any


@dataclass(frozen=True, slots=True)
class Card:
    """A page in a list; `language` is said where it is not the one that is read."""

    page: Page
    address: str
    kind: str
    audience: str
    ages: tuple[int, int] | None
    access: tuple[str, ...]
    language: str

    @property
    def for_whom(self) -> str:
        """Return its audiences and ages, in a line."""
        between = ""
        if self.ages:
            young, old = self.ages
            between = _("%(young)s to %(old)s years") % {"young": young, "old": old}
        return " · ".join(part for part in (self.audience, between) if part)

    @property
    def facts(self) -> str:
        """Return what it is, how long it takes, and in which language, in a line."""
        minutes = self.page.minutes
        takes = _("%(minutes)s min") % {"minutes": minutes} if minutes else ""
        return " · ".join(part for part in (self.kind, takes, *self.access, self.language) if part)


def path_of(language: str, slug: str) -> str:
    """Return where a page is in the public door."""
    return f"/{language}/resources/{slug}/"


def cards(pages: Iterable[Page], facets: Mapping[str, Facet]) -> list[Card]:
    """Return the cards of pages, in the language that is read."""
    return [card(page, facets) for page in pages]


def card(page: Page, facets: Mapping[str, Facet]) -> Card:
    """Return the card of a page."""
    return Card(
        page,
        path_of(page.language, page.slug),
        ", ".join(labels(page, "kind", facets)),
        ", ".join(labels(page, "audience", facets)[:SHOWN]),
        ages(page.codes.get("age", ())),
        tuple(labels(page, "access", facets)),
        "" if page.language == get_language() else ", ".join(labels(page, "language", facets)),
    )


def labels(page: Page, facet: str, facets: Mapping[str, Facet]) -> list[str]:
    """Return what the codes of a page say in a facet."""
    terms = facets[facet].terms
    return [str(terms[code].label) for code in page.codes.get(facet, ()) if code in terms]


def beside(page: Page, facets: Mapping[str, Facet]) -> dict[str, object]:
    """Return what stands around the text of a page, in a preview too."""
    said = (
        (_("Published by"), ", ".join(labels(page, "publisher", facets))),
        (_("Produced by"), page.credits.get("produced_by", "")),
        (_("Made with"), page.credits.get("made_with", "")),
        (_("With the support of"), page.credits.get("supported_by", "")),
        (_("Picture"), page.picture_credit),
        (_("File to print"), page.paper.get("credit", "")),
    )
    return {
        "page": page,
        "card": card(page, facets),
        "credits": [(label, each) for label, each in said if each],
        "licence": facets["licence"].terms.get(page.licence),
    }
