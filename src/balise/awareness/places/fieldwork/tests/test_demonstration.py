"""The past of the demonstration: rates that are told, and a forecast that rises."""

from datetime import timedelta

import pytest

from balise.awareness.places.fieldwork.demonstration import fill
from balise.awareness.places.fieldwork.models import Intervention, Workshop
from balise.awareness.places.fieldwork.queries import interventions
from balise.awareness.places.fieldwork.queries.lessons import planned_lessons
from balise.awareness.places.fieldwork.rules.visits import VisitState
from balise.awareness.places.structures.tests.makers import make_structure
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM


@pytest.mark.django_db
def test_two_seasons_of_visits_and_what_is_planned() -> None:
    make_structure()
    fill({"coordinator": make_actor("coordinator")})
    last, _now = interventions.returns(seen_by=SYSTEM)
    assert last.met >= 20
    assert 20 <= (last.percent or 0) <= 80
    assert Intervention.objects.filter(state=VisitState.ASKED).count() == 4
    assert Workshop.objects.count() > 30
    today = clock.today()
    lessons = planned_lessons(since=today, until=today + timedelta(days=14))
    assert sum(lesson.pupils for lesson in lessons) > 500
