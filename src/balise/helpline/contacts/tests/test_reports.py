"""The files for others: their dimensions, and nothing small enough to point at someone."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from io import StringIO

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.journal.models import Entry
from balise.helpline.contacts.actions import taking
from balise.helpline.contacts.models import Fact
from balise.helpline.contacts.queries import reports
from balise.helpline.contacts.rules.reports import PeriodWrong, quarter, quarters_over, years_over


def make_facts(
    count: int, *, topic: str, day: date = date(2026, 5, 4), caller: str = "child"
) -> None:
    """Leave facts as the wrap-up leaves them, on a day of the past."""
    for _each in range(count):
        Fact.objects.create(
            day=day,
            half_hour=34,
            channel="chat",
            kind="child-self",
            is_counselling=True,
            topics=[topic],
            age_band="12-14",
            gender="girl",
            caller=caller,
            risk="D",
            place="messaging",
            duration_s=900,
        )


def test_a_quarter_is_three_months() -> None:
    assert quarter(2026, 4) == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter(2024, 1) == (date(2024, 1, 1), date(2024, 3, 31))


@pytest.mark.django_db
def test_the_file_for_insafe_has_its_dimensions_and_withholds_small_numbers() -> None:
    make_facts(19, topic="sextortion")
    make_facts(13, topic="cyberbullying", caller="parent")
    make_facts(2, topic="scam")
    make_facts(6, topic="family-siblings")  # nothing that Insafe counts
    out = StringIO()
    call_command("insafe", "--year", "2026", "--quarter", "2", "--json", stdout=out)
    found = orjson.loads(out.getvalue())
    lines = {(each["dimension"], each["code"]): each["count"] for each in found["lines"]}
    assert found["contacts"] == 34
    assert lines["topic", "sexual-coercion"] == 19
    assert lines["topic", "e-crime"] is None
    assert lines["topic", "cyberbullying"] is None  # else the small one could be worked out
    assert lines["topic", "hate-speech"] is None  # nobody spoke of it: that tells something too
    assert lines["age", "parents"] == 13
    assert lines["where", "messaging"] == 34


@pytest.mark.django_db
def test_a_file_that_changed_by_little_leaves_as_it_left() -> None:
    make_facts(30, topic="sextortion")
    first = taking.take_insafe(year=2026, quarter=2, by=SYSTEM)
    make_facts(4, topic="sextortion")

    again = taking.take_insafe(year=2026, quarter=2, by=SYSTEM)
    assert (again.total, again.counted_until) == (30, first.counted_until)
    assert again.lines == first.lines

    make_facts(8, topic="sextortion")
    assert taking.take_insafe(year=2026, quarter=2, by=SYSTEM).total == 42


@pytest.mark.django_db
def test_topics_count_in_the_edition_of_their_day() -> None:
    make_facts(8, topic="sextortion", day=date(2023, 2, 1))
    report = reports.insafe_quarter(2023, 1, seen_by=SYSTEM)
    codes = {(line.dimension, line.code) for line in report.lines}
    assert ("topic", "sextortion") in codes
    assert not any(dimension == "where" for dimension, _code in codes)


@pytest.mark.django_db
def test_the_file_for_chi_counts_every_counselling_contact() -> None:
    make_facts(12, topic="family-siblings")
    make_facts(16, topic="sextortion")
    out = StringIO()
    call_command("chi", "--year", "2026", "--csv", stdout=out)
    assert "chi,2026-01-01,2026-12-31,contacts,all,28,20" in out.getvalue()
    assert "violence/online-csae,16,20" in out.getvalue()
    assert "family/siblings,,20" in out.getvalue()  # beside the topics of which nobody spoke
    head, *rows = out.getvalue().splitlines()
    assert head.endswith(",counted_until")
    (until,) = {row.rpartition(",")[2] for row in rows}
    assert abs(datetime.fromisoformat(until) - clock.now()) < timedelta(minutes=30)


@pytest.mark.django_db
def test_a_period_before_the_first_contact_has_no_file() -> None:
    make_facts(12, topic="sextortion", day=date(2026, 5, 1))
    with pytest.raises(PeriodWrong):
        reports.insafe_quarter(2026, 1, seen_by=SYSTEM)
    with pytest.raises(CommandError):
        call_command("chi", "--year", "2025")
    assert reports.insafe_quarter(2026, 2, seen_by=SYSTEM).total == 12


@pytest.mark.django_db
def test_who_may_not_gets_no_file() -> None:
    with pytest.raises(PermissionDenied):
        reports.chi_year(2026, seen_by=ANYONE)
    with pytest.raises(CommandError):
        call_command("chi", "--year", "1")


def test_only_periods_that_are_over_are_offered() -> None:
    assert quarters_over(date(2025, 12, 31), date(2026, 5, 1)) == [(2026, 1), (2025, 4)]
    assert quarters_over(date(2026, 5, 1), date(2026, 6, 30)) == []
    assert years_over(date(2024, 2, 1), date(2026, 1, 1)) == [2025, 2024]
    assert years_over(date(2026, 2, 1), date(2026, 12, 31)) == []


@pytest.mark.django_db
class TestThePage:
    PAGE = "/staff/helpline/files-for-others/"

    def test_is_for_the_head_of_the_helpline(self, client: Client) -> None:
        assert "/staff/account/" in client.get(self.PAGE)["Location"]
        sign_in(client, make_account("listener"))
        assert client.get(self.PAGE).status_code == HTTPStatus.FORBIDDEN
        for name in ("insafe/", "chi/"):
            assert client.post(f"{self.PAGE}{name}").status_code == HTTPStatus.FORBIDDEN

    def test_gives_the_files_that_the_commands_print(self, client: Client) -> None:
        with clock.at(datetime(2026, 5, 20, 9, tzinfo=UTC)):
            make_facts(9, topic="sextortion", day=date(2025, 5, 4))
            sign_in(client, make_account("helpline_lead"))
            assert self.PAGE in client.get("/staff/").text
            page = client.get(self.PAGE).text
            assert "octobre à décembre 2025" in page
            given = {"insafe-period": "2025-2", "form": "csv"}
            taken = client.post(f"{self.PAGE}insafe/", given)
            yearly = client.post(f"{self.PAGE}chi/", {"chi-period": "2025", "form": "json"})
            out = StringIO()
            call_command("insafe", "--year", "2025", "--quarter", "2", "--csv", stdout=out)
            assert taken.text == out.getvalue()
            out = StringIO()
            call_command("chi", "--year", "2025", "--json", stdout=out)
        assert 'filename="insafe-2025-2.csv"' in taken["Content-Disposition"]
        assert yearly.text == out.getvalue()
        assert Entry.objects.filter(event="helpline.report.taken").count() == 4

    def test_offers_no_period_that_goes_on(self, client: Client) -> None:
        with clock.at(datetime(2026, 5, 20, 9, tzinfo=UTC)):
            make_facts(9, topic="sextortion")
            sign_in(client, make_account("helpline_lead"))
            page = client.get(self.PAGE).text
            assert "<select" not in page
            answer = client.post(f"{self.PAGE}insafe/", {"insafe-period": "2026-2"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
