"""The pages that a mail leads to: looking never acts, a link ends, and nobody's address shows."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.clock import now
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.mail.tests.makers import Postmaster
from balise.foundation.tasks.running import run_due
from balise.foundation.web import pauses
from balise.foundation.web.floods import Floods
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices.actions import contesting, ending
from balise.takedown.notices.models import Answer, Contest, Mailing
from balise.takedown.notices.queries.mails import answer_link, contest_link
from balise.takedown.notices.rules.inbound import Said
from balise.takedown.notices.rules.redress import Ruling
from balise.takedown.notices.rules.states import NoticeState, Outcome
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LOCATION,
    SECOND_ANALYST,
    get,
    make_notice,
    make_sent,
    send,
    state_of,
    work,
)

pytestmark = pytest.mark.django_db

GROUNDS = "C'est une œuvre d'art, exposée dans un musée."


def page_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def sent(office: Postmaster) -> UUID:
    """A notice that was sent to a host that reads French."""
    return make_sent(office)


@pytest.fixture
def answer_page(sent: UUID) -> str:
    """The page on which its mail is answered."""
    return page_of(answer_link(Mailing.objects.get().id, language="fr"))


@pytest.fixture
def contest_page(sent: UUID) -> str:
    """The page on which it is contested."""
    return page_of(contest_link(sent, language="fr"))


@pytest.mark.parametrize("token", ["", "x/"])
def test_a_host_answers_on_a_page_for_its_work(
    client: Client, answer_page: str, contest_page: str, token: str
) -> None:
    address = answer_page if not token else "/fr/notice/x/"
    page = client.get(address).content.decode()
    for_anyone = client.get(contest_page).content.decode()

    for sign in ('id="quick-exit"', "exit.js", 'class="beside"'):
        assert sign not in page
        assert sign in for_anyone


class TestLinks:
    def test_in_the_mail_lead_to_the_pages(self, sent: UUID, office: Postmaster) -> None:
        words = office.mails[0].get_content().split()
        for part in ("/notice/", "/contest/"):
            (link,) = [word for word in words if part in word]
            assert Client().get(page_of(link)).status_code == HTTPStatus.OK

    @pytest.mark.parametrize("kind", ["notice", "contest"])
    @pytest.mark.parametrize("token", ["x", "A" * 50, "é"])
    def test_that_are_not_ours_lead_nowhere(self, client: Client, kind: str, token: str) -> None:
        assert client.get(f"/fr/{kind}/{token}/").status_code == HTTPStatus.NOT_FOUND
        assert client.post(f"/fr/{kind}/{token}/").status_code == HTTPStatus.NOT_FOUND

    def test_do_not_stand_in_for_each_other(
        self, client: Client, answer_page: str, contest_page: str
    ) -> None:
        swapped = answer_page.replace("/notice/", "/contest/")
        assert client.get(swapped).status_code == HTTPStatus.NOT_FOUND
        swapped = contest_page.replace("/contest/", "/notice/")
        assert client.get(swapped).status_code == HTTPStatus.NOT_FOUND

    def test_that_were_changed_lead_nowhere(self, client: Client, answer_page: str) -> None:
        end = "B" if answer_page[-2] == "A" else "A"
        for changed in (f"{answer_page[:-2]}{end}/", answer_page.replace("notice/", "notice/A")):
            assert client.get(changed).status_code == HTTPStatus.NOT_FOUND

    def test_end(self, client: Client, answer_page: str, contest_page: str) -> None:
        with clock.at(now() + timedelta(days=91)):
            assert client.get(answer_page).status_code == HTTPStatus.GONE
            assert client.post(answer_page, {"said": "removed"}).status_code == HTTPStatus.GONE
            assert client.get(contest_page).status_code == HTTPStatus.OK
        with clock.at(now() + timedelta(days=184)):
            assert client.get(contest_page).status_code == HTTPStatus.GONE
        assert not Answer.objects.exists()

    def test_speak_the_language_of_the_recipient(self, office: Postmaster, client: Client) -> None:
        contact_id = make_contact(make_host(language="en"))
        make_sent(office, contact_id=contact_id)
        mail = office.mails[0].get_content()
        assert "/en/notice/" in mail
        english = page_of(answer_link(Mailing.objects.get().id, language="en"))
        assert "Send this answer" in client.get(english).content.decode()


class TestAnswer:
    def test_looking_does_nothing(self, client: Client, sent: UUID, answer_page: str) -> None:
        before = Entry.objects.count()
        for look in (client.get, client.head):
            for query in ("", "?said=removed", "?kept=1"):
                assert look(f"{answer_page}{query}").status_code == HTTPStatus.OK
        assert Entry.objects.count() == before
        assert state_of(sent) is NoticeState.SENT
        for method in (client.put, client.delete, client.patch):
            assert method(answer_page).status_code == HTTPStatus.METHOD_NOT_ALLOWED

    def test_shows_no_address_of_a_content(
        self, client: Client, sent: UUID, answer_page: str
    ) -> None:
        page = client.get(answer_page).content.decode()
        assert get(sent).number in page
        assert LOCATION not in page
        assert "images.example" not in page

    def test_is_kept_and_heard(self, client: Client, sent: UUID, answer_page: str) -> None:
        given = {"notices": [str(sent)], "said": "needs-information", "text": "Laquelle ?"}
        answer = client.post(answer_page, given)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY  # shorter than a sentence
        given["text"] = "Laquelle des images de la page est-ce ?"
        answer = client.post(answer_page, given)
        assert answer.status_code == HTTPStatus.FOUND
        assert "Merci" in client.get(answer["Location"]).content.decode()
        clerk.tick()
        run_due()
        assert state_of(sent) is NoticeState.INFO_ASKED

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"said": "removed"},
            {"notices": "not-an-id", "said": "removed"},
            {"said": "burnt"},
        ],
    )
    def test_says_what_is_missing(
        self, client: Client, sent: UUID, answer_page: str, given: dict[str, str]
    ) -> None:
        answer = client.post(answer_page, given)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Answer.objects.exists()

    def test_of_several_speaks_of_those_that_are_chosen(
        self, client: Client, office: Postmaster
    ) -> None:
        contact_id = make_contact(make_host())
        first, second = (make_notice(contact_id=contact_id) for _ in range(2))
        send(first)
        send(second)
        work()
        page = page_of(answer_link(Mailing.objects.get().id, language="fr"))
        client.post(page, {"notices": [str(second)], "said": "removed"})
        assert [answer.notice_id for answer in Answer.objects.all()] == [second]
        assert "Nous l" in client.get(page).content.decode()

    def test_expects_nothing_of_what_has_ended(
        self, client: Client, sent: UUID, answer_page: str
    ) -> None:
        ending.record_outcome(notice_id=sent, outcome=Outcome.REMOVED, by=ANALYST)
        page = client.get(answer_page).content.decode()
        assert 'name="said"' not in page
        given = {"notices": [str(sent)], "said": "refused", "text": "x" * 40}
        answer = client.post(answer_page, given)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_may_come_when_nobody_expects_it_any_more(
        self, client: Client, sent: UUID, answer_page: str
    ) -> None:
        ending.record_outcome(notice_id=sent, outcome=Outcome.NO_ANSWER, by=ANALYST)
        page = client.get(answer_page).content.decode()
        assert "vous pouvez encore répondre" in page
        given = {"notices": [str(sent)], "said": "removed", "text": ""}
        assert client.post(answer_page, given).status_code == HTTPStatus.FOUND
        assert Answer.objects.get().says is Said.REMOVED

    def test_is_paced(
        self,
        client: Client,
        sent: UUID,
        answer_page: str,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(pauses, "_floods", Floods())
        settings.WRITES_NEARBY = 1
        given = {"notices": [str(sent)], "said": "received"}
        elsewhere = Client(REMOTE_ADDR="203.0.113.9")  # this machine itself is never held back
        answers = [elsewhere.post(answer_page, given).status_code for _ in range(4)]
        assert answers[0] == HTTPStatus.FOUND
        assert answers[-1] == HTTPStatus.TOO_MANY_REQUESTS


class TestContest:
    def test_looking_does_nothing(self, client: Client, contest_page: str) -> None:
        before = Entry.objects.count()
        assert client.get(contest_page).status_code == HTTPStatus.OK
        assert Entry.objects.count() == before

    def test_is_kept(self, client: Client, sent: UUID, contest_page: str) -> None:
        given = {"contester": "author", "grounds": GROUNDS, "answer_to": ""}
        answer = client.post(contest_page, given)
        assert answer.status_code == HTTPStatus.FOUND
        assert "Merci" in client.get(answer["Location"]).content.decode()
        objection = Contest.objects.get()
        assert (objection.notice_id, objection.via, objection.language) == (sent, "page", "fr")
        again = client.post(contest_page, given)
        assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"contester": "author", "grounds": "Non."},
            {"contester": "nobody", "grounds": GROUNDS},
            {"contester": "author", "grounds": GROUNDS, "answer_to": "nowhere"},
        ],
    )
    def test_says_what_is_missing(
        self, client: Client, contest_page: str, given: dict[str, str]
    ) -> None:
        assert client.post(contest_page, given).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Contest.objects.exists()

    def test_is_open_after_the_notice_was_given_up(
        self, client: Client, sent: UUID, contest_page: str
    ) -> None:
        ending.withdraw(notice_id=sent, by=ANALYST)
        assert "<textarea" in client.get(contest_page).content.decode()
        answer = client.post(contest_page, {"contester": "author", "grounds": GROUNDS})
        assert answer.status_code == HTTPStatus.FOUND
        assert Contest.objects.get().notice_id == sent

    def test_is_closed_while_nobody_has_the_notice(self, client: Client) -> None:
        page = page_of(contest_link(make_notice(), language="fr"))
        assert "<textarea" not in client.get(page).content.decode()
        answer = client.post(page, {"contester": "author", "grounds": GROUNDS})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_says_that_a_notice_was_taken_back(
        self, client: Client, contest_page: str, answer_page: str
    ) -> None:
        client.post(contest_page, {"contester": "author", "grounds": GROUNDS})
        contesting.rule(
            contest_id=Contest.objects.get().id,
            ruling=Ruling.UPHELD,
            reasons="Il a raison, la notification était erronée.",
            by=SECOND_ANALYST,
        )
        for page in (contest_page, answer_page):
            shown = client.get(page)
            assert shown.status_code == HTTPStatus.OK
            assert "<textarea" not in shown.content.decode()
