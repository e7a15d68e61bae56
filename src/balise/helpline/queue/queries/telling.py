"""What some words tell, for the lines in which young people write too."""

from django.conf import settings

from balise.foundation.danger import DangerTold
from balise.helpline.queue.rules.danger_words import read


def danger_in(text: str) -> DangerTold | None:
    """Return what the words of danger of this centre's country tell of a text, or None."""
    found = read(text, country=settings.COUNTRY)
    return DangerTold(found.level.value, found.category.value, str(found.rule)) if found else None
