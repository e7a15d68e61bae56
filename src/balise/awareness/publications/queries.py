"""What is public, from the projection alone."""

from balise.awareness.publications.models import Published
from balise.foundation.finding import find


def published(*, language: str, slug: str) -> Published:
    """Return a public page, in one query. Raises NotHere."""
    return find(Published, language=language, slug=slug)
