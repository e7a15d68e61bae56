from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.hotline.welfare import access, actions, queries
from balise.hotline.welfare.actions import Enough, LeftOpen, NotOpen
from balise.hotline.welfare.models import Exposure, Preference, Shift
from balise.hotline.welfare.queries import Switches, Wish
from balise.hotline.welfare.rules import TooLoose

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
        actions.go_on(content_id=content, is_touched=True, by=by)


class TestBegin:
    def test_counts_a_content_once_and_writes_it_down(self) -> None:
        look(by=analyst())
        with clock.at(NINE + timedelta(minutes=3)):
            actions.begin(content_id=CONTENT, category="csam", by=analyst())

        row = Exposure.objects.get()
        assert (row.severity, row.seconds, row.items) == ("gravest", 60, 1)
        assert Entry.objects.get(event="hotline.content.revealed").subject == CONTENT

    def test_counts_the_last_seconds_of_what_was_open_before(self) -> None:
        look(by=analyst(), seconds=10)
        with clock.at(NINE + timedelta(seconds=18)):
            actions.begin(content_id=uuid4(), category="shocking", by=analyst())

        counted = {row.severity: (row.seconds, row.items) for row in Exposure.objects.all()}
        assert counted == {"gravest": (18, 1), "gentle": (0, 1)}

    def test_refuses_who_may_not(self) -> None:
        with pytest.raises(PermissionDenied):
            actions.begin(content_id=CONTENT, category="csam", by=NOBODY)
        with pytest.raises(PermissionDenied):
            actions.begin(content_id=CONTENT, category="csam", by=SYSTEM)

    def test_refuses_after_the_hours_and_counts_nothing(self, settings: Settings) -> None:
        settings.LOOKING_HOURS = ""
        with clock.at(NINE.replace(hour=17)), pytest.raises(Enough):
            actions.begin(content_id=CONTENT, category="csam", by=analyst())

        assert not Exposure.objects.exists()
        assert not Entry.objects.filter(event="hotline.content.revealed").exists()


class TestGoOn:
    def test_refuses_what_was_not_opened(self) -> None:
        look(by=analyst())
        with clock.at(NINE), pytest.raises(NotOpen):
            actions.go_on(content_id=uuid4(), is_touched=True, by=analyst())

    def test_covers_it_when_a_break_is_due_and_keeps_the_seconds(self) -> None:
        look(by=analyst())
        for minute in range(2, 60):
            with clock.at(NINE + timedelta(minutes=minute)):
                actions.go_on(content_id=CONTENT, is_touched=True, by=analyst())

        with clock.at(NINE + timedelta(minutes=60)), pytest.raises(Enough):
            actions.go_on(content_id=CONTENT, is_touched=True, by=analyst())

        assert Exposure.objects.get().seconds == 3600

    def test_a_page_that_nobody_touches_is_covered(self) -> None:
        look(by=analyst())
        with clock.at(NINE + timedelta(minutes=1)):
            actions.go_on(content_id=CONTENT, is_touched=True, by=analyst())
        for minute in range(2, 7):
            with clock.at(NINE + timedelta(minutes=minute)):
                actions.go_on(content_id=CONTENT, is_touched=False, by=analyst())

        with clock.at(NINE + timedelta(minutes=7)), pytest.raises(LeftOpen):
            actions.go_on(content_id=CONTENT, is_touched=False, by=analyst())
        with clock.at(NINE + timedelta(minutes=8)), pytest.raises(NotOpen):
            actions.go_on(content_id=CONTENT, is_touched=True, by=analyst())

        assert Exposure.objects.get().seconds == 7 * 60


class TestEnd:
    def test_counts_the_last_seconds_once(self) -> None:
        look(by=analyst(), seconds=10)
        for _again in range(2):
            with clock.at(NINE + timedelta(seconds=25)):
                actions.end(content_id=CONTENT, by=analyst())

        assert Exposure.objects.get().seconds == 25

    def test_another_content_is_none_of_its_business(self) -> None:
        look(by=analyst(), seconds=10)
        with clock.at(NINE + timedelta(seconds=25)):
            actions.end(content_id=uuid4(), by=analyst())

        assert Exposure.objects.get().seconds == 10


class TestBreak:
    def test_covers_what_is_open_until_it_ends(self) -> None:
        look(by=analyst(), seconds=10)
        with clock.at(NINE + timedelta(seconds=20)):
            actions.take_break(by=analyst())
            with pytest.raises(NotOpen):
                actions.go_on(content_id=CONTENT, is_touched=True, by=analyst())
            with pytest.raises(Enough):
                actions.begin(content_id=CONTENT, category="csam", by=analyst())
            actions.end_break(by=analyst())
            actions.begin(content_id=CONTENT, category="csam", by=analyst())

        assert Exposure.objects.get().seconds == 20

    def test_coming_back_does_not_shorten_one_that_is_due(self) -> None:
        look(by=analyst())
        Shift.objects.update(stretch_began_at=NINE - timedelta(hours=1))
        with clock.at(NINE + timedelta(minutes=2)):
            actions.take_break(by=analyst())
            actions.end_break(by=analyst())
            with pytest.raises(Enough):
                actions.begin(content_id=CONTENT, category="csam", by=analyst())

    def test_is_of_who_looks(self) -> None:
        for act in (actions.take_break, actions.end_break):
            with pytest.raises(PermissionDenied):
                act(by=NOBODY)

    def test_is_told_to_no_journal(self) -> None:
        actions.take_break(by=analyst())
        actions.choose(wish=Wish(), by=analyst())

        assert not Entry.objects.exists()


class TestChoose:
    def test_holds_for_oneself_alone(self) -> None:
        wish = Wish(Switches(blur=False), day=timedelta(minutes=1))
        actions.choose(wish=wish, by=analyst())
        with pytest.raises(Enough):
            look(by=analyst(), seconds=60)

        with clock.at(NINE + timedelta(minutes=3)), pytest.raises(Enough):
            actions.begin(content_id=CONTENT, category="csam", by=analyst())
        with clock.at(NINE + timedelta(minutes=3)):
            actions.begin(content_id=CONTENT, category="csam", by=analyst(2))
            assert not queries.pane(seen_by=analyst()).switches.blur
            assert queries.pane(seen_by=analyst(2)).switches.blur

    def test_refuses_looser_limits_and_who_may_not(self) -> None:
        with pytest.raises(TooLoose):
            actions.choose(wish=Wish(day=timedelta(hours=8)), by=analyst())
        with pytest.raises(PermissionDenied):
            actions.choose(wish=Wish(), by=NOBODY)


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
    assert not rows_due("hotline.welfare.shifts", NINE + timedelta(days=89))

    assert (
        erase_rows(
            "hotline.welfare.shifts", rows_due("hotline.welfare.shifts", NINE + timedelta(days=91))
        )
        == 1
    )
    assert not Shift.objects.exists()
    assert not Exposure.objects.exists()


def test_wishes_are_forgotten_with_the_last_day() -> None:
    with clock.at(NINE):
        actions.choose(wish=Wish(), by=analyst())
    look(by=analyst())
    later = NINE + timedelta(days=91)
    assert not rows_due("hotline.welfare.preferences", later)

    erase_rows("hotline.welfare.shifts", rows_due("hotline.welfare.shifts", later))

    assert (
        erase_rows("hotline.welfare.preferences", rows_due("hotline.welfare.preferences", later))
        == 1
    )
    assert not Preference.objects.exists()
