"""How far a source was read, in words for people."""

from django.template import Library

from balise.foundation.web.components.page import moment
from balise.hotline.matching.exchange.rules.items import moment_of

register = Library()


@register.simple_tag
def stamped(text: str) -> str:
    """Return a source's stamp as a time in the centre's zone; as it is where it is none."""
    try:
        return moment(moment_of(text))
    except ValueError:
        return text or "–"
