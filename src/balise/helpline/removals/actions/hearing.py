"""What a platform tells us is noted; what it asks is answered. Its words are sealed."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.book import record
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import following
from balise.helpline.removals.events import AnswerGiven
from balise.helpline.removals.models import LINE, SAID, Item, Word
from balise.helpline.removals.rules.requests import LONGEST_WORDS
from balise.helpline.removals.rules.states import RUNNING, WAITING, RemovalState, WrongState
from balise.helpline.removals.rules.tellings import Telling, Tells, check_says_something
from balise.takedown.notices.actions import clocking, ending
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.notices.rules.states import NoticeState


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
        following.follow(notice_id=heard_of, by=by)


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
        following.follow(notice_id=notice_id, by=by)


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
