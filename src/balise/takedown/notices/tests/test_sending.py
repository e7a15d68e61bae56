"""A notice leaves once, whatever stops in between."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from pytest_django.fixtures import Settings

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal import clerk
from balise.foundation.mail.mailers import mailers_from
from balise.foundation.mail.tests.makers import Postmaster
from balise.foundation.tasks.running import run_due
from balise.takedown.directory import actions as directory
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.tests import makers as hosts
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices.actions import drafting, ending, mailing, sending
from balise.takedown.notices.actions.drafting import NobodyToTell
from balise.takedown.notices.models import Mailing, Notice
from balise.takedown.notices.rules.letters import NoticeIncomplete
from balise.takedown.notices.rules.mails import MailingState
from balise.takedown.notices.rules.states import Failure, NoticeState, Outcome, WrongState
from balise.takedown.notices.tasks.leaving import gather_due, send_mailing
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LOCATION,
    get,
    make_letter,
    make_notice,
    make_sent,
    send,
    state_of,
    told,
    work,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def _mail(office: Postmaster) -> EmailMessage:
    return office.mails[-1]


def _mailing() -> Mailing:
    return Mailing.objects.get()


def _again() -> None:
    send_mailing.func(mailing_id=str(_mailing().id))


class TestSend:
    def test_moves_only_when_the_server_took_it(self, office: Postmaster) -> None:
        notice_id = make_notice()
        send(notice_id)
        assert state_of(notice_id) is NoticeState.QUEUED
        work()
        notice = get(notice_id)
        assert notice.stands is NoticeState.SENT
        assert notice.sent_at is not None
        (fact,) = told("sent")
        assert fact["dsa_keyword"] == "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"
        assert (fact["for_line"], fact["rung"], fact["urgency"]) == ("hotline", "host", "urgent")
        mail = _mail(office)
        assert mail["To"] == "abuse@hebergeur.example"
        sent = _mailing()
        assert mail["Message-ID"] == f"<notices.{sent.id}@centre.example>"
        assert mail["Reply-To"] == f"notifications+{sent.token}@centre.example"
        assert notice.number in mail["Subject"]
        text = mail.get_content().replace("\r\n", "\n")
        assert LOCATION in text
        assert drafting.read(notice_id=notice_id, by=ANALYST).wording.text.strip() in text
        assert "/fr/notice/" in text
        assert "/fr/contest/" in text

    def test_is_done_once_however_often_the_job_runs(self, office: Postmaster) -> None:
        send(make_notice())
        work()
        work()
        _again()
        gather_due.func()
        run_due()
        assert len(office.kept) == 1
        assert len(told("sent")) == 1

    def test_refuses_what_lacks_an_element(self) -> None:
        notice_id = make_notice(letter=make_letter(in_good_faith=False))
        with pytest.raises(NoticeIncomplete):
            send(notice_id)
        assert state_of(notice_id) is NoticeState.DRAFT

    def test_refuses_a_contact_that_was_blocked_or_is_a_form(self) -> None:
        contact_id = make_contact(make_host())
        notice_id = make_notice(contact_id=contact_id)
        directory.block_contact(contact_id=contact_id, by=hosts.ANALYST)
        with pytest.raises(NobodyToTell):
            send(notice_id)
        form = make_contact(
            make_host("Forum", domains=()), "https://forum.example/", kind=ContactKind.FORM
        )
        with pytest.raises(NobodyToTell):
            send(make_notice(contact_id=form))

    def test_stops_when_the_contact_is_blocked_on_the_way(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        notice_id = make_notice(contact_id=contact_id)
        send(notice_id)
        directory.block_contact(contact_id=contact_id, by=hosts.ANALYST)
        work()
        assert len(office.kept) == 0
        assert get(notice_id).failed_for is Failure.CONTACT_CLOSED

    def test_tries_again_when_the_server_is_busy(self, office: Postmaster) -> None:
        notice_id = make_notice()
        send(notice_id)
        office.content_answer = "451 4.3.0 busy"
        work(tolerate=True)
        assert state_of(notice_id) is NoticeState.QUEUED
        office.content_answer = "250 Taken"
        _again()
        assert state_of(notice_id) is NoticeState.SENT

    def test_gives_up_when_the_server_refuses(self, office: Postmaster) -> None:
        notice_id = make_notice()
        send(notice_id)
        office.content_answer = "550 5.1.1 nobody"
        work()
        assert get(notice_id).failed_for is Failure.REFUSED
        assert told("failed")[0]["failure"] == "refused-by-server"
        office.content_answer = "250 Taken"
        send(notice_id)
        work()
        assert state_of(notice_id) is NoticeState.SENT
        assert Mailing.objects.filter(state=MailingState.FAILED).count() == 1

    def test_gives_up_when_no_server_is_there(self, settings: Settings) -> None:
        settings.MAILERS = mailers_from("smtp://127.0.0.1:9")
        notice_id = make_notice()
        send(notice_id)
        work(tolerate=True)
        for _attempt in range(mailing.MAX_ATTEMPTS - 2):
            with pytest.raises(Exception, match="no mail server"):
                _again()
        _again()
        assert get(notice_id).failed_for is Failure.UNREACHABLE

    def test_never_guesses_after_a_worker_died(self, office: Postmaster) -> None:
        notice_id = make_notice()
        send(notice_id)
        notice = get(notice_id)
        (mailing_id,) = mailing.gather(contact_id=notice.contact_id, line="hotline", by=SYSTEM)
        assert mailing.hand_over(mailing_id=mailing_id, by=SYSTEM) is not None  # and it dies here
        with pytest.raises(mailing.BeingSent):
            _again()
        with pytest.raises(WrongState):
            ending.withdraw(notice_id=notice_id, by=ANALYST)
        Mailing.objects.update(handed_at=now() - mailing.HANDED_FOR_AT_MOST - timedelta(seconds=1))
        _again()
        assert len(office.kept) == 0
        assert get(notice_id).failed_for is Failure.IN_DOUBT
        send(notice_id)  # a person looked, and decided
        work()
        assert state_of(notice_id) is NoticeState.SENT

    def test_never_guesses_after_a_server_fell_silent(self, office: Postmaster) -> None:
        notice_id = make_notice()
        send(notice_id)
        office.drops = True
        work()
        assert get(notice_id).failed_for is Failure.IN_DOUBT

    def test_sends_nothing_of_what_was_withdrawn_on_the_way(self, office: Postmaster) -> None:
        notice_id = make_notice()
        send(notice_id)
        mailing.gather(contact_id=get(notice_id).contact_id, line="hotline", by=SYSTEM)
        ending.withdraw(notice_id=notice_id, by=ANALYST)
        _again()
        assert len(office.kept) == 0
        assert not Mailing.objects.exists()

    def test_fails_what_was_erased_meanwhile(self, office: Postmaster) -> None:
        notice_id = make_notice()
        send(notice_id)
        Notice.objects.update(sealed=b"")
        work()
        assert len(office.kept) == 0
        assert get(notice_id).failed_for is Failure.FORGOTTEN

    def test_by_hand_is_for_forms(self) -> None:
        form = make_contact(
            make_host("Forum", domains=()), "https://forum.example/", kind=ContactKind.FORM
        )
        notice_id = make_notice(contact_id=form)
        sending.note_sent_by_hand(notice_id=notice_id, by=ANALYST)
        notice = get(notice_id)
        assert notice.stands is NoticeState.SENT
        assert notice.due_at is not None
        assert told("sent")[0]["by_hand"] is True
        with pytest.raises(NobodyToTell):
            sending.note_sent_by_hand(notice_id=make_notice(), by=ANALYST)


def test_the_clerk_hands_what_is_queued_to_the_worker(office: Postmaster) -> None:
    notice_id = make_notice()
    send(notice_id)
    clerk.tick()
    run_due()
    assert len(office.kept) == 1
    assert state_of(notice_id) is NoticeState.SENT


def test_an_outcome_is_kept_though_a_reminder_was_on_its_way(office: Postmaster) -> None:
    notice_id = make_sent(office)
    ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
    assert get(notice_id).due_at is None
