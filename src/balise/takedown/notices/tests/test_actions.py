"""A notice leaves once, whatever stops in between; its words are the line's alone."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.fixtures import Settings

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.mail.mailers import mailers_from
from balise.foundation.mail.tests.makers import Postmaster, a_mail_server
from balise.foundation.tasks.testing import run_due
from balise.takedown.directory import actions as directory
from balise.takedown.directory.rules import ContactKind
from balise.takedown.directory.tests import makers as hosts
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.law.rules import NotInForce, OffenceUnknown
from balise.takedown.notices import queries, retention, tasks
from balise.takedown.notices.actions import drafting, ending, sending
from balise.takedown.notices.actions.drafting import AlreadyNotified, NobodyToTell
from balise.takedown.notices.models import Notice
from balise.takedown.notices.rules.letters import LocationRefused, NoticeIncomplete
from balise.takedown.notices.rules.states import (
    Failure,
    Impediment,
    Outcome,
    State,
    WrongState,
)
from balise.takedown.notices.tests.makers import (
    ANALYST,
    FACTS_ON,
    LISTENER,
    LOCATION,
    OUTSIDER,
    make_letter,
    make_notice,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Settings) -> Iterator[Postmaster]:
    """A mail server of ours, that hosts' mail is sent to."""
    postmaster = Postmaster()
    with a_mail_server(postmaster) as url:
        settings.MAILERS = mailers_from(url)
        yield postmaster


def state_of(notice_id: UUID) -> State:
    return Notice.objects.get(id=notice_id).stands


def told(name: str) -> list[dict[str, object]]:
    return [entry.facts for entry in Entry.objects.filter(event=f"takedown.notice.{name}")]


def work(*, tolerate: bool = False) -> None:
    """Do what the worker does: queue what was put on its way, and run the jobs that are due."""
    tasks.send_queued(list(Entry.objects.filter(event="takedown.notice.queued")))
    run_due(tolerate=tolerate)


class TestDraft:
    def test_keeps_its_words_sealed(self) -> None:
        notice_id = make_notice()
        notice = Notice.objects.get(id=notice_id)
        assert b"images.example" not in bytes(notice.sealed)
        assert queries.letter_of(notice).locations == (LOCATION,)
        assert state_of(notice_id) is State.DRAFT
        assert told("drafted")[0]["content"] == str(notice.subject)

    def test_refuses_a_second_one_to_the_same_contact(self) -> None:
        subject, contact_id = uuid4(), make_contact(make_host())
        first = make_notice(subject=subject, contact_id=contact_id)
        with pytest.raises(AlreadyNotified):
            make_notice(subject=subject, contact_id=contact_id)
        ending.withdraw(notice_id=first, by=ANALYST)
        make_notice(subject=subject, contact_id=contact_id)

    def test_refuses_a_contact_that_nobody_approved(self) -> None:
        waiting = make_contact(make_host(), approved=False)
        for contact_id in (waiting, uuid4()):
            with pytest.raises(NobodyToTell):
                make_notice(contact_id=contact_id)

    def test_refuses_what_is_no_offence_or_was_none(self) -> None:
        with pytest.raises(OffenceUnknown):
            make_notice(offence="parking")
        with pytest.raises(NotInForce):
            drafting.draft(
                line="hotline",
                subject=uuid4(),
                offence="torture-images",
                facts_on=FACTS_ON.replace(year=2024),
                contact_id=make_contact(make_host("Other", domains=())),
                letter=make_letter(),
                by=ANALYST,
            )

    def test_refuses_a_place_that_is_none(self) -> None:
        with pytest.raises(LocationRefused):
            make_notice(letter=make_letter(locations=("nowhere",)))

    def test_can_be_changed_until_it_is_sent(self) -> None:
        notice_id = make_notice()
        changed = make_letter(explanation="Une autre explication, plus longue que la première.")
        drafting.revise(notice_id=notice_id, letter=changed, by=ANALYST)
        opened = drafting.read(notice_id=notice_id, by=ANALYST)
        assert opened.letter.explanation.startswith("Une autre")
        assert len(told("read")) == 1
        sending.send(notice_id=notice_id, by=ANALYST)
        with pytest.raises(WrongState):
            drafting.revise(notice_id=notice_id, letter=changed, by=ANALYST)


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


def _mail(office: Postmaster) -> EmailMessage:
    return office.mails[-1]


def make_sent(office: Postmaster, **given: UUID) -> UUID:
    notice_id = make_notice(**given)  # type: ignore[arg-type]
    sending.send(notice_id=notice_id, by=ANALYST)
    work()
    assert office.kept
    return notice_id


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


class TestOutcome:
    def test_is_counted_in_seconds_since_it_was_sent(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        sent_at = Notice.objects.get(id=notice_id).sent_at
        assert sent_at is not None
        ending.record_outcome(
            notice_id=notice_id,
            outcome=Outcome.REFUSED,
            impediment=Impediment.MANIFEST_ERROR,
            at=sent_at + timedelta(hours=2),
            by=ANALYST,
        )
        (fact,) = told("outcome-recorded")
        assert (fact["outcome"], fact["seconds"]) == ("refused", 7_200)
        assert fact["impediment"] == "manifest-error"
        assert state_of(notice_id) is State.REFUSED

    def test_can_follow_a_restriction(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.RESTRICTED, by=ANALYST)
        assert state_of(notice_id) is State.ANSWERED
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
        assert state_of(notice_id) is State.REMOVED
        with pytest.raises(WrongState):
            ending.record_outcome(notice_id=notice_id, outcome=Outcome.NO_ANSWER, by=ANALYST)

    def test_needs_a_notice_that_left(self) -> None:
        with pytest.raises(WrongState):
            ending.record_outcome(notice_id=make_notice(), outcome=Outcome.REMOVED, by=ANALYST)

    def test_comes_from_the_watch_for_all_that_wait(self, office: Postmaster) -> None:
        subject = uuid4()
        notice_id = make_sent(office, subject=subject)
        draft = make_notice(
            subject=subject,
            contact_id=make_contact(make_host("Other", domains=()), "x@other.example"),
        )
        ended = ending.note_removed(line="hotline", subject=subject, at=now(), by=SYSTEM)
        assert ended == 1
        assert (state_of(notice_id), state_of(draft)) == (State.REMOVED, State.DRAFT)
        assert ending.note_removed(line="helpline", subject=subject, at=now(), by=SYSTEM) == 0


class TestWhoMay:
    def test_not_another_line_nor_an_outsider(self) -> None:
        notice_id = make_notice()
        notice = Notice.objects.get(id=notice_id)
        for actor in (LISTENER, OUTSIDER):
            for act in (
                lambda by: make_notice(by=by, contact_id=notice.contact_id),
                lambda by: drafting.revise(notice_id=notice_id, letter=make_letter(), by=by),
                lambda by: drafting.read(notice_id=notice_id, by=by),
                lambda by: sending.send(notice_id=notice_id, by=by),
                lambda by: sending.note_sent_by_hand(notice_id=notice_id, by=by),
                lambda by: ending.withdraw(notice_id=notice_id, by=by),
                lambda by: ending.record_outcome(
                    notice_id=notice_id, outcome=Outcome.REMOVED, by=by
                ),
                lambda by: queries.about(line="hotline", subject=notice.subject, seen_by=by),
                lambda by: queries.notice(notice_id, seen_by=by),
            ):
                with pytest.raises(PermissionDenied):
                    act(actor)
        assert queries.not_closed(seen_by=LISTENER) == []
        assert queries.not_closed(seen_by=OUTSIDER) == []

    def test_its_own_line_sees_what_stands(self) -> None:
        notice_id = make_notice()
        notice = queries.notice(notice_id, seen_by=ANALYST)
        assert notice is not None
        assert [one.id for one in queries.not_closed(seen_by=ANALYST)] == [notice_id]
        found = queries.about(line="hotline", subject=notice.subject, seen_by=ANALYST)
        assert [one.id for one in found] == [notice_id]
        assert queries.notice(uuid4(), seen_by=ANALYST) is None


class TestRetention:
    def test_forgets_the_words_a_year_after_the_end(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        open_still = make_notice(
            contact_id=make_contact(make_host("Other", domains=()), "x@other.example")
        )
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
        assert list(retention.notices_due(now())) == []
        later = now() + timedelta(days=366)
        due = list(retention.notices_due(later))
        assert due == [notice_id, open_still]  # the draft was left for six months
        assert retention.erase_notices(due) == 2
        notice = Notice.objects.get(id=notice_id)
        assert notice.is_forgotten
        assert notice.came_of_it is Outcome.REMOVED
        with pytest.raises(KeyForgotten):
            queries.letter_of(notice)
        assert list(retention.notices_due(later)) == []


def test_the_clerk_hands_what_is_queued_to_the_worker(office: Postmaster) -> None:
    notice_id = make_notice()
    sending.send(notice_id=notice_id, by=ANALYST)
    clerk.tick()
    run_due()
    assert len(office.kept) == 1
    assert state_of(notice_id) is State.SENT
