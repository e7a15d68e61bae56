"""The demonstration has a case with a history, which its code opens, and a dispute to decide."""

import pytest

from balise.foundation.accounts.tests.makers import make_actor
from balise.hotline.laboratory import demonstration
from balise.hotline.laboratory.queries import cases, tracking
from balise.hotline.laboratory.rules.words import ItemState, Said
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
    (dispute,) = cases.open_disputes(seen_by=make_lead())
    assert dispute.answered_at is not None
