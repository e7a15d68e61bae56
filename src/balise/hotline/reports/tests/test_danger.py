"""A reporter who says that someone is in danger, and one who reports something else after."""

import re
from typing import Any, ClassVar

import pytest
from django.test import Client

from balise.hotline.reports.models import Report
from balise.hotline.reports.tests.test_public import FORM, ticket_of, whole

pytestmark = pytest.mark.django_db


class TestSomeoneInDanger:
    """What to do now is the first thing of the very next page, and stands with the receipt."""

    NOW = "Quelqu’un en danger maintenant"
    WHERE: ClassVar = {"step": "where", "addresses": "https://a.example/x", "go": "on"}
    WHAT: ClassVar = {"step": "what", "danger": "on", "go": "on"}

    def is_told_first(self, page: Any) -> None:
        words = page.text.partition("<main")[2].partition("</main>")[0]
        told = words.partition("</h1>")[2]
        assert self.NOW in told
        for before in ("<form", "<ol", "Étape", 'class="receipt"', "errors"):
            assert before not in told.partition(self.NOW)[0], before
        for number in ("tel:17", "tel:112", "sms:114", "tel:119", "tel:3114"):
            assert f'href="{number}"' in told

    def sent(self, client: Client, page: Any, step: dict[str, str]) -> Any:
        return client.post(FORM, step | {"ticket": ticket_of(page)}, follow=True)

    def test_nobody_is_told_before_they_say_so(self, client: Client) -> None:
        page = self.sent(client, client.get(FORM), self.WHERE)
        assert self.NOW not in page.text
        assert self.NOW not in self.sent(client, page, self.WHAT | {"danger": ""}).text

    @pytest.mark.parametrize("go", ["on", "back", "send"])
    def test_the_next_page_says_what_to_do(self, client: Client, go: str) -> None:
        page = self.sent(client, client.get(FORM), self.WHERE)
        self.is_told_first(self.sent(client, page, self.WHAT | {"go": go}))
        self.is_told_first(client.get(FORM))

    def test_a_page_that_is_sent_back_says_it_too(self, client: Client) -> None:
        page = self.sent(client, client.get(FORM), self.WHERE)
        page = self.sent(client, page, self.WHAT | {"met_on": "2999-01-01"})
        assert page.status_code == 422
        self.is_told_first(page)
        page = self.sent(client, page, self.WHAT)
        page = self.sent(client, page, {"step": "you", "age_band": "nothing", "go": "send"})
        assert page.status_code == 422
        self.is_told_first(page)

    def test_the_receipt_says_it_again(self, client: Client) -> None:
        page = self.sent(client, client.get(FORM), self.WHERE)
        page = self.sent(client, page, self.WHAT)
        page = self.sent(client, page, {"step": "you", "follow_up": "yes", "go": "send"})
        assert 'id="code"' in page.text
        self.is_told_first(page)

    def test_so_do_the_thanks_where_no_follow_up_is_wanted(self, client: Client) -> None:
        page = self.sent(client, client.get(FORM), self.WHERE)
        page = self.sent(client, page, self.WHAT)
        self.is_told_first(
            self.sent(client, page, {"step": "you", "follow_up": "no", "go": "send"})
        )
        self.is_told_first(client.get(whole(Client(), follow_up="no", danger="on")["Location"]))
        assert self.NOW not in client.get(whole(Client(), follow_up="no")["Location"]).text

    def test_a_form_that_lapsed_says_it_with_what_was_typed(self, client: Client) -> None:
        page = self.sent(client, client.get(FORM), self.WHAT | {"description": "my words"})
        assert page.status_code == 422
        assert "my words" in page.text
        self.is_told_first(page)


class TestAnotherReport:
    def test_starts_empty_and_no_code_is_left(self, client: Client) -> None:
        code = re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", _receipt_page(client))
        assert code
        answer = client.post(FORM, {"go": "another"})
        assert answer["Location"] == FORM
        assert code[0].replace("-", "") not in client.cookies["visit"].value
        page = client.get(FORM).text
        for trace in ("https://a.example/x", "my words", code[0]):
            assert trace not in page
        assert client.get("/fr/follow/code.svg").status_code == 404
        assert 'name="step" value="where"' in page

    def test_is_another_report(self, client: Client) -> None:
        _receipt_page(client)
        client.post(FORM, {"go": "another"})
        whole(client, addresses="https://b.example/y")
        assert Report.objects.count() == 2


def _receipt_page(client: Client) -> str:
    whole(client, description="my words")
    page = client.get(FORM).text
    assert 'value="another"' in page
    return page
