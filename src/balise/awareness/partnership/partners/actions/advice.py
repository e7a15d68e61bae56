"""Write an opinion and publish it whole; recommend to a company, and note what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.partnership.partners import access, events
from balise.awareness.partnership.partners.models import (
    Group,
    Meeting,
    Opinion,
    Organisation,
    Recommendation,
    Step,
)
from balise.awareness.partnership.partners.rules.advice import (
    OpinionPublic,
    RecommendationState,
    Votes,
    check_step,
    check_votes,
    check_whole,
    is_silent,
)
from balise.awareness.partnership.partners.rules.groups import DayToCome
from balise.awareness.partnership.partners.rules.mandates import (
    DatesWrong,
    OrganisationUnknown,
    Sector,
)
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.finding import find
from balise.foundation.journal.book import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An opinion: its words in a language, the votes, and what those against say beside it."""

    language: str
    title: str
    text: str
    votes: Votes
    minority: str = ""
    is_waived: bool = False


@transaction.atomic
def write(*, meeting_id: UUID, said: Said, by: Actor) -> UUID:
    """Write down the opinion that a meeting adopted; nobody else reads it yet."""
    access.require(by, access.WRITE)
    meeting = Meeting.locked(meeting_id)
    check_votes(said.votes, present=meeting.present)
    row = Opinion.objects.create(
        id=uuid4(), group_id=meeting.group_id, meeting=meeting, **_columns(said)
    )
    record(events.OpinionWritten(subject=row.id, group=row.group_id), by=by)
    return row.id


@transaction.atomic
def rewrite(*, opinion_id: UUID, said: Said, by: Actor) -> None:
    """Change an opinion that is not public; refuses one that is."""
    access.require(by, access.WRITE)
    row = Opinion.locked(opinion_id)
    _require_ours(row)
    check_votes(said.votes, present=Meeting.objects.get(id=row.meeting_id).present)
    for name, value in _columns(said).items():
        setattr(row, name, value)
    row.save()
    record(events.OpinionWritten(subject=row.id, group=row.group_id), by=by)


@transaction.atomic
def publish(*, opinion_id: UUID, by: Actor) -> None:
    """Publish an opinion whole; refuses one whose dissent is missing. It stays as it is then."""
    access.require(by, access.WRITE)
    row = Opinion.locked(opinion_id)
    if row.published_at is not None:
        return
    check_whole(row.votes, minority=row.minority, is_waived=row.is_waived)
    row.published_at = now()
    row.save(update_fields=("published_at",))
    kind = Group.objects.get(id=row.group_id).of_kind
    record(
        events.OpinionPublished(
            subject=row.id, group=row.group_id, kind=kind, is_divided=row.votes.is_divided
        ),
        by=by,
    )


@transaction.atomic
def recommend(
    *,
    group_id: UUID,
    company_id: UUID,
    language: str,
    text: str,
    sent_on: date,
    answer_by: date,
    opinion_id: UUID | None = None,
    by: Actor,
) -> UUID:
    """Note a recommendation that a group sent to a company, and the last day for its answer."""
    access.require(by, access.WRITE)
    group = Group.locked(group_id)
    companies = Organisation.objects.filter(sector=Sector.COMPANY.value)
    if not companies.filter(id=company_id).exists():
        raise OrganisationUnknown(_("Choose a company of the register."))
    if opinion_id is not None:
        find(Opinion.objects.filter(group=group), id=opinion_id)
    _require_past(sent_on)
    if answer_by <= sent_on:
        raise DatesWrong(_("The last day for an answer comes after the day it was sent."))
    row = Recommendation.objects.create(
        id=uuid4(),
        group=group,
        opinion_id=opinion_id,
        company_id=company_id,
        language=language,
        text=text,
        answer_by=answer_by,
    )
    _move(row, RecommendationState.SENT, sent_on, "", by=by)
    return row.id


@transaction.atomic
def note_step(
    *, recommendation_id: UUID, state: RecommendationState, day: date, words: str = "", by: Actor
) -> None:
    """Note what became of a recommendation: an answer, or whether it was followed."""
    access.require(by, access.WRITE)
    row = Recommendation.locked(recommendation_id)
    _require_past(day)
    check_step(_steps(row), to=state, day=day, words=words)
    _move(row, state, day, words, by=by)


@transaction.atomic
def publish_recommendation(*, recommendation_id: UUID, by: Actor) -> None:
    """Show a recommendation on the public page, with what became of it, now and later."""
    access.require(by, access.WRITE)
    row = Recommendation.locked(recommendation_id)
    if row.published_at is not None:
        return
    row.published_at = now()
    row.save(update_fields=("published_at",))
    record(events.RecommendationPublished(subject=row.id, group=row.group_id), by=by)


@transaction.atomic
def note_silence(*, by: Actor) -> int:
    """Note each recommendation whose last day for an answer went by; return how many."""
    access.require(by, access.WRITE)
    found = 0
    day = today()
    due = Recommendation.objects.select_for_update().filter(answer_by__lt=day)
    for row in due.prefetch_related("steps"):
        if is_silent(_steps(row)[-1][0], row.answer_by, on=day):
            _move(row, RecommendationState.NO_ANSWER, day, "", by=by)
            found += 1
    return found


def _columns(said: Said) -> dict[str, object]:
    return {
        "language": said.language,
        "title": said.title,
        "text": said.text,
        "votes_for": said.votes.in_favour,
        "votes_against": said.votes.against,
        "votes_abstained": said.votes.abstained,
        "minority": said.minority,
        "is_waived": said.is_waived,
    }


def _steps(row: Recommendation) -> Sequence[tuple[RecommendationState, date]]:
    return [(step.stands, step.day) for step in row.steps.all()]


def _move(
    row: Recommendation, state: RecommendationState, day: date, words: str, *, by: Actor
) -> None:
    Step.objects.create(
        id=uuid4(), recommendation=row, state=state.value, day=day, words=words, noted_at=now()
    )
    record(
        events.RecommendationMoved(subject=row.id, group=row.group_id, state=state, day=day), by=by
    )


def _require_ours(row: Opinion) -> None:
    if row.published_at is not None:
        raise OpinionPublic(_("This opinion is public: it does not change. Write another one."))


def _require_past(day: date) -> None:
    if day > today():
        raise DayToCome(_("This day is to come."))
