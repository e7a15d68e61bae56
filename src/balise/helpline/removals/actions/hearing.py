"""What a platform tells us is noted; what it asks is answered. Its words are sealed."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.book import record
from balise.helpline.removals import access
from balise.helpline.removals.actions import following
from balise.helpline.removals.events import AnswerGiven
from balise.helpline.removals.models import LINE, SAID, Item, Word
from balise.helpline.removals.rules.decisions import outcome_of
from balise.helpline.removals.rules.requests import LONGEST_WORDS
from balise.helpline.removals.rules.states import RUNNING, WAITING, State, WrongState
from balise.helpline.removals.rules.tellings import Telling, Tells, check_says_something
from balise.takedown.notices.actions import clocking, ending


def hear(*, item_id: UUID, telling: Telling, by: Actor) -> None:
    """Note what a platform said of an item, however it came; said twice, it is noted once.

    A question stops its clock. Refuses what says nothing, and an item that it does not have.
    """
    access.require(by, access.WORK)
    check_says_something(telling)
    with transaction.atomic():
        item = Item.locked(item_id)
        notice_id = _with_platform(item)
        if not _is_news(item, telling):
            return
        if telling.words.strip():
            _keep_words(item, telling.words, is_ours=False)
        match telling.tells:
            case Tells.RECEIVED:
                clocking.acknowledge(notice_id=notice_id, by=by)
            case Tells.ASKS:
                clocking.ask_information(notice_id=notice_id, by=by)
            case Tells.DECIDED if telling.decision is not None:
                outcome = outcome_of(telling.decision)
                ending.record_outcome(notice_id=notice_id, outcome=outcome, by=by)
        following.follow(notice_id=notice_id, by=by)


def answer(*, item_id: UUID, text: str, by: Actor) -> None:
    """Answer what a platform asked: by mail where it takes mail; its clock goes on."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        notice_id = _with_platform(item)
        if item.stands is not State.INFO_REQUESTED:
            raise WrongState(_("This item is now: %(state)s.") % {"state": item.stands.label})
        clocking.give_information(notice_id=notice_id, text=text, by=by)
        word = _keep_words(item, text, is_ours=True)
        record(item.fact(AnswerGiven, word=word), by=by)
        following.follow(notice_id=notice_id, by=by)


def _with_platform(item: Item) -> UUID:
    if item.notice is None or item.stands not in WAITING:
        raise WrongState(_("This item is now: %(state)s.") % {"state": item.stands.label})
    return item.notice


def _is_news(item: Item, telling: Telling) -> bool:
    match telling.tells:
        case Tells.RECEIVED:
            return item.stands is State.SENT
        case Tells.ASKS:
            return item.stands in RUNNING
    return True


def _keep_words(item: Item, words: str, *, is_ours: bool) -> UUID:
    row = uuid4()
    key = key_of_line(LINE, item.request_id)
    sealed = key.seal({"text": words.strip()[:LONGEST_WORDS]}, where=SAID, row=row)
    Word.objects.create(id=row, item=item, is_ours=is_ours, at=now(), sealed=sealed)
    return row
