"""What is in ICCAM, its state, what is still to be done there."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.models import IccamCase, IccamCursor, IccamStep
from balise.takedown.onward.exchange.rules.iccam.bodies import CaseState

PAGE = 200


def is_on() -> bool:
    """Return whether this centre is connected to ICCAM."""
    return bool(settings.ICCAM_URL)


def cases(*, seen_by: Actor, state: CaseState | None = None) -> list[IccamCase]:
    """Return the contents of one's own lines in ICCAM, the newest first, PAGE at most."""
    access.require(seen_by, access.READ)
    found = _of_lines(seen_by)
    if state is not None:
        found = found.filter(state=state)
    return list(found.defer("sealed")[:PAGE])


def case(case_id: UUID, *, seen_by: Actor) -> IccamCase | None:
    """Return one content in ICCAM with its steps, or None."""
    access.require(seen_by, access.READ)
    return _of_lines(seen_by).prefetch_related("steps").filter(id=case_id).first()


def about(*, line: str, subject: UUID, seen_by: Actor) -> list[IccamCase]:
    """Return a content's cases in ICCAM, the newest first."""
    access.require_for(seen_by, access.READ, line=line)
    return list(IccamCase.objects.filter(line=line, subject=subject).defer("sealed"))


def open_cases(*, line: str, subject: UUID) -> list[IccamCase]:
    """Return the cases of a content that ICCAM has or is to have."""
    gone = (CaseState.WITHDRAWN, CaseState.REFUSED)
    found = IccamCase.objects.filter(line=line, subject=subject).exclude(state__in=gone)
    return list(found.order_by("begun_at"))


def due_exports() -> list[UUID]:
    """Return the exports whose next attempt is due."""
    due = IccamCase.objects.filter(next_at__lte=now()).order_by("next_at")
    return list(due.values_list("id", flat=True)[:PAGE])


def due_steps() -> list[UUID]:
    """Return the steps that may be taken now, in order; those of what is not exported wait."""
    due = IccamStep.objects.filter(next_at__lte=now(), case__content__isnull=False)
    return list(due.order_by("at", "id").values_list("id", flat=True)[:PAGE])


def since(name: str, *, default: datetime) -> datetime:
    """Return up to when a work list was read whole."""
    found = IccamCursor.objects.filter(name=name).values_list("since", flat=True).first()
    return found or default


def is_taken_in(content: int) -> bool:
    """Return whether a content of ICCAM's is here already."""
    return IccamCase.objects.filter(content=content).exists()


def _of_lines(seen_by: Actor) -> QuerySet[IccamCase]:
    return IccamCase.objects.filter(line__in=sorted(access.lines_of(seen_by)))
