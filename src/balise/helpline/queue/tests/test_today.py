"""How the day was served so far: counted from what happened."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind
from balise.helpline.queue.actions import claiming, waiting
from balise.helpline.queue.queries.turns import today
from balise.helpline.queue.rules import Reason, WaitKind
from balise.helpline.queue.rules.today import Served, served
from balise.helpline.queue.tests.makers import make_item, make_listener

MINUTE = timedelta(minutes=1)


class TestServed:
    """Without a database."""

    def test_shares_are_of_what_was_counted(self) -> None:
        found = served([MINUTE, MINUTE * 2, MINUTE * 6], left=1, within=MINUTE * 2)
        assert found == Served(answered=3, in_time=2, left=1)
        assert (found.in_time_share, found.left_share) == (67, 25)

    def test_nothing_counted_is_no_nought(self) -> None:
        found = served([], left=0, within=MINUTE)
        assert found.in_time_share is None
        assert found.left_share is None
        assert served([], left=2, within=MINUTE).left_share == 100


@pytest.mark.django_db
def test_the_day_counts_who_was_answered_and_who_left() -> None:
    listener = make_listener(chat_cap=3)
    make_item()
    assert claiming.claim_next(by=listener) is not None
    waiting.withdraw(item_id=make_item(), reason=Reason.LEFT)
    waiting.withdraw(item_id=make_item(), reason=Reason.BLOCKED)
    make_item()  # still waits
    waiting.withdraw(item_id=make_item(WaitKind.MESSAGE), reason=Reason.LEFT)
    assert today(within=MINUTE, seen_by=listener) == Served(answered=1, in_time=1, left=1)
    with pytest.raises(PermissionDenied):
        today(within=MINUTE, seen_by=Actor(ActorKind.STAFF, "x", frozenset()))
