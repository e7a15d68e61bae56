"""A past that was counted, made by the real actions: calls as records, chats that were begun."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from tests.waiting import let_pass

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal import clerk
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.staffing.models import Shift
from balise.helpline.staffing.tasks import SOLVER, begin
from balise.helpline.telephony.actions.importing import import_records
from balise.helpline.telephony.rules.calls import CallFact, EndedBy, Happening
from balise.helpline.telephony.rules.records import Record


def make_past(*, weeks: int = 2, calls: int = 3, chats: int = 1, at: time = time(18, 5)) -> None:
    """Let so many call and write at one time of each day of some weeks; half of calls give up."""
    for back in range(weeks * 7, 0, -1):
        day = clock.today() - timedelta(days=back)
        for place in range(calls):
            make_call(day, at, ref=f"{day}-{place}", gives_up=place % 2 == 1)
        for _each in range(chats):
            with clock.at(moment_of(day, at)):
                passing.end_own(token=saying.ask(language="fr").token)
    count()


def make_call(day: date, at: time, *, ref: str, gives_up: bool = False) -> None:
    """Take in a call of the past: twenty minutes of talk, or three of waiting for nobody."""
    began = moment_of(day, at)
    told = [CallFact(Happening.RINGING, began), CallFact(Happening.QUEUED, began)]
    if gives_up:
        told.append(CallFact(Happening.ABANDONED, began + timedelta(minutes=3)))
    else:
        answered = began + timedelta(minutes=1)
        ended = answered + timedelta(minutes=20)
        told.append(CallFact(Happening.ANSWERED, answered))
        told.append(CallFact(Happening.ENDED, ended, EndedBy.CALLER))
    import_records(records=[Record(2, ref, tuple(told))], source="cdr", by=SYSTEM)


def moment_of(day: date, at: time) -> datetime:
    """Return a time of a day in the centre's zone."""
    return datetime.combine(day, at, tzinfo=clock.zone())


def count() -> None:
    """Let the figures be counted."""
    while clerk.tick():
        pass


def answer_of(asked: dict[str, Any], **how: Any) -> dict[str, Any] | None:
    """Return what the solver's process answers, waiting for it.

    It gives way to nobody, and has the minutes of a machine whose cores are taken.
    """
    solving = begin(asked, **{"command": SOLVER, "within": 600.0, **how})
    while not solving.is_done():
        let_pass(0.05)
    return solving.answer()


def the_shift(rota: UUID) -> UUID:
    """Return the only shift of a rota."""
    return Shift.objects.get(rota=rota).id
