"""The page of one figure, and its way outside."""

import csv
import io
import re
from datetime import date
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.indicators import INDICATORS, Indicator, Latest
from balise.steering.boards.tests.boards import REPORTS, ThingSeen
from balise.steering.boards.tests.makers import count, open_garden, see
from balise.steering.indicators.models import Break, Target

pytestmark = pytest.mark.django_db

PAGE = "/staff/steering/figure/SEEN-N/"
LEAVE = f"{PAGE}leave/"
YEAR = {"first": "2025-01-01", "last": "2025-12-31"}


@pytest.fixture
def committee(client: Client) -> Account:
    """Someone of steering, signed in past the second factor."""
    return sign_in(client, make_account("steering"))


class TestTheWalk:
    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        assert "/staff/account/" in client.get(PAGE).headers["Location"]
        assert "/staff/account/" in client.post(LEAVE, YEAR).headers["Location"]

    def test_another_role_is_refused(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
        assert client.post(LEAVE, YEAR).status_code == HTTPStatus.FORBIDDEN
        assert not Entry.objects.filter(event="steering.figures.exported").exists()

    def test_a_figure_that_there_is_not(self, client: Client, committee: Account) -> None:
        assert client.get("/staff/steering/figure/NOTHING/").status_code == HTTPStatus.NOT_FOUND
        assert client.get("/staff/steering/nowhere/").status_code == HTTPStatus.NOT_FOUND


class TestThePage:
    def test_says_the_value_what_it_means_and_where_it_comes_from(
        self, client: Client, committee: Account
    ) -> None:
        see("b", on=date(2025, 10, 4), times=40)
        see("b", on=date(2024, 10, 4), times=20)
        count()

        page = client.get(PAGE, YEAR).text.replace("\xa0", " ").replace("\u202f", " ")

        assert "40 signalements en 2025 ; 20 en 2024." in page
        assert "+100 %" in page
        assert "A thing counts on the day it was seen." in page
        assert "garden.seen" in page
        assert "Bread" in page
        assert "octobre 2025" in page

    def test_a_row_of_before_alone_is_told_so_that_the_total_holds(
        self, client: Client, committee: Account
    ) -> None:
        see("b", on=date(2025, 10, 4), times=40)
        see("b", on=date(2024, 10, 4), times=12)
        see("c", on=date(2024, 10, 4), times=8)
        count()
        page = re.sub(r"<[^>]*>", " ", client.get(PAGE, YEAR).text)
        rows = plain(page).partition("Lignes comptées")[2].partition("Définition")[0]
        assert "Bread 40 12" in rows
        assert "Cheese 0 8" in rows
        assert "Total 40 20" in rows

    def test_a_break_is_said_beside_the_change(self, client: Client, committee: Account) -> None:
        see("b", on=date(2025, 10, 4), times=40)
        see("b", on=date(2024, 10, 4), times=20)
        count()
        Break.objects.create(
            on=date(2025, 2, 8), name_fr="7 j/7", name_en="Every day", lines=["hotline"]
        )

        page = client.get(PAGE, YEAR).text.replace("\xa0", " ").replace("\u202f", " ")
        assert ". Entre les deux : 7 j/7 (8 février 2025)." in page

    def test_a_target_stands_beside_what_was_reached(
        self, client: Client, committee: Account
    ) -> None:
        see("b", on=date(2025, 10, 4), times=40)
        count()
        Target.objects.create(
            indicator="SEEN-N", plan="Plan 2023-2026", objective="9", year=2025, value=80
        )

        page = client.get(PAGE, YEAR).text.replace("\xa0", " ").replace("\u202f", " ")
        assert "Plan 2023-2026" in page
        assert "50 %" in page

    def test_as_known_on_a_day(self, client: Client, committee: Account) -> None:
        see("b", on=date(2025, 10, 4), times=40)
        count()
        page = client.get(PAGE, {**YEAR, "known_by": "2025-12-31"}).text
        assert "31 décembre 2025" in page

    def test_days_that_cannot_be_read_are_refused_in_words(
        self, client: Client, committee: Account
    ) -> None:
        answer = client.get(PAGE, {"first": "2025-12-31", "last": "2025-01-01"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_the_picture_is_there_at_once(self, client: Client, committee: Account) -> None:
        see("b", on=date(2025, 10, 4), times=40)
        count()
        page = client.get(PAGE, YEAR).text
        assert page.count('role="img"') == 2
        assert "hx-get" not in page

    def test_says_who_entered_it_by_role_alone(self, client: Client, committee: Account) -> None:
        open_garden()
        listener = make_account("listener")
        by = Actor(ActorKind.STAFF, str(listener.pk))
        seen = ThingSeen(
            subject=uuid4(), kind=Code("a"), seen_on=date(2025, 10, 4), weight=1, band=Code("1h")
        )
        with transaction.atomic():
            record_many([seen] * 3, by=by)
            record(seen, by=ANYONE)
        count()

        page = plain(client.get(PAGE, YEAR).text)

        assert "Les 4 derniers faits" in page
        assert "Écoutant ou écoutante 75 %" in page
        assert "25 %" in page
        assert listener.email not in page

    def test_lists_are_shown_to_those_who_may_open_them(
        self, client: Client, committee: Account
    ) -> None:
        one = Indicator(
            code="SEEN-W",
            line="steering",
            name="Followers",
            definition="As read.",
            unit=REPORTS,
            source=Latest("social.followers"),
        )
        INDICATORS[one.code] = one
        try:
            page = client.get("/staff/steering/figure/SEEN-W/").text
        finally:
            del INDICATORS[one.code]
        assert "social.followers" in page
        assert 'href="/staff/steering/readings/"' in page

    def test_a_day_before_the_first_of_a_period_is_refused_and_kept(
        self, client: Client, committee: Account
    ) -> None:
        asked = {"first": "2025-12-31", "last": "2025-01-01"}
        page = plain(client.get(PAGE, asked).text)
        assert "Le dernier jour est avant le premier." in page
        assert "31/12/2025" in page or "2025-12-31" in page


class TestLeaving:
    def test_a_file_is_exact_and_written_down(self, client: Client, committee: Account) -> None:
        see("a", on=date(2025, 10, 4), times=40)
        see("b", on=date(2025, 10, 4), times=20)
        see("c", on=date(2025, 10, 5), times=2)
        count()

        answer = client.post(LEAVE, {**YEAR, "against": "nothing"})

        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
        assert [row[3] for row in rows[1:]] == ["62", "40", "20", "2"]
        entry = Entry.objects.get(event="steering.figures.exported")
        assert entry.facts["board"] == "SEEN-N"


def plain(words: str) -> str:
    """Return words with ordinary spaces, and no more than one between two."""
    return " ".join(words.replace("\xa0", " ").replace("\u202f", " ").split())
