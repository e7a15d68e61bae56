"""Giving an item up, and taking it up again."""

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM, Actor
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import WaitKind
from balise.helpline.removals import queries
from balise.helpline.removals.actions import asking, hearing, sending, verifying
from balise.helpline.removals.models import Request
from balise.helpline.removals.rules.api import Telling, Tells
from balise.helpline.removals.rules.requests import Incomplete, ItemKind, NeedsSecondLook
from balise.helpline.removals.rules.states import RemovalState, WrongState
from balise.helpline.removals.rules.tracking import Stage, Truth
from balise.helpline.removals.tests.makers import (
    get,
    make_item,
    make_ready,
    make_sent,
    moved_to,
    state_of,
    told,
    work,
)
from balise.takedown.notices.actions import ending
from balise.takedown.notices.rules.outcomes import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_actor("listener")


def waits(request: Request) -> bool:
    return queue.open_item(WaitKind.REMOVAL, request.id) is not None


ANY_STATE = (
    (),
    (Telling(tells=Tells.RECEIVED),),
    (Telling(tells=Tells.ASKS, words="Laquelle ?"),),
    (Telling(tells=Tells.DECIDED, decision=Outcome.REFUSED),),
)


class TestGivingUp:
    @pytest.mark.parametrize("tellings", ANY_STATE)
    def test_what_a_platform_has_can_be_given_up(
        self, listener: Actor, tellings: tuple[Telling, ...]
    ) -> None:
        item = make_sent(listener)
        for telling in tellings:
            hearing.hear(item_id=item.id, telling=telling, by=listener)
        asking.close(item_id=item.id, by=listener)
        work()
        assert state_of(item) is RemovalState.CLOSED
        assert told("moved")[-1]["after"] == "closed"
        assert not waits(item.request)
        assert queries.at_platform(get(item), seen_by=listener) == []

    @pytest.mark.parametrize("is_answered_first", [True, False])
    def test_the_child_reads_that_we_stopped_and_what_the_platform_said_in_order(
        self, listener: Actor, *, is_answered_first: bool
    ) -> None:
        item = make_sent(listener)
        code = asking.renew_code(request_id=item.request_id, by=listener)
        removed = Telling(tells=Tells.DECIDED, decision=Outcome.REMOVED)
        if is_answered_first:
            hearing.hear(item_id=item.id, telling=removed, by=SYSTEM)
        asking.close(item_id=item.id, by=listener)
        work()
        sent = len(moved_to("sent"))
        hearing.hear(item_id=item.id, telling=removed, by=SYSTEM)
        found = queries.tracked(code)
        assert found is not None
        assert found.steps[0].stage is Stage.STOPPED
        order = [Truth.SAID.label, Truth.STOPPED.label]
        assert [step.label for step in found.steps[0].journey] == (
            order if is_answered_first else order[::-1]
        )
        work()
        assert len(moved_to("sent")) == sent
        assert len(told("decided")) == 1
        assert not waits(get(item).request)

    def test_what_came_back_can_be_given_up(self, listener: Actor) -> None:
        item = make_sent(listener)
        verifying.see_gone(item_id=item.id, by=listener)
        verifying.see_back(item_id=item.id, by=listener)
        asking.close(item_id=item.id, by=listener)
        assert (state_of(item), get(item).is_gone) == (RemovalState.CLOSED, False)

    def test_what_is_on_its_way_is_not(self, listener: Actor) -> None:
        item = make_ready(listener)
        sending.send(item_id=item.id, by=listener)
        with pytest.raises(WrongState):
            asking.close(item_id=item.id, by=listener)

    def test_a_notice_that_is_withdrawn_once_it_was_received_ends_the_item(
        self, listener: Actor
    ) -> None:
        item = make_sent(listener)
        hearing.hear(item_id=item.id, telling=Telling(tells=Tells.RECEIVED), by=listener)
        assert item.notice is not None
        ending.withdraw(notice_id=item.notice, by=listener)
        work()
        assert state_of(item) is RemovalState.CLOSED


class TestTakenUpAgain:
    def test_a_draft_that_was_given_up_never_comes_back(self, listener: Actor) -> None:
        item = make_item(listener, kind=ItemKind.ACCOUNT, handle="@faux", words="")
        asking.close(item_id=item.id, by=listener)
        with pytest.raises(WrongState):
            verifying.see_back(item_id=item.id, by=listener)
        assert not moved_to("reappeared")
        verifying.resume(item_id=item.id, by=listener)
        assert state_of(item) is RemovalState.DRAFT
        assert get(item).request.closed_at is None
        with pytest.raises(Incomplete):
            asking.complete(item_id=item.id, by=listener)

    def test_who_agreed_to_it_agrees_anew(self, listener: Actor) -> None:
        item = make_sent(listener, kind=ItemKind.ACCOUNT, handle="@faux")
        asking.close(item_id=item.id, by=listener)
        verifying.resume(item_id=item.id, by=listener)
        assert (get(item).approved_by, get(item).round_at) == ("", None)
        assert told("moved")[-1]["after"] == "draft"
        asking.complete(item_id=item.id, by=listener)
        with pytest.raises(NeedsSecondLook):
            sending.send(item_id=item.id, by=listener)

    def test_what_was_seen_gone_is_not_taken_up_but_comes_back(self, listener: Actor) -> None:
        item = make_sent(listener)
        verifying.see_gone(item_id=item.id, by=listener)
        asking.close(item_id=item.id, by=listener)
        with pytest.raises(WrongState):
            verifying.resume(item_id=item.id, by=listener)
        verifying.see_back(item_id=item.id, by=listener)
        assert state_of(item) is RemovalState.REAPPEARED

    def test_it_needs_the_ability(self, listener: Actor) -> None:
        item = make_item(listener)
        asking.close(item_id=item.id, by=listener)
        with pytest.raises(PermissionDenied):
            verifying.resume(item_id=item.id, by=make_actor("analyst"))
