"""Ready answers: everyone's, and one's own."""

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE
from balise.foundation.finding import NotHere
from balise.helpline.contacts import queries
from balise.helpline.contacts.actions import canning
from balise.helpline.contacts.models import CannedAnswer
from balise.helpline.contacts.rules.canned import AnswerWrong, NameWrong, read_answer, read_name
from balise.helpline.contacts.tests.makers import make_listener

PAGE = "/staff/helpline/answers/"


def test_a_short_name_makes_a_code() -> None:
    assert read_name(" À bientôt ! ") == "a-bientot"
    for wrong in ("", "!?", "x" * 31):
        with pytest.raises(NameWrong):
            read_name(wrong)


def test_an_answer_has_words_and_an_end() -> None:
    assert read_answer(" Here. ") == "Here."
    for wrong in ("  ", "x" * 1_001):
        with pytest.raises(AnswerWrong):
            read_answer(wrong)


@pytest.mark.django_db
class TestOnesOwn:
    def test_are_seen_by_oneself_and_take_the_place_of_a_shared_one(self) -> None:
        one, other = make_listener(), make_listener()
        assert canning.add_answer(name="Hello", language="fr", text="Coucou.", by=one) == "hello"
        assert queries.answers(seen_by=one, language="fr")["hello"] == "Coucou."
        assert queries.own_answers(seen_by=one, language="en") == {}
        shared = queries.shared_answers("fr")
        assert queries.answers(seen_by=other, language="fr") == shared
        canning.change_answer(code="hello", language="fr", text="Salut.", by=one)
        assert queries.own_answers(seen_by=one, language="fr") == {"hello": "Salut."}
        with pytest.raises(NotHere):
            canning.change_answer(code="hello", language="fr", text="Mine.", by=other)
        canning.drop_answer(code="hello", language="fr", by=other)
        assert CannedAnswer.objects.count() == 1
        canning.drop_answer(code="hello", language="fr", by=one)
        assert queries.answers(seen_by=one, language="fr") == shared

    def test_a_name_is_given_once_in_a_language(self) -> None:
        one = make_listener()
        canning.add_answer(name="mine", language="fr", text="Un.", by=one)
        canning.add_answer(name="mine", language="en", text="One.", by=one)
        with pytest.raises(NameWrong):
            canning.add_answer(name="Mine", language="fr", text="Deux.", by=one)
        assert queries.own_answers(seen_by=one, language="fr") == {"mine": "Un."}

    def test_are_for_listeners(self) -> None:
        with pytest.raises(PermissionDenied):
            canning.add_answer(name="mine", language="fr", text="x", by=ANYONE)
        with pytest.raises(PermissionDenied):
            canning.change_answer(code="mine", language="fr", text="x", by=ANYONE)
        with pytest.raises(PermissionDenied):
            canning.drop_answer(code="mine", language="fr", by=ANYONE)
        with pytest.raises(PermissionDenied):
            queries.own_answers(seen_by=ANYONE, language="fr")


@pytest.mark.django_db
class TestThePage:
    def test_the_walk(self, client: Client) -> None:
        assert "/staff/account/" in client.get(f"{PAGE}fr/").headers["Location"]
        sign_in(client, make_account("analyst"))
        assert client.get(f"{PAGE}fr/").status_code == HTTPStatus.FORBIDDEN
        given = {"new-name": "mine", "new-text": "x", "own-mine-text": "x"}
        for path in ("fr/", "fr/mine/", "fr/mine/drop/"):
            assert client.post(f"{PAGE}{path}", given).status_code == HTTPStatus.FORBIDDEN
        sign_in(client, make_account("listener"))
        assert f"{PAGE}fr/" in client.get("/staff/helpline/").text
        assert "à ton rythme" in client.get(f"{PAGE}fr/").text
        assert "at your own pace" in client.get(f"{PAGE}en/").text
        for answer in (client.get(f"{PAGE}xx/"), client.post(f"{PAGE}xx/", given)):
            assert answer.status_code == HTTPStatus.NOT_FOUND

    def test_one_is_added_changed_and_dropped(self, client: Client) -> None:
        listener = sign_in(client, make_account("listener"))
        client.post(f"{PAGE}fr/", {"new-name": "À bientôt", "new-text": "On se reparle."})
        mine = f"{PAGE}fr/a-bientot/"
        assert "On se reparle." in client.get(f"{PAGE}fr/").text
        client.post(mine, {"own-a-bientot-text": "À demain."})
        own = queries.own_answers(seen_by=actor_of(listener), language="fr")
        assert own == {"a-bientot": "À demain."}
        client.post(f"{mine}drop/")
        assert client.post(mine, {"own-a-bientot-text": "x"}).status_code == HTTPStatus.NOT_FOUND

    def test_nothing_typed_is_lost(self, client: Client) -> None:
        sign_in(client, make_account("listener"))
        client.post(f"{PAGE}fr/", {"new-name": "mine", "new-text": "Un."})
        taken = client.post(f"{PAGE}fr/", {"new-name": "Mine", "new-text": "Deux mots."})
        assert taken.status_code == HTTPStatus.CONFLICT
        assert "Deux mots." in taken.text
        empty = client.post(f"{PAGE}fr/", {"new-name": "other", "new-text": ""})
        assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert 'value="other"' in empty.text
        long = client.post(f"{PAGE}fr/mine/", {"own-mine-text": "y" * 1_001})
        assert long.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "y" * 1_001 in long.text
