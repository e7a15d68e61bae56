"""What someone wrote, with the words of danger marked and the rule that found them."""

from django.conf import settings
from django.template import Library

from balise.helpline.queue.rules.danger_words import read
from balise.helpline.queue.rules.danger_words.marking import Piece, pieces

register = Library()


@register.inclusion_tag("helpline/queue/parts/told.html")
def told(text: str) -> dict[str, list[Piece] | str]:
    """Return a text in pieces, and the rule in plain words: "" where nothing is found.

    For staff alone: who wrote it reads no word of any list.
    """
    found = read(text, country=settings.COUNTRY)
    return {"pieces": pieces(text, found), "rule": str(found.rule) if found else ""}
