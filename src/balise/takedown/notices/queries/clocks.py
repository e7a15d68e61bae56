"""The state of a notice's deadline: read from its moments and its pauses, decided by the rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from balise.takedown.directory.queries import contacts_named, contacts_of_kinds
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.notices.models import Hold, Notice, Pause
from balise.takedown.notices.queries.standing import customs_for, targets_of
from balise.takedown.notices.rules.clocks import (
    Clock,
    Deadline,
    Goal,
    Stop,
    Targets,
    deadlines,
    met_by,
    next_deadline,
)
from balise.takedown.notices.rules.ladder import Rung, Step, Way, above, next_step, same_ladder
from balise.takedown.notices.rules.states import OPEN, WAITING, NoticeState


@dataclass(frozen=True, slots=True)
class Dial:
    """A notice's deadline as a person reads it; `deadlines` are those that are still to be kept."""

    runs_from: datetime
    has_run: timedelta
    stands_still: Stop | None
    deadlines: tuple[Deadline, ...]
    met: frozenset[Goal]
    stops: tuple[Stop, ...]


def stops_of(notice_id: UUID) -> tuple[Stop, ...]:
    """Return the times in which a notice's clock stood still, in order."""
    return tuple(pause.stop for pause in Pause.objects.filter(notice_id=notice_id))


def clock_of(notice: Notice, stops: tuple[Stop, ...]) -> Clock | None:
    """Return the clock of a notice's present round; None before it was sent."""
    if notice.round_from is None:
        return None
    return Clock(notice.round_from, stops)


def met_goals(notice: Notice) -> frozenset[Goal]:
    """Return what its recipient has done already."""
    return met_by(
        acknowledged_at=notice.acknowledged_at,
        decided_at=notice.decided_at,
        is_gone=notice.stands is NoticeState.REMOVED,
    )


def expected(notice: Notice, targets: Targets, stops: tuple[Stop, ...]) -> Deadline | None:
    """Return what a recipient has to do next, and until when; None where nothing is expected."""
    clock = clock_of(notice, stops)
    if clock is None or notice.stands not in WAITING:
        return None
    return next_deadline(clock, targets, met=met_goals(notice))


def dial(notice: Notice, *, at: datetime) -> Dial | None:
    """Return a notice's clock as a person reads it; None where none runs yet."""
    stops = stops_of(notice.id)
    clock = clock_of(notice, stops)
    if clock is None:
        return None
    met = met_goals(notice)
    until = min(at, notice.closed_at) if notice.closed_at else at
    still = next((stop for stop in stops if stop.ended_at is None), None)
    left = (
        deadlines(clock, targets_of(notice, customs_for(notice.contact_id)), met=met)
        if notice.stands in WAITING
        else []
    )
    return Dial(
        runs_from=clock.runs_from,
        has_run=clock.has_run(until),
        stands_still=still,
        deadlines=tuple(left),
        met=met,
        stops=stops,
    )


def running_seconds(notice: Notice, until: datetime) -> int:
    """Return how long its deadline ran since the notice was sent, without the pauses.

    An impediment takes no time away here: only what ran counts, and nothing starts again.
    """
    if notice.sent_at is None:
        return 0
    clock = Clock(notice.sent_at, stops_of(notice.id), restarts=False)
    return int(clock.has_run(until).total_seconds())


def clock_about(*, line: str, subject: UUID, since: datetime) -> Clock | None:
    """Return one clock for the notices about a content drafted since a moment; None: none was sent.

    It runs from the first that was sent, and stands still while one of them does. What was
    withdrawn counts only where all was.
    """
    found = Notice.objects.filter(
        line=line, subject=subject, drafted_at__gte=since, sent_at__isnull=False
    )
    sent = list(found.order_by("sent_at").prefetch_related("pauses"))
    counted = [one for one in sent if one.stands is not NoticeState.WITHDRAWN] or sent
    starts = next((one.sent_at for one in counted), None)
    if starts is None:
        return None
    stops = tuple(pause.stop for one in counted for pause in one.pauses.all())
    return Clock(starts, stops, restarts=False)


def hold_of(notice: Notice, *, at: datetime) -> Hold | None:
    """Return what holds a notice back now, the longest; None where nothing does."""
    return holds_of_each([notice], at=at).get(notice.id)


def holds_of_each(notices: Iterable[Notice], *, at: datetime) -> dict[UUID, Hold]:
    """Return what holds back each of several notices; those that are free are left out."""
    wanted = list(notices)
    lasting = list(Hold.lasting(at).filter(subject__in={one.subject for one in wanted}))
    found: dict[UUID, Hold] = {}
    for one in wanted:
        mine = [
            hold
            for hold in lasting
            if (hold.line, hold.subject) == (one.line, one.subject)
            and hold.notice_id in {None, one.id}
        ]
        if mine:
            found[one.id] = max(mine, key=lambda hold: hold.until)
    return found


def proposed_step(notice: Notice) -> Step | None:
    """Return the rung to propose next for a notice's content; None at the top of the ladder."""
    customs = customs_for(notice.contact_id)
    return next_step(
        customs.ladder, notice.on_rung, told=told_rungs(notice), known=known_rungs(notice)
    )


def steps_above(notice: Notice) -> list[Step]:
    """Return the rungs that can still be told above a notice, the next first."""
    ladder = customs_for(notice.contact_id).ladder
    return above(ladder, notice.on_rung, told=told_rungs(notice))


def told_rungs(notice: Notice) -> set[Rung]:
    """Return the steps of a notice's escalation that were told, by notice or by hand.

    Content that comes back, or moves to another host, is escalated from the first step again.
    """
    about = Notice.objects.filter(line=notice.line, subject=notice.subject)
    same = about.filter(id__in=same_ladder(notice.id, dict(about.values_list("id", "follows_id"))))
    sent = same.exclude(state__in=(NoticeState.WITHDRAWN, NoticeState.RETRACTED)).exclude(
        id=notice.id
    )
    by_hand = same.filter(told__isnull=False).values_list("told__rung", flat=True)
    return {Rung(rung) for rung in (*sent.values_list("rung", flat=True), *by_hand)}


def known_rungs(notice: Notice) -> dict[Rung, UUID]:
    """Return the contacts that are known on the rungs above."""
    found = notice.known_rungs.filter(contact__approved_at__isnull=False)
    usable = found.filter(contact__blocked_at__isnull=True).values_list("rung", "contact_id")
    return {Rung(rung): contact_id for rung, contact_id in usable}


# Which contacts of the directory may be told on the rungs above a notice.


_ABOVE = (
    OrganisationKind.NETWORK,
    OrganisationKind.REGISTRAR,
    OrganisationKind.REGISTRY,
    OrganisationKind.HOST,
    OrganisationKind.PLATFORM,
)


@dataclass(frozen=True, slots=True)
class RungAbove:
    """A rung that can still be told, and the contact that is known there in words; else ""."""

    step: Step
    who: str

    @property
    def is_by_hand(self) -> bool:
        return self.step.way is Way.HAND


def rungs_above(notice: Notice) -> list[RungAbove]:
    """Return who can still be told about a notice's content, the next first."""
    known = known_rungs(notice)
    contacts = contacts_named(list(known.values()))
    who = {rung: contacts[contact_id] for rung, contact_id in known.items()}
    return [RungAbove(step, who.get(step.rung, "")) for step in steps_above(notice)]


class Ladder(NamedTuple):
    """The rung that is proposed above a notice, all that are left, and the contacts to choose."""

    proposed: str
    steps: list[Step]
    contacts: list[tuple[str, str]]


def ladder_of(notice: Notice, steps: list[Step]) -> Ladder:
    """Return what stands above a notice, of which these steps are left."""
    contacts = [(str(contact_id), words) for contact_id, words in candidates(notice)]
    return Ladder(notice.proposed, steps, contacts)


def candidates(notice: Notice) -> list[tuple[UUID, str]]:
    """Return (contact, who and how) of those that have no open notice about the same content.

    Networks, registrars and registries come first, then hosts, each by name.
    """
    told = Notice.objects.filter(
        line=notice.line, subject=notice.subject, state__in=sorted(OPEN)
    ).values_list("contact_id", flat=True)
    return contacts_of_kinds(_ABOVE, without=list(told))
