"""Whether the police should be told of a content, and what they were told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.hotline.reports import access
from balise.hotline.reports.models import LINE, Content, Report
from balise.hotline.reports.queries.desk import ContentRow
from balise.hotline.reports.queries.law import offence_of
from balise.hotline.reports.rules.words import Verdict
from balise.takedown.onward.dossiers import access as dossiers_access, queries as dossiers
from balise.takedown.onward.dossiers.queries import Standing


@dataclass(frozen=True, slots=True)
class Police:
    """The state of a content with the police.

    `is_asked`: they should be told of the offence, and nobody has begun to.
    """

    standing: Standing
    is_asked: bool
    may_prepare: bool


@dataclass(frozen=True, slots=True)
class ToCall:
    """A number of danger: its code, how it is read, whose it is, what a press of it opens."""

    code: str
    number: str
    label: str
    opens: str


@dataclass(frozen=True, slots=True)
class PoliceNow:
    """What one needs to tell the police at once of a danger that nobody decided yet.

    `numbers` are those of the centre's pack; `received`: how many reports tell of it, since when.
    """

    standing: Standing
    numbers: tuple[ToCall, ...]
    reports: int
    first_at: datetime
    may_draft: bool
    is_asked: bool = False


def police_now(row: ContentRow, *, seen_by: Actor) -> PoliceNow | None:
    """Return it for a content of danger without a verdict, None for any other."""
    access.require(seen_by, access.READ)
    if not row.danger or row.is_decided or not seen_by.may(dossiers_access.READ):
        return None
    standing = dossiers.standing(line=LINE, subject=row.id, seen_by=seen_by)
    may = seen_by.may(access.ASSESS) and seen_by.may(dossiers_access.DRAFT)
    told = Report.objects.filter(contents=row.id, danger=True)
    found = told.aggregate(count=Count("id"), first=Min("received_at"))
    return PoliceNow(
        standing=standing,
        numbers=tuple(
            ToCall(one.code, one.number, str(one.label), one.opens)
            for one in settings.CENTRE.numbers_on("danger")
            if not one.is_text
        ),
        reports=found["count"],
        first_at=found["first"] or row.first_reported_at,
        may_draft=may and not standing.is_told,
    )


def police(*, content_id: UUID, seen_by: Actor) -> Police | None:
    """Return it for a content that was found illegal, None for any other."""
    access.require(seen_by, access.READ)
    content = find(Content.objects.only("id", "verdict", "minor", "concerned"), id=content_id)
    if content.verdict != Verdict.ILLEGAL or not seen_by.may(dossiers_access.READ):
        return None
    final = content.assessments.filter(is_final=True).first()
    if final is None:
        return None
    standing = dossiers.standing(line=LINE, subject=content_id, seen_by=seen_by)
    offence = offence_of(content, final)
    may_draft = seen_by.may(access.ASSESS) and seen_by.may(dossiers_access.DRAFT)
    return Police(
        standing=standing,
        is_asked=offence.tell_police and not standing.dossiers,
        may_prepare=may_draft and not standing.is_told,
    )
