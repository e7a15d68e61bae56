"""The demonstration has a case with a history, which its code opens, and a dispute to decide."""

import pytest

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal import clerk
from balise.foundation.statistics.models import Tally
from balise.hotline.laboratory import demonstration
from balise.hotline.laboratory.queries import tracking
from balise.hotline.laboratory.rules.standing import ItemState, Said
from balise.hotline.laboratory.tests.makers import make_lead
from balise.hotline.matching.signals.rules.kinds import Turn

pytestmark = pytest.mark.django_db


def test_it_has_a_case_with_a_history_and_a_dispute() -> None:
    demonstration.fill({"hotline_lead": make_lead(), "analyst": make_actor("analyst")})
    case = tracking.tracked(demonstration.CODE)
    assert {one.name: one.said for one in case.partners} == {
        "Ondine": Said.BLOCKED,
        "Pérégrin": Said.RECEIVED,
        "Volubile": Said.BLOCKED,
    }
    assert [one.turn for one in case.partners if one.name == "Ondine"] == [Turn.MIRRORED]
    assert [one.state for one in case.prints].count(ItemState.WITHDRAWN) == 1
    assert len(case.removals) == 1
    (dispute,) = tracking.open_disputes(seen_by=make_lead())
    assert dispute.answered_at is not None


def test_its_figures_are_counted() -> None:
    with clock.at(clock.now()):  # no second passes between two of its moments
        demonstration.fill({"hotline_lead": make_lead(), "analyst": make_actor("analyst")})
    while clerk.tick():
        pass
    assert {
        name: counted(name) for name in ("cases", "first-blocked", "withdrawn", "disputes")
    } == {
        "cases": (2, 16),
        "first-blocked": (1, 2 * 86_400),
        "withdrawn": (1, 0),
        "disputes": (1, 0),
    }
    turns = Tally.objects.filter(measure="hotline.laboratory.turns")
    assert {one.codes: one.count for one in turns} == {"turn=mirrored": 1, "turn=as-is": 1}


def counted(name: str) -> tuple[int, int]:
    found = Tally.objects.filter(measure=f"hotline.laboratory.{name}")
    return sum(one.count for one in found), sum(one.total for one in found)
