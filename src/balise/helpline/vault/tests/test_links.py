"""What a device calls for a link: it opens so many times, so many days, and is taken back."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from pyrage import decrypt

from balise.foundation import clock
from balise.foundation.clock import now
from balise.helpline.vault.tests.devices import asked, brought, sent
from balise.helpline.vault.tests.makers import SAID, an_item

pytestmark = pytest.mark.django_db


class TestALink:
    def test_opens_so_many_times_and_then_says_so(self, device: Client) -> None:
        item = an_item()
        made = sent(device, "link", {"body": item.sealed}, secret="ab" * 32, openings=2, days=7)
        assert made.status_code == HTTPStatus.CREATED
        answers = [asked(device, "link/open", link=made.json()["link"]) for _nth in range(3)]
        assert [each.status_code for each in answers] == [200, 200, 410]
        assert decrypt(answers[1].content, [item.identity]).endswith(SAID)
        assert answers[2].json()["type"] == "urn:balise:problem:link-over"

    def test_may_be_larger_than_what_is_sent_at_once(self, device: Client) -> None:
        item = an_item(original=b"x" * 20_000)
        place = brought(device, item.sealed)
        given = {"secret": "ab" * 32, "openings": 1, "days": 1}
        made = sent(device, "link", {}, **place, **given)
        assert asked(device, "link/open", link=made.json()["link"]).content == item.sealed

    def test_opened_too_late_says_so(self, device: Client) -> None:
        made = sent(
            device, "link", {"body": an_item().sealed}, secret="ab" * 32, openings=2, days=1
        ).json()
        with clock.at(now() + timedelta(days=1, seconds=1)):
            answer = asked(device, "link/open", link=made["link"])
        assert answer.status_code == HTTPStatus.GONE

    def test_is_taken_back(self, device: Client) -> None:
        made = sent(
            device, "link", {"body": an_item().sealed}, secret="ab" * 32, openings=2, days=1
        ).json()
        gone = asked(device, "link/withdraw", secret="ab" * 32)
        assert gone.status_code == HTTPStatus.NO_CONTENT
        assert asked(device, "link/open", link=made["link"]).status_code == HTTPStatus.GONE
        unknown = asked(device, "link/withdraw", secret="cd" * 32)
        assert unknown.status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("wrong", [{"openings": 11}, {"days": 31}, {"openings": 0}])
    def test_has_bounds(self, device: Client, wrong: dict[str, int]) -> None:
        given = {"secret": "ab" * 32, "openings": 1, "days": 1} | wrong
        answer = sent(device, "link", {"body": an_item().sealed}, **given)
        assert answer.status_code == HTTPStatus.BAD_REQUEST
