"""What a platform tells us is noted; what it asks is answered. Its words are sealed."""

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.book import record
from balise.foundation.journal.models import Entry
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import sending, verifying
from balise.helpline.removals.events import (
    AnswerGiven,
    ItemDecided,
    ItemGone,
    ItemMoved,
    ItemSilent,
)
from balise.helpline.removals.models import LINE, SAID, Fact, Item, Word
from balise.helpline.removals.rules.api import Telling, Tells, check_says_something
from balise.helpline.removals.rules.figures import Counted
from balise.helpline.removals.rules.requests import LONGEST_WORDS, ItemKind, decision_of
from balise.helpline.removals.rules.states import RUNNING, WAITING, RemovalState, Step, WrongState
from balise.takedown.notices.actions import clocking, ending
from balise.takedown.notices.queries import NoticeRow
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.notices.rules.states import STOPPED, NoticeState

# An item follows its notice: what the platform said, by whichever way, moves it once.


_NOT_THERE = frozenset({NoticeState.FAILED, NoticeState.WITHDRAWN})


def follow(*, notice_id: UUID, by: Actor) -> None:
    """Bring an item to where its notice stands; called again, it changes nothing.

    It looks at the notice as it is now and not at what once happened, so that what is heard late
    moves nothing back. A notice of an earlier round is left alone.
    """
    access.require(by, access.WORK)
    notice = queries.by_notice(notice_id)
    if notice is None:
        return
    with transaction.atomic():
        if not Item.objects.filter(id=notice.subject).exists():
            return
        item = Item.locked(notice.subject)
        if item.round_at is None or notice.drafted_at < item.round_at:
            return
        if notice.stands in _NOT_THERE:
            _go_without(item, notice, by)
            return
        is_asked = any(one.stands in STOPPED for one in queries.of_round(item, seen_by=by))
        for step in _steps(item, notice, is_asked=is_asked):
            if item.may(step):
                if step is Step.DECIDE:
                    verifying.withdraw_unsent(item=item, by=by)
                sending.move(item=item, step=step, by=by)
        if notice.reminder_count and not item.climbed and item.stands in WAITING:
            item.climb(Rung.REMINDER)
            item.save(update_fields=("taken",))
            sending.settle(request=item.request, by=by)


def _steps(item: Item, notice: NoticeRow, *, is_asked: bool) -> Iterator[Step]:
    """Yield the steps that lead an item to its notice, each after the one before was taken.

    `is_asked` says whether any way to the platform waits for an answer of ours.
    """
    stands = notice.stands
    if stands is NoticeState.RETRACTED:
        yield Step.CLOSE
        return
    if notice.sent_at is None:
        return
    if item.stands is RemovalState.SENDING:
        yield Step.LEFT
    if notice.acknowledged_at is not None and item.stands is RemovalState.SENT:
        yield Step.ACKNOWLEDGE
    if stands in STOPPED and item.stands in RUNNING:
        yield Step.ASK_INFO
    elif not is_asked and item.stands is RemovalState.INFO_REQUESTED:
        yield Step.ANSWER
    decision = (
        decision_of(notice.came_of_it, account=notice.account_was, kind=ItemKind(item.kind))
        if notice.came_of_it is not None
        else None
    )
    if decision is not None and item.stands in WAITING:
        item.decision = decision.value
        yield Step.DECIDE


def _go_without(item: Item, notice: NoticeRow, by: Actor) -> None:
    """Let an item go on whose notice did not arrive, or was withdrawn.

    The platform may have it by another way, which then stands for it. If not, it is ready to be
    sent again, or has ended where the platform had it and someone withdrew that.
    """
    if notice.id != item.notice:
        return
    step = Step.FAIL if item.stands in {RemovalState.SENDING, RemovalState.SENT} else Step.CLOSE
    other = next(iter(queries.at_platform(item, seen_by=by)), None)
    if other is not None:
        item.failure = notice.failure
        verifying.stand_for(item=item, notice=other, by=by)
        item.save(update_fields=("failure", "notice", "way", "way_kind"))
    elif step is Step.FAIL or (notice.stands is NoticeState.WITHDRAWN and item.stands in WAITING):
        item.failure = notice.failure
        sending.move(item=item, step=step, by=by)


def hear(*, item_id: UUID, telling: Telling, notice_id: UUID | None = None, by: Actor) -> None:
    """Note what a platform said of an item, however it came; said twice, it is noted once.

    It is said of `notice_id`, or else of the latest notice that the platform has. A question
    stops its clock. A decision about an item that was given up meanwhile is kept, and nothing else
    follows from it. Refuses what says nothing, and an item that it does not have.
    """
    access.require(by, access.WORK)
    check_says_something(telling)
    with transaction.atomic():
        item = Item.locked(item_id)
        if (
            item.stands is RemovalState.CLOSED
            and telling.decision is not None
            and queries.clock_of(item)
        ):
            _hear_late(item, telling, telling.decision, by=by)
            return
        heard_of = _with_platform(item, by, preferred=notice_id)
        if not _is_news(item, telling):
            return
        if telling.words.strip():
            _keep_words(item, telling.words, is_ours=False)
        match telling.tells:
            case Tells.RECEIVED:
                clocking.acknowledge(notice_id=heard_of, by=by)
            case Tells.ASKS:
                clocking.ask_information(notice_id=heard_of, by=by)
            case Tells.DECIDED if telling.decision is not None:
                ending.record_outcome(notice_id=heard_of, outcome=telling.decision, by=by)
        follow(notice_id=heard_of, by=by)


def answer(*, item_id: UUID, text: str, by: Actor) -> None:
    """Answer what a platform asked: by mail where it takes mail; its clock goes on."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        if item.stands is not RemovalState.INFO_REQUESTED:
            raise WrongState(_("This item is now: %(state)s.") % {"state": item.stands.label})
        round_ = queries.of_round(item, seen_by=by)
        asks = next((one.id for one in round_ if one.stands is NoticeState.INFO_ASKED), None)
        notice_id = _with_platform(item, by, preferred=asks)
        clocking.give_information(notice_id=notice_id, text=text, by=by)
        word = _keep_words(item, text, is_ours=True)
        record(item.fact(AnswerGiven, word=word), by=by)
        follow(notice_id=notice_id, by=by)


def _with_platform(item: Item, by: Actor, *, preferred: UUID | None = None) -> UUID:
    """Return a notice that the platform has: the preferred one, if it is one, or the latest.

    What was drafted for a second way may still have to leave: nothing is heard of it.
    """
    found = [one.id for one in queries.at_platform(item, seen_by=by)]
    if item.stands not in WAITING or not found:
        raise WrongState(_("This item is now: %(state)s.") % {"state": item.stands.label})
    return preferred if preferred in found else found[0]


def _hear_late(item: Item, telling: Telling, decision: Outcome, *, by: Actor) -> None:
    """Keep what a platform decided after the item was given up: the young person reads both."""
    if item.decided_at is not None:
        return
    if telling.words.strip():
        _keep_words(item, telling.words, is_ours=False)
    item.decision, item.decided_at = decision.value, now()
    item.save(update_fields=("decision", "decided_at"))
    record(item.decided(queries.ran(item, item.ended_at or item.decided_at)), by=by)


def _is_news(item: Item, telling: Telling) -> bool:
    match telling.tells:
        case Tells.RECEIVED:
            return item.stands is RemovalState.SENT
        case Tells.ASKS:
            return item.stands in RUNNING
    return True


def _keep_words(item: Item, words: str, *, is_ours: bool) -> UUID:
    row = uuid4()
    key = key_of_line(LINE, item.request_id)
    sealed = key.seal({"text": words.strip()[:LONGEST_WORDS]}, where=SAID, row=row)
    Word.objects.create(id=row, item=item, is_ours=is_ours, at=now(), sealed=sealed)
    return row


# Keep what came of removals for exact figures, from the journal: a recount gives the same rows.


_MOVED = {RemovalState.SENT.value: Counted.SENT, RemovalState.REAPPEARED.value: Counted.BACK}


def count(*, entries: Sequence[Entry], by: Actor) -> int:
    """Keep what entries of the journal tell, each once; return how many they are.

    A decision is counted where it refuses.
    """
    access.require(by, access.WORK)
    found = [
        Fact(
            entry=entry.id,
            day=day_of(entry.at),
            platform=UUID(entry.facts["platform"]),
            kind=entry.facts["kind"],
            result=result.value,
            seconds=entry.facts["seconds"] if result is Counted.REMOVED else 0,
        )
        for entry in entries
        if (result := _result(entry)) is not None
    ]
    Fact.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def _result(entry: Entry) -> Counted | None:
    match entry.event:
        case ItemMoved.name:
            return _MOVED.get(entry.facts["after"])
        case ItemDecided.name:
            return Counted.REFUSED if entry.facts["refuses"] else None
        case ItemGone.name:
            return Counted.REMOVED
        case ItemSilent.name:
            return Counted.SILENT
    return None
