"""The verdict bar: what it says before a verdict is saved, and the next content after it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.hotline.reports.actions import claiming
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.rules.words import ContentState, Ground
from balise.hotline.reports.tests.makers import make_content, make_report, take_and_open

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
# What the page asks whatever the content is; held so that it does not grow unseen.
MOST_QUERIES = 50


@pytest.fixture
def analyst(client: Client) -> Account:
    """Someone of the hotline, signed in past the second factor."""
    return sign_in(client, make_account("analyst"))


def address(content: Content) -> str:
    return f"/staff/hotline/contents/{content.id}/"


def said(page: str, verdict: str) -> str:
    """Return what the bar says of a verdict, in one line."""
    found = re.search(rf'(?s)<p data-for="{verdict}">(.*?)</p>', page)
    assert found, page
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_a_letter_of_each_verdict_says_it_and_sure_and_none_while_a_question_is_asked(
    client: Client, analyst: Account
) -> None:
    content = make_content(category="hate")
    claiming.claim(content_id=content.id, by=actor_of(analyst))
    page = client.get(address(content)).text
    keys = re.findall(r'hidden data-key="(\w)" data-certain="id_verdict_(\d)"', page)
    assert keys == [("e", "0"), ("r", "1"), ("t", "2"), ("d", "3"), ("f", "4")]
    assert not re.search(r'name="(?:verdict|confidence)"[^>]*checked', page)
    asked = client.post(f"{address(content)}questions/", {"start": "1"}).text
    assert "data-certain" not in asked


class TestWhatItSays:
    def test_what_each_verdict_rests_on_and_what_leaves_then(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content(category="hate")
        claiming.claim(content_id=content.id, by=actor_of(analyst))
        page = client.get(address(content)).text

        assert "Ouvrez-le d’abord" in said(page, "illegal")
        assert "Connu sans l’ouvrir" in said(page, "out-of-scope")
        assert "1 signalant prévenu" in said(page, "out-of-scope")
        assert "hébergeur" not in said(page, "illegal")

    def test_a_report_of_danger_is_read_first(self, client: Client, analyst: Account) -> None:
        content = make_content(category="hate", danger=True)
        claiming.claim(content_id=content.id, by=actor_of(analyst))

        assert "danger" in said(client.get(address(content)).text, "out-of-scope")

    def test_opening_it_says_what_a_verdict_rests_on_now(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content(category="hate")
        claiming.claim(content_id=content.id, by=actor_of(analyst))
        filled = {"offence": "hate-incitement", "confidence": "sure"}

        part = client.post(f"{address(content)}open/", filled, headers=HTMX).text

        assert 'hx-swap-oob="true"' in part
        assert "Dites comment vous le savez" in said(part, "illegal")
        looked = filled | {"ground": "looked"}
        part = client.post(f"{address(content)}open/", looked, headers=HTMX).text
        assert "Base de la qualification : J’ai regardé (Page publique" in said(part, "illegal")
        assert "notification à l’hébergeur" in said(part, "illegal")

    def test_it_follows_what_is_typed(self, client: Client, analyst: Account) -> None:
        content = make_content(category="hate")
        take_and_open(content.id, by=actor_of(analyst))
        typed = {"verdict": "illegal", "offence": "terrorism", "rationale": "Words."}

        part = client.post(f"{address(content)}verdict/draft/", typed, headers=HTMX).text

        assert "deuxième avis" in said(part, "illegal")


class TestSaving:
    def filled(self, **given: str) -> dict[str, str]:
        return {"verdict": "out-of-scope", "category": "hate", "confidence": "sure", **given}

    def test_the_next_content_is_taken_where_it_is_asked(
        self, client: Client, analyst: Account
    ) -> None:
        first, second = make_content("https://a.example/1"), make_content("https://b.example/2")
        take_and_open(first.id, by=actor_of(analyst))

        answer = client.post(f"{address(first)}verdict/", self.filled(next="1"))

        assert answer["Location"] == address(second)
        second.refresh_from_db()
        assert second.claimed_by == actor_of(analyst).key

    def test_what_was_saved_is_one_press_away_from_the_next(
        self, client: Client, analyst: Account
    ) -> None:
        first = make_content("https://a.example/1")
        make_content("https://b.example/2")
        take_and_open(first.id, by=actor_of(analyst))

        following = client.post(f"{address(first)}verdict/", self.filled(next="1"), follow=True)

        assert f'<a href="{address(first)}">' in following.text

    def test_a_verdict_is_undone_where_it_is_shown(self, client: Client, analyst: Account) -> None:
        content = make_content()
        take_and_open(content.id, by=actor_of(analyst))
        client.post(f"{address(content)}verdict/", self.filled())

        page = client.get(address(content)).text
        assert "Annuler cette qualification" in page
        assert page.count(f'action="{address(content)}reopen/"') == 1
        client.post(f"{address(content)}reopen/")

        assert Content.objects.get().state == ContentState.WAITING
        assert "Annuler cette qualification" not in client.get(address(content)).text

    def test_an_illegal_one_is_not_undone_but_contested(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content()
        take_and_open(content.id, by=actor_of(analyst))
        given = self.filled(verdict="illegal", offence="hate-incitement", rationale="Words.")
        client.post(f"{address(content)}verdict/", given)

        page = client.get(address(content)).text
        assert "Illégal" in page
        assert "Annuler cette qualification" not in page

    def test_the_page_of_what_was_decided_otherwise(self, client: Client, analyst: Account) -> None:
        first, second = make_content("https://a.example/1"), make_content("https://b.example/2")
        take_and_open(first.id, by=actor_of(analyst))

        answer = client.post(f"{address(first)}verdict/", self.filled())

        assert answer["Location"] == address(first)
        second.refresh_from_db()
        assert second.claimed_by == ""

    def test_what_belongs_to_another_verdict_is_left_out(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content()
        take_and_open(content.id, by=actor_of(analyst))
        left = self.filled(offence="hate-incitement", ground=Ground.PRIVATE)

        client.post(f"{address(content)}verdict/", left)

        kept = Assessment.objects.get()
        assert (kept.offence, kept.ground) == ("", Ground.REPORT)
        assert Content.objects.get().state == ContentState.CLOSED

    def test_a_reason_is_kept_with_the_verdict_that_asks_for_it(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=actor_of(analyst))
        given = self.filled(verdict="unverifiable")

        assert client.post(f"{address(content)}verdict/", given).status_code == 409
        client.post(f"{address(content)}verdict/", given | {"ground": Ground.PRIVATE.value})

        assert Assessment.objects.get().ground == Ground.PRIVATE


def test_the_page_asks_as_much_of_many_reports_as_of_one(client: Client, analyst: Account) -> None:
    alone = make_content("https://alone.example/1")
    many = make_content("https://many.example/1")
    for _each in range(12):
        make_report("https://many.example/1")
    asked = []
    client.get(address(alone))
    for content in (alone, many):
        claiming.claim(content_id=content.id, by=actor_of(analyst))
        with CaptureQueriesContext(connection) as found:
            client.get(address(content))
        asked.append(len(found))

    assert asked[1] <= asked[0] + 1, asked  # the newest reports, beside the first ones
    assert max(asked) <= MOST_QUERIES, asked
