"""How pages of the laboratory say what codes mean."""

from django.template import Library

from balise.hotline.laboratory.rules.turned import words_of
from balise.hotline.matching.signals.rules.kinds import Turn

register = Library()


@register.filter
def turned(turn: Turn) -> str:
    """Return how a copy was turned, in words."""
    return str(words_of(turn))
