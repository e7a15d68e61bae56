"""The documents of an edition, each drawn from the deck alone, in one language.

`slides` draws PPTX, `paper` PDF, `page` HTML. All say what `told` says, of the same masked tables,
and have the same `drawing`.
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import override

from balise.steering.editions.documents import page, paper, slides
from balise.steering.editions.documents.told import NO_LINKS, Links
from balise.steering.editions.rules.deck import Deck

FORMS: Final[Mapping[str, Callable[[Deck, str, Links], bytes | str]]] = {
    "pptx": slides.drawn,
    "pdf": paper.drawn,
    "html": page.drawn,
}


def drawn_as(form: str, deck: Deck, language: str, links: Links = NO_LINKS) -> bytes:
    """Return a deck as a file of a form, in a language: the same bytes for the same versions.

    `links` are the addresses of figures that its readers can open, by the figures' numbers.
    """
    with override(language):
        drawn = FORMS[form](deck, language, links)
    return drawn.encode() if isinstance(drawn, str) else drawn
