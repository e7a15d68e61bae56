"""The addresses of figures, as a file of an edition says them to who reads it."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.editions.documents import drawn_as
from balise.steering.editions.rules.deck import Deck


def public_address(mark: str, number: str, *, language: str = "", site: str = "") -> str:
    """Return the whole address of a published figure's page; in the centre's first language.

    `mark` names the edition, `site` is ours unless it is said.
    """
    with override(language or settings.LANGUAGE_CODE):
        path = reverse("published:figure", args=[mark, number])
    return f"{site or settings.PUBLIC_ADDRESS}{path}"


def public_addresses(deck: Deck, mark: str, language: str, site: str = "") -> Mapping[str, str]:
    """Return the addresses of those figures that everyone may read, by their numbers."""
    return {
        number: public_address(mark, number, language=language, site=site)
        for number, table in deck.figures.items()
        if table.code in INDICATORS and INDICATORS[table.code].is_public
    }


def staff_addresses(deck: Deck) -> Mapping[str, str]:
    """Return the addresses at which staff read each figure, by its number."""
    return {number: table.permalink for number, table in deck.figures.items()}


# A deck as a file, with the addresses that its reader can open.


def drawn_file(
    deck: Deck, *, is_public: bool, form: str, language: str, mark: str = "", site: str = ""
) -> bytes:
    """Return a deck as a file: for everyone with public addresses, else with codes alone.

    `mark` names the edition in these: its day, unless it is said.
    """
    mark = mark or deck.edition.isoformat()
    links = public_addresses(deck, mark, language, site) if is_public else {}
    return drawn_as(form, deck, language, links)
