"""What analysts find from any page: a content by its exact address, the contents of a host."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext

from balise.foundation.actors import Actor
from balise.foundation.web.search import Found, Search
from balise.hotline.reports import access
from balise.hotline.reports.queries import desk


def contents(words: str, actor: Actor) -> Iterator[Found]:
    """Yield the content of an address, then the queue of a host; neither is opened nor written."""
    row = desk.by_address(words, seen_by=actor)
    if row:
        page = reverse("staff:hotline:content", args=[row.id])
        yield Found(str(row.category.label), page, row.state.label)
    count = desk.count_of_host(words, seen_by=actor) if "/" not in words else 0
    if count:
        queue = reverse("staff:hotline:queue")
        says = ngettext("%(count)d item in all", "%(count)d items in all", count)
        yield Found(
            _("Queue of this host"),
            f"{queue}?{urlencode({'host': words})}",
            says % {"count": count},
        )


SEARCHES = (Search(_("Content"), access.READ, contents),)
