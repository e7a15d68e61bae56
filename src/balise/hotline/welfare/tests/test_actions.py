from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.foundation.journal.models import Entry
from balise.hotline.welfare import access, actions, queries
from balise.hotline.welfare.actions import Enough, NotOpen
from balise.hotline.welfare.models import Exposure, Shift
from balise.hotline.welfare.retention import erase_shifts, shifts_due

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 11, 17, 9, tzinfo=UTC)  # a Tuesday
CONTENT = UUID(int=9)
NOBODY = Actor(ActorKind.STAFF, str(UUID(int=8)))


def analyst(number: int = 1) -> Actor:
    return Actor(ActorKind.STAFF, str(UUID(int=number)), frozenset({access.LOOK}))


def look(*, by: Actor, seconds: int = 60, at: datetime = NINE, content: UUID = CONTENT) -> None:
    with clock.at(at):
        actions.begin(content_id=content, category="csam", by=by)
    with clock.at(at + timedelta(seconds=seconds)):
        actions.go_on(content_id=content, begins=False, by=by)


class TestBegin:
    def test_counts_a_content_once_and_writes_it_down(self) -> None:
        look(by=analyst())
        with clock.at(NINE + timedelta(minutes=2)):
            actions.begin(content_id=CONTENT, category="csam", by=analyst())

        row = Exposure.objects.get()
        assert (row.severity, row.seconds, row.items) == ("gravest", 60, 1)
        assert Entry.objects.get(event="hotline.content.revealed").subject == CONTENT

    def test_refuses_who_may_not(self) -> None:
        with pytest.raises(PermissionDenied):
            actions.begin(content_id=CONTENT, category="csam", by=NOBODY)
        with pytest.raises(PermissionDenied):
            actions.begin(content_id=CONTENT, category="csam", by=SYSTEM)

    def test_refuses_after_the_hours_and_counts_nothing(self, settings: object) -> None:
        settings.LOOKING_HOURS = ""  # type: ignore[attr-defined]
        with clock.at(NINE.replace(hour=17)), pytest.raises(Enough):
            actions.begin(content_id=CONTENT, category="csam", by=analyst())

        assert not Exposure.objects.exists()
        assert not Entry.objects.filter(event="hotline.content.revealed").exists()


class TestGoOn:
    def test_refuses_what_was_not_opened(self) -> None:
        look(by=analyst())
        with clock.at(NINE), pytest.raises(NotOpen):
            actions.go_on(content_id=uuid4(), begins=False, by=analyst())

    def test_covers_it_when_a_break_is_due_and_keeps_the_seconds(self) -> None:
        look(by=analyst())
        for minute in range(2, 60):
            with clock.at(NINE + timedelta(minutes=minute)):
                actions.go_on(content_id=CONTENT, begins=False, by=analyst())

        with clock.at(NINE + timedelta(minutes=60)), pytest.raises(Enough):
            actions.go_on(content_id=CONTENT, begins=False, by=analyst())

        assert Exposure.objects.get().seconds == 3600

    def test_who_covered_it_is_not_counted_meanwhile(self) -> None:
        look(by=analyst())
        with clock.at(NINE + timedelta(seconds=100)):
            actions.go_on(content_id=CONTENT, begins=True, by=analyst())

        assert Exposure.objects.get().seconds == 60


class TestTheTeam:
    def test_is_told_together_without_a_name(self) -> None:
        for number in (1, 2, 3):
            look(by=analyst(number))

        with clock.at(NINE + timedelta(days=1)):
            assert actions.tell_team(by=SYSTEM) == 3
            assert actions.tell_team(by=SYSTEM) == 0

        entry = Entry.objects.get(event="hotline.exposure.counted")
        assert (entry.facts["seconds"], entry.facts["items"], entry.actor_key) == (180, 3, "")

    def test_waits_while_it_is_of_too_few(self) -> None:
        look(by=analyst(1))
        look(by=analyst(2))

        with clock.at(NINE + timedelta(days=1)):
            assert actions.tell_team(by=SYSTEM) == 0

    def test_is_told_by_no_person(self) -> None:
        with pytest.raises(PermissionDenied):
            actions.tell_team(by=analyst())

    @pytest.mark.parametrize(("people", "is_shown"), [(2, False), (3, True)])
    def test_weeks_of_too_few_are_empty(self, people: int, is_shown: bool) -> None:
        lead = Actor(ActorKind.STAFF, str(UUID(int=7)), frozenset({access.READ_TEAM}))
        for number in range(people):
            look(by=analyst(number + 1))

        with clock.at(NINE + timedelta(days=7)):
            (week,) = queries.team(seen_by=lead)

        assert week.is_shown is is_shown
        assert sum(one.items for one in week.amounts) == (people if is_shown else 0)
        with pytest.raises(PermissionDenied):
            queries.team(seen_by=analyst())


def test_each_sees_their_own_day_alone() -> None:
    look(by=analyst(1))

    with clock.at(NINE + timedelta(minutes=5)):
        mine = queries.own(seen_by=analyst(1)).today
        theirs = queries.own(seen_by=analyst(2)).today

    assert sum(one.items for one in mine.amounts) == 1
    assert sum(one.items for one in theirs.amounts) == 0


def test_own_figures_are_forgotten() -> None:
    look(by=analyst())
    assert not list(shifts_due(NINE + timedelta(days=89)))

    assert erase_shifts(list(shifts_due(NINE + timedelta(days=91)))) == 1
    assert not Shift.objects.exists()
    assert not Exposure.objects.exists()
