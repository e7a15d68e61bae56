"""The page of the words of danger: who may open it, propose there, and decide."""

from http import HTTPStatus

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.helpline.queue.models import WordsEdit

pytestmark = [pytest.mark.django_db, pytest.mark.safety]

PAGE = "/staff/helpline/console/words/"
FILLED = {
    "of": "fr:SELFKILL",
    "added": "me zigouillerai",
    "removed": "",
    "why": "Entendu deux fois.",
}


def test_the_page_is_a_supervisors(client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/staff/account/login/")
    sign_in(client, make_account("listener"))
    assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
    assert client.post(PAGE, FILLED).status_code == HTTPStatus.FORBIDDEN
    sign_in(client, make_account("helpline_lead"))
    assert client.get(PAGE).status_code == HTTPStatus.OK
    assert not WordsEdit.objects.exists()


def test_one_proposes_and_another_approves(client: Client) -> None:
    proposer = make_account("helpline_lead")
    sign_in(client, proposer)
    assert client.post(PAGE, FILLED)["Location"] == PAGE
    edit = WordsEdit.objects.get()
    decide = f"{PAGE}{edit.id}/"
    page = client.get(PAGE).text
    assert "me zigouillerai" in page
    assert "une autre personne doit l’approuver" in page
    assert decide not in page
    assert client.post(decide, {"act": "approve"})["Location"] == PAGE
    decided = WordsEdit.objects.exclude(decided_at=None)
    assert not decided.exists(), "not by who proposed it"
    sign_in(client, make_account("listener"))
    assert client.post(decide, {"act": "approve"}).status_code == HTTPStatus.FORBIDDEN
    sign_in(client, make_account("helpline_lead"))
    assert decide in client.get(PAGE).text
    assert client.post(decide, {"act": "other"}).status_code == HTTPStatus.NOT_FOUND
    client.post(decide, {"act": "approve"})
    assert decided.get().is_approved
    assert "En vigueur" in client.get(PAGE).text


def test_what_is_refused_stays_in_the_form(client: Client) -> None:
    sign_in(client, make_account("helpline_lead"))
    answer = client.post(PAGE, {**FILLED, "added": "mourir .. demain"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "mourir .. demain" in answer.text
    assert not WordsEdit.objects.exists()


def test_a_list_shows_its_words_as_they_are_in_force(client: Client) -> None:
    sign_in(client, make_account("helpline_lead"))
    client.post(PAGE, FILLED)
    sign_in(client, make_account("helpline_lead"))
    client.post(f"{PAGE}{WordsEdit.objects.get().id}/", {"act": "approve"})
    page = client.get(PAGE, {"of": "fr:SELFKILL"}).text
    assert "<li><bdi>me zigouillerai</bdi></li>" in page
    assert "<li><bdi>me zig" not in client.get(PAGE, {"of": "fr:NONE"}).text
