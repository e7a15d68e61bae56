"""Content that is not for a hotline, closed together: listed, undone, then final.

Nothing is sent before a closing takes effect: until then no verdict is written, and everything that
informs reporters, partners, hotlines and figures follows verdicts only.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import day_of, now
from balise.foundation.finding import NotYours, there
from balise.foundation.journal.book import record, record_many
from balise.hotline.reports import access
from balise.hotline.reports.actions import assessing
from balise.hotline.reports.actions.assessing import Decision, Given, Seen, let_stand
from balise.hotline.reports.events import ClosingUndone, ContentClosing, CopyBack, DifferenceRead
from balise.hotline.reports.models import Assessment, Closing, Content, Copy
from balise.hotline.reports.queries.closing import contents_of, facts_of, whose
from balise.hotline.reports.queries.reviews import of_round, said
from balise.hotline.reports.rules.closing import UNDO_FOR, check_can_undo, check_together, obstacles
from balise.hotline.reports.rules.words import Confidence, ContentState, Ground, Verdict


def close_together(*, chosen: Mapping[UUID, str], by: Actor) -> UUID:
    """Close contents as out of scope, all or none, and return the closing; it can be undone.

    `chosen` are contents, each with the stamp that the page showed it under. Refuses (NotTogether)
    if one of them has an obstacle.
    """
    access.require(by, access.CLOSE_MANY)
    moment = now()
    with transaction.atomic():
        waiting = Content.objects.select_for_update().defer("sealed").filter(id__in=chosen)
        found = list(waiting.order_by("identity_key"))  # intake's order: nobody waits crosswise
        facts = [facts_of(one, shown=chosen[one.id], at=moment, by=by) for one in found]
        check_together([obstacles(each) for each in facts], whose=whose(found, facts, by=by))
        closing = Closing.objects.create(
            id=uuid4(),
            by=by.key,
            asked_at=moment,
            effective_at=moment + UNDO_FOR,
            asked=len(found),
        )
        Content.objects.filter(id__in=[one.id for one in found]).update(
            state=ContentState.CLOSING,
            closing=closing,
            claimed_by="",
            claimed_at=None,
            opened_at=None,
        )
        record_many([ContentClosing(subject=one.id, closing=closing.id) for one in found], by=by)
    return closing.id


def undo(*, closing_id: UUID, by: Actor) -> int:
    """Undo a closing as one: its content waits as before. Return how many.

    For the analyst who closed, and for a lead. Refuses (NotToUndo) once it has taken effect.
    """
    access.require(by, access.CLOSE_MANY)
    return undo_one(closing_id=closing_id, by=by)


def undo_one(*, closing_id: UUID, by: Actor) -> int:
    """Let what is decided together wait again, as `undo` does; the caller has asked who may."""
    with transaction.atomic():
        closing = Closing.locked(closing_id)
        if closing.by != by.key and not by.may(access.RELEASE_OTHERS):
            raise NotYours(access.RELEASE_OTHERS)
        check_can_undo(closing.ended_at, is_undone=bool(closing.undone_by))
        count = let_wait(closing=closing, by=by)
        _take_back(closing, by=by)
        closing.ended_at, closing.undone_by = now(), by.key
        closing.save(update_fields=("ended_at", "undone_by"))
    return count


def let_wait(*, closing: Closing, by: Actor) -> int:
    """Let what is still part of a locked closing wait as before; return how many contents."""
    found = contents_of(closing)
    Content.objects.filter(id__in=[one.id for one in found]).update(
        state=ContentState.WAITING, closing=None
    )
    record_many([ClosingUndone(subject=one.id, closing=closing.id) for one in found], by=by)
    return len(found)


def _take_back(closing: Closing, *, by: Actor) -> None:
    """Let the copies that a closing left out be copies again."""
    left_out = Copy.objects.filter(excepted_with=closing)
    if closing.like is not None:
        of = closing.like.content_id
        ids = left_out.filter(of=of).order_by("content").values_list("content", flat=True)
        record_many([CopyBack(subject=one, of=of) for one in ids], by=by)
    left_out.update(is_excepted=False, excepted_with=None)


def take_effect(*, at: datetime, by: Actor) -> int:  # noqa: ARG001 - verdicts are of who closed
    """Give the contents of the closings that are over their verdict; return how many contents.

    Each closing is one transaction and ends with it: nothing of it happens twice. Copies of decided
    content are `settling`'s.
    """
    due = Closing.objects.filter(ended_at__isnull=True, effective_at__lte=at, of_copies=False)
    ids = list(due.order_by("effective_at").values_list("id", flat=True))
    return sum(_take_effect(closing_id) for closing_id in ids)


def _take_effect(closing_id: UUID) -> int:
    with transaction.atomic():
        closing = Closing.objects.select_for_update().get(id=closing_id)
        if closing.ended_at is not None:
            return 0
        who = Actor(ActorKind.STAFF, closing.by)
        found = contents_of(closing)
        for content in found:
            decision = Decision(
                verdict=Verdict.OUT_OF_SCOPE,
                category=content.category,
                offence="",
                facts_on=day_of(content.waits_since),
                confidence=Confidence.SURE,
                rationale="",
            )
            given = Given(decision, Seen(Ground.UNOPENED))
            for step in (assessing.write_down, assessing.move_on):
                step(content=content, given=given, final=True, at=closing.effective_at, by=who)
        closing.ended_at, closing.closed = now(), len(found)
        closing.save(update_fields=("ended_at", "closed"))
    return len(found)


# What follows from reviews beside the verdict: a removal in danger, a difference to read.


def hasten(*, by: Actor) -> int:
    """Let an illegal verdict stand where danger came while it waited for other eyes; count them.

    A removal in danger waits for nobody: not for a second review, not for a third.
    """
    hastened = 0
    waiting = Content.objects.filter(state=ContentState.SECOND_LOOK, danger=True)
    for content_id in list(waiting.values_list("id", flat=True)):
        with transaction.atomic():
            content = Content.locked(content_id)
            illegal = [one for one in of_round(content) if said(one).is_illegal]
            if illegal:
                let_stand(content=content, one=illegal[-1], at=now(), by=by)
                hastened += 1
    return hastened


def note_read(*, content_id: UUID, by: Actor) -> None:
    """Note that an analyst read where someone reviewed a content otherwise than they had.

    NotHere for one of whom nothing waits to be read.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        Content.locked(content_id)
        mine = Assessment.objects.filter(content=content_id, by=by.key, differs_since__isnull=False)
        there(mine.first())
        mine.update(differs_since=None)
        record(DifferenceRead(subject=content_id), by=by)
