"""A deck as a file, with the addresses that its reader can open."""

from balise.steering.editions.documents import drawn_as
from balise.steering.editions.queries.addresses import public_addresses
from balise.steering.editions.rules.deck import Deck


def drawn_file(deck: Deck, *, is_public: bool, form: str, language: str) -> bytes:
    """Return a deck as a file: for everyone with public addresses, else with codes alone."""
    links = public_addresses(deck, language) if is_public else {}
    return drawn_as(form, deck, language, links)
