"""How the notices' pages say durations, what happened, and who is told on a rung."""

from datetime import datetime, timedelta

from django.template import Library
from django.utils.functional import Promise
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.clock import now
from balise.takedown.notices.queries import Moment
from balise.takedown.notices.rules.clocks import Goal, Why
from balise.takedown.notices.rules.inbound import MailKind, Said, Via
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.redress import Contester, Ruling
from balise.takedown.notices.rules.states import Failure, Outcome

register = Library()

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@register.filter
def lasting(value: timedelta | int | None) -> str:
    """Return a duration (or seconds) in two units at most: `2 h 10 min`, `3 d 4 h`."""
    return "–" if value is None else _in_units(value).replace(" ", "\N{NO-BREAK SPACE}")


def _in_units(value: timedelta | int) -> str:
    seconds = int(value.total_seconds()) if isinstance(value, timedelta) else value
    if seconds < _MINUTE:
        return _("%(count)d s") % {"count": seconds}
    if seconds < _HOUR:
        return _("%(count)d min") % {"count": seconds // _MINUTE}
    if seconds < _DAY:
        hours, minutes = divmod(seconds // _MINUTE, 60)
        if not minutes:
            return _("%(count)d h") % {"count": hours}
        return _("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}
    days, hours = divmod(seconds // _HOUR, 24)
    return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}


@register.filter
def is_over(at: datetime | None) -> bool:
    """Return whether a moment has come."""
    return at is not None and at <= now()


@register.filter
def left(at: datetime) -> str:
    """Return how long it is until a moment, in words."""
    return timeuntil(at, now(), depth=2)


@register.filter
def happened(moment: Moment) -> str:
    """Return what happened, in words, with what its codes say."""
    name = moment.event.removeprefix("takedown.")
    words = str(_HAPPENED.get(name, moment.event))
    # Modules above notices have histories too, with codes of their own.
    details = [
        str(read(moment.facts[code]).label)
        for code, read in _CODES
        if moment.facts.get(code) in list(read)
    ]
    if moment.facts.get("seconds"):
        details.append(lasting(int(moment.facts["seconds"])))
    return f"{words} ({', '.join(details)})" if details else words


@register.filter
def by_whom(moment: Moment) -> str:
    """Return what kind of actor did it; names are in the journal."""
    return str(_ACTORS.get(moment.actor_kind, moment.actor_kind))


_CODES = (
    ("failure", Failure),
    ("outcome", Outcome),
    ("why", Why),
    ("goal", Goal),
    ("proposed", Rung),
    ("rung", Rung),
    ("contester", Contester),
    ("ruling", Ruling),
    ("via", Via),
    ("kind", MailKind),
    ("said", Said),
)
_ACTORS: dict[str, Promise] = {
    "staff": gettext_lazy("A colleague"),
    "public": gettext_lazy("Anyone with the link"),
    "system": gettext_lazy("Automatic"),
    "partner": gettext_lazy("A partner"),
}
_HAPPENED: dict[str, Promise] = {
    "notice.drafted": gettext_lazy("Drafted"),
    "notice.queued": gettext_lazy("Sending started"),
    "notice.sent": gettext_lazy("Sent"),
    "notice.sent-again": gettext_lazy("Sent again"),
    "notice.failed": gettext_lazy("It did not arrive"),
    "notice.reminded": gettext_lazy("Reminded"),
    "notice.acknowledged": gettext_lazy("Receipt confirmed"),
    "notice.clock-stopped": gettext_lazy("Deadline paused"),
    "notice.clock-resumed": gettext_lazy("Deadline resumed"),
    "notice.clock-ran-out": gettext_lazy("Overdue"),
    "notice.rung-climbed": gettext_lazy("Next step done"),
    "notice.rung-known": gettext_lazy("The organisation above is saved"),
    "notice.rung-declined": gettext_lazy("Someone decided to tell nobody else for now"),
    "notice.outcome-recorded": gettext_lazy("Outcome"),
    "notice.withdrawn": pgettext_lazy("notice", "Cancelled"),
    "notice.contested": gettext_lazy("Contested"),
    "notice.contest-ruled": gettext_lazy("Objection decided"),
    "notice.retracted": gettext_lazy("Cancelled after objection"),
    "notices.held": pgettext_lazy("notice", "Put on hold"),
    "notices.released": gettext_lazy("Hold ended"),
    "reference.noted": gettext_lazy("The platform’s own number is noted"),
    "statement.matched": gettext_lazy("The platform’s statement is found"),
    "match.rejected": gettext_lazy("A statement is not about this notice"),
    "contradiction.found": gettext_lazy("Statement contradicted by monitoring"),
    "contradiction.ended": gettext_lazy("Statement matches monitoring again"),
}
