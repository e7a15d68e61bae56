import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal.models import Entry
from balise.steering.boards.tests.makers import count, see
from balise.steering.rules.periods import Preset, preset

pytestmark = pytest.mark.django_db

FIGURES = "/staff/steering/"
BOARD = f"{FIGURES}garden/"


@pytest.fixture
def committee(client: Client) -> Account:
    """Someone of steering, signed in past the second factor."""
    return sign_in(client, make_account("steering"))


@pytest.fixture
def last_month() -> date:
    """The first day of the month before this one."""
    return preset(Preset.LAST_MONTH, today=clock.today()).first


class TestTheWalk:
    """anyone → another role → the right role."""

    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        assert "/staff/account/" in client.get(FIGURES).headers["Location"]
        assert "/staff/account/" in client.post(f"{BOARD}export/").headers["Location"]

    @pytest.mark.parametrize("role", ["analyst", "listener", "editor", "accounts_admin"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))
        assert client.get(FIGURES).status_code == HTTPStatus.FORBIDDEN
        answer = client.post(f"{BOARD}export/", {"period": "last-month", "form": "csv"})
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert not Entry.objects.filter(event="steering.figures.exported").exists()

    def test_the_committee_reads_and_takes(
        self, client: Client, committee: Account, last_month: date
    ) -> None:
        see("a", on=last_month, times=40)
        see("b", on=last_month, times=3)
        count()

        page = client.get(FIGURES, {"period": "last-month"}).text
        answer = client.post(f"{BOARD}export/", {"period": "last-month", "form": "json"})

        assert "43 signalements" in page
        figures = json.loads(answer.content)["figures"]
        kinds = next(one for one in figures if one["figure"] == "kinds")
        assert kinds["total"] == 43
        assert [row["number"] for row in kinds["rows"]] == [40, 3, 0]
        entry = Entry.objects.get(event="steering.figures.exported")
        assert entry.actor_key == str(committee.id)


class TestPage:
    def test_an_empty_centre_says_so(self, client: Client, committee: Account) -> None:
        page = client.get(FIGURES).text
        assert 'class="empty"' in page
        assert 'class="chart' not in page

    def test_a_picture_has_its_sentence_and_its_table(
        self, client: Client, committee: Account, last_month: date
    ) -> None:
        see("a", on=last_month, times=12)
        count()

        page = client.get(BOARD, {"period": "last-month"}).text

        assert page.count('role="img"') == 5  # two figures, wide and narrow, and twelve months
        assert "hx-get" not in page
        assert "http-equiv" not in page
        assert page.count("<table class=") - page.count('class="keys"') >= 3
        assert "En moyenne" in page
        assert not re.search(r"\sstyle=|<style", page)

    def test_a_figure_of_zero_is_zero(
        self, client: Client, committee: Account, last_month: date
    ) -> None:
        see("a", on=last_month.replace(year=last_month.year - 1), times=3)
        count()
        page = plain(client.get(BOARD, {"period": "last-month"}).text)
        assert "0 signalement " in page
        assert 'class="empty"' not in page

    def test_an_unknown_code_is_shown_as_other(
        self, client: Client, committee: Account, last_month: date
    ) -> None:
        see("x-ray", on=last_month, times=3)
        count()
        assert "autre (x-ray)" in client.get(BOARD, {"period": "last-month"}).text

    def test_says_it_in_english(self, client: Client, committee: Account, last_month: date) -> None:
        see("a", on=last_month, times=1_200)
        count()
        client.cookies["language"] = "en"
        page = client.get(BOARD, {"period": "last-month"}).text
        assert "1,200 reports" in page
        assert "1 200" not in re.sub(r"<[^>]*>", "", plain(page))

    @pytest.mark.parametrize(
        "period", ["this-month", "last-month", "this-quarter", "this-year", "12-months"]
    )
    def test_each_period_can_be_asked(
        self, client: Client, committee: Account, period: str
    ) -> None:
        assert client.get(BOARD, {"period": period}).status_code == HTTPStatus.OK

    def test_two_days_can_be_asked(
        self, client: Client, committee: Account, last_month: date
    ) -> None:
        see("a", on=last_month, times=2)
        see("a", on=last_month + timedelta(days=1), times=9)
        count()
        page = client.get(BOARD, {"first": str(last_month), "last": str(last_month)}).text
        assert "2 signalements" in plain(page)

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            ("2026-03-02", "2026-03-01"),
            ("2026-03-02", ""),
            ("1990-01-01", "2026-01-01"),
            ("2026-01-01", "2999-01-01"),
            ("soon", "2026-01-01"),
        ],
    )
    def test_days_that_cannot_be_counted_are_said(
        self, client: Client, committee: Account, first: str, last: str
    ) -> None:
        answer = client.get(BOARD, {"first": first, "last": last})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert 'role="alert"' in answer.text

    def test_an_unknown_board_is_not_found(self, client: Client, committee: Account) -> None:
        assert client.get(f"{FIGURES}unheard-of/").status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("day", [datetime(2026, 12, 1, 9, tzinfo=UTC)], indirect=True)
    def test_on_the_first_of_a_month_it_shows_twelve_months(
        self, client: Client, committee: Account
    ) -> None:
        see("a", on=date(2026, 10, 3), times=4)
        count()
        page = client.get(FIGURES)
        assert page.context["period"].day_count > 330
        assert "4 signalements" in page.text

    def test_the_other_board_is_one_step_away(self, client: Client, committee: Account) -> None:
        assert f'href="{FIGURES}orchard/?period=12-months"' in client.get(FIGURES).text


class TestExport:
    def test_a_spreadsheet_is_exact_by_month(
        self, client: Client, committee: Account, last_month: date
    ) -> None:
        see("a", on=last_month, times=40)
        see("b", on=last_month, times=3)
        count()

        answer = client.post(f"{BOARD}export/", {"period": "last-month", "form": "csv"})

        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"].endswith(f'-{last_month:%Y-%m}.csv"')
        text = answer.content.decode("utf-8-sig")
        rows = {
            (row["figure"], row["code"]): (row["number"], row["remark"])
            for row in csv.DictReader(io.StringIO(text), delimiter=";")
        }
        assert rows["kinds", "total"] == ("43", "")
        assert (rows["kinds", "a"], rows["kinds", "b"]) == (("40", ""), ("3", ""))
        assert rows["kinds", "c"] == ("0", "")

    def test_is_refused_without_a_whole_month(self, client: Client, committee: Account) -> None:
        today = clock.today().isoformat()
        answer = client.post(
            f"{BOARD}export/", {"first": today, "last": today, "form": "csv"}, follow=True
        )
        assert "mois complets" in plain(answer.text)

    @pytest.mark.parametrize("asked", [{"form": "exe"}, {"form": "csv", "first": "soon"}, {}])
    def test_nothing_leaves_that_is_not_asked_rightly(
        self, client: Client, committee: Account, asked: dict[str, str]
    ) -> None:
        assert client.post(f"{BOARD}export/", asked).status_code == HTTPStatus.NOT_FOUND
        assert not Entry.objects.filter(event="steering.figures.exported").exists()


def plain(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ").replace("&nbsp;", " ")
