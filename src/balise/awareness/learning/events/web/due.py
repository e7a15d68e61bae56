"""The events to come, for the home of who prepares them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _

from balise.awareness.learning.events.queries.people import every
from balise.awareness.learning.events.rules.facts import EventState
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.web.navigation import Due

_SHOWN = 3


def of_events(actor: Actor) -> Iterable[Due]:
    """Return the drafts to publish, and the next events by their titles."""
    cards, moment = every(seen_by=actor), now()
    to_come = sorted((one for one in cards if one.ends_at > moment), key=lambda one: one.starts_at)
    drafts = [one for one in to_come if one.state is EventState.DRAFT]
    yield Due(says=_("Events to publish"), count=len(drafts))
    for one in [each for each in to_come if each.state is EventState.PUBLISHED][:_SHOWN]:
        title = one.said(get_language() or "").title
        yield Due(says=title, on=one.starts_at, url=reverse("staff:events:event", args=[one.id]))
