"""Danger is a band above all points, and the report that says so is read first."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import F

from balise.foundation.packs import PackFaulty
from balise.hotline.reports.actions import claiming, consulting
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.queries import listing
from balise.hotline.reports.queries.listing import Filters
from balise.hotline.reports.rules import categories as packs, priority
from balise.hotline.reports.rules.closing import Facts, Obstacle, obstacles, stamp
from balise.hotline.reports.rules.words import ContentState
from balise.hotline.reports.tests.makers import ANALYST, make_content, make_report

most = priority.points(60, concerned=True, minor=True, reports=1_000)
least = priority.points(0, concerned=False, minor=False, reports=1)


def test_no_points_reach_the_band() -> None:
    longest = max(gain for _after, gain in priority.WAITING_POINTS)
    high = priority.total(most, danger=False) + longest

    assert high < priority.total(least, danger=True)
    assert priority.points_in_band(high) == high
    assert priority.points_in_band(high + priority.DANGER_BAND) == high


def test_a_stamp_is_another_as_soon_as_what_it_stands_for_is() -> None:
    assert stamp("a", 1) == stamp("a", 1) != stamp("a", 2)


def test_each_obstacle_is_named() -> None:
    all_of_them = Facts(
        state=ContentState.WAITING,
        danger=True,
        minor=True,
        is_protected=True,
        is_held_by_another=True,
        stamp="now",
        shown="before",
    )
    named = set(obstacles(all_of_them))

    assert named == set(Obstacle) - {Obstacle.NOT_SHOWN, Obstacle.NOT_WAITING}


@pytest.mark.parametrize("country", ["fr", "lu"])
def test_each_country_protects_children(country: str) -> None:
    protected = {one.code for one in packs.categories(country) if one.protected}

    assert {"csam", "grooming"} <= protected
    assert "unknown" not in protected


@pytest.mark.parametrize("said", [None, "yes"])
def test_a_category_that_does_not_say_is_refused(said: str | None) -> None:
    entry: dict[str, object] = {"code": "x", "points": 5, "protected": said}
    with pytest.raises(PackFaulty):
        packs._read(entry)


@pytest.mark.django_db
class TestTheQueue:
    def test_one_report_of_danger_brings_its_content_to_the_front(self) -> None:
        for _each in range(12):
            make_report("https://many.example/", category="shocking")
        make_content("https://grave.example/", category="grooming", age_band="13-15", concern="me")
        report, _receipt = make_report("https://many.example/", category="shocking", danger=True)

        rows = listing.queue(filters=Filters(), after=None, seen_by=ANALYST).rows

        assert rows[0].id == report.contents.get().id
        assert rows[0].points_in_all < rows[1].points_in_all
        assert claiming.claim_next(by=ANALYST) == rows[0].id

    def test_that_report_is_opened_first_among_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listing, "FIRST_REPORTERS", 2)
        monkeypatch.setattr(listing, "NEWEST_REPORTERS", 2)
        reports = [
            make_report("https://many.example/", danger=n == 4, description=f"words {n}")[0]
            for n in range(9)
        ]

        opened = consulting.consult(content_id=reports[0].contents.get().id, by=ANALYST)

        told = [one.answers.description for one in opened.reports]
        assert told == ["words 4", "words 0", "words 1", "words 7", "words 8"]
        shown = listing.reporters(content_id=reports[0].contents.get().id, seen_by=ANALYST)
        assert [one.danger for one in shown] == [True, False, False, False, False]

    def test_what_was_stored_before_moves_into_the_band(self) -> None:
        danger = make_content("https://one.example/", danger=True)
        calm = make_content("https://two.example/")
        Content.objects.filter(id=danger.id).update(priority=F("priority") - 1_000 + 60)
        Report.objects.update(danger=False)

        migration = import_module("balise.hotline.reports.migrations.0007_danger_is_a_band")
        migration.lift_danger(apps, None)
        migration.lift_danger(apps, None)

        assert Content.objects.get(id=danger.id).priority == danger.priority
        assert Content.objects.get(id=calm.id).priority == calm.priority
        assert list(Report.objects.filter(danger=True)) == [danger.reports.get()]
