"""The catalogue as lines of the resource directory of Better Internet for Kids."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from balise.awareness.publications import access
from balise.awareness.publications.models import Published
from balise.awareness.publications.queries import Read, described
from balise.awareness.publications.rules.metadata import as_bik
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.foundation.actors import Actor

SHOWN_IN = "en"  # the directory's own language
_NOT_LISTED = frozenset({"news"})


def lines(*, seen_by: Actor) -> Sequence[Mapping[str, str]]:
    """Return a line for each resource: in English where it is translated, else as it was written.

    News are no resource, and are left out.
    """
    access.require(seen_by, access.WRITE)
    rows = Published.objects.defer("html", "words").order_by("page_id")
    by_key: dict[object, list[Published]] = {}
    for row in rows:
        if row.kind not in _NOT_LISTED:
            by_key.setdefault(row.key, []).append(row)
    facets = taxonomy(settings.COUNTRY)
    found = []
    for several in by_key.values():
        shown = next((row for row in several if row.language == SHOWN_IN), several[0])
        others = {row.language: row for row in several if row is not shown}
        found.append(as_bik(described(Read(shown, others, None, None)), facets))
    return found
