import re
from html import unescape
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.worded import Receipt
from balise.foundation.files.tests.makers import a_picture
from balise.foundation.journal.models import Entry as JournalEntry
from balise.helpline.cases.actions import handshakes, sending
from balise.helpline.cases.actions.sending import Telling
from balise.helpline.cases.models import Entry, ReceiverContact, SentReferral
from balise.helpline.cases.rules.receivers import Way
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.rules.sendings import MOST_OPENINGS
from balise.helpline.cases.tests.makers import make_case, make_entry, make_listener
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.tests.makers import make_contact

pytestmark = pytest.mark.django_db

FILES = "/staff/helpline/cases/"


@pytest.fixture
def account(client: Client) -> Account:
    return sign_in(client, make_account("listener", name="Camille"))


@pytest.fixture
def listener(account: Account) -> Actor:
    return actor_of(account)


def given(**more: Any) -> dict[str, Any]:
    chosen: dict[str, Any] = {"key": str(uuid4()), "territory": "lille"}
    chosen |= {"way": "link", "ground": "consent"}
    chosen |= {"consent_of": "young-person", "consent_how": "chat"}
    chosen |= {"consent_on": today().isoformat(), "words": "Il attend un appel."}
    return chosen | more


def link_in(page: str) -> str:
    found = re.search(r'<p class="address">https?://[^/]+(/fr/partner/[^<]+)</p>', page)
    assert found
    return found[1]


def make_sent(by: Actor) -> tuple[UUID, str]:
    telling = Telling(
        receiver="phare",
        territory="lille",
        way=Way.LINK,
        ground="consent",
        consent_of="parent",
        consent_how="aloud",
        consent_on=today(),
        words="Il attend un appel.",
    )
    made = sending.send(case_id=make_case(by=by), telling=telling, by=by)
    return made.id, f"/fr/partner/{made.token}/"


class TestTheWalk:
    @pytest.mark.parametrize("role", ["analyst", "editor", "steering", "accounts_admin"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        someone = make_listener()
        referral_id, _link = make_sent(someone)
        case_id = SentReferral.objects.get().case_id
        sign_in(client, make_account(role))
        for page in (f"{case_id}/tell/", f"{case_id}/tell/phare/", f"sent/{referral_id}/"):
            assert client.get(f"{FILES}{page}").status_code == HTTPStatus.FORBIDDEN, page
        assert client.get(f"{FILES}receivers/").status_code == HTTPStatus.FORBIDDEN
        for act in ("answer", "link", "withdraw"):
            answer = client.post(f"{FILES}sent/{referral_id}/{act}/", {"to": "accepted"})
            assert answer.status_code == HTTPStatus.FORBIDDEN, act
        assert SentReferral.objects.get().state == "sent"

    def test_a_listener_tells_a_school_and_it_answers_by_its_link(
        self, client: Client, listener: Actor
    ) -> None:
        case_id = make_case(by=listener)
        chosen = make_entry(case_id, Section.INCIDENTS, by=listener, happened="On le bouscule.")
        assert "30 " not in client.get(f"{FILES}{case_id}/tell/").text
        page = client.post(f"{FILES}{case_id}/tell/phare/", given(entries=[str(chosen)]))
        link = link_in(page.text)

        school = Client()
        looked = school.get(link)
        assert looked.status_code == HTTPStatus.OK
        assert "bouscule" not in looked.text
        assert not JournalEntry.objects.filter(event__endswith="link-opened").exists()
        opened = school.post(link, {"act": "open"}, follow=True).text
        assert "On le bouscule." in opened
        school.post(link, {"act": "accept", "name": "M. Modèle", "words": "Demain à 8 h."})
        assert "Une fois terminé" in school.get(link).text
        school.post(link, {"act": "done", "name": "M. Modèle", "words": "Vu."})

        referral_id = SentReferral.objects.get().id
        shown = client.get(f"{FILES}sent/{referral_id}/").text
        assert "Demain à 8 h." in shown
        assert SentReferral.objects.get().state == "done"
        assert "Référents harcèlement" in client.get(f"{FILES}{case_id}/").text


class TestDocuments:
    def told(self, client: Client, listener: Actor, octets: bytes) -> str:
        case_id = make_case(by=listener)
        note = make_entry(case_id, Section.INCIDENTS, by=listener, happened="On le bouscule.")
        file = SimpleUploadedFile("capture.png", octets)
        client.post(f"{FILES}{case_id}/add/documents/", {"file": file, "shows": "Le groupe"})
        document = Entry.objects.get(section="documents")
        page = client.post(
            f"{FILES}{case_id}/tell/phare/", given(entries=[str(note), str(document.id)])
        )
        return link_in(page.text)

    def test_a_document_goes_along_to_whoever_has_the_link(
        self, client: Client, listener: Actor
    ) -> None:
        octets = a_picture()
        link = self.told(client, listener, octets)
        school = Client()
        opened = school.post(link, {"act": "open"}, follow=True).text
        assert opened.count('value="document"') == 1
        item = re.search(r'name="item" value="(\d)"', opened)
        assert item
        taken = school.post(link, {"act": "document", "item": item[1]})
        assert taken.content == octets
        assert "capture.png" in taken.headers["Content-Disposition"]
        assert taken.headers["X-Content-Type-Options"] == "nosniff"
        entry = JournalEntry.objects.get(event="helpline.sent-referral.document-taken")
        assert entry.facts["item"] == int(item[1])
        assert SentReferral.objects.get().opened_count == 1
        referral_id = SentReferral.objects.get().id
        assert "par le lien" in client.get(f"{FILES}sent/{referral_id}/").text

    @pytest.mark.parametrize("item", ["0", "7", "-1", "x", ""])
    def test_there_is_no_other_document(self, client: Client, listener: Actor, item: str) -> None:
        link = self.told(client, listener, a_picture())
        school = Client()
        school.post(link, {"act": "open"}, follow=True)
        answer = school.post(link, {"act": "document", "item": item})
        assert answer.status_code == HTTPStatus.GONE

    def test_it_is_for_who_opened_the_message_and_did_not_refuse(
        self, client: Client, listener: Actor
    ) -> None:
        link = self.told(client, listener, a_picture())
        school = Client()
        take = {"act": "document", "item": "1"}
        assert school.post(link, take).status_code == HTTPStatus.GONE
        school.post(link, {"act": "open"}, follow=True)
        assert school.post(link, take).status_code == HTTPStatus.OK
        school.post(link, {"act": "refuse", "name": "M. Modèle", "refusal": "not-ours"})
        assert school.post(link, take).status_code == HTTPStatus.GONE


class TestSummary:
    SAYS = "Il veut que sa mère vienne avec lui."

    def with_record(self, listener: Actor) -> UUID:
        contact = make_contact(by=listener, channel=Channel.CALL)
        saved = {"summary": self.SAYS, "private_notes": "Pour moi"}
        keeping.save(contact_id=contact, version=0, given=saved, by=listener)
        return make_case(by=listener, contact=contact)

    def test_the_summary_of_one_s_record_is_proposed_and_can_be_changed(
        self, client: Client, listener: Actor
    ) -> None:
        case_id = self.with_record(listener)
        page = client.get(f"{FILES}{case_id}/tell/phare/").text
        assert self.SAYS in unescape(page)
        assert "Pour moi" not in page
        assert JournalEntry.objects.filter(event="helpline.contact.read").count() == 1
        client.post(f"{FILES}{case_id}/tell/phare/", given(words="Autres mots."))
        told = sending.read_sent(referral_id=SentReferral.objects.get().id, by=listener)
        assert "Autres mots." in str(told)
        assert self.SAYS not in str(told)

    def test_what_was_emptied_stays_so_and_the_hotline_is_told_none_of_it(
        self, client: Client, listener: Actor
    ) -> None:
        case_id = self.with_record(listener)
        refused = client.post(f"{FILES}{case_id}/tell/phare/", given(words="", consent_how=""))
        assert self.SAYS not in unescape(refused.text)
        assert self.SAYS not in unescape(client.get(f"{FILES}{case_id}/tell/hotline/").text)

    def test_a_record_of_another_stays_shut(self, listener: Actor) -> None:
        contact = make_contact(by=make_listener())
        assert keeping.summary_of_own(contact_ids=[contact], by=listener) == ""
        with pytest.raises(PermissionDenied):
            keeping.summary_of_own(contact_ids=[contact], by=make_actor("analyst"))


class TestTelling:
    def test_what_lacks_stays_typed(self, client: Client, listener: Actor) -> None:
        case_id = make_case(by=listener)
        wrong = client.post(f"{FILES}{case_id}/tell/phare/", given(consent_how=""))
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Il attend un appel." in wrong.text
        assert not SentReferral.objects.exists()

    def test_sent_twice_it_is_one_and_its_link_is_not_shown_again(
        self, client: Client, listener: Actor
    ) -> None:
        case_id = make_case(by=listener)
        page, told = f"{FILES}{case_id}/tell/phare/", given()
        assert 'name="key"' in client.get(page).text
        link_in(client.post(page, told).text)
        again = client.post(page, told)
        one = SentReferral.objects.get()
        assert again.headers["Location"] == f"{FILES}sent/{one.id}/"
        assert "déjà" in client.get(f"{FILES}sent/{one.id}/").text
        without = client.post(page, given(key=""))
        assert without.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_the_hotline_is_given_addresses_only(self, client: Client, listener: Actor) -> None:
        case_id = make_case(by=listener)
        page = client.get(f"{FILES}{case_id}/tell/hotline/").text
        assert 'name="addresses"' in page
        assert 'name="entries"' not in page
        told = given(way="hotline", addresses="https://images.example/1\n")
        del told["territory"]
        client.post(f"{FILES}{case_id}/tell/hotline/", told)
        one = SentReferral.objects.get()
        assert one.state == "accepted"
        shown = client.get(f"{FILES}sent/{one.id}/").text
        assert "Nous ne l’avons pas encore examiné" in shown
        assert "images.example" not in shown

    def test_an_unknown_receiver_is_not_found(self, client: Client, listener: Actor) -> None:
        case_id = make_case(by=listener)
        unknown = client.get(f"{FILES}{case_id}/tell/nobody/")
        assert unknown.status_code == HTTPStatus.NOT_FOUND

    def test_who_is_not_on_the_file_meets_the_glass(self, client: Client, listener: Actor) -> None:
        case_id = make_case(by=make_listener())
        answer = client.post(f"{FILES}{case_id}/tell/phare/", given())
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert not SentReferral.objects.exists()


class TestFollowing:
    def test_a_new_link_is_shown_and_the_old_one_over(
        self, client: Client, listener: Actor
    ) -> None:
        referral_id, old = make_sent(listener)
        fresh = link_in(client.post(f"{FILES}sent/{referral_id}/link/").text)
        assert Client().get(old).status_code == HTTPStatus.GONE
        assert Client().get(fresh).status_code == HTTPStatus.OK

    def test_an_answer_aloud_is_written_down_once(self, client: Client, listener: Actor) -> None:
        referral_id, _link = make_sent(listener)
        answer = {"to": "refused", "refusal": "no-room", "words": "Plus de place."}
        client.post(f"{FILES}sent/{referral_id}/answer/", answer)
        again = client.post(f"{FILES}sent/{referral_id}/answer/", answer)
        assert again.status_code == HTTPStatus.CONFLICT
        assert SentReferral.objects.get().refusal == "no-room"

    def test_one_taken_back_opens_nothing(self, client: Client, listener: Actor) -> None:
        referral_id, link = make_sent(listener)
        client.post(f"{FILES}sent/{referral_id}/withdraw/")
        assert Client().post(link, {"act": "open"}, follow=True).status_code == HTTPStatus.GONE


class TestPartnerPage:
    @pytest.fixture
    def link(self) -> str:
        return make_sent(make_listener())[1]

    @pytest.mark.parametrize("token", ["nonsense", "0" * 28, "x" * 300])
    def test_a_link_that_never_was_says_so(self, client: Client, token: str) -> None:
        page = client.get(f"/fr/partner/{token}/")
        assert page.status_code == HTTPStatus.GONE
        assert "Ce lien a pris fin" in page.text

    def test_speaks_english_too(self, client: Client, link: str) -> None:
        assert "refers someone to you" in client.get(link.replace("/fr/", "/en/")).text

    def test_an_answer_needs_a_name_and_keeps_what_was_typed(
        self, client: Client, link: str
    ) -> None:
        page = client.post(link, {"act": "accept", "words": "Demain à 8 h."})
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Demain à 8 h." in page.text
        assert SentReferral.objects.get().state == "sent"

    def test_is_not_opened_too_often(self, client: Client, link: str) -> None:
        for _time in range(MOST_OPENINGS):
            assert "Il attend" in client.post(link, {"act": "open"}, follow=True).text
        assert client.post(link, {"act": "open"}, follow=True).status_code == HTTPStatus.GONE
        assert client.post(link, {"act": "accept", "name": "M. Modèle"}).status_code == 302

    def test_is_kept_by_no_cache(self, client: Client, link: str) -> None:
        assert (
            "no-store" in client.post(link, {"act": "open"}, follow=True).headers["Cache-Control"]
        )

    def test_what_is_unheard_of_changes_nothing(self, client: Client, link: str) -> None:
        client.post(link, {"act": "explode", "name": "M. Modèle"})
        assert SentReferral.objects.get().state == "sent"


class TestReceivers:
    def test_a_listener_reads_and_the_lead_fills_in(self, client: Client, listener: Actor) -> None:
        page = client.get(f"{FILES}receivers/").text
        assert "Académie de Lille" in page
        assert "À remplir" in page
        fill = f"{FILES}receivers/phare/lille/"
        assert client.get(fill).status_code == HTTPStatus.FORBIDDEN
        sign_in(client, make_account("helpline_lead"))
        wrong = client.post(fill, {"who": "Mme Exemple", "email": "not an address"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Mme Exemple" in wrong.text
        client.post(fill, {"who": "Mme Exemple", "email": "phare@ac.example"})
        assert ReceiverContact.objects.get().territory == "lille"
        assert "phare@ac.example" in client.get(f"{FILES}receivers/").text
        assert client.get(f"{FILES}receivers/phare/atlantis/").status_code == 404


def test_the_link_is_the_only_thing_that_opens_it() -> None:
    _id, link = make_sent(make_listener())
    token = link.split("/")[3]
    kept = " ".join(str(value) for row in SentReferral.objects.values() for value in row.values())
    assert token not in kept
    assert handshakes.open_told(token=Receipt(token)).words
