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
from balise.foundation.tasks.testing import run_due
from balise.takedown.directory import actions as directory
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.tests import makers as hosts
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import tasks
from balise.takedown.notices.actions import drafting, ending, sending
from balise.takedown.notices.actions.drafting import NobodyToTell
from balise.takedown.notices.models import Notice
from balise.takedown.notices.rules.letters import NoticeIncomplete
from balise.takedown.notices.rules.states import (
    Failure,
    Outcome,
    State,
    WrongState,
)
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LOCATION,
    make_letter,
    make_notice,
    make_sent,
    state_of,
    told,
    work,
)

pytestmark = pytest.mark.django_db


def _mail(office: Postmaster) -> EmailMessage:
    return office.mails[-1]


class TestSend:
    def test_moves_only_when_the_server_took_it(self, office: Postmaster) -> None:
        notice_id = make_notice()
        sending.send(notice_id=notice_id, by=ANALYST)
        assert state_of(notice_id) is State.QUEUED
        work()
        notice = Notice.objects.get(id=notice_id)
        assert notice.stands is State.SENT
        assert notice.sent_at is not None
        assert notice.due_at == notice.sent_at + timedelta(hours=24)
        (fact,) = told("sent")
        assert fact["dsa_keyword"] == "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"
        assert fact["for_line"] == "hotline"
        mail = _mail(office)
        assert mail["To"] == "abuse@hebergeur.example"
        assert mail["Message-ID"] == f"<notice.{notice_id}@centre.example>"
        assert mail["Reply-To"] == "notifications@centre.example"
        text = mail.get_content().replace("\r\n", "\n")
        assert LOCATION in text
        assert text.strip() == drafting.read(notice_id=notice_id, by=ANALYST).wording.text.strip()

    def test_is_done_once_however_often_the_job_runs(self, office: Postmaster) -> None:
        notice_id = make_notice()
        sending.send(notice_id=notice_id, by=ANALYST)
        work()
        work()
        tasks.send_notice.func(notice_id=str(notice_id))
        assert len(office.kept) == 1
        assert len(told("sent")) == 1

    def test_refuses_what_lacks_an_element(self) -> None:
        notice_id = make_notice(letter=make_letter(in_good_faith=False))
        with pytest.raises(NoticeIncomplete):
            sending.send(notice_id=notice_id, by=ANALYST)
        assert state_of(notice_id) is State.DRAFT

    def test_refuses_a_contact_that_was_blocked_or_is_a_form(self) -> None:
        contact_id = make_contact(make_host())
        notice_id = make_notice(contact_id=contact_id)
        directory.block_contact(contact_id=contact_id, by=hosts.ANALYST)
        with pytest.raises(NobodyToTell):
            sending.send(notice_id=notice_id, by=ANALYST)
        form = make_contact(
            make_host("Forum", domains=()), "https://forum.example/", kind=ContactKind.FORM
        )
        with pytest.raises(NobodyToTell):
            sending.send(notice_id=make_notice(contact_id=form), by=ANALYST)

    def test_stops_when_the_contact_is_blocked_on_the_way(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        notice_id = make_notice(contact_id=contact_id)
        sending.send(notice_id=notice_id, by=ANALYST)
        directory.block_contact(contact_id=contact_id, by=hosts.ANALYST)
        work()
        assert len(office.kept) == 0
        assert Notice.objects.get(id=notice_id).failed_for is Failure.CONTACT_CLOSED

    def test_tries_again_when_the_server_is_busy(self, office: Postmaster) -> None:
        notice_id = make_notice()
        sending.send(notice_id=notice_id, by=ANALYST)
        office.content_answer = "451 4.3.0 busy"
        work(tolerate=True)
        assert state_of(notice_id) is State.QUEUED
        office.content_answer = "250 Taken"
        tasks.send_notice.func(notice_id=str(notice_id))
        assert state_of(notice_id) is State.SENT

    def test_gives_up_when_the_server_refuses(self, office: Postmaster) -> None:
        notice_id = make_notice()
        sending.send(notice_id=notice_id, by=ANALYST)
        office.content_answer = "550 5.1.1 nobody"
        work()
        assert Notice.objects.get(id=notice_id).failed_for is Failure.REFUSED
        assert told("failed")[0]["failure"] == "refused-by-server"
        office.content_answer = "250 Taken"
        sending.send(notice_id=notice_id, by=ANALYST)
        tasks.send_notice.func(notice_id=str(notice_id))
        assert state_of(notice_id) is State.SENT

    def test_gives_up_when_no_server_is_there(self, settings: Settings) -> None:
        settings.MAILERS = mailers_from("smtp://127.0.0.1:9")
        notice_id = make_notice()
        sending.send(notice_id=notice_id, by=ANALYST)
        for _attempt in range(sending.MAX_ATTEMPTS - 1):
            with pytest.raises(Exception, match="no mail server"):
                tasks.send_notice.func(notice_id=str(notice_id))
        tasks.send_notice.func(notice_id=str(notice_id))
        assert Notice.objects.get(id=notice_id).failed_for is Failure.UNREACHABLE

    def test_never_guesses_after_a_worker_died(self, office: Postmaster) -> None:
        notice_id = make_notice()
        sending.send(notice_id=notice_id, by=ANALYST)
        assert sending.hand_over(notice_id=notice_id, by=SYSTEM) is not None  # and it dies here
        with pytest.raises(sending.BeingSent):
            tasks.send_notice.func(notice_id=str(notice_id))
        with pytest.raises(WrongState):
            ending.withdraw(notice_id=notice_id, by=ANALYST)
        Notice.objects.update(handed_at=now() - sending.HANDED_FOR_AT_MOST - timedelta(seconds=1))
        tasks.send_notice.func(notice_id=str(notice_id))
        assert len(office.kept) == 0
        assert Notice.objects.get(id=notice_id).failed_for is Failure.IN_DOUBT
        sending.send(notice_id=notice_id, by=ANALYST)  # a person looked, and decided
        tasks.send_notice.func(notice_id=str(notice_id))
        assert state_of(notice_id) is State.SENT

    def test_never_guesses_after_a_server_fell_silent(self, office: Postmaster) -> None:
        notice_id = make_notice()
        sending.send(notice_id=notice_id, by=ANALYST)
        office.drops = True
        work()
        assert Notice.objects.get(id=notice_id).failed_for is Failure.IN_DOUBT

    def test_by_hand_is_for_forms(self) -> None:
        form = make_contact(
            make_host("Forum", domains=()), "https://forum.example/", kind=ContactKind.FORM
        )
        notice_id = make_notice(contact_id=form)
        sending.note_sent_by_hand(notice_id=notice_id, by=ANALYST)
        notice = Notice.objects.get(id=notice_id)
        assert (notice.stands, notice.due_at) == (State.SENT, None)
        assert told("sent")[0]["by_hand"] is True
        with pytest.raises(NobodyToTell):
            sending.note_sent_by_hand(notice_id=make_notice(), by=ANALYST)


class TestRemind:
    def test_comes_once_when_it_is_due(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        tasks.remind_due.func()
        run_due()
        assert len(office.kept) == 1
        Notice.objects.update(due_at=now())
        tasks.remind_due.func()
        tasks.remind_due.func()
        run_due()
        assert len(office.kept) == 2
        assert state_of(notice_id) is State.REMINDED
        assert len(told("reminded")) == 1
        mail = _mail(office)
        assert mail["Message-ID"] == f"<reminder.{notice_id}@centre.example>"
        assert LOCATION in mail.get_content()

    def test_does_not_come_after_an_outcome(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        Notice.objects.update(due_at=now())
        tasks.remind_due.func()
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
        run_due()
        assert len(office.kept) == 1
        assert state_of(notice_id) is State.REMOVED

    def test_that_is_refused_leaves_the_notice_sent(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        Notice.objects.update(due_at=now())
        office.content_answer = "550 no"
        tasks.remind_due.func()
        run_due()
        notice = Notice.objects.get(id=notice_id)
        assert (notice.stands, notice.failed_for) == (State.SENT, Failure.REFUSED)


def test_the_clerk_hands_what_is_queued_to_the_worker(office: Postmaster) -> None:
    notice_id = make_notice()
    sending.send(notice_id=notice_id, by=ANALYST)
    clerk.tick()
    run_due()
    assert len(office.kept) == 1
    assert state_of(notice_id) is State.SENT
