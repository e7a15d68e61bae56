"""What listeners find from any page: their cases, by reference."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.web.desk import Found, Search
from balise.helpline.cases import access
from balise.helpline.cases.queries import files


def cases(words: str, actor: Actor) -> Iterator[Found]:
    """Yield the cases with a reference that someone is on. Nobody learns that another exists."""
    for row in files.own_named(words, seen_by=actor):
        yield Found(row.reference, reverse("staff:cases:case", args=[row.id]), row.state.label)


SEARCHES = (Search(pgettext_lazy("case", "Cases"), access.READ, cases),)
