"""Words of level C and D: they mark who waits, put nobody in front of all and call nobody."""

from datetime import timedelta
from uuid import UUID

import pytest

from balise.foundation import clock
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import AHEAD_BY, Kind, Risk, RiskFrom
from balise.helpline.queue.tests.makers import make_item

pytestmark = pytest.mark.django_db


def line() -> list[UUID]:
    return list(Item.objects.order_by("rank", "queued_at", "id").values_list("id", flat=True))


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
    began = Item.objects.get().queued_at
    waiting.raise_risk(item_id=item, risk=Risk.D, how=RiskFrom.WORDS)
    waiting.raise_risk(item_id=item, risk=Risk.C, how=RiskFrom.WORDS)
    found = Item.objects.get()
    assert (found.risk, found.risk_from) == (Risk.C, RiskFrom.WORDS)
    assert began - found.queued_at == AHEAD_BY
    assert found.waiting_since == began


def test_what_is_not_live_stays_behind_who_is_there() -> None:
    letter, child = make_item(Kind.MESSAGE), make_item()
    waiting.raise_risk(item_id=letter, risk=Risk.C, how=RiskFrom.WORDS)
    assert line() == [child, letter]
