"""Which schools ask again, and which campaign a workshop is for."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from balise.awareness.partnership.campaigns.tests.makers import make_campaign
from balise.awareness.places.fieldwork.actions import asking, planning, workshops
from balise.awareness.places.fieldwork.actions.asking import Asked
from balise.awareness.places.fieldwork.queries.again import schools_again
from balise.awareness.places.fieldwork.rules.visits import Audience, Comes, HalfDay
from balise.awareness.places.fieldwork.tests.makers import make_workshop, told
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.indicators import Said

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 6, 30))
BEFORE = (date(2025, 1, 1), date(2025, 12, 31))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def asked(name: str, on: date, *, audience: Audience = Audience.SCHOOL) -> UUID:
    groups = ["6e"] if audience is Audience.SCHOOL else ["teacher"]
    with clock.at(at(on)):
        return asking.ask(
            asked=Asked(
                name=name,
                area="35",
                groups=groups,
                expected=20,
                wished_from=on,
                wished_to=on,
                audience=audience,
            ),
            by=make_actor("coordinator"),
        )


def met(name: str, on: date) -> None:
    made, by = asked(name, on), make_actor("coordinator")
    with clock.at(at(on)):
        planning.plan(
            intervention_id=made,
            day=on,
            half_day=HalfDay.MORNING,
            comes=Comes.STAFF,
            structure=None,
            by=by,
        )
        planning.meet(intervention_id=made, day=on, heads={"6e": 20}, by=by)


def test_a_school_counts_once_with_both_numbers_and_the_days_of_the_whole() -> None:
    for name in ("Un", "Deux", "Trois"):
        met(name, date(2025, 11, 4))
    met("Un", date(2025, 12, 2))
    for name in ("Un", "Un", "Deux", "Quatre"):
        asked(name, date(2026, 2, 3))
    asked("Trois", date(2026, 7, 1))  # after the period
    found = schools_again(*YEAR, until=at(date(2026, 12, 1)))
    assert found == Said(2, 3, whole_of=BEFORE)


def test_what_was_entered_later_was_not_known() -> None:
    met("Un", date(2025, 11, 4))
    asked("Un", date(2026, 2, 3))
    assert schools_again(*YEAR, until=at(date(2026, 1, 15))) == Said(0, 1, whole_of=BEFORE)
    assert schools_again(*YEAR, until=at(date(2025, 11, 3))) == Said(0, 0, whole_of=BEFORE)


def test_a_workshop_counts_under_its_campaign_and_a_correction_moves_it() -> None:
    make_campaign(campaign := "SIX-2026")
    row = make_workshop(campaign=campaign)
    workshops.correct(workshop_id=row.id, told=told(), by=make_actor("coordinator"))
    rows = Entry.objects.filter(event="awareness.people.met").order_by("id")
    assert sorted((each.facts["campaign"], each.facts["amount"]) for each in rows) == [
        ("", 26),
        (campaign, -26),
        (campaign, 26),
    ]
