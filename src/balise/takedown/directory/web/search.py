"""What staff find from any page: an organisation of the directory by its name."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.desk import MOST, Found, Search
from balise.takedown.directory import access, queries
from balise.takedown.directory.queries import Filters


def organisations(words: str, actor: Actor) -> Iterator[Found]:
    """Yield the organisations with these words in their name, and their kind."""
    for one in queries.entries(seen_by=actor, filters=Filters(words=words))[:MOST]:
        yield Found(
            one.name, reverse("staff:directory:entry", args=[one.id]), one.organisation_kind.label
        )


SEARCHES = (Search(_("Directory"), access.READ, organisations),)
