"""Whom to tell next, on a notice's page: offered wherever it may be done, in words that hold."""

from html import unescape
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.mail.tests.makers import Postmaster
from balise.takedown.notices.actions import contesting, ending
from balise.takedown.notices.models import Mailing, Notice
from balise.takedown.notices.rules.inbound import Via
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.redress import Contester
from balise.takedown.notices.rules.states import NoticeState, Outcome
from balise.takedown.notices.tests.makers import (
    ANALYST,
    another_contact,
    get,
    make_sent,
    state_of,
    told,
)

pytestmark = pytest.mark.django_db

DESK = "/staff/takedown/notices/"


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, make_account("analyst"))
    return client


@pytest.fixture
def sent(office: Postmaster) -> UUID:
    return make_sent(office)


def page(client: Client, notice_id: UUID) -> str:
    answer = client.get(f"{DESK}{notice_id}/")
    assert answer.status_code == HTTPStatus.OK
    return unescape(answer.content.decode())


def climb(client: Client, notice_id: UUID) -> None:
    """Tell the network above, by the page."""
    network = another_contact("Réseau", "abuse@reseau.example")
    given = {"rung": "upstream", "contact": str(network)}
    client.post(f"{DESK}{notice_id}/climb/", given)


class TestAnObjection:
    def test_shows_no_decision_to_who_had_a_hand_elsewhere_on_the_ladder(
        self, client: Client, sent: UUID
    ) -> None:
        account = make_account("analyst")
        sign_in(client, account)
        contest_id = contesting.contest(
            notice_id=sent,
            contester=Contester.AUTHOR,
            grounds="C'est une œuvre d'art, exposée dans un musée.",
            via=Via.PAGE,
            by=ANYONE,
        )
        address = f"{DESK}contests/{contest_id}/"
        assert 'name="ruling"' in client.get(address).content.decode()
        climb(client, sent)  # the notice to the network is theirs now
        found = unescape(client.get(address).content.decode())
        assert 'name="ruling"' not in found
        assert "pris part à une notification" in found


class TestTheNext:
    def test_says_what_is_wrong_in_a_form_that_is_open(self, analyst: Client, sent: UUID) -> None:
        Notice.objects.filter(id=sent).update(ran_out_at=now(), due_at=None)

        wrong = analyst.post(f"{DESK}{sent}/climb/", {"rung": "upstream"})

        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        form = wrong.content.decode().partition('id="climb"')[2].partition("<summary")[0]
        assert " open" in form.rpartition("<details")[2]

    def test_is_told_when_the_hosts_mailbox_is_dead(self, analyst: Client, sent: UUID) -> None:
        ending.note_bounced(mailing_id=Mailing.objects.get().id, by=SYSTEM)
        assert state_of(sent) is NoticeState.FAILED
        assert f"{DESK}{sent}/climb/" in page(analyst, sent)
        climb(analyst, sent)
        assert Notice.objects.get(follows_id=sent).on_rung is Rung.UPSTREAM

    def test_can_be_left_for_now_and_told_later_when_a_host_refuses(
        self, analyst: Client, sent: UUID
    ) -> None:
        ending.record_outcome(notice_id=sent, outcome=Outcome.REFUSED, by=ANALYST)
        found = page(analyst, sent)
        assert f"{DESK}{sent}/leave/" in found
        assert f"{DESK}{sent}/stay/" not in found
        left = analyst.post(f"{DESK}{sent}/leave/", follow=True)
        assert "Personne d’autre n’est prévenu" in unescape(left.content.decode())
        assert get(sent).proposed == ""
        found = page(analyst, sent)
        assert f"{DESK}{sent}/leave/" not in found
        assert f"{DESK}{sent}/climb/" in found
        assert "Organisation au-dessus" in found
        climb(analyst, sent)
        assert Notice.objects.filter(follows_id=sent).exists()

    def test_is_waited_for_while_a_clock_may_run(self, analyst: Client, sent: UUID) -> None:
        Notice.objects.filter(id=sent).update(ran_out_at=now(), due_at=None, proposed="upstream")
        found = page(analyst, sent)
        assert f"{DESK}{sent}/stay/" in found
        assert f"{DESK}{sent}/leave/" not in found
        analyst.post(f"{DESK}{sent}/leave/")
        assert get(sent).proposed_rung is Rung.UPSTREAM
        assert not told("rung-declined")
        analyst.post(f"{DESK}{sent}/stay/")
        assert get(sent).due_at is not None

    def test_is_told_no_more_once_it_is_gone(self, analyst: Client, sent: UUID) -> None:
        ending.record_outcome(notice_id=sent, outcome=Outcome.REMOVED, by=ANALYST)
        assert f"{DESK}{sent}/climb/" not in page(analyst, sent)
