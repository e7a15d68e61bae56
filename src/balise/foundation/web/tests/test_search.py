"""Search from any page of staff: pages, what modules find, and nothing that one may not see."""

import pytest
from django.conf import settings
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.web import desk, navigation
from balise.foundation.web.desk import Found, Search

ADDRESS = "/staff/search/"


def actor(*abilities: str) -> Actor:
    return Actor(ActorKind.STAFF, "1", frozenset(abilities))


class TestTheRule:
    @pytest.fixture(autouse=True)
    def only_these(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def numbers(words: str, _actor: Actor) -> list[Found]:
            return [Found(f"{words}-{number}", "/there/") for number in range(9)]

        monkeypatch.setattr(desk, "_searches", [Search("Numbers", "may.count", numbers)])
        monkeypatch.setattr(navigation, "_staff", [])

    def test_a_kind_is_found_by_whom_has_the_ability(self) -> None:
        assert not desk.found("a", seen_by=actor())
        (group,) = desk.found(" a ", seen_by=actor("may.count"))
        assert [one.label for one in group.results] == ["a-0", "a-1", "a-2", "a-3", "a-4"]

    def test_without_words_nothing_is_searched(self) -> None:
        assert not desk.found("  ", seen_by=actor("may.count"))


@pytest.mark.django_db
class TestThePage:
    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        assert "/staff/account/" in client.get(ADDRESS)["Location"]
        assert "/staff/account/" in client.post(ADDRESS, {"sought": "queue"})["Location"]

    def test_pages_are_found_without_accents_and_case(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
        page = client.post(ADDRESS, {"sought": "NOTIF"}).content.decode()
        assert "/staff/takedown/notices/" in page
        assert "/staff/hotline/queue/" not in page.partition("<main")[2]

    def test_a_page_of_another_role_is_not_found(self, client: Client) -> None:
        sign_in(client, make_account("listener"))
        page = client.post(ADDRESS, {"sought": ""}).content.decode()
        assert "/staff/hotline/queue/" not in page
        assert '"/staff/helpline/"' in page.partition("<main")[2]

    def test_a_part_is_drawn_for_the_dialog(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        words = {"sought": "<none>"}
        page = client.post(ADDRESS, words, headers={"HX-Request": "true"}).content.decode()
        assert "<main" not in page
        assert "found-nothing" in page
