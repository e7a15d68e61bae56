"""A figure of one indicator says until when it counted, in whatever way it is read."""

import csv
import io
import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.steering.boards.tests.makers import YESTERDAYS, count, open_garden, see
from balise.steering.boards.tests.test_figure import LEAVE, PAGE
from balise.steering.indicators.queries.covering import covered

pytestmark = pytest.mark.django_db


@pytest.fixture
def stopped(day: datetime) -> datetime:
    """The worker stopped yesterday; return the moment of what it did not count."""
    at = day - timedelta(days=1)
    with clock.at(at):
        see("a", on=clock.today(), times=40)
        count()
    with clock.at(at + timedelta(hours=3)):
        see("a", on=clock.today(), times=6)
    return at + timedelta(hours=3)


def asked() -> list[str]:
    return ["figures", "--as-of", clock.today().isoformat(), "--json"]


def test_the_command_refuses_unless_it_is_allowed(stopped: datetime) -> None:
    with pytest.raises(CommandError) as refused:
        call_command(*asked())
    assert "6 " in str(refused.value)
    assert "--allow-stale" in str(refused.value)
    printed = StringIO()
    call_command(*asked(), "--allow-stale", stdout=printed)
    (line,) = printed.getvalue().splitlines()
    found = json.loads(line)
    said = timezone.localtime(stopped).isoformat(timespec="seconds")
    assert (found["counted_until"], found["value"], found["missing"]) == (said, 40, "not-yet")
    count()
    printed = StringIO()
    call_command(*asked(), stdout=printed)
    assert json.loads(printed.getvalue())["value"] == 46


@pytest.mark.parametrize(("day", "said"), YESTERDAYS, indirect=["day"])
def test_its_page_and_its_file_say_it(client: Client, stopped: datetime, said: str) -> None:
    sign_in(client, make_account("steering"))
    local = timezone.localtime(stopped)
    page = client.get(PAGE).text.replace("\u00a0", " ").replace("\u202f", " ")
    assert f"Compté jusqu’au {said} 2026, {local:%H:%M}" in page
    assert "6 faits non comptés" in page
    given = {"first": f"{local.year}-01-01", "last": f"{local.date()}", "against": "nothing"}
    answer = client.post(LEAVE, given)
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert {row["as_of"] for row in rows} == {local.isoformat(timespec="seconds")}


def test_what_is_all_counted_is_of_now() -> None:
    open_garden()
    count()
    with clock.at(clock.now()):
        assert covered(["SEEN-N"]).whole_until == clock.now()
        assert covered([]).whole_until == clock.now()
