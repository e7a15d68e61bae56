from http import HTTPStatus
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor
from balise.foundation.files.tests.makers import PNG, a_picture
from balise.foundation.journal.models import Entry as JournalEntry
from balise.foundation.retention.tests.makers import erase_rows
from balise.helpline.cases.actions import joining, writing
from balise.helpline.cases.models import Case, Entry, Glass
from balise.helpline.cases.rules.files import CaseOutcome, CaseState
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.tests.makers import make_case, make_entry, make_listener
from balise.helpline.contacts.actions import keeping as contacts
from balise.helpline.contacts.rules import Channel
from balise.helpline.conversations.actions import saying

pytestmark = pytest.mark.django_db

FILES = "/staff/helpline/cases/"


@pytest.fixture
def account(client: Client) -> Account:
    return sign_in(client, make_account("listener", name="Camille"))


@pytest.fixture
def listener(account: Account) -> Actor:
    return actor_of(account)


class TestTheWalk:
    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        assert "/staff/account/" in client.get(FILES).headers["Location"]

    @pytest.mark.parametrize("role", ["analyst", "editor", "steering", "accounts_admin"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        someone = make_listener()
        case_id = make_case(by=someone)
        entry_id = make_entry(case_id, Section.NOTES, by=someone, text="Un mot")
        sign_in(client, make_account(role))
        pages = ["", f"{case_id}/", f"{case_id}/add/notes/", f"entries/{entry_id}/"]
        for page in [*pages, f"{case_id}/break-glass/"]:
            assert client.get(f"{FILES}{page}").status_code == HTTPStatus.FORBIDDEN, page
        acts = ["open/", "with-code/", f"{case_id}/move/", f"{case_id}/colleague/"]
        acts += [f"{case_id}/leave/", f"{case_id}/code/", f"{case_id}/break-glass/"]
        acts += [f"entries/{entry_id}/{act}/" for act in ("settle", "copy", "take-out")]
        given = {"title": "x", "code": "x", "to": "in_progress", "reason": "a long enough reason"}
        for act in acts:
            answer = client.post(f"{FILES}{act}", given)
            assert answer.status_code == HTTPStatus.FORBIDDEN, act
        assert Case.objects.get().state == "open"

    def test_a_listener_opens_a_file_and_writes_in_it(
        self, client: Client, listener: Actor
    ) -> None:
        client.post(f"{FILES}open/", {"title": "Renard, au collège"})
        case_id = Case.objects.get().id
        client.post(f"{FILES}{case_id}/add/people/", {"role": "victim", "name": "Renard"})
        day = {"what": "Rappeler", "due_on": "2030-01-02", "who": listener.key}
        client.post(f"{FILES}{case_id}/add/follow_ups/", day)

        page = client.get(f"{FILES}{case_id}/").text

        assert "Renard, au collège" in page
        assert "Victime" in page
        assert "Ne pas lire à voix haute" in page
        assert "Renard, au collège" in client.get(FILES).text
        assert "Suivis" in client.get(FILES).text

    def test_who_is_not_on_it_sees_a_locked_page(self, client: Client, listener: Actor) -> None:
        case_id = make_case(by=make_listener(name="Dominique"), title="Renard")

        page = client.get(f"{FILES}{case_id}/")

        assert page.status_code == HTTPStatus.FORBIDDEN
        assert "Dominique" in page.text
        assert "Renard" not in page.text
        short = client.post(f"{FILES}{case_id}/break-glass/", {"reason": "vite"})
        assert short.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        client.post(f"{FILES}{case_id}/break-glass/", {"reason": "Danger ce soir, elle rappelle."})
        assert "Renard" in client.get(f"{FILES}{case_id}/").text

    def test_a_supervisor_reads_the_reason(self, client: Client) -> None:
        case_id = make_case(by=make_listener())
        other = make_listener(name="Dominique")
        joining.break_glass(case_id=case_id, reason="Danger ce soir, elle rappelle.", by=other)
        sign_in(client, make_account("helpline_lead"))

        assert "Dominique" in client.get(FILES, {"which": "all"}).text
        page = client.post(f"{FILES}glass/{Glass.objects.get().id}/")

        assert "Danger ce soir" in page.text
        assert "Accès exceptionnel utilisé" not in client.get(FILES).text


class TestConflict:
    def test_both_texts_are_shown_and_the_form_keeps_ones_own(
        self, client: Client, listener: Actor
    ) -> None:
        other = make_listener(name="Dominique")
        case_id = make_case(by=other)
        joining.add(case_id=case_id, account=listener.key, by=other)
        entry_id = make_entry(case_id, Section.NOTES, by=other, text="Au début")
        writing.change(entry_id=entry_id, version=1, given={"text": "De Dominique"}, by=other)

        page = client.post(f"{FILES}entries/{entry_id}/", {"version": 1, "text": "De Camille"})

        assert page.status_code == HTTPStatus.CONFLICT
        assert "De Dominique" in page.text
        assert 'name="version" value="2"' in page.text
        assert "De Camille</textarea>" in page.text
        kept = client.post(f"{FILES}entries/{entry_id}/", {"version": 2, "text": "Les deux"})
        assert kept.status_code == HTTPStatus.FOUND
        assert "mise de côté" in client.get(f"{FILES}entries/{entry_id}/").text

    def test_what_was_typed_is_there_when_the_file_was_closed_meanwhile(
        self, client: Client, listener: Actor
    ) -> None:
        case_id = make_case(by=listener)
        entry_id = make_entry(case_id, Section.NOTES, by=listener, text="Un mot")
        joining.move(case_id=case_id, to=CaseState.CLOSED, outcome=CaseOutcome.BETTER, by=listener)
        page = client.post(
            f"{FILES}entries/{entry_id}/", {"text": "Dix minutes de travail", "version": "1"}
        )
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Dix minutes de travail" in page.text
        assert "Ce dossier est clos" in page.text
        assert "take-out" not in page.text
        assert "<textarea" not in client.get(f"{FILES}entries/{entry_id}/").text

    def test_what_was_typed_of_an_entry_that_was_taken_out_is_kept_as_a_new_one(
        self, client: Client, listener: Actor
    ) -> None:
        case_id = make_case(by=listener)
        entry_id = make_entry(case_id, Section.NOTES, by=listener, text="Un mot")
        writing.take_out(entry_id=entry_id, by=listener)
        typed = {"text": "Dix minutes de travail", "version": "1"}
        page = client.post(f"{FILES}entries/{entry_id}/", typed)
        assert page.status_code == HTTPStatus.CONFLICT
        assert "Dix minutes de travail" in page.text
        new = f"{FILES}{case_id}/add/notes/"
        assert f'action="{new}"' in page.text
        client.post(new, typed)
        assert "Dix minutes de travail" in client.get(f"{FILES}{case_id}/").text
        assert client.get(f"{FILES}entries/{entry_id}/").status_code == HTTPStatus.NOT_FOUND

    def test_what_was_taken_out_is_locked_to_who_is_not_on_the_file(
        self, client: Client, listener: Actor
    ) -> None:
        someone = make_listener()
        entry_id = make_entry(make_case(by=someone), Section.NOTES, by=someone, text="Un mot")
        writing.take_out(entry_id=entry_id, by=someone)
        page = client.post(f"{FILES}entries/{entry_id}/", {"text": "x", "version": "1"})
        assert page.headers["Location"] == FILES

    def test_the_overview_of_two(self, client: Client, listener: Actor) -> None:
        case_id = make_case(by=listener)
        make_entry(case_id, Section.OVERVIEW, by=listener, summary="Déjà là")
        page = client.post(f"{FILES}{case_id}/add/overview/", {"summary": "Autrement"})
        assert "Déjà là" in page.text
        assert "Autrement</textarea>" in page.text


class TestDocuments:
    def send(self, client: Client, case_id: UUID, octets: bytes, name: str = "capture.png") -> int:
        given = {"file": SimpleUploadedFile(name, octets), "shows": "Une conversation"}
        return int(client.post(f"{FILES}{case_id}/add/documents/", given).status_code)

    def test_a_document_comes_and_goes_as_it_was(self, client: Client, listener: Actor) -> None:
        case_id, octets = make_case(by=listener), a_picture()
        assert self.send(client, case_id, octets) == HTTPStatus.FOUND

        entry = Entry.objects.get(section="documents")
        page = client.get(f"{FILES}{case_id}/").text
        assert "capture.png" in page
        assert "SHA-256" in page
        taken = client.post(f"{FILES}entries/{entry.id}/document/")
        assert taken.content == octets
        assert "capture.png" in taken.headers["Content-Disposition"]
        assert JournalEntry.objects.filter(event="helpline.case.document-read").count() == 1

    def test_what_cannot_be_taken_is_said(self, client: Client, listener: Actor) -> None:
        case_id = make_case(by=listener)
        for octets in (b"MZ\x90\x00" * 100, PNG + b"x" * (10_000_001)):
            assert self.send(client, case_id, octets) == HTTPStatus.UNPROCESSABLE_ENTITY
        assert self.send(client, case_id, b"") == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Entry.objects.exists()

    def test_its_file_goes_with_it(self, client: Client, listener: Actor) -> None:
        case_id = make_case(by=listener)
        self.send(client, case_id, a_picture())
        entry_id = Entry.objects.get().id
        erase_rows("helpline.cases", [case_id])
        missing = client.post(f"{FILES}entries/{entry_id}/document/")
        assert missing.status_code == HTTPStatus.NOT_FOUND


class TestComingBack:
    def test_words_are_shown_once_and_open_the_file(self, client: Client, listener: Actor) -> None:
        someone = make_listener(name="Dominique")
        case_id = make_case(by=someone)
        joining.add(case_id=case_id, account=listener.key, by=someone)
        page = client.post(f"{FILES}{case_id}/code/").text
        words = page.split('<ol class="code">')[1].split("</ol>")[0].split("<li>")[1:]
        code = " ".join(word.split("<")[0] for word in words)
        sign_in(client, make_account("listener", name="Swann"))

        begun = saying.ask(nickname="Renard", language="fr")
        me = actor_of(Account.objects.get(name="Swann"))
        contact = contacts.begin(channel=Channel.CHAT, subject=begun.id, by=me)
        opened = client.post(f"{FILES}with-code/", {"code": code, "contact": str(contact)})

        assert opened.headers["Location"] == f"{FILES}{case_id}/"
        assert client.get(opened.headers["Location"]).status_code == HTTPStatus.OK

    def test_a_wrong_code_is_kept_to_be_mended(self, client: Client, listener: Actor) -> None:
        page = client.post(f"{FILES}with-code/", {"code": "abandon abeille"})
        assert page.status_code == HTTPStatus.CONFLICT
        assert "abandon abeille" in page.text


@pytest.mark.parametrize("which", ["", "closed", "all"])
def test_an_empty_list_says_so(client: Client, listener: Actor, which: str) -> None:
    assert 'class="empty"' in client.get(FILES, {"which": which}).text


def test_what_is_not_a_section_is_not_found(client: Client, listener: Actor) -> None:
    case_id = make_case(by=listener)
    assert client.get(f"{FILES}{case_id}/add/nothing/").status_code == HTTPStatus.NOT_FOUND
