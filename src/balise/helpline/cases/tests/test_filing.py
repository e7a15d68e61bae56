from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE
from balise.foundation.journal.models import Entry as JournalEntry
from balise.foundation.refusals import Refused
from balise.helpline.cases.actions import handshakes, listening, opening
from balise.helpline.cases.models import Case, Referral
from balise.helpline.cases.rules.files import CaseClosed, CaseOutcome, CaseState, NotOnCase
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.tests.makers import (
    make_case,
    make_closed,
    make_listener,
    make_referral,
    make_taken,
)

pytestmark = pytest.mark.django_db

REFERRALS = "/staff/helpline/referrals/"
FILES = "/staff/helpline/cases/"


def happened(name: str) -> int:
    return JournalEntry.objects.filter(event=name).count()


class TestMakeFile:
    def test_it_begins_with_who_and_what_they_said(self) -> None:
        listener = make_listener()
        one = make_taken(by=listener, words="Ça continue tous les jours.")

        case_id = listening.make_file(referral_id=one.id, by=listener)

        opened = handshakes.read_case(case_id=case_id, by=listener)
        (person,) = opened.of(Section.PEOPLE)
        (note,) = opened.of(Section.NOTES)
        assert person.values == {"reach": "sam@mail.example"}
        assert note.values == {"text": "Ça continue tous les jours."}
        assert happened("helpline.referral.opened") == 1
        entry = JournalEntry.objects.get(event="helpline.referral.filed")
        assert entry.subject == one.id
        assert entry.facts == {"case": str(case_id)}

    def test_it_is_made_once(self) -> None:
        listener = make_listener()
        one = make_taken(by=listener)
        first = listening.make_file(referral_id=one.id, by=listener)
        assert listening.make_file(referral_id=one.id, by=listener) == first
        assert Case.objects.count() == 1
        assert happened("helpline.referral.filed") == 1

    def test_what_was_noted_at_the_end_comes_along(self) -> None:
        listener = make_listener()
        one = make_closed(note="Rappeler lundi.", by=listener)
        case_id = listening.make_file(referral_id=one.id, by=listener)
        notes = handshakes.read_case(case_id=case_id, by=listener).of(Section.NOTES)
        assert [note.values["text"] for note in notes][-1] == "Rappeler lundi."

    def test_only_who_took_the_referral_makes_one(self) -> None:
        taken = make_taken(by=make_listener())
        for one in (taken, make_referral()):
            with pytest.raises(Refused):
                listening.make_file(referral_id=one.id, by=make_listener())
        for actor in (ANYONE, make_listener("analyst")):
            with pytest.raises(PermissionDenied):
                listening.make_file(referral_id=taken.id, by=actor)
        assert not Case.objects.exists()

    def test_the_next_listener_must_be_put_on_it(self) -> None:
        first, second = make_listener(), make_listener()
        one = make_taken(by=first)
        listening.make_file(referral_id=one.id, by=first)
        listening.give_back(referral_id=one.id, by=first)
        listening.take(referral_id=one.id, by=second)
        with pytest.raises(NotOnCase):
            listening.make_file(referral_id=one.id, by=second)

    def test_it_outlives_neither_way(self) -> None:
        listener = make_listener()
        one = make_taken(by=listener)
        case_id = listening.make_file(referral_id=one.id, by=listener)
        Case.objects.filter(id=case_id).delete()
        assert Referral.objects.get(id=one.id).case_id is None

    def test_one_press_on_the_page(self, client: Client) -> None:
        me = actor_of(sign_in(client, make_account("listener")))
        one = make_taken(by=me)
        assert "Ouvrir un dossier" in client.get(f"{REFERRALS}{one.id}/").text
        page = client.post(f"{REFERRALS}{one.id}/make-file/", follow=True)
        assert "They go on every day." in page.text
        assert "Ouvrir le dossier" in client.get(f"{REFERRALS}{one.id}/").text
        sign_in(client, make_account("analyst"))
        refused = client.post(f"{REFERRALS}{one.id}/make-file/")
        assert refused.status_code == HTTPStatus.FORBIDDEN


class TestCall:
    def test_it_is_called_otherwise(self, client: Client) -> None:
        me = actor_of(sign_in(client, make_account("listener")))
        case_id = make_case(by=me)
        client.post(f"{FILES}{case_id}/call/", {"title": "Loutre, au lycée"})
        assert "Loutre, au lycée" in client.get(f"{FILES}{case_id}/").text
        assert happened("helpline.case.called") == 1

    def test_it_is_called_something(self, client: Client) -> None:
        me = actor_of(sign_in(client, make_account("listener")))
        case_id = make_case(by=me)
        answer = client.post(f"{FILES}{case_id}/call/", {"title": ""})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Renard, au collège" in answer.text

    def test_those_on_it_alone_may_while_it_is_open(self) -> None:
        listener = make_listener()
        case_id = make_case(by=listener)
        with pytest.raises(NotOnCase):
            opening.call(case_id=case_id, title="Autre", by=make_listener())
        with pytest.raises(PermissionDenied):
            opening.call(case_id=case_id, title="Autre", by=ANYONE)
        Case.objects.filter(id=case_id).update(
            state=CaseState.CLOSED, closed_at="2026-01-01T00:00Z", outcome=CaseOutcome.BETTER
        )
        with pytest.raises(CaseClosed):
            opening.call(case_id=case_id, title="Autre", by=listener)
