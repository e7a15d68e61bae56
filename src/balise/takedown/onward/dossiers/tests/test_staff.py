"""Dossiers behind the staff door: anyone, another line, the right line."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import forget
from balise.takedown.notices.models import Notice
from balise.takedown.notices.tests.makers import make_notice
from balise.takedown.onward.dossiers import queries
from balise.takedown.onward.dossiers.models import Dossier, Hold
from balise.takedown.onward.dossiers.rules import parts as names
from balise.takedown.onward.dossiers.rules.states import DossierState, Failure
from balise.takedown.onward.dossiers.tests.makers import (
    ADDRESS,
    ANALYST,
    LISTENER,
    SECOND,
    make_draft,
    make_full_facts,
    make_handed_over,
    make_packed,
    told,
    work,
)
from balise.takedown.onward.dossiers.web import due
from balise.takedown.onward.dossiers.web.due import of_dossiers

pytestmark = pytest.mark.django_db

DOSSIERS = "/staff/takedown/dossiers/"
STEPS = (
    "approve/",
    "withdraw/",
    "package/",
    "hand-over/",
    "acknowledged/",
    "answer/",
    "refusal/",
    "hold/",
    "lift/",
)


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, make_account("analyst"))
    return client


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


class TestTheDoor:
    def test_sends_anyone_to_sign_in(self, client: Client) -> None:
        assert "/login/" in client.get(DOSSIERS).headers["Location"]

    @pytest.mark.parametrize("role", ["listener", "steering", "editor"])
    def test_shows_another_role_nothing(self, client: Client, role: str) -> None:
        dossier_id = make_draft()
        sign_in(client, make_account(role))
        assert str(dossier_id) not in page(client, DOSSIERS)
        address = f"{DOSSIERS}{dossier_id}/"
        assert client.get(address).status_code == HTTPStatus.FORBIDDEN
        assert client.post(address, {}).status_code == HTTPStatus.FORBIDDEN
        for step in STEPS:
            assert client.post(f"{address}{step}").status_code == HTTPStatus.FORBIDDEN, step
        assert Dossier.objects.get().stands is DossierState.DRAFT

    def test_knows_no_dossier_that_is_not_there(self, analyst: Client) -> None:
        address = f"{DOSSIERS}{uuid4()}/"
        assert analyst.get(address).status_code == HTTPStatus.NOT_FOUND
        assert analyst.post(address, {}).status_code == HTTPStatus.NOT_FOUND
        for step in STEPS:
            assert analyst.post(f"{address}{step}").status_code == HTTPStatus.NOT_FOUND, step


class TestTheLists:
    def test_are_empty_and_say_so(self, analyst: Client) -> None:
        assert "Rien n" in page(analyst, DOSSIERS)
        assert "Rien n" in page(analyst, f"{DOSSIERS}?ended")

    def test_open_nothing(self, analyst: Client) -> None:
        make_handed_over(make_full_facts())
        found = page(analyst, DOSSIERS)
        assert Dossier.objects.get().number in found
        assert "PHAROS" in found
        assert "3 heures" in found
        assert ADDRESS not in found
        assert not told("dossier.read")


class TestOneDossier:
    def test_is_drafted_by_one_and_approved_by_another(self, analyst: Client) -> None:
        dossier_id = make_draft(make_full_facts())
        address = f"{DOSSIERS}{dossier_id}/"
        found = page(analyst, address)
        assert ADDRESS in found
        assert f'href="{ADDRESS}' not in found
        assert told("dossier.read")
        short = analyst.post(address, {"rationale": "court"})
        assert short.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        words = {"rationale": "Ce qui est là, et pourquoi la loi l'interdit.", "urgent": "on"}
        assert analyst.post(address, words).status_code == HTTPStatus.FOUND
        analyst.post(f"{address}approve/")
        assert Dossier.objects.get().stands is DossierState.DRAFT  # the words are theirs now
        sign_in(analyst, make_account("analyst"))
        analyst.post(f"{address}approve/")
        assert Dossier.objects.get().stands is DossierState.APPROVED
        assert "signé" in page(analyst, address)
        assert analyst.post(address, words).status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_is_given_up_when_its_words_are_gone_or_it_is_approved(self, analyst: Client) -> None:
        erased = make_draft()
        Dossier.objects.filter(id=erased).update(sealed=b"")
        forget([erased])
        approved = make_packed()
        for dossier_id in (erased, approved):
            address = f"{DOSSIERS}{dossier_id}/"
            assert "withdraw/" in page(analyst, address)
            analyst.post(f"{address}withdraw/")
            assert Dossier.objects.get(id=dossier_id).stands is DossierState.WITHDRAWN
            assert "withdraw/" not in page(analyst, address)
        assert "withdraw/" not in page(analyst, f"{DOSSIERS}{make_handed_over()}/")

    def test_says_that_a_notice_about_it_was_taken_back(self, analyst: Client) -> None:
        facts = make_full_facts()
        address = f"{DOSSIERS}{make_packed(facts)}/"
        notice_id = make_notice(subject=facts.subject)
        assert str(notice_id) not in page(analyst, address)
        Notice.objects.update(state="retracted", sent_at=now())
        assert str(notice_id) in page(analyst, address)

    def test_is_not_approved_by_who_drafted_it(self, client: Client) -> None:
        account = sign_in(client, make_account("analyst"))
        dossier_id = make_draft()
        Dossier.objects.update(drafted_by=str(account.id))
        address = f"{DOSSIERS}{dossier_id}/"
        assert "Approuver" not in page(client, address)
        client.post(f"{address}approve/")
        assert Dossier.objects.get().stands is DossierState.DRAFT
        client.post(f"{address}withdraw/")
        assert Dossier.objects.get().stands is DossierState.WITHDRAWN
        assert "effacé" in page(client, address)
        assert str(dossier_id) in page(client, f"{DOSSIERS}?ended")

    @pytest.mark.usefixtures("police")
    def test_is_downloaded_and_handed_over(self, analyst: Client) -> None:
        dossier_id = make_packed()
        address = f"{DOSSIERS}{dossier_id}/"
        for sealed in ("", "1"):
            answer = analyst.post(f"{address}package/", {"sealed": sealed})
            assert answer["Content-Type"] == "application/zip"
            assert "attachment" in answer["Content-Disposition"]
            parts = names.unzipped(answer.content)
            assert (names.DOSSIER in parts) is not bool(sealed)
        assert len(told("dossier.downloaded")) == 2
        assert "internet-signalement" in page(analyst, address)
        analyst.post(f"{address}hand-over/", {"channel": "portal"})
        assert Dossier.objects.get().stands is DossierState.HANDED_OVER

    @pytest.mark.usefixtures("police", "office")
    def test_is_mailed(self, analyst: Client) -> None:
        dossier_id = make_packed()
        analyst.post(f"{DOSSIERS}{dossier_id}/hand-over/", {"channel": "mail"})
        assert Dossier.objects.get().stands is DossierState.QUEUED
        work()
        assert Dossier.objects.get().stands is DossierState.HANDED_OVER

    def test_is_not_downloaded_before_it_is_packed(self, analyst: Client) -> None:
        dossier_id = make_draft()
        address = f"{DOSSIERS}{dossier_id}/"
        assert analyst.post(f"{address}package/").status_code == HTTPStatus.FOUND
        assert not told("dossier.downloaded")

    def test_hears_of_the_authority(self, analyst: Client) -> None:
        address = self.handed_over()
        wrong = analyst.post(f"{address}acknowledged/", {"authority_number": ""})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        analyst.post(f"{address}acknowledged/", {"authority_number": "P-2026-9"})
        assert "P-2026-9" in page(analyst, address)
        wrong = analyst.post(f"{address}answer/", {"answer": "nothing"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        analyst.post(f"{address}answer/", {"answer": "investigation", "words": "Ouverte hier."})
        assert "Ouverte hier." in page(analyst, address)
        late = analyst.post(f"{address}answer/", {"answer": "known"})
        assert late.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_hears_of_a_refusal(self, analyst: Client) -> None:
        address = self.handed_over()
        wrong = analyst.post(f"{address}refusal/", {})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        analyst.post(f"{address}refusal/", {"refusal": "incomplete"})
        assert Dossier.objects.get().stands is DossierState.REFUSED

    def test_says_that_the_police_are_first(self, analyst: Client) -> None:
        address = self.handed_over()
        wrong = analyst.post(f"{address}hold/", {"until": "2020-01-01"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        until = today() + timedelta(days=20)
        analyst.post(f"{address}hold/", {"until": until.isoformat()})
        assert Hold.objects.get().until == until
        assert "Demande de la police" in page(analyst, address)
        analyst.post(f"{address}lift/")
        assert "Demande de la police" not in page(analyst, address)
        analyst.post(f"{address}lift/")
        assert len(told("hold.lifted")) == 1

    def test_says_why_it_was_not_mailed(self, analyst: Client) -> None:
        dossier_id = make_packed()
        Dossier.objects.update(failure=Failure.IN_DOUBT)
        assert "arrivé" in page(analyst, f"{DOSSIERS}{dossier_id}/")

    def test_stands_without_its_words_once_they_are_erased(self, analyst: Client) -> None:
        dossier_id = make_handed_over()
        forget([dossier_id])
        Dossier.objects.update(sealed=b"", package=b"", sealed_reply=b"")
        answer = analyst.get(f"{DOSSIERS}{dossier_id}/")
        assert answer.status_code == HTTPStatus.OK
        assert "effacé" in answer.content.decode()

    def handed_over(self) -> str:
        dossier_id: UUID = make_handed_over()
        return f"{DOSSIERS}{dossier_id}/"


class TestSearch:
    def test_a_dossier_is_found_by_its_number_within_its_line(self) -> None:
        dossier_id = make_packed()
        number = Dossier.objects.get().number
        (found,) = due.dossiers(f" {number.lower()} ", ANALYST)
        assert str(dossier_id) in found.url
        assert not list(due.dossiers(number, LISTENER))
        assert not list(due.dossiers("", ANALYST))


def test_a_draft_waits_for_anyone_but_its_author() -> None:
    make_draft(by=ANALYST)

    for who, number in ((ANALYST, 0), (SECOND, 1)):
        first = next(iter(of_dossiers(who)))  # on the home, and on the tab
        assert (first.count, queries.to_approve(who)) == (number, number)
