"""What is known of a correction: whether one is asked, what had left, who may undo alone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.accounts.queries import names_of
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.models import LINE, Assessment, Content, Correction, Report
from balise.hotline.reports.ports import told_abroad
from balise.hotline.reports.queries.listing import ContentRow
from balise.hotline.reports.rules.correcting import check_undoes
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.takedown.notices import queries as notices
from balise.takedown.onward.dossiers import queries as dossiers


@dataclass(frozen=True, slots=True)
class Asked:
    """A correction that waits for a second person."""

    id: UUID
    who: str
    at: datetime
    verdict: Verdict
    instead: Verdict
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Left:
    """What had left the house about a content: so many of each."""

    notices: int
    dossiers: int
    abroad: int
    partners: int
    reporters: int

    @property
    def is_any(self) -> bool:
        """Whether someone outside was told; a reporter with a code reads what stands, and no more.

        Whoever read it in the first ten minutes reads that it is being examined again.
        """
        return bool(self.notices or self.dossiers or self.abroad or self.partners)


@dataclass(frozen=True, slots=True)
class Correcting:
    """What a reader may do about a final verdict."""

    asked: Asked | None
    left: Left
    may_undo: bool


def left_about(content_id: UUID) -> Left:
    """Return how much had left; numbers alone, whoever asks."""
    sent = notices.about(line=LINE, subject=content_id, seen_by=SYSTEM)
    told = dossiers.about(line=LINE, subject=content_id, seen_by=SYSTEM)
    reports = Report.objects.filter(contents=content_id)
    return Left(
        notices=sum(one.sent_at is not None or one.state == "queued" for one in sent),
        dossiers=sum(one.handed_over_at is not None or one.state == "queued" for one in told),
        abroad=told_abroad.ask(content=content_id) if told_abroad.is_plugged else 0,
        partners=reports.filter(partner__isnull=False).count(),
        reporters=reports.filter(follow_up=True, partner__isnull=True).count(),
    )


def correcting(row: ContentRow, *, seen_by: Actor) -> Correcting | None:
    """Return it for a content with a final verdict, to one who may assess; None otherwise."""
    if not row.is_decided or not seen_by.may(access.ASSESS):
        return None
    found = Correction.objects.filter(content=row.id, ended_at__isnull=True).first()
    left = left_about(row.id)
    return Correcting(
        _asked(found, seen_by) if found else None, left, _may_undo(row, left, seen_by)
    )


def final_of(content: Content) -> Assessment | None:
    """Return the review whose verdict stands, None where none does."""
    return content.assessments.filter(is_final=True).first()


def _asked(one: Correction, seen_by: Actor) -> Asked:
    return Asked(
        one.id,
        names_of({one.asked_by}).get(one.asked_by, ""),
        one.asked_at,
        Verdict(one.verdict),
        Verdict(one.instead),
        one.asked_by == seen_by.key,
    )


def _may_undo(row: ContentRow, left: Left, seen_by: Actor) -> bool:
    given = Assessment.objects.filter(content=row.id, is_final=True, by=seen_by.key)
    try:
        check_undoes(
            ContentState(row.state),
            decided_at=row.decided_at,
            by_author=given.exists(),
            has_left=left.is_any,
            at=now(),
        )
    except Refused:
        return False
    return True
