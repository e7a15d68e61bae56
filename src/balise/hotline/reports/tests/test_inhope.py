"""INHOPE's yearly file: who takes it, from which day, what it says and what it does not."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http import HTTPStatus
from io import StringIO

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.moments import day_words
from balise.foundation.statistics import telling
from balise.foundation.statistics.models import Counted
from balise.foundation.statistics.protection import Node
from balise.hotline.reports import access
from balise.hotline.reports.actions import describing, removal, taking
from balise.hotline.reports.models import Content
from balise.hotline.reports.rules.inhope import (
    HEADINGS,
    State,
    YearWrong,
    check_year,
    had_from,
    years_over,
)
from balise.hotline.reports.tests.makers import ANALYST, give_verdict, make_content, make_decision
from balise.takedown.law.rules.items import AgeGroup, Item, Sex, SiteType

LEAD = Actor(ActorKind.STAFF, "lead", frozenset({access.TAKE_FILE}))
MARCH, READY = datetime(2025, 3, 3, 12, tzinfo=UTC), datetime(2026, 2, 3, 9, tzinfo=UTC)
GIRL = Item(age=AgeGroup.PUBESCENT, sex=Sex.FEMALE, site_type=SiteType.FORUM)


class TestRules:
    def test_a_year_has_its_file_thirty_one_days_after_its_end(self) -> None:
        assert had_from(Node(2025)) == date(2026, 2, 1)
        since, early = date(2025, 3, 1), date(2026, 1, 31)
        with pytest.raises(YearWrong, match="2026-02-01"):
            check_year(2025, since=since, today=early, words=str)
        found = check_year(2025, since=since, today=date(2026, 2, 1), words=str)
        assert found == Node(2025)

    @pytest.mark.parametrize("year", [2024, 2027])
    def test_a_year_without_a_centre_has_none(self, year: int) -> None:
        with pytest.raises(YearWrong):
            check_year(year, since=date(2025, 3, 1), today=date(2026, 6, 1), words=str)

    def test_offers_years_that_are_over(self) -> None:
        assert years_over(date(2024, 5, 1), date(2026, 2, 1)) == [Node(2025), Node(2024)]

    def test_each_heading_has_a_name_of_its_own(self) -> None:
        names = [each.code for each in HEADINGS]
        assert len(set(names)) == len(names) > 10


@pytest.fixture
def a_year() -> Iterator[None]:
    """A centre of 2025: twelve contents of one forum, one of which was removed after five days."""
    with clock.at(datetime(2025, 1, 1, 12, tzinfo=UTC)):
        make_content("https://forum.example/first")
        clerk.tick()
    with clock.at(MARCH):
        made = [make_content(f"https://forum.example/{number}") for number in range(12)]
        for content in made:
            describing.describe_items(content_id=content.id, items=[GIRL], by=ANALYST)
            removal.note_hosting(content_id=content.id, country="NL", network=1, by=SYSTEM)
            give_verdict(content.id, make_decision())
    with clock.at(MARCH.replace(day=8, hour=13)):
        removal.note_removed(content_id=made[0].id, at=clock.now(), by=SYSTEM)
    with clock.at(READY):
        clerk.tick()
        telling.tell()
        yield


def lines(year: int = 2025) -> dict[tuple[str, str], tuple[int | None, State]]:
    file = taking.take_inhope(year=year, by=LEAD)
    return {(one.heading, one.code): (one.count, one.state) for one in file.lines}


@pytest.mark.django_db
class TestTheFile:
    def test_says_what_was_counted(self, a_year: None) -> None:
        found = lines()
        assert found["illegal", ""] == (12, State.SHOWN)
        assert found["illegal-hosting-country-at-verdict", "NL"] == (12, State.SHOWN)
        assert found["illegal-site-type", "forum"] == (12, State.SHOWN)
        assert found["illegal-site-type", "blog"] == (0, State.SHOWN)
        assert found["illegal-commerciality", "unknown"] == (12, State.SHOWN)
        assert found["days-verdict-to-removal", "6d"] == (1, State.SHOWN)
        assert found["contents-reported", ""] == (13, State.SHOWN)
        assert found["contents-new", ""] == (13, State.SHOWN)

    def test_says_of_children_what_is_told_everywhere(self, a_year: None) -> None:
        found = lines()
        told = telling.printed(
            "hotline.illegal.shown", "age", date(2025, 1, 1), date(2025, 12, 31), on=READY.date()
        )
        for code in AgeGroup.values:
            count, state = found["illegal-age", code]
            cell = told.cells.get(code)
            assert count == (cell.least if cell else None)
            assert (state is State.SHOWN) == (cell is not None)
        assert found["illegal-age", "infant"] == (None, State.UNDER_THRESHOLD)

    def test_says_nothing_of_a_year_that_was_not_counted(self, a_year: None) -> None:
        Counted.objects.filter(measure="hotline.asked").update(
            since=datetime(2026, 1, 5, tzinfo=UTC)
        )
        found = lines()
        assert found["first-asked", "host"] == (None, State.NOT_COUNTED)
        Counted.objects.filter(measure="hotline.asked").update(
            since=datetime(2025, 6, 1, 12, tzinfo=UTC)
        )
        file = taking.take_inhope(year=2025, by=LEAD)
        (asked,) = (one for one in file.lines if (one.heading, one.code) == ("first-asked", "host"))
        assert (asked.count, asked.since) == (0, date(2025, 6, 1))

    def test_names_what_is_not_collected_with_the_reason(self, a_year: None) -> None:
        out = StringIO()
        call_command("inhope", "--year", "2025", stdout=out)
        rows = list(csv.DictReader(StringIO(out.getvalue())))
        lacking = [row for row in rows if row["state"] == "not-collected"]
        assert {row["heading"] for row in lacking} >= {"still-online", "analysts"}
        assert all(row["reason"] and not row["count"] for row in lacking)
        assert Content.objects.count() == 13

    def test_is_for_the_head_of_the_hotline(self, client: Client, a_year: None) -> None:
        page = "/staff/hotline/files-for-others/"
        with pytest.raises(PermissionDenied):
            taking.take_inhope(year=2025, by=ANALYST)
        assert "/staff/account/" in client.get(page)["Location"]
        sign_in(client, make_account("analyst"))
        assert client.get(page).status_code == HTTPStatus.FORBIDDEN
        assert client.post(f"{page}inhope/").status_code == HTTPStatus.FORBIDDEN
        assert not Entry.objects.filter(event="hotline.report.taken").exists()

        sign_in(client, make_account("hotline_lead"))
        shown = client.get(page).text
        assert "Non recueilli" in shown
        taken = client.post(f"{page}inhope/", {"year": "2025", "form": "json"})
        out = StringIO()
        call_command("inhope", "--year", "2025", "--json", stdout=out)
        assert orjson.loads(taken.content) == orjson.loads(out.getvalue())
        assert 'filename="inhope-2025.json"' in taken["Content-Disposition"]
        assert Entry.objects.filter(event="hotline.report.taken").count() == 2

    def test_says_from_which_day_it_can_be_had(self, client: Client, a_year: None) -> None:
        with clock.at(datetime(2026, 1, 20, 9, tzinfo=UTC)):
            sign_in(client, make_account("hotline_lead"))
            page = "/staff/hotline/files-for-others/"
            assert "1er février 2026" in client.get(page).text
            answer = client.post(f"{page}inhope/", {"year": "2025"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "1er février 2026" in answer.text


def test_the_clock_says_the_first_as_people_do() -> None:
    assert day_words(date(2026, 8, 1)) == "1er août 2026"
    assert day_words(date(2026, 8, 2)) == "2 août 2026"
