"""What analysts find from any page: a content by its exact address, the contents of a host."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext

from balise.foundation.actors import Actor
from balise.foundation.web.desk import Found, Search
from balise.hotline.reports import access
from balise.hotline.reports.queries import listing
from balise.hotline.reports.queries.finding import numbered, of_host


def contents(words: str, actor: Actor) -> Iterator[Found]:
    """Yield the content of an address, what has a number, what is of a host; none is opened.

    The queue's own search finds the same (`finding.sought`).
    """
    queue = reverse("staff:hotline:queue")
    row = listing.by_address(words, seen_by=actor)
    if row:
        page = reverse("staff:hotline:content", args=[row.id])
        yield Found(str(row.category.label), page, row.state.label)
    if listed := numbered(words, seen_by=actor):
        yield Found(_("Content with this number"), f"{queue}?{urlencode(listed)}")
    if listed := of_host(words, seen_by=actor):
        count = listing.count_of_host(words, seen_by=actor)
        says = ngettext("%(count)d item in all", "%(count)d items in all", count)
        yield Found(
            _("Queue of this host"), f"{queue}?{urlencode(listed)}", says % {"count": count}
        )


SEARCHES = (Search(_("Content"), access.READ, contents),)
