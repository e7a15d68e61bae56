"""Copies of a decided content take its verdict together: listed, undone as one, then final."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.hotline.matching.signals.rules.kinds import Turn
from balise.hotline.reports import access
from balise.hotline.reports.actions.closing import let_wait, undo_one
from balise.hotline.reports.actions.recognising import put_words_before_someone, take_verdict
from balise.hotline.reports.events import ContentClosing, ContentInherited, CopyExcepted
from balise.hotline.reports.models import Assessment, Closing, Content, Copy, Recognition
from balise.hotline.reports.queries.closing import contents_of, facts_of, whose
from balise.hotline.reports.rules.closing import UNDO_FOR, check_together, obstacles_to_copy
from balise.hotline.reports.rules.known import OWN, Standing, Way, Why, check_settles, within
from balise.hotline.reports.rules.words import DECIDED_STATES, ContentState, Ground


def settle(
    *,
    content_id: UUID,
    chosen: Mapping[UUID, str],
    excepted: Collection[UUID] = (),
    by: Actor,
) -> UUID:
    """Give copies of a decided content its verdict, all or none; return what can be undone.

    `chosen` are copies, each with the stamp that the page showed it under; `excepted` are left out
    of it for good. Refuses (NotToSettle) a verdict that nobody gave after looking, and
    (NotTogether) where one of them has an obstacle. What reports of them say of a person goes
    before someone at once.
    """
    access.require(by, access.ASSESS)
    moment = now()
    with transaction.atomic():
        every = Content.objects.select_for_update().filter(id__in=[content_id, *chosen])
        list(every.order_by("identity_key").values_list("id"))  # intake's order: no deadlock
        like = _final(content_id)
        copies = Copy.objects.filter(of=content_id)
        of_it = copies.filter(content__in=chosen, is_excepted=False).values("content")
        found = list(Content.objects.defer("sealed").filter(id__in=of_it))
        facts = [facts_of(one, shown=chosen[one.id], at=moment, by=by) for one in found]
        met = [obstacles_to_copy(each) for each in facts]
        check_together(met, whose=whose(found, facts, by=by))
        closing = Closing.objects.create(
            id=uuid4(),
            of_copies=True,
            like=like,
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
        for one in found:
            put_words_before_someone(content=one, by=by)
        _except(content_id, set(excepted) - set(chosen), closing=closing, by=by)
    return closing.id


def undo(*, closing_id: UUID, by: Actor) -> int:
    """Undo it as one: the copies wait as before, and none is left out by it. Return how many.

    For the analyst who decided, and for a lead. Refuses (NotToUndo) once it has taken effect. What
    left it, and was decided by hand, stays decided.
    """
    access.require(by, access.ASSESS)
    return undo_one(closing_id=closing_id, by=by)


def take_effect(*, at: datetime, by: Actor) -> int:
    """Give the copies that can no longer be undone their verdict; return how many contents.

    Where the verdict that they take does not stand any longer, they wait as before.
    """
    due = Closing.objects.filter(ended_at__isnull=True, effective_at__lte=at, of_copies=True)
    ids = list(due.order_by("effective_at").values_list("id", flat=True))
    return sum(_take_effect(closing_id, by=by) for closing_id in ids)


def _take_effect(closing_id: UUID, *, by: Actor) -> int:
    with transaction.atomic():
        closing = Closing.objects.select_for_update().get(id=closing_id)
        if closing.ended_at is not None:
            return 0
        like = closing.like
        if like is not None and like.is_final and like.content.state in DECIDED_STATES:
            taken = sum(_take(content, like, closing) for content in contents_of(closing))
        else:
            taken = 0
        let_wait(closing=closing, by=by)  # what did not take it
        closing.ended_at, closing.closed = now(), taken
        closing.save(update_fields=("ended_at", "closed"))
    return taken


def _take(content: Content, like: Assessment, closing: Closing) -> bool:
    """Give a copy the verdict; return whether the law of its own day has it."""
    who = Actor(ActorKind.STAFF, closing.by)
    spared = not content.assessments.exists()
    copy = Copy.objects.get(content=content, of=like.content_id)
    try:
        take_verdict(
            content=content, like=like, ground=Ground.COPY, at=closing.effective_at, by=who
        )
    except Refused:
        return False
    Recognition.objects.filter(content=content).update(
        standing=Standing.KNOWN, why=Why.NOTHING, ask_again_at=None
    )
    fact = ContentInherited(
        subject=content.id,
        way=Way.CLUSTER,
        bank=Code(OWN),
        entry=0,
        turn=Code(Turn(copy.turn).name.lower()),
        within=within(copy.distance),
        spared=int(spared),
    )
    record(fact, by=who)
    return True


def _final(content_id: UUID) -> Assessment | None:
    """Return the final verdict of a content, locked; refuse one that its copies do not take."""
    content = Content.locked(content_id)
    final = content.assessments.filter(is_final=True).first()
    check_settles(
        final.verdict if final else "",
        final.ground if final else "",
        is_final=content.state in DECIDED_STATES,
    )
    return final


def _except(content_id: UUID, excepted: Collection[UUID], *, closing: Closing, by: Actor) -> None:
    """Leave copies out of a content's copies, both ways: neither takes the other's verdict."""
    left = Copy.objects.filter(of=content_id, content__in=excepted, is_excepted=False)
    ids = sorted(left.values_list("content", flat=True))
    both_ways = Q(of=content_id, content__in=ids) | Q(content=content_id, of__in=ids)
    left_out = Copy.objects.filter(both_ways, is_excepted=False)
    left_out.update(is_excepted=True, excepted_with=closing)
    record_many([CopyExcepted(subject=one, of=content_id) for one in ids], by=by)
