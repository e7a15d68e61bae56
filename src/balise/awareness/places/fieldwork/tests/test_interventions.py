"""An intervention is asked for, planned, met, rated, and asked for again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.places.fieldwork import module
from balise.awareness.places.fieldwork.actions import asking, planning
from balise.awareness.places.fieldwork.models import Contact, Intervention, Opinion, Venue
from balise.awareness.places.fieldwork.queries.lessons import planned_lessons
from balise.awareness.places.fieldwork.rules import visits
from balise.awareness.places.fieldwork.rules.visits import (
    Audience,
    Comes,
    HalfDay,
    Line,
    VisitState,
)
from balise.awareness.places.fieldwork.tests.makers import (
    asked,
    make_intervention,
    make_met,
    make_planned,
    make_workshop,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE
from balise.foundation.encryption.sealing import known
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_a_school_asks_and_its_contact_is_sealed() -> None:
    row = make_intervention()
    assert (row.stands, row.groups, row.is_again) == (VisitState.ASKED, ["6e", "5e"], False)
    assert b"estuaire.example" not in bytes(Contact.objects.get(id=row.id).sealed)
    facts = Entry.objects.get(event="awareness.intervention.asked").facts
    assert (facts["expected"], facts["area"], facts["is_again"]) == (54, "44", False)


def test_what_no_school_can_ask_is_refused() -> None:
    for wrong, refusal in (
        ({"groups": []}, visits.GroupsWrong),
        ({"groups": ["teachers"]}, visits.GroupsWrong),
        ({"expected": 0}, visits.ExpectedWrong),
        ({"wished_to": clock.today() - timedelta(days=1)}, visits.PeriodWrong),
        ({"wished_from": clock.today() + timedelta(days=90)}, visits.PeriodWrong),
    ):
        with pytest.raises(refusal):
            make_intervention(**wrong)
    with pytest.raises(PermissionDenied):
        asking.ask(asked=asked(), by=make_actor("listener"))
    assert not Intervention.objects.exists()


def test_a_school_is_known_again_by_its_code_or_by_its_name_in_its_area() -> None:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    code = f"0440001{letters[440001 % 23]}"
    first = make_intervention(code=code)
    same = make_intervention(name="college de l'estuaire")
    renamed = make_intervention(name="Collège Estuaire-Sud", code=code.lower())
    other = make_intervention(area="35")
    assert first.venue_id == same.venue_id == renamed.venue_id != other.venue_id
    assert Venue.objects.count() == 2


def test_it_is_planned_met_by_level_and_asked_for_again() -> None:
    by = make_actor("coordinator")
    row = make_planned(by=by)
    planning.plan(
        intervention_id=row.id,
        day=clock.today(),
        half_day=HalfDay.AFTERNOON,
        comes=Comes.AMBASSADOR,
        structure=uuid4(),
        by=by,
    )
    assert Entry.objects.filter(event="awareness.intervention.planned").count() == 2
    with pytest.raises(visits.GroupsWrong):
        planning.meet(intervention_id=row.id, day=clock.today(), heads={"police": 3}, by=by)
    planning.meet(intervention_id=row.id, day=clock.today(), heads={"6e": 27, "5e": 25}, by=by)
    row.refresh_from_db()
    assert (row.stands, row.people, row.heads) == (VisitState.MET, 52, {"6e": 27, "5e": 25})
    assert Entry.objects.get(event="awareness.intervention.met").facts["amount"] == 52
    assert Entry.objects.filter(event="awareness.group.met").count() == 2
    with pytest.raises(visits.StepRefused):
        planning.close(intervention_id=row.id, outcome=VisitState.CANCELLED, by=by)
    assert make_intervention().is_again


def test_a_talk_for_professionals_is_of_a_line_and_has_professions() -> None:
    by = make_actor("coordinator")
    row = make_met(
        by=by, audience=Audience.PROFESSIONALS, line=Line.HOTLINE, groups=["police"], name="Cour"
    )
    assert row.heads == {"police": 50}
    assert Entry.objects.get(event="awareness.intervention.met").facts["host_line"] == "hotline"


def test_a_request_is_declined_by_who_plans_and_by_nobody_else() -> None:
    row = make_intervention()
    with pytest.raises(PermissionDenied):
        planning.close(intervention_id=row.id, outcome=VisitState.DECLINED, by=make_actor("editor"))
    by = make_actor("awareness_lead")
    planning.close(intervention_id=row.id, outcome=VisitState.DECLINED, by=by)
    closed = Entry.objects.get(event="awareness.intervention.closed")
    assert closed.facts["outcome"] == "declined"


def test_it_is_rated_once_after_it_took_place() -> None:
    with pytest.raises(NotHere):
        planning.rate(intervention_id=make_intervention().id, rating=4, by=ANYONE)
    row = make_met(name="École du Port")
    planning.rate(intervention_id=row.id, rating=4, by=ANYONE)
    with pytest.raises(visits.AlreadyRated):
        planning.rate(intervention_id=row.id, rating=1, by=ANYONE)
    assert Opinion.objects.get(id=row.id).rating == 4
    assert Entry.objects.get(event="awareness.intervention.rated").facts == {"rating": 4}


def test_the_forecast_hears_of_children_as_planned_then_as_met() -> None:
    today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
    make_planned(expected=54)
    make_met(name="École du Port", area="35")
    make_workshop(day=tomorrow, is_planned=True, heads={"under-11": 20, "parents": 9})
    make_workshop(day=today, is_planned=True, heads={"11-13": 30})
    make_workshop(day=today, heads={"11-13": 26})  # the same, declared
    make_workshop(day=today, heads={"parents": 12})
    found = planned_lessons(since=today, until=tomorrow)
    assert [tuple(each) for each in found] == [
        (today, "35", 26),
        (today, "35", 50),
        (tomorrow, "35", 20),
        (tomorrow, "44", 54),
    ]
    assert planned_lessons(since=tomorrow + timedelta(days=1), until=tomorrow) == []


def test_who_asked_is_forgotten_ninety_days_after_it_and_never_later_than_two_years() -> None:
    met, waiting = make_met(), make_intervention(name="École du Port")
    now = clock.now()
    assert list(module.contacts_due(now + timedelta(days=89))) == []
    assert list(module.contacts_due(now + timedelta(days=91))) == [met.id]
    assert set(module.contacts_due(now + timedelta(days=731))) == {met.id, waiting.id}
    assert module.erase_contacts([met.id]) == 1
    assert known([met.id]) == set()
    assert Intervention.objects.filter(id=met.id).exists()
