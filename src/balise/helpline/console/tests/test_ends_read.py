"""What one person ended or set aside stands on the wallboard of a supervisor until it is read."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.helpline.console.tests.makers import make_accepted, make_listener
from balise.helpline.queue.actions import dangers as life, waiting
from balise.helpline.queue.models import Danger
from balise.helpline.queue.rules import Risk, RiskFrom
from balise.helpline.queue.rules.dangers import NotADanger, Outcome

pytestmark = [pytest.mark.django_db, pytest.mark.safety]

BOARD = "/staff/helpline/wallboard/"


def test_words_set_aside_are_read_once(client: Client) -> None:
    listener = make_listener()
    one = make_accepted(listener)
    waiting.raise_risk(item_id=one.item, risk=Risk.A, how=RiskFrom.WORDS)
    life.set_aside(item_id=one.item, why=NotADanger.SONG, by=listener)
    read = f"{BOARD}ends/{Danger.objects.get().id}/"
    sign_in(client, make_account("listener"))
    assert "Mots de danger écartés" not in client.get(BOARD).text
    assert client.post(read).status_code == HTTPStatus.FORBIDDEN
    sign_in(client, make_account("helpline_lead"))
    assert "Mots de danger écartés" in client.get(BOARD).text
    assert client.post(read)["Location"] == BOARD
    assert "Mots de danger écartés" not in client.get(BOARD).text


def test_an_end_by_one_person_says_why(client: Client) -> None:
    listener = make_listener()
    one = make_accepted(listener)
    waiting.judge_risk(item_id=one.item, risk=Risk.A, by=listener)
    life.propose_end(
        item_id=one.item, outcome=Outcome.SAFER, risk=Risk.C, told="Elle dort.", by=listener
    )
    with clock.at(clock.now() + timedelta(minutes=11)):
        life.end_alone(item_id=one.item, reason="Personne cette nuit.", by=listener)
    sign_in(client, make_account("helpline_lead"))
    page = client.get(BOARD).text
    assert "Elle dort." in page
    assert "Personne cette nuit." in page
