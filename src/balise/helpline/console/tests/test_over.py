"""What has ended waits for nobody: no listener is handed someone who is gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.channels.actions import answering
from balise.helpline.channels.tests.makers import make_written
from balise.helpline.console.actions import accepting, passing_on
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.console.queries import rail
from balise.helpline.console.tests.makers import make_accepted_call, make_asking, make_listener
from balise.helpline.conversations.actions import passing
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemOver, ItemState, Skill, WaitKind
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.rules.call_backs import Attempt, Script
from balise.helpline.telephony.rules.calls import CallFact, Happening

pytestmark = pytest.mark.django_db


def ended_chat(listener: Actor) -> Accepted:
    """Let a young person end what a listener has."""
    begun = make_asking()
    one = accepting.accept(by=listener)
    assert one is not None
    passing.end_own(token=begun.token)
    return one


def ended_call(listener: Actor) -> Accepted:
    """Let a caller hang up whom a listener has."""
    one = make_accepted_call(listener)
    told = CallFact(Happening.ENDED, now())
    take_event(event=CallTold("pbx", "1/ended", "1", told, b"x"), by=SYSTEM)
    return one


def reached_call_back(listener: Actor) -> Accepted:
    """Let a listener reach whoever wanted to be called back."""
    calling_back.ask_call_back(
        number="0199000001",
        since=now(),
        until=now() + timedelta(hours=1),
        script=Script.OPEN,
        by=SYSTEM,
    )
    calling_back.queue_due()
    one = accepting.accept(by=listener)
    assert one is not None
    calling_back.note_attempt(call_back_id=one.subject, attempt=Attempt.REACHED, by=listener)
    return one


ENDED = pytest.mark.parametrize("ended", [ended_chat, ended_call, reached_call_back])


def state(one: Accepted) -> str:
    return Item.objects.get(id=one.item).state


@ENDED
def test_whose_listener_leaves_goes_to_nobody(ended: Callable[[Actor], Accepted]) -> None:
    listener = make_listener()
    one = ended(listener)
    seating.stand(by=listener)
    assert state(one) == ItemState.WITHDRAWN
    assert Entry.objects.filter(event="helpline.item.withdrawn").exists()
    here = make_asking()
    accepted = accepting.accept(by=make_listener())
    assert accepted is not None
    assert accepted.subject == here.id
    (left,) = rail.unfinished(seen_by=listener)
    assert left.id == one.contact


def test_whose_listener_vanished_goes_to_nobody() -> None:
    one = ended_chat(make_listener())
    with clock.at(now() + timedelta(seconds=31)):
        assert claiming.return_vanished() == 1
    assert state(one) == ItemState.WITHDRAWN


def test_given_back_by_a_supervisor_it_goes_to_nobody() -> None:
    one = ended_chat(make_listener())
    claiming.give_back(item_id=one.item, by=make_actor("helpline_lead"))
    assert state(one) == ItemState.WITHDRAWN


def test_nobody_is_left_to_pass_on() -> None:
    listener = make_listener()
    one = ended_chat(listener)
    with pytest.raises(ItemOver):
        passing_on.transfer(item_id=one.item, brief="x", skill=Skill.LAWYER, by=listener)
    assert state(one) == ItemState.HELD


def test_an_erased_letter_goes_to_nobody() -> None:
    listener = make_listener()
    _thread, token = make_written()
    one = accepting.accept(by=listener)
    assert one is not None
    assert one.kind is WaitKind.MESSAGE
    answering.erase_own(token=token)
    seating.stand(by=listener)
    assert state(one) == ItemState.WITHDRAWN
    assert queue.waiting(seen_by=listener) == []
