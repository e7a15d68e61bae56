"""The home of each role: what waits, with a number or a day, and nothing else."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balise.config.roles import ROLES
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.web import navigation
from balise.hotline.reports.tests.makers import make_content
from balise.steering.committee.tests.makers import make_decision

pytestmark = pytest.mark.django_db

CODES = [role.code for role in ROLES]
# A home asks each module once; the side and the session are of every page.
MOST_QUERIES = 90


def page_of(client: Client, role: str) -> str:
    sign_in(client, make_account(role))
    page = client.get("/staff/", headers={"accept-language": "en"})
    assert page.status_code == 200
    return page.text.partition("<main")[2]


@pytest.mark.parametrize("role", CODES)
class TestEachRole:
    def test_reads_numbers_and_days_alone(self, client: Client, role: str) -> None:
        make_content(danger=True)
        make_decision()

        page = page_of(client, role)

        lines = re.findall(
            r'<a href="/staff/[^"]*">\s*<b class="due-(number|day)">([^<]+)</b>', page
        )
        assert len(lines) == len(re.findall(r"<li data-line=", page))
        assert all(kind == "day" or int(told) > 0 for kind, told in lines)
        assert bool(lines) != ("Nothing waits for you" in page)

    def test_asks_few_questions(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))
        client.get("/staff/")

        with CaptureQueriesContext(connection) as asked:
            client.get("/staff/")

        assert len(asked) <= MOST_QUERIES

    def test_is_told_only_what_may_be_entered(self, role: str) -> None:
        actor = actor_of(make_account(role))

        ways = {way.entry.line for way in navigation.staff_ways(actor)}

        assert {line.line for line in navigation.due_lines(actor)} <= ways


class TestTheHotline:
    def test_reads_what_waits_for_a_review(self, client: Client) -> None:
        make_content("https://one.example/")
        make_content("https://two.example/", danger=True)

        page = page_of(client, "analyst")

        assert re.search(r">2</b>\s*<span[^>]*>Content to examine<", page)
        assert re.search(r">1</b>\s*<span[^>]*>Content with a danger to examine<", page)

    def test_is_told_when_nothing_waits(self, client: Client) -> None:
        assert "Nothing waits for you" in page_of(client, "data_protection")
