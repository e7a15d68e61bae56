"""What is not live and has waited past its promise, for supervisors.

A promise is one that someone made: how soon a removal must be gone, the hours that the country's
questions give a duty to report, the time that someone chose to be called back. Nobody promised when
a written message is answered, so that none is here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _, ngettext, pgettext

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.cases import access as cases_access
from balise.helpline.cases.queries import duties
from balise.helpline.console import access
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import WaitKind
from balise.helpline.removals import queries as removals
from balise.helpline.telephony import queries as telephony

# A supervisor needs as long to put someone on it.
_AHEAD = timedelta(hours=1)


class What(StrEnum):
    """Where it is worked on."""

    REMOVAL = "removal"
    DUTY = "duty"
    CALL_BACK = "call-back"


@dataclass(frozen=True, slots=True)
class Late:
    """One thing that is due within the hour, or was; `promise` and `name` are words."""

    what: What
    id: UUID
    name: str
    promise: str
    since: datetime
    due: datetime
    is_over: bool


def late(*, seen_by: Actor) -> tuple[Late, ...]:
    """Return what waits past its promise, or is due within the hour, the first due first."""
    access.require(seen_by, access.SUPERVISE)
    moment = now()
    found = (*_removals(seen_by, moment), *_duties(seen_by, moment), *_call_backs(seen_by, moment))
    return tuple(sorted(found, key=lambda one: one.due))


def _removals(seen_by: Actor, moment: datetime) -> Iterator[Late]:
    waits = queue.waiting_since(WaitKind.REMOVAL)
    for one in removals.promised(list(waits), seen_by=seen_by):
        due = one.due(waits_since=waits[one.id])
        if due <= moment + _AHEAD:
            yield Late(
                What.REMOVAL,
                one.id,
                str(WaitKind.REMOVAL.label),
                one.promise,
                waits[one.id],
                due,
                due <= moment,
            )


def _duties(seen_by: Actor, moment: datetime) -> Iterator[Late]:
    if not seen_by.may(cases_access.SUPERVISE):
        return
    for one in duties.due_to_sign(moment + _AHEAD, seen_by=seen_by):
        hours = one.end.within_hours
        promise = pgettext("duty", "At once")
        if hours:
            words = ngettext("Within %(hours)s hour.", "Within %(hours)s hours.", hours)
            promise = words % {"hours": hours}
        name = _("Duty to report, case %(reference)s") % {"reference": one.reference}
        is_over = one.due <= moment
        yield Late(What.DUTY, one.id, name, promise, one.decided_at, one.due, is_over)


def _call_backs(seen_by: Actor, moment: datetime) -> Iterator[Late]:
    waits = queue.waiting_since(WaitKind.CALL_BACK)
    for call_back_id, until in telephony.chosen_until(list(waits), seen_by=seen_by).items():
        if until <= moment + _AHEAD:
            yield Late(
                What.CALL_BACK,
                call_back_id,
                str(WaitKind.CALL_BACK.label),
                _("At the time they chose"),
                waits[call_back_id],
                until,
                until <= moment,
            )
