"""Calls of today, who waits to be called back, who asks for a number. No number in here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Avg, Count, Q, QuerySet

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today, zone
from balise.foundation.encryption.sealing import blind
from balise.foundation.finding import find
from balise.helpline.queue.rules import Risk
from balise.helpline.telephony import access, ports
from balise.helpline.telephony.models import LINE, Call, CallBack, Extension, NumberRequest
from balise.helpline.telephony.rules.call_backs import CallBackState, safe_until
from balise.helpline.telephony.rules.calls import (
    IN_TIME_S,
    OVER,
    UP,
    CallState,
    Command,
    Failure,
    failure_of,
    half_hour,
)
from balise.helpline.telephony.rules.numbers import RELEASED_FOR

PAGE = 100


@dataclass(frozen=True, slots=True)
class Day:
    """The calls of one day in numbers; waits and talks are means, in seconds."""

    offered: int
    answered: int
    abandoned: int
    blocked: int
    wait_s: int
    talk_s: int
    in_time: int

    @property
    def in_time_percent(self) -> int | None:
        """Return how many were answered in time of those who could be; None without calls."""
        open_to = self.offered - self.blocked
        return round(100 * self.in_time / open_to) if open_to else None


@dataclass(frozen=True, slots=True)
class HalfHour:
    """One half hour: calls offered, answered, abandoned, and answered in time."""

    at: str
    offered: int
    answered: int
    abandoned: int
    in_time: int


@dataclass(frozen=True, slots=True)
class Asking:
    """Someone asks to read a number; `until` when, once a `second` person has agreed."""

    id: UUID
    asker: str
    is_own: bool
    asked_at: datetime
    second: str
    until: datetime | None
    has_run_out: bool

    @property
    def is_waiting(self) -> bool:
        return self.until is None


@dataclass(frozen=True, slots=True)
class CallNumber:
    """Whether the number of someone is still there, and who asked to read it, in order."""

    is_there: bool
    askings: tuple[Asking, ...]

    @property
    def is_asked(self) -> bool:
        """Return whether one's own asking waits, or may be used."""
        return any(one.is_own and not one.has_run_out for one in self.askings)

    @property
    def waiting(self) -> tuple[Asking, ...]:
        return tuple(one for one in self.askings if one.is_waiting) if self.is_there else ()


def day(on: date | None = None, *, seen_by: Actor, source: str = "") -> Day:
    """Return a day (today) in numbers."""
    access.require(seen_by, access.READ)
    found = _calls(on or today())
    if source:
        found = found.filter(source=source)
    answered = Q(answered_at__isnull=False)
    counts = found.aggregate(
        offered=Count("id"),
        answered=Count("id", filter=answered),
        abandoned=Count("id", filter=Q(state=CallState.ABANDONED)),
        blocked=Count("id", filter=Q(blocked_until__isnull=False) & ~answered),
        wait=Avg("waited_s", filter=answered),
        talk=Avg("talked_s", filter=answered & Q(ended_at__isnull=False)),
        in_time=Count("id", filter=answered & Q(waited_s__lte=IN_TIME_S)),
    )
    return Day(
        offered=counts["offered"],
        answered=counts["answered"],
        abandoned=counts["abandoned"],
        blocked=counts["blocked"],
        wait_s=round(counts["wait"] or 0),
        talk_s=round(counts["talk"] or 0),
        in_time=counts["in_time"],
    )


def half_hours(on: date | None = None, *, seen_by: Actor) -> list[HalfHour]:
    """Return the service level of a day (today), half hour by half hour."""
    access.require(seen_by, access.READ)
    rows: dict[str, list[int]] = {}
    found = _calls(on or today()).values_list("began_at", "answered_at", "state", "waited_s")
    for began_at, answered_at, state, waited_s in found:
        row = rows.setdefault(half_hour(began_at.astimezone(zone())), [0, 0, 0, 0])
        row[0] += 1
        row[1] += answered_at is not None
        row[2] += state == CallState.ABANDONED
        row[3] += answered_at is not None and waited_s <= IN_TIME_S
    return [HalfHour(at, *counts) for at, counts in sorted(rows.items())]


def calls(on: date | None = None, *, seen_by: Actor) -> list[Call]:
    """Return the latest calls of a day (today), without their numbers."""
    access.require(seen_by, access.READ)
    return list(
        _calls(on or today())
        .defer("sealed_number", "caller_today", "bearer")
        .order_by("-began_at")[:PAGE]
    )


def bearer_of(call_id: UUID) -> str:
    """Return what a block knows a caller by; "" for a number withheld, untold or forgotten."""
    found = Call.objects.filter(id=call_id).values_list("bearer", flat=True).get()
    return bytes(found).hex()


def is_over(call_id: UUID) -> bool:
    """Return whether a call has ended."""
    return Call.objects.filter(id=call_id, state__in=OVER).exists()


@dataclass(frozen=True, slots=True)
class Line:
    """What the exchange does with a call: `command` is what it was asked last, until it is done.

    `to` is the extension that it rings, or that has the call (`is_passed`).
    """

    state: CallState
    command: Command | None
    failure: Failure | None
    to: str
    is_passed: bool

    @property
    def is_pending(self) -> bool:
        return self.command is not None and self.failure is None


def lines(call_ids: Collection[UUID], *, seen_by: Actor) -> dict[UUID, Line]:
    """Return the lines of calls that are up, to someone who may command them; else nothing."""
    if not (call_ids and settings.DIALS and seen_by.may(access.WORK)):
        return {}
    moment = now()
    found: dict[UUID, Line] = {}
    for call in Call.objects.filter(id__in=call_ids, state__in=UP).defer("sealed_number"):
        failed = failure_of(call.command, call.command_failed, call.command_at, now=moment)
        found[call.id] = Line(
            CallState(call.state),
            Command(call.command) if call.command else None,
            Failure(failed) if failed else None,
            call.passed_to or call.command_to,
            bool(call.passed_to),
        )
    return found


def extensions(keys: Collection[str], *, seen_by: Actor) -> dict[str, str]:
    """Return the extensions that people of the team gave, by account."""
    access.require(seen_by, access.WORK)
    found = Extension.objects.filter(account__in=keys)
    return dict(found.values_list("account", "number"))


def is_line_up(call_id: UUID) -> bool:
    """Return whether a call was answered and has not ended, as its exchange tells it."""
    return Call.objects.filter(id=call_id, state__in=UP).exists()


def is_call_back_over(call_back_id: UUID) -> bool:
    """Return whether someone need not be called back any more."""
    found = CallBack.objects.filter(id=call_back_id)
    return found.exclude(state=CallBackState.WAITING).exists()


def call_backs(*, seen_by: Actor) -> list[CallBack]:
    """Return the call-backs that wait, the next one first."""
    access.require(seen_by, access.READ)
    found = CallBack.objects.filter(state=CallBackState.WAITING).defer("sealed")
    return list(found.order_by("due_at")[:PAGE])


@dataclass(frozen=True, slots=True)
class InDanger:
    """Someone whose words tell of danger, and whose time to be called (`due`) is still to come."""

    id: UUID
    asked: datetime
    due: datetime


def later_in_danger(*, seen_by: Actor) -> tuple[InDanger, ...]:
    """Return call-backs of risk A that wait for the time that was chosen, the next one first."""
    access.require(seen_by, access.READ)
    found = _later_in_danger().order_by("due_at")
    return tuple(InDanger(one.id, one.asked_at, one.due_at) for one in found.defer("sealed"))


def is_later_in_danger(call_back_id: UUID) -> bool:
    """Return whether a call-back of risk A waits for the time that was chosen."""
    return _later_in_danger().filter(id=call_back_id).exists()


def chosen_until(call_back_ids: Collection[UUID], *, seen_by: Actor) -> dict[UUID, datetime]:
    """Return by call-back when the time ends that the person chose, today or the next day."""
    access.require(seen_by, access.READ)
    found = CallBack.objects.filter(id__in=call_back_ids)
    rows = found.values_list("id", "until")
    return {one: safe_until(now(), until=until) for one, until in rows}


def numbers(subjects: Collection[UUID], *, seen_by: Actor) -> dict[UUID, CallNumber]:
    """Return whether the number is there and who asked to read it, by call or correspondence.

    No number.
    """
    access.require(seen_by, access.READ)
    found = Call.objects.filter(id__in=subjects)
    there = set(found.exclude(sealed_number=b"").values_list("id", flat=True))
    there |= ports.with_number.ask(subjects)
    about = Q(call__in=subjects) | Q(thread__in=subjects)
    rows = list(NumberRequest.objects.filter(about).order_by("asked_at"))
    names = accounts.names_of({key for row in rows for key in (row.asked_by, row.released_by)})
    return {
        subject: CallNumber(
            subject in there,
            tuple(_asking(row, names, seen_by) for row in rows if row.about == subject),
        )
        for subject in subjects
    }


def is_to_be_called(call_back_id: UUID) -> bool:
    """Return whether someone still waits to be called back."""
    found = CallBack.objects.filter(id=call_back_id, state=CallBackState.WAITING)
    return found.exists()


def call_back(call_back_id: UUID, *, seen_by: Actor) -> CallBack:
    """Return one call-back. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(CallBack.objects.defer("sealed"), id=call_back_id)


def _asking(row: NumberRequest, names: Mapping[str, str], seen_by: Actor) -> Asking:
    until = row.released_at + RELEASED_FOR if row.released_at else None
    return Asking(
        id=row.id,
        asker=names.get(row.asked_by, ""),
        is_own=row.asked_by == seen_by.key,
        asked_at=row.asked_at,
        second=names.get(row.released_by, ""),
        until=until,
        has_run_out=until is not None and until < now(),
    )


def _later_in_danger() -> QuerySet[CallBack]:
    return CallBack.objects.filter(state=CallBackState.WAITING, item=None, risk=Risk.A)


def _calls(on: date) -> QuerySet[Call]:
    begins = datetime.combine(on, time(), tzinfo=zone())
    ends = datetime.combine(on + timedelta(days=1), time(), tzinfo=zone())
    return Call.objects.filter(began_at__gte=begins, began_at__lt=ends)


def index_of(source: str, ref: str) -> bytes:
    """Return the blind by which a call of an exchange is known, from the exchange's own id."""
    return blind(LINE, "telephony.ref", f"{source}|{ref}")


def key_of_ref(call_id: UUID) -> UUID:
    """Return the record whose key seals the exchange's id of a call.

    It is not the key of the number: whoever tells of a call seals, and can't open a key again.
    """
    return uuid5(call_id, "ref")


def event_index_of(source: str, event_id: str) -> bytes:
    """Return the blind by which an event of an exchange is known, from the exchange's own id."""
    return blind(LINE, "telephony.event", f"{source}|{event_id}")


def content_of(digest: bytes) -> bytes:
    """Return the blind of all that an event said: on a plain digest all numbers could be tried."""
    return blind(LINE, "telephony.content", digest.hex())
