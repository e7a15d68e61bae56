"""The report as its author fills it in: each answer kept when it is given, until it is sent."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, Value

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import forget, forget_receipts
from balise.foundation.encryption.worded import Receipt
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.reports.actions import intake
from balise.hotline.reports.actions.intake.contents import Arrival
from balise.hotline.reports.events import (
    FollowUpDeclined,
    LateAnswersGiven,
    PlaceCorrected,
    report_finished,
)
from balise.hotline.reports.models import REPORT_BODY, Content, Mention, Report
from balise.hotline.reports.queries.hearing import heard
from balise.hotline.reports.queries.receipts import Opened, identity_key, opened
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.joining import to_read
from balise.hotline.reports.rules.places import Place
from balise.hotline.reports.rules.priority import WAITING_POINTS
from balise.hotline.reports.rules.receipts import AlreadySent
from balise.hotline.reports.rules.words import Channel, ContentState, ToRead

LEFT_OPEN_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a report has come."""

    report_id: UUID
    answers: Answers
    known: int
    is_finished: bool


def answer(
    *,
    receipt: Receipt,
    given: dict[str, Any],
    finish: bool,
    follow_up: bool = True,
    by: Actor,
) -> Progress:
    """Save some answers of a report, by field name of `Answers`; with `finish`, send it.

    A report that was only counted as it was left goes on as if nothing had been. Refuses a receipt
    that opens nothing, and new answers to a report that was sent: the same ones again are the first
    ones. Without `follow_up` the receipt opens nothing any more once the report is sent; the worker
    destroys its key a moment later: the public door has no right to.
    """
    with transaction.atomic():
        one = opened(receipt, lock=True)
        answers = one.answers.with_given(given)
        is_late = one.report.left_open_at is not None
        if one.report.is_finished and not is_late:
            if answers != one.answers:
                raise AlreadySent
            return Progress(one.report.id, answers, 0, is_finished=True)
        answers = heard(answers)
        _lock_contents(one, answers)
        known = move_mentions(one=one, answers=answers, by=by)
        more = Arrival(answers, one.key, one.report.received_at)
        is_decided = intake.say_more(arrival=more, by=by)
        _keep(one, answers, to_read(answers) if is_decided else ToRead.NOTHING)
        if is_late:
            _go_on_late(one, answers, finish=finish, by=by)
        elif finish:
            _finish(one.report, answers, abandoned=False, by=by)
        if finish and not follow_up:
            Report.objects.filter(id=one.report.id).update(follow_up=False)
            record(FollowUpDeclined(subject=one.report.id), by=by)
    return Progress(one.report.id, answers, known, finish)


def forget_receipt(*, report_id: UUID, by: Actor) -> None:  # noqa: ARG001 - the fact is its cause
    """Destroy what the receipt of a report opens, because its author wished for no follow-up."""
    forget_receipts([report_id])


def forget_corrected(*, content_id: UUID, by: Actor) -> None:  # noqa: ARG001 - said by PlaceCorrected
    """Destroy a content whose place was corrected before anyone else reported or judged it.

    The worker does it a moment later: the public process destroys no key.
    """
    with transaction.atomic():
        content = Content.objects.select_for_update().filter(id=content_id).first()
        if content is None or content.report_count or content.claimed_by or content.verdict:
            return
        forget([content.id])
        content.delete()


def finish_abandoned(*, report_id: UUID, by: Actor) -> bool:
    """Count a report that was left unfinished as it is; return whether it was still open."""
    with transaction.atomic():
        report = Report.objects.select_for_update().filter(id=report_id, is_finished=False).first()
        if report is None:
            return False
        # Figures use clear columns only: a report that nobody can open is counted as well.
        counted = Answers(category=report.category, age_band=report.age_band)
        _finish(report, counted, abandoned=True, by=by)
    return True


def _keep(one: Opened, answers: Answers, why_read: ToRead) -> None:
    Report.objects.filter(id=one.report.id).update(
        category=answers.category,
        age_band=answers.age_band,
        danger=answers.in_danger,
        to_read=why_read,
        sealed=one.key.seal(answers.to_fields(), where=REPORT_BODY, row=one.report.id),
        last_answer_at=now(),
    )


def _finish(report: Report, answers: Answers, *, abandoned: bool, by: Actor) -> None:
    at = now()
    Report.objects.filter(id=report.id).update(
        is_finished=True, last_answer_at=at, left_open_at=at if abandoned else None
    )
    fact = report_finished(
        report.id,
        answers=answers,
        channel=Channel(report.channel),
        received_on=day_of(report.received_at),
        abandoned=abandoned,
    )
    record(fact, by=by)


def _lock_contents(one: Opened, answers: Answers) -> None:
    """Lock the content of the report, present and future, in the order in which intake does.

    Another report or a verdict about it comes before or after: what is read under the lock is true.
    """
    new = answers.places if answers.places != one.answers.places else ()
    keys = [_key_of(one.report, place) for place in new]
    mine = Mention.objects.filter(report=one.report).values("content")
    held = Content.objects.select_for_update().filter(Q(id__in=mine) | Q(identity_key__in=keys))
    list(held.order_by("identity_key").values_list("id"))


def _key_of(report: Report, place: Place) -> bytes:
    return identity_key(place.identity_in(report.id))


def _go_on_late(one: Opened, answers: Answers, *, finish: bool, by: Actor) -> None:
    """Record that a report continues which had been counted as it was left."""
    report = Report.objects.filter(id=one.report.id)
    if finish:
        report.update(left_open_at=None)
    if answers.places != one.answers.places:
        # The certificate names the places: it has to be asked for again.
        report.update(certificate_key="", certificate_signature=b"")
    fact = LateAnswersGiven(
        subject=one.report.id,
        channel=Channel(one.report.channel),
        category=Code(answers.category),
        age_band=Code(answers.age_band),
        sent=finish,
    )
    record(fact, by=by)


def move_mentions(*, one: Opened, answers: Answers, by: Actor) -> int:
    """Link the report to the places now given, and no longer to the others."""
    before = {place.identity: place for place in one.answers.places}
    after = {place.identity for place in answers.places}
    if before.keys() == after:
        return 0
    for identity in before.keys() - after:
        _unmention(one.report, before[identity], by=by)
    new = tuple(place for place in answers.places if place.identity not in before)
    if not new:
        return 0
    arrival = Arrival(replace(answers, places=new), one.key, one.report.received_at)
    return intake.mention(arrival=arrival, by=by)


def _unmention(report: Report, place: Place, *, by: Actor) -> None:
    content = Content.objects.filter(
        identity_key=_key_of(report, place), mentions__report=report
    ).first()
    if content is None:
        return
    Mention.objects.filter(report=report, content=content).delete()
    Content.objects.filter(id=content.id).update(report_count=F("report_count") - 1)
    if content.report_count == 1:
        record(PlaceCorrected(subject=content.id), by=by)


# What time does to the queue: forms left open count as they are, and what waits is raised.


_AT_ONCE = 200


def finish_left_open(*, at: datetime, by: Actor) -> int:
    """Count the reports whose form was left half an hour ago as they are; return how many."""
    left = Report.objects.filter(is_finished=False, last_answer_at__lte=at - LEFT_OPEN_FOR)
    found = list(left.order_by("last_answer_at").values_list("id", flat=True)[:_AT_ONCE])
    return sum(finish_abandoned(report_id=report_id, by=by) for report_id in found)


def raise_waiting(*, at: datetime, by: Actor) -> int:  # noqa: ARG001 - no fact: a clock's work
    """Give what has waited long its points, and return how many pieces of content moved forward."""
    moved = 0
    with transaction.atomic():
        for after, points in WAITING_POINTS:
            moved += Content.objects.filter(
                Q(reopened_at__isnull=True) | Q(reopened_at__lte=at - after),
                state__in=(ContentState.WAITING, ContentState.SECOND_LOOK),
                first_reported_at__lte=at - after,
                waited_points__lt=points,
            ).update(
                priority=F("priority") - F("waited_points") + Value(points), waited_points=points
            )
    return moved
