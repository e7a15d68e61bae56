"""What is not live goes back in line, as it was, with one key."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import ANYONE
from balise.foundation.journal.models import Entry
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.actions.claiming import put_back
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.rules import (
    ItemState,
    NotWaiting,
    NotYours,
    SeatState,
    SomeoneIsThere,
    WaitKind,
)
from balise.helpline.queue.tests.makers import make_item, make_listener

pytestmark = pytest.mark.django_db

KEPT = ("state", "queued_at", "waiting_since", "returning", "preferred", "risk", "rank", "held_by")


@pytest.mark.parametrize("kind", [WaitKind.MESSAGE, WaitKind.REMOVAL, WaitKind.CALL_BACK])
def test_it_waits_in_the_place_that_it_had(kind: WaitKind) -> None:
    listener = make_listener()
    with clock.at(clock.now() - timedelta(hours=2)):
        one = make_item(kind, preferred=listener.key)
        seating.heartbeat(by=listener)
    make_item(kind)
    before = Item.objects.filter(id=one).values(*KEPT).get()
    claiming.claim(item_id=one, by=listener)
    put_back(item_id=one, by=listener)
    assert Item.objects.filter(id=one).values(*KEPT).get() == before
    (fact,) = Entry.objects.filter(event="helpline.item.put-back")
    assert fact.facts["why"] == "by-hand"
    assert Seat.objects.get(account=listener.key).state == SeatState.READY
    again = claiming.claim_next(by=listener)
    assert again is not None
    assert again.id == one


@pytest.mark.parametrize("kind", [WaitKind.CHAT, WaitKind.CALL])
def test_refuses_someone_who_is_there(kind: WaitKind) -> None:
    listener, one = make_listener(), make_item(kind)
    claiming.claim(item_id=one, by=listener)
    with pytest.raises(SomeoneIsThere):
        put_back(item_id=one, by=listener)
    assert Item.objects.get(id=one).state == ItemState.HELD


def test_refuses_another_and_what_nobody_has() -> None:
    listener, one = make_listener(), make_item(WaitKind.MESSAGE)
    with pytest.raises(NotWaiting):
        put_back(item_id=one, by=listener)
    claiming.claim(item_id=one, by=listener)
    with pytest.raises(NotYours):
        put_back(item_id=one, by=make_listener())
    with pytest.raises(PermissionDenied):
        put_back(item_id=one, by=ANYONE)
