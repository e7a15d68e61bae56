"""Enter, correct, withdraw: each with its refusal and its entry; and what was known when."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.readings import actions, queries
from balise.steering.readings.models import Followed, Reading
from balise.steering.readings.rules.judging import (
    CodeFaulty,
    DayFaulty,
    DayTaken,
    Facts,
    ReadingReplaced,
    Series,
    SeriesForeign,
    SpanFaulty,
    Thing,
    ThingTaken,
    Why,
    WhyNeeded,
)
from balise.steering.readings.tests.makers import make_followed, make_reading, told

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_september() -> object:
    with clock.at(NOW):
        yield


def correct(reading: UUID, number: int, *, why: Why | None = None) -> UUID:
    return actions.correct(
        reading_id=reading,
        quantity=Quantity(Decimal(number)),
        why=why,
        note="",
        by=make_actor("steering_office"),
    )


def values(*found: queries.Reading) -> list[tuple[str, date, int]]:
    return [(one.thing, one.day, int(one.quantity.value)) for one in found]


def test_a_thing_has_one_code_and_only_the_office_follows() -> None:
    made = make_followed()
    entry = Entry.objects.get(event="steering.thing.followed")
    assert (entry.subject, entry.facts) == (made, {"kind": "account", "code": "facebook"})
    with pytest.raises(ThingTaken):
        make_followed("Facebook")
    with pytest.raises(CodeFaulty):
        make_followed("deux mots")
    for role in ("steering", "editor"):
        with pytest.raises(PermissionDenied):
            actions.change(followed_id=made, facts=Facts(name="X"), by=make_actor(role))
    assert Followed.objects.count() == 1


def test_a_thing_is_followed_until_a_day_that_is_not_before_its_last_reading() -> None:
    made = make_followed()
    make_reading(made, JULY, 100)
    office = make_actor("steering_office")
    with pytest.raises(SpanFaulty):
        actions.change(followed_id=made, facts=Facts(name="F", until=JUNE), by=office)
    actions.change(followed_id=made, facts=Facts(name="F", until=JULY), by=office)
    assert Entry.objects.get(event="steering.thing.changed").facts["until"] == "2026-07-01"
    with pytest.raises(DayFaulty):
        make_reading(made, AUGUST, 100)
    assert len(queries.latest("social.followers", JULY)) == 1
    assert queries.latest("social.followers", AUGUST) == ()


def test_a_reading_is_kept_with_all_that_is_said_of_it() -> None:
    made = make_followed()
    by = make_actor("steering_office")
    one = told(JULY, 22_900, bound=Bound.ABOUT, source="Sa page publique")
    reading = actions.note(followed_id=made, told=one, by=by)
    (found,) = queries.latest(Series.FOLLOWERS, AUGUST)
    assert (found.id, found.label, found.source) == (reading, "Facebook", "Sa page publique")
    assert found.quantity == Quantity(Decimal(22_900), Bound.ABOUT)
    assert Entry.objects.get(event="steering.reading.noted").facts == {
        "thing": "facebook",
        "series": "social.followers",
        "since": None,
        "day": "2026-07-01",
        "value": 22_900,
        "bound": "about",
        "method": "declared",
        "why": "",
    }
    assert Reading.objects.get().entered_by == by.key


def test_what_is_refused_leaves_nothing() -> None:
    made = make_followed()
    office = make_actor("steering_office")
    with pytest.raises(PermissionDenied):
        actions.note(followed_id=made, told=told(JULY, 1), by=make_actor("steering"))
    with pytest.raises(SeriesForeign):
        make_reading(made, JULY, 1, series=Series.VIEWS)
    with pytest.raises(DayFaulty):
        make_reading(made, date(2032, 1, 1), 1)
    with pytest.raises(WhyNeeded):  # the second is right alone, and goes with the third
        actions.note_all(
            followed_id=made,
            told=(told(JUNE, 100), told(JULY, 110), told(AUGUST, 10)),
            by=office,
        )
    assert not Reading.objects.exists()
    assert not Entry.objects.filter(event="steering.reading.noted").exists()


def test_two_readings_of_a_day_never_stand_even_where_both_were_looked_at_first() -> None:
    made = make_followed()
    reading = Reading.objects.get(id=make_reading(made, JULY, 100))
    with pytest.raises(DayTaken):
        make_reading(made, JULY, 100)
    reading.pk = UUID(int=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        reading.save(force_insert=True)


def test_a_correction_keeps_the_earlier_value_and_a_day_knows_what_was_known() -> None:
    made = make_followed()
    first = make_reading(made, JULY, 100)
    with clock.at(NOW + DAY):
        second = correct(first, 120)
    with clock.at(NOW + 2 * DAY):
        actions.withdraw(reading_id=second, why="Autre compte", by=make_actor("steering_office"))
    for days, known in ((-1, []), (0, [100]), (1, [120]), (2, [])):
        found = queries.latest(Series.FOLLOWERS, AUGUST, known_by=NOW + days * DAY)
        assert [int(one.quantity.value) for one in found] == known
        of_july = queries.history(Series.FOLLOWERS, JULY, JULY, known_by=NOW + days * DAY)
        assert of_july == found
    assert queries.latest(Series.FOLLOWERS, AUGUST) == ()
    entry = Entry.objects.get(event="steering.reading.corrected")
    assert (entry.facts["was"], entry.facts["value"]) == (100, 120)
    assert Entry.objects.get(event="steering.reading.withdrawn").facts == {"value": 120}
    for gone in (first, second):
        with pytest.raises(ReadingReplaced):
            correct(gone, 5)
    make_reading(made, JULY, 130)  # the day is free again


def test_a_correction_is_judged_beside_the_others_and_not_beside_itself() -> None:
    made = make_followed("store", Thing.STORE)
    make_reading(made, JUNE, 100, series=Series.DOWNLOADS)
    july = make_reading(made, JULY, 200, series=Series.DOWNLOADS)
    correct(july, 150)
    july = Reading.objects.get(stands=True, day=JULY).id
    with pytest.raises(WhyNeeded):
        correct(july, 50)
    correct(july, 50, why=Why.CORRECTED)
    assert [one.why for one in queries.history(Series.DOWNLOADS, JUNE, JULY)] == [
        None,
        Why.CORRECTED,
    ]


def test_the_last_of_each_thing_and_all_of_a_period_in_their_order() -> None:
    one, other = make_followed(), make_followed("linkedin")
    for followed, day, number in ((one, JULY, 110), (other, JUNE, 50), (one, JUNE, 100)):
        make_reading(followed, day, number)
    assert values(*queries.latest("social.followers", AUGUST)) == [
        ("facebook", JULY, 110),
        ("linkedin", JUNE, 50),
    ]
    assert values(*queries.latest("social.followers", JUNE)) == [
        ("facebook", JUNE, 100),
        ("linkedin", JUNE, 50),
    ]
    assert values(*queries.history("social.followers", JUNE, AUGUST)) == [
        ("facebook", JUNE, 100),
        ("linkedin", JUNE, 50),
        ("facebook", JULY, 110),
    ]
    with pytest.raises(ValueError, match="nothing"):
        queries.latest("nothing", JUNE)


def test_visits_are_counted_on_their_last_day_and_a_correction_counts_what_it_adds() -> None:
    site = make_followed("site", Thing.SITE)
    month = make_reading(site, date(2026, 6, 30), 900, series=Series.VISITS, since=JUNE)
    make_reading(site, JULY, 40, series=Series.VISITS)
    make_reading(site, JULY, 30, series=Series.VISITORS)
    later = correct(month, 950)
    actions.withdraw(reading_id=later, why="Double", by=make_actor("steering_office"))
    counted = Entry.objects.filter(event="steering.visits.counted").order_by("pk")
    assert [(one.facts["day"], one.facts["amount"]) for one in counted] == [
        ("2026-06-30", 900),
        ("2026-07-01", 40),
        ("2026-06-30", 50),
        ("2026-06-30", -950),
    ]


def test_of_visitors_the_longest_span_is_the_last_and_a_period_finds_its_own() -> None:
    site = make_followed("site", Thing.SITE)
    last = date(2026, 6, 30)
    make_reading(site, last, 30, series=Series.VISITORS)
    make_reading(site, last, 700, series=Series.VISITORS, since=JUNE)
    assert values(*queries.latest("web.visitors", JULY)) == [("site", last, 700)]
    assert values(*queries.over("web.visitors", JUNE, last)) == [("site", last, 700)]
    assert queries.over("web.visitors", JUNE, JULY) == ()
