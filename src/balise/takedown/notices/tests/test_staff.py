"""Notices behind the staff door: anyone, another line, the right line."""

from html import unescape
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.encryption.sealing import forget
from balise.foundation.journal.models import Entry
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices.models import Notice
from balise.takedown.notices.rules.states import Failure, NoticeState
from balise.takedown.notices.tests.makers import LOCATION, make_letter, make_notice

pytestmark = pytest.mark.django_db

NOTICES = "/staff/takedown/notices/"


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, make_account("analyst"))
    return client


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


class TestTheDoor:
    def test_sends_anyone_to_sign_in(self, client: Client) -> None:
        assert "/login/" in client.get(NOTICES).headers["Location"]

    def test_shows_another_line_nothing(self, client: Client) -> None:
        notice_id = make_notice()
        sign_in(client, make_account("listener"))
        assert str(notice_id) not in page(client, NOTICES)
        for address in ("", "send/", "sent-by-hand/", "withdraw/", "outcome/"):
            found = f"{NOTICES}{notice_id}/{address}"
            answer = client.post(found) if address else client.get(found)
            assert answer.status_code == HTTPStatus.NOT_FOUND
        assert Notice.objects.get().stands is NoticeState.DRAFT

    def test_knows_no_notice_that_is_not_there(self, analyst: Client) -> None:
        assert analyst.get(f"{NOTICES}{uuid4()}/").status_code == HTTPStatus.NOT_FOUND
        assert analyst.post(f"{NOTICES}{uuid4()}/send/").status_code == HTTPStatus.NOT_FOUND


class TestTheList:
    def test_is_empty_and_says_so(self, analyst: Client) -> None:
        assert "Rien n" in page(analyst, NOTICES)

    def test_names_the_host_and_opens_nothing(self, analyst: Client) -> None:
        make_notice()
        found = page(analyst, NOTICES)
        assert "Hébergeur Exemple" in found
        assert LOCATION not in found
        assert not Entry.objects.filter(event="takedown.notice.read").exists()


class TestTheNotice:
    def test_shows_its_words_and_its_elements_and_writes_down_who_read(
        self, analyst: Client
    ) -> None:
        notice_id = make_notice()
        found = page(analyst, f"{NOTICES}{notice_id}/")
        assert LOCATION in found
        assert "à vérifier" in found
        assert found.count("(a)") == found.count("(d)") == 1
        entry = Entry.objects.get(event="takedown.notice.read")
        assert entry.actor_key

    def test_is_sent_once_it_is_complete(self, analyst: Client) -> None:
        notice_id = make_notice(letter=make_letter(in_good_faith=False))
        address = f"{NOTICES}{notice_id}/"
        analyst.post(f"{address}send/")
        assert Notice.objects.get().stands is NoticeState.DRAFT
        changed = {
            "locations": f"{LOCATION}\n\nhxxps://images[.]example/2",
            "explanation": "L'album diffuse l'image intime d'une personne qui s'y oppose.",
            "details": "",
            "in_good_faith": "on",
            "names_notifier": "on",
        }
        assert analyst.post(address, changed).status_code == HTTPStatus.FOUND
        assert "https://images.example/2" in page(analyst, address)
        analyst.post(f"{address}send/")
        assert Notice.objects.get().stands is NoticeState.QUEUED
        assert analyst.post(address, changed).status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_says_what_is_wrong_with_a_change(self, analyst: Client) -> None:
        address = f"{NOTICES}{make_notice()}/"
        answer = analyst.post(address, {"locations": "nulle part"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        answer = analyst.post(address, {"locations": ""})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_goes_by_hand_to_a_form_and_is_closed(self, analyst: Client) -> None:
        form = make_contact(
            make_host("Forum", domains=()), "https://forum.example/", kind=ContactKind.FORM
        )
        address = f"{NOTICES}{make_notice(contact_id=form)}/"
        assert 'href="https://forum.example/"' in page(analyst, address)
        analyst.post(f"{address}sent-by-hand/")
        assert Notice.objects.get().stands is NoticeState.SENT
        wrong = analyst.post(f"{address}outcome/", {"outcome": "burnt"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        future = {"outcome": "removed", "impediment": "", "at": "2999-01-01T10:00"}
        wrong = analyst.post(f"{address}outcome/", future)
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        analyst.post(f"{address}outcome/", {"outcome": "removed", "impediment": "", "at": ""})
        assert Notice.objects.get().stands is NoticeState.REMOVED
        assert "retiré" in page(analyst, address)

    def test_can_be_given_up(self, analyst: Client) -> None:
        address = f"{NOTICES}{make_notice()}/"
        analyst.post(f"{address}withdraw/")
        assert Notice.objects.get().stands is NoticeState.WITHDRAWN

    def test_says_why_it_did_not_leave(self, analyst: Client) -> None:
        notice_id = make_notice()
        Notice.objects.update(state=NoticeState.FAILED, failure=Failure.IN_DOUBT)
        found = unescape(page(analyst, f"{NOTICES}{notice_id}/"))
        assert str(Failure.IN_DOUBT.label) in found

    def test_stands_without_its_words_once_they_are_erased(self, analyst: Client) -> None:
        notice_id = make_notice()
        forget([notice_id])
        Notice.objects.update(sealed=b"")
        answer = analyst.get(f"{NOTICES}{notice_id}/")
        assert answer.status_code == HTTPStatus.OK
        assert "effacé" in answer.content.decode()
