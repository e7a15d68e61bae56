"""What staff find from any page: a dossier by its number."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.search import Found, Search
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.rules.states import DossierState


def dossiers(words: str, actor: Actor) -> Iterator[Found]:
    """Yield the dossiers of someone's lines with a number, and their state."""
    for one in queries.numbered(words, seen_by=actor):
        yield Found(
            one.number,
            reverse("staff:dossiers:dossier", args=[one.id]),
            DossierState(one.state).label,
        )


SEARCHES = (Search(_("Police"), access.READ, dossiers),)
