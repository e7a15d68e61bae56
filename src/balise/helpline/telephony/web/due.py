"""Call-backs that wait, for the home of a listener."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.web.navigation import Due, Part
from balise.helpline.telephony import queries


def of_call_backs(actor: Actor) -> Iterable[Due]:
    """Return the call-backs whose time is over, those to make now, and when the next one is."""
    moment, waiting = now(), queries.call_backs(seen_by=actor)
    ends = queries.chosen_until([one.id for one in waiting], seen_by=actor)
    late = [one for one in waiting if ends[one.id] <= moment]
    ready = [one for one in waiting if one.due_at <= moment < ends[one.id]]
    for part, rows in ((Part.LATE, late), (Part.WAITS, ready)):
        since = min((one.due_at for one in rows), default=None)
        yield Due(says=_("Call-backs to make"), part=part, count=len(rows), since=since)
    later = [one.due_at for one in waiting if one.due_at > moment]
    if later:
        yield Due(says=_("Next call-back"), on=later[0])
