"""The invented past is the same at any hour of any day."""

from datetime import UTC, datetime

import pytest

from balise.awareness.partnership.partners import demonstration
from balise.awareness.partnership.partners.queries import advice
from balise.awareness.partnership.partners.rules.advice import RecommendationState
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor

# Late at night the days of half a year ago begin an hour earlier, or later, than today's.
MOMENTS = (
    datetime(2026, 11, 18, 9, tzinfo=UTC),
    datetime(2026, 12, 1, 22, 59, tzinfo=UTC),
    datetime(2027, 6, 1, 22, 1, tzinfo=UTC),
    datetime(2027, 8, 31, 22, 1, tzinfo=UTC),
)


@pytest.mark.django_db
@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_a_company_has_not_answered_in_time(moment: datetime) -> None:
    with clock.at(moment):
        demonstration.fill({"coordinator": make_actor("coordinator")})
        asked = {one.group: one.state for one in advice.public_recommendations()}
    assert asked["Dialogue avec les éditeurs de jeux"] is RecommendationState.NO_ANSWER
