import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import claiming
from balise.hotline.reports.models import Content, Message
from balise.hotline.reports.rules.words import ContentState
from balise.hotline.reports.tests.makers import (
    ANALYST,
    give_verdict,
    make_content,
    make_decision,
    make_report,
    take_and_open,
)

pytestmark = pytest.mark.django_db

QUEUE = "/staff/hotline/queue/"


@pytest.fixture
def analyst(client: Client) -> Account:
    """Someone of the hotline, signed in past the second factor."""
    return sign_in(client, make_account("analyst"))


class TestTheWalk:
    """anyone → another role → the right role."""

    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        answer = client.get(QUEUE)

        assert answer.status_code == 302
        assert "/staff/account/" in answer["Location"]

    @pytest.mark.parametrize("role", ["listener", "editor", "steering", "accounts_admin"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))
        content = make_content()

        assert client.get(QUEUE).status_code == 403
        assert client.get(f"/staff/hotline/contents/{content.id}/").status_code == 403
        for act in ("claim", "release", "open", "verdict"):
            address = f"/staff/hotline/contents/{content.id}/{act}/"
            answer = client.post(address, verdict_fields() if act == "verdict" else {})
            assert answer.status_code == 403, act
        assert Content.objects.get().state == ContentState.WAITING

    def test_an_analyst_works(self, client: Client, analyst: Account) -> None:
        content = make_content(category="hate")

        page = client.get(QUEUE)
        assert "Provocation" in page.text
        client.post("/staff/hotline/queue/next/")
        assert Content.objects.get().claimed_by == str(analyst.id)
        address = f"/staff/hotline/contents/{content.id}"
        unseen = client.post(f"{address}/verdict/", verdict_fields())
        assert unseen.status_code == 409
        assert "Ouvrez-le d’abord" in unseen.text
        assert "Calls for violence." in unseen.text
        client.post(f"{address}/open/")
        client.post(f"{address}/verdict/", verdict_fields())

        assert Content.objects.get().state == ContentState.REMOVING


class TestTheQueue:
    def test_shows_the_host_and_nothing_else_that_is_sealed(
        self, client: Client, analyst: Account
    ) -> None:
        make_content("https://site.example/canary-path", description="canary words")

        page = client.get(QUEUE).text

        assert "site.example" in page
        assert "canary" not in page
        fact = Entry.objects.get(event="hotline.hosts.listed")
        assert (fact.actor_key, fact.facts["count"]) == (str(analyst.id), 1)
        assert not Entry.objects.filter(event="hotline.content.revealed").exists()

    def test_shows_danger_and_age(self, client: Client, analyst: Account) -> None:
        make_content("https://calm.example/", category="csam")
        danger = make_content("https://danger.example/", category="shocking", danger=True)
        Content.objects.filter(id=danger.id).update(
            first_reported_at=now() - timedelta(hours=3, minutes=10)
        )

        page = client.get(QUEUE).text

        assert page.count(">Danger</span>") == 1
        assert "3\u202fh" in page or "3 h" in page
        assert page.index("danger.example") < page.index("calm.example")

    def test_says_why_one_comes_before_another(self, client: Client, analyst: Account) -> None:
        content = make_content(category="csam", age_band="13-15")

        assert "</span>70</span>" in client.get(QUEUE).text
        assert "moins de 18 ans" in client.get(f"/staff/hotline/contents/{content.id}/").text

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("", 2),
            ("category=csam", 1),
            ("age=1d", 1),
            ("state=closed", 0),
            ("host=old.example", 1),
            ("host=example", 0),
            ("mine=on", 0),
            ("state=nonsense&category=%00&age=9&after=x~y~z", 2),
            (f"after=9~0001-01-01T00:00:00%2B14:00~{UUID(int=0)}", 2),
        ],
    )
    def test_filters(self, client: Client, analyst: Account, query: str, count: int) -> None:
        make_content("https://new.example/", category="csam")
        old = make_content("https://old.example/", category="hate")
        Content.objects.filter(id=old.id).update(first_reported_at=now() - timedelta(days=2))

        page = client.get(f"{QUEUE}?{query}").text

        assert len(re.findall(r'href="/staff/hotline/contents/', page)) == count

    def test_goes_page_by_page_without_a_gap(self, client: Client, analyst: Account) -> None:
        for n in range(52):
            make_content(f"https://site{n}.example/")

        first = client.get(QUEUE).text
        older = re.search(r'href="[^"?]+(\?after=[^"]+)"', first)
        assert older
        second = client.get(QUEUE + older[1].replace("&amp;", "&")).text

        found = re.findall(r'href="/staff/hotline/contents/([^/]+)/', first + second)
        assert len(found) == len(set(found)) == 52


class TestOneContent:
    def test_the_second_analyst_is_told_and_keeps_their_text(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=ANALYST)
        give_verdict(content.id, make_decision())

        answer = client.post(
            f"/staff/hotline/contents/{content.id}/verdict/",
            verdict_fields(rationale="what I had written"),
        )

        assert answer.status_code == 409
        assert "a déjà sa qualification, enregistrée par" in answer.text
        assert "what I had written" in answer.text
        assert "Connu et décidé" in answer.text

    def test_an_unlawful_verdict_is_told(self, client: Client, analyst: Account) -> None:
        content = make_content()
        address = f"/staff/hotline/contents/{content.id}/verdict/"

        take_and_open(content.id, by=actor_of(analyst))

        assert client.post(address, verdict_fields(offence="")).status_code == 409
        assert client.post(address, verdict_fields(confidence="")).status_code == 422
        assert client.post(address, verdict_fields(facts_on="2999-01-01")).status_code == 422
        assert client.post(address, verdict_fields(verdict="nonsense")).status_code == 422

    def test_answers_the_reporter(self, client: Client, analyst: Account) -> None:
        report, _ = make_report()
        content = report.contents.get()

        address = f"/staff/hotline/contents/{content.id}/reports/{report.id}/answer/"
        assert client.post(address, {"text": ""}).status_code == 422
        assert client.post(address, {"text": "Thank you"}).status_code == 302

        assert Message.objects.count() == 1

    def test_keeps_what_was_typed_to_a_reporter(self, client: Client, analyst: Account) -> None:
        report, _ = make_report()
        content = report.contents.get()
        address = f"/staff/hotline/contents/{content.id}/reports/{report.id}/helpline/"

        refused = client.post(address, {"contact": "by the blue door"})

        assert refused.status_code == 422
        assert "by the blue door" in refused.text
        assert client.post(address, {"consented": "on"}).status_code == 302

    def test_an_unknown_content_is_not_found(self, client: Client, analyst: Account) -> None:
        address = "/staff/hotline/contents/00000000-0000-4000-8000-000000000000/"

        assert client.get(address).status_code == 404


def verdict_fields(**given: str) -> dict[str, str]:
    fields = {
        "verdict": "illegal",
        "category": "hate",
        "facts_on": "2026-01-10",
        "offence": "hate-incitement",
        "confidence": "sure",
        "ground": "looked",
        "rationale": "Calls for violence.",
    }
    return fields | given
