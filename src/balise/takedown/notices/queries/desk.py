"""The list of notices: overdue, due soon, paused, on hold; and the page of one."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import there
from balise.takedown.law.queries import Changed
from balise.takedown.law.rules import Offence
from balise.takedown.law.rules.facts import CitedLaw
from balise.takedown.notices import access
from balise.takedown.notices.models import Answer, Contest, Hold, Mailing, Notice, Told
from balise.takedown.notices.queries import inbox, standing
from balise.takedown.notices.queries.clocks import (
    Dial,
    Ladder,
    RungAbove,
    dial,
    hold_of,
    holds_of_each,
    ladder_of,
    rungs_above,
)
from balise.takedown.notices.queries.values import Moment, NoticeRow, about, history
from balise.takedown.notices.rules.mails import MailingKind, MailingState
from balise.takedown.notices.rules.states import CLOSED, STOPPED, NoticeState

SOON = timedelta(hours=4)
MOST_COUNTED = 1_000
_NUMBER = re.compile(r"N-([0-9A-F]{8})", re.IGNORECASE)
_ON_THE_WAY = (NoticeState.DRAFT, NoticeState.QUEUED, NoticeState.FAILED)


class Tab(TextChoices):
    """The parts of the desk."""

    RAN_OUT = "ran-out", _("Overdue")
    SOON = "soon", _("Due soon")
    STOPPED = "stopped", _("Paused")
    HELD = "held", _("On hold")
    TO_SEND = "to-send", _("To be sent")
    ALL = "all", _("All open notices")


@dataclass(frozen=True, slots=True)
class DeskNotice:
    """A notice on the desk, and what holds it back."""

    notice: Notice
    hold: Hold | None


def rows(tab: Tab, *, seen_by: Actor, limit: int = 200) -> list[DeskNotice]:
    """Return one part of the list, the most urgent first; nothing encrypted is opened."""
    at = now()
    found = _of(tab, _mine(seen_by), at).select_related("contact__organisation")
    notices = list(found[:limit])
    held = holds_of_each(notices, at=at)
    return [DeskNotice(one, held.get(one.id)) for one in notices]


class NoticePage(NamedTuple):
    """What the page of a notice shows of it, beside its letter."""

    notice: Notice
    offence: Offence
    law: CitedLaw
    law_change: Changed | None
    dial: Dial | None
    hold: Hold | None
    above: list[RungAbove]
    ladder: Ladder
    told: list[Told]
    others: list[NoticeRow]
    answers: list[Answer]
    contests: list[Contest]
    history: list[Moment]
    has_arrived: bool


def page(notice_id: UUID, *, seen_by: Actor) -> NoticePage:
    """Return what the page of a notice shows. Raises NotHere."""
    found, at = there(standing.notice(notice_id, seen_by=seen_by)), now()
    same = about(line=found.line, subject=found.subject, seen_by=seen_by)
    above = rungs_above(found)
    return NoticePage(
        notice=found,
        offence=standing.offence_of(found),
        law=standing.cited_law(found),
        law_change=standing.law_change(found),
        dial=dial(found, at=at),
        hold=hold_of(found, at=at),
        above=above,
        ladder=ladder_of(found, [one.step for one in above]),
        told=inbox.told_about(found),
        others=[one for one in same if one.id != found.id],
        answers=inbox.answers_to(found, seen_by=seen_by),
        contests=inbox.contests_of(found, seen_by=seen_by),
        history=history(found, seen_by=seen_by),
        has_arrived=found.id in standing.arrived([found]),
    )


def numbered(number: str, *, seen_by: Actor) -> list[Notice]:
    """Return the notices of one's lines with a short number (`N-1A2B3C4D`), of any state."""
    found = _NUMBER.fullmatch(number.strip())
    if not found or not seen_by.may(access.READ):
        return []
    low, high = UUID(hex=found[1].ljust(32, "0")), UUID(hex=found[1].ljust(32, "f"))
    lines = access.lines_read_by(seen_by)
    theirs = Notice.objects.filter(line__in=lines, id__gte=low, id__lte=high)
    return list(theirs.defer("sealed"))


def counts(*, seen_by: Actor) -> dict[Tab, int]:
    """Return how many notices each part of the desk holds."""
    at = now()
    return Counter({tab: _of(tab, _mine(seen_by), at).count() for tab in Tab})


def open_count(seen_by: Actor) -> int:
    """Return how many notices of one's lines are under way, MOST_COUNTED at most."""
    under_way = _mine(seen_by).filter(state__in=sorted(set(NoticeState) - CLOSED))
    return under_way.only("id")[:MOST_COUNTED].count()


def overdue_count(seen_by: Actor) -> int:
    """Return how many notices of one's lines are overdue, MOST_COUNTED at most."""
    ran_out = _mine(seen_by).filter(ran_out_at__isnull=False).exclude(proposed="")
    return ran_out.only("id")[:MOST_COUNTED].count()


def first_to_leave_with(notice: Notice, *, after: datetime) -> tuple[datetime, ...]:
    """Return when the first of the others leaves that wait for the same recipient, if any does."""
    others = Notice.objects.filter(
        contact=notice.contact,
        line=notice.line,
        state=NoticeState.QUEUED,
        mailing__isnull=True,
        leave_at__gte=after,
    )
    found = others.exclude(id=notice.id).order_by("leave_at").values_list("leave_at", flat=True)
    return tuple(moment for moment in found[:1] if moment is not None)


def ready_to_leave() -> list[tuple[UUID, str]]:
    """Return the contacts and lines whose notices may leave now."""
    found = Notice.objects.filter(
        state=NoticeState.QUEUED, mailing__isnull=True, leave_at__lte=now()
    )
    return list(found.order_by().values_list("contact_id", "line").distinct())


def contacts_due() -> list[UUID]:
    """Return the contacts with an overdue deadline."""
    found = Notice.objects.filter(due_at__lte=now())
    return list(found.order_by().values_list("contact_id", flat=True).distinct())


def mails_left_behind(*, older_than: timedelta, limit: int = 500) -> list[UUID]:
    """Return mails that were written a while ago and that nobody has tried to send."""
    before = now() - older_than
    found = Mailing.objects.filter(
        state=MailingState.WAITING, attempts=0, handed_at__isnull=True, created_at__lte=before
    )
    return list(found.order_by("created_at").values_list("id", flat=True)[:limit])


def mails_that_failed(*, seen_by: Actor, limit: int = 50) -> list[Mailing]:
    """Return the mails of one's lines that did not leave and are no notices, the oldest first."""
    found = Mailing.objects.filter(
        line__in=access.lines_read_by(seen_by), state=MailingState.FAILED
    ).exclude(kind__in=(MailingKind.NOTICES, MailingKind.REMINDER))
    return list(found.select_related("contact__organisation").order_by("created_at")[:limit])


def _mine(seen_by: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(line__in=access.lines_read_by(seen_by))


def _of(tab: Tab, mine: QuerySet[Notice], at: datetime) -> QuerySet[Notice]:
    match tab:
        case Tab.RAN_OUT:
            return mine.filter(ran_out_at__isnull=False).order_by("ran_out_at", "id")
        case Tab.SOON:
            return mine.filter(due_at__lte=at + SOON).order_by("due_at", "id")
        case Tab.STOPPED:
            return mine.filter(state__in=sorted(STOPPED)).order_by("drafted_at", "id")
        case Tab.HELD:
            return _held(mine, at).order_by("drafted_at", "id")
        case Tab.TO_SEND:
            return mine.filter(state__in=_ON_THE_WAY).order_by("drafted_at", "id")
        case Tab.ALL:
            return mine.exclude(state__in=sorted(CLOSED)).order_by("drafted_at", "id")


def _held(mine: QuerySet[Notice], at: datetime) -> QuerySet[Notice]:
    lasting = Hold.lasting(at)
    whole = lasting.filter(notice__isnull=True)
    of_contents = Q(subject__in=whole.values("subject"))
    of_notices = Q(id__in=lasting.filter(notice__isnull=False).values("notice_id"))
    return mine.exclude(state__in=sorted(CLOSED)).filter(of_contents | of_notices)
