"""A child and a listener press at the same moment: both are heard, whoever comes first."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests.waiting import PATIENCE

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.worded import Receipt
from balise.helpline.channels.actions import answering, receiving
from balise.helpline.channels.tests.makers import make_written
from balise.helpline.console.actions import accepting, wrapping
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.console.tests.makers import make_asking, make_listener
from balise.helpline.conversations.actions import passing, presence, saying
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import ConversationState, NotInConversation
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.rules import (
    VANISHED_AFTER,
    ItemState,
    NotWaiting,
    Reason,
    Risk,
    WaitKind,
)
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.models import Call
from balise.helpline.telephony.queries import index_of
from balise.helpline.telephony.rules.calls import CallFact, Happening

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]
TIMES = 12
_DANGER = "J’ai pris des cachets."  # words of risk A
_URGENT = "J’ai envie de mourir."  # words that raise the risk


def together(*presses: Callable[[], object]) -> None:
    """Press at the same moment, each in a thread of its own; raise what was raised."""
    start, wrong = Barrier(len(presses)), []

    def press(what: Callable[[], object]) -> None:
        try:
            start.wait(PATIENCE)
            what()
        except (NotWaiting, NotInConversation):
            pass  # the other was quicker
        except Exception as error:  # noqa: BLE001 - raised below, where the test is
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=press, args=(what,)) for what in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    if wrong:
        raise wrong[0]


def waiting_item(subject: UUID, kind: WaitKind = WaitKind.CHAT) -> UUID:
    item_id = queue.open_item(kind, subject)
    assert item_id is not None
    return item_id


def taken(listener: Actor) -> tuple[Accepted, Receipt]:
    begun = make_asking()
    one = accepting.accept(item_id=waiting_item(begun.id), by=listener)
    assert one is not None
    return one, begun.token


def test_not_safe_now_as_a_listener_accepts() -> None:
    for _time in range(TIMES):
        begun, listener = make_asking(), make_listener()
        item_id = waiting_item(begun.id)
        together(
            partial(saying.be_in_danger, token=begun.token),
            partial(accepting.accept, item_id=item_id, by=listener),
        )
        item = Item.objects.get(id=item_id)
        assert (item.risk, item.held_by) == (Risk.A, listener.key)


def test_words_of_danger_as_a_listener_accepts() -> None:
    for _time in range(TIMES):
        begun, listener = make_asking(), make_listener()
        item_id = waiting_item(begun.id)
        together(
            partial(saying.say, token=begun.token, text=_DANGER, client_id=uuid4()),
            partial(accepting.accept, item_id=item_id, by=listener),
            partial(presence.be_seen, token=begun.token),
        )
        item = Item.objects.get(id=item_id)
        assert (item.risk, item.held_by) == (Risk.A, listener.key)


def test_words_of_danger_as_the_listener_vanishes_and_another_accepts() -> None:
    for _time in range(TIMES):
        listener, other = make_listener(chat_cap=1), make_listener(chat_cap=1)
        one, token = taken(listener)
        long_ago = now() - 2 * VANISHED_AFTER
        Seat.objects.filter(account=listener.key).update(heard_at=long_ago)
        together(
            partial(saying.say, token=token, text=_DANGER, client_id=uuid4()),
            claiming.return_vanished,
            partial(seating.heartbeat, by=listener),
            partial(accepting.accept, by=other),
        )
        item = Item.objects.get(id=one.item)
        assert item.risk == Risk.A
        assert item.held_by in {"", listener.key, other.key}
        assert (item.held_by == "") == (item.state == ItemState.WAITING)
        passing.end_own(token=token)
        for each in (listener, other):
            seating.stand(by=each)


def test_two_press_next_while_someone_is_in_danger() -> None:
    for _time in range(TIMES):
        (_thread, letter), (_other, another) = make_written(), make_written()
        first, second = make_listener(), make_listener()
        held = [accepting.accept(by=each) for each in (first, second)]
        assert [one.kind for one in held if one] == [WaitKind.MESSAGE, WaitKind.MESSAGE]
        begun = make_asking()
        saying.be_in_danger(token=begun.token)
        together(
            partial(accepting.accept, by=first),
            partial(accepting.accept, by=second),
            partial(receiving.write_again, token=letter, message_id=uuid4(), text=_URGENT),
        )
        # One has them, and what that one held waits again; the other keeps what they have.
        item = Item.objects.get(subject=begun.id)
        assert item.held_by in {first.key, second.key}
        letters = Item.objects.filter(kind=WaitKind.MESSAGE).exclude(state=ItemState.WITHDRAWN)
        assert sorted(letters.values_list("state", flat=True)) == [
            ItemState.HELD,
            ItemState.WAITING,
        ]
        for listener in (first, second):
            seating.stand(by=listener)
        for each in (letter, another):
            answering.erase_own(token=each)
        passing.end_own(token=begun.token)


@pytest.mark.parametrize("leaves", [passing.end_own, passing.erase_own])
def test_the_end_as_a_listener_accepts(leaves: Callable[..., None]) -> None:
    for _time in range(TIMES):
        begun, listener = make_asking(), make_listener()
        item_id = waiting_item(begun.id)
        together(
            partial(leaves, token=begun.token),
            partial(accepting.accept, item_id=item_id, by=listener),
        )
        assert Conversation.objects.get(id=begun.id).state == ConversationState.ENDED
        # Whoever was quicker: held by the listener, or by nobody.
        assert Item.objects.get(id=item_id).state != ItemState.WAITING


def test_the_end_as_the_listener_wraps_up_or_leaves() -> None:
    for _time in range(TIMES):
        listener, other = make_listener(), make_listener()
        one, token = taken(listener)
        assert one.contact is not None
        left, others = taken(other)
        together(
            partial(passing.end_own, token=token),
            partial(
                wrapping.wrap_up,
                item_id=one.item,
                contact_id=one.contact,
                contact_type="information",
                by=listener,
            ),
        )
        together(
            partial(passing.end_own, token=others),
            partial(seating.stand, by=other),
        )
        assert Item.objects.get(id=one.item).state == ItemState.DONE
        assert Item.objects.get(id=left.item).state == ItemState.WITHDRAWN


def test_a_line_that_drops_as_a_listener_accepts() -> None:
    for _time in range(TIMES):
        begun, listener = make_asking(), make_listener()
        item_id = waiting_item(begun.id)
        Conversation.objects.update(young_seen_at=now() - timedelta(minutes=1))
        together(
            presence.suspend_dropped,
            partial(accepting.accept, item_id=item_id, by=listener),
            partial(presence.be_seen, token=begun.token),
        )
        state = Conversation.objects.get(id=begun.id).state
        is_open = queue.open_item(WaitKind.CHAT, begun.id) is not None
        assert is_open or state == ConversationState.SUSPENDED


def test_given_back_by_a_supervisor_as_the_listener_ends_it() -> None:
    for _time in range(TIMES):
        listener, lead = make_listener(), make_listener(role="helpline_lead")
        one, _token = taken(listener)
        together(
            partial(passing.end, conversation_id=one.subject, by=listener),
            partial(claiming.give_back, item_id=one.item, reason=Reason.GIVEN_BACK, by=lead),
        )
        # Given back first, they wait for someone else, and the listener is out of it.
        has_ended = Conversation.objects.get(id=one.subject).state == ConversationState.ENDED
        state = Item.objects.get(id=one.item).state
        assert state == (ItemState.WITHDRAWN if has_ended else ItemState.WAITING)


def test_a_caller_hangs_up_as_a_listener_accepts() -> None:
    for time in range(TIMES):
        listener, ref = make_listener(), str(time)
        tell(ref, Happening.QUEUED)
        item_id = Call.objects.get(ref_index=index_of("pbx", ref)).item
        assert item_id is not None
        together(
            partial(tell, ref, Happening.ABANDONED),
            partial(accepting.accept, item_id=item_id, by=listener),
        )
        assert Item.objects.get(id=item_id).state != ItemState.WAITING


def test_another_letter_comes_as_a_listener_accepts() -> None:
    for _time in range(TIMES):
        listener, (thread_id, token) = make_listener(), make_written()
        item_id = waiting_item(thread_id, WaitKind.MESSAGE)
        together(
            partial(receiving.write_again, token=token, message_id=uuid4(), text=_URGENT),
            partial(accepting.accept, item_id=item_id, by=listener),
        )
        assert Item.objects.get(id=item_id).held_by == listener.key
        together(
            partial(answering.erase_own, token=token),
            partial(seating.stand, by=listener),
        )
        assert queue.open_item(WaitKind.MESSAGE, thread_id) is None


def tell(ref: str, happening: Happening) -> None:
    told = CallFact(happening, now())
    take_event(event=CallTold("pbx", f"{ref}/{happening}", ref, told, b"x"), by=SYSTEM)
