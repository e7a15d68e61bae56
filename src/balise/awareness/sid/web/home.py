"""What the first page says of the day: from 90 days before, by the edition's own date."""

from django.utils.translation import get_language

from balise.awareness.publications import queries as published
from balise.awareness.sid import queries
from balise.awareness.sid.rules import is_announced
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.finding import NotHere
from balise.foundation.web.pages import Part


def coming(_about: object, _seen_by: Actor) -> Part | None:
    """Return the day that comes soon; None where none does."""
    try:
        edition = queries.now_current()
    except NotHere:
        return None
    if not is_announced(edition.day, today=today()):
        return None
    language = get_language() or ""
    kits = published.addresses([edition.kit], language=language) if edition.kit else {}
    shown = {
        "day": edition.day,
        "theme": edition.theme.get(language, ""),
        "kit": kits.get(edition.kit, ""),
    }
    return Part("sid/parts.html#coming", shown)
