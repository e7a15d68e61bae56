"""Words of level C and D: they mark who waits, put nobody in front of all and call nobody."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils.timezone import localtime

from balise.foundation import clock
from balise.foundation.journal.models import Entry
from balise.helpline.queue.actions import claiming, waiting
from balise.helpline.queue.events import ItemWithdrawn
from balise.helpline.queue.models import Item
from balise.helpline.queue.queries.turns import today
from balise.helpline.queue.rules import AHEAD_BY, Reason, Risk, RiskFrom, WaitKind
from balise.helpline.queue.tests.makers import make_item, make_listener

pytestmark = pytest.mark.django_db


def line() -> list[UUID]:
    return list(Item.objects.order_by("rank", "turn_at", "id").values_list("id", flat=True))


def waited(minutes: int, risk: Risk = Risk.F) -> UUID:
    with clock.at(clock.now() - timedelta(minutes=minutes)):
        return make_item(risk=risk)


@pytest.mark.safety
@pytest.mark.parametrize("risk", [Risk.C, Risk.D])
def test_a_mark_passes_those_with_none_who_have_not_waited_for_long(risk: Risk) -> None:
    long, short, marked, in_danger = waited(11), waited(9), waited(0), waited(0, Risk.B)
    waiting.raise_risk(item_id=marked, risk=risk, how=RiskFrom.WORDS)
    assert line() == [in_danger, long, marked, short]


def test_a_second_mark_does_not_bring_anyone_further() -> None:
    item = waited(0)
    began = Item.objects.get().turn_at
    waiting.raise_risk(item_id=item, risk=Risk.D, how=RiskFrom.WORDS)
    waiting.raise_risk(item_id=item, risk=Risk.C, how=RiskFrom.WORDS)
    found = Item.objects.get()
    assert (found.risk, found.risk_from) == (Risk.C, RiskFrom.WORDS)
    assert began - found.turn_at == AHEAD_BY
    assert found.waiting_since == found.queued_at == began
    assert found.worst is Risk.F


def test_what_is_not_live_stays_behind_who_is_there() -> None:
    letter, child = make_item(WaitKind.MESSAGE), make_item()
    waiting.raise_risk(item_id=letter, risk=Risk.C, how=RiskFrom.WORDS)
    assert line() == [child, letter]


@pytest.mark.safety
def test_who_came_after_midnight_and_is_marked_came_today() -> None:
    listener = make_listener()
    midnight = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    with clock.at(midnight + timedelta(minutes=5)):
        waiting.raise_risk(item_id=make_item(), risk=Risk.C, how=RiskFrom.WORDS)
    with clock.at(midnight + timedelta(minutes=6)):
        assert claiming.claim_next(by=listener) is not None
        served = today(within=timedelta(minutes=2), seen_by=listener)
    assert (served.answered, served.in_time) == (1, 1)


def test_who_is_marked_and_leaves_has_waited_since_they_came() -> None:
    with clock.at(clock.now() - timedelta(seconds=30)):
        item = make_item()
        waiting.raise_risk(item_id=item, risk=Risk.D, how=RiskFrom.WORDS)
    waiting.withdraw(item_id=item, reason=Reason.LEFT)
    told = Entry.objects.get(event=ItemWithdrawn.name)
    assert 30 <= told.facts["seconds"] < 90


def test_who_is_judged_loses_the_place_of_a_mark() -> None:
    item = waited(0)
    waiting.raise_risk(item_id=item, risk=Risk.C, how=RiskFrom.WORDS)
    waiting.judge_risk(item_id=item, risk=Risk.D, by=make_listener())
    found = Item.objects.get()
    assert found.turn_at == found.queued_at
    assert found.worst is Risk.D
