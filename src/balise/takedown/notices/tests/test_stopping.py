"""A recipient's clock stands still when they ask or plead; what is held does not leave."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal import clerk
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.mail.tests.makers import Postmaster
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.foundation.tasks.running import run_due
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import queries
from balise.takedown.notices.actions import climbing, clocking, ending, holding, sending
from balise.takedown.notices.actions.holding import HoldTooLong
from balise.takedown.notices.actions.sending import HeldBack
from balise.takedown.notices.models import Hold, Pause
from balise.takedown.notices.rules.clocks import Goal
from balise.takedown.notices.rules.holds import HoldReason
from balise.takedown.notices.rules.redress import GroundsMissing
from balise.takedown.notices.rules.states import Impediment, NoticeState, Outcome, WrongState
from balise.takedown.notices.tasks.clocks import end_holds
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LISTENER,
    OUTSIDER,
    get,
    look_at_clocks,
    make_notice,
    make_sent,
    send,
    state_of,
    told,
    told_of,
    work,
)
from balise.takedown.onward.dossiers.events import HoldAsked, HoldLifted

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
HOUR = timedelta(hours=1)


def at(hours: float) -> datetime:
    return NOON + hours * HOUR


@pytest.fixture
def sent(office: Postmaster) -> UUID:
    """A notice that was sent at noon, its clock running since; its contact is known for long."""
    contact_id = make_contact(make_host())
    with clock.at(NOON - timedelta(days=30)):
        ending.record_outcome(
            notice_id=make_sent(office, contact_id=contact_id), outcome=Outcome.REMOVED, by=ANALYST
        )
    with clock.at(NOON):
        return make_sent(office, contact_id=contact_id)


class TestAcknowledge:
    def test_moves_the_clock_to_the_decision(self, sent: UUID) -> None:
        assert get(sent).expects is Goal.ACKNOWLEDGE
        clocking.acknowledge(notice_id=sent, at=at(1), by=ANALYST)
        clocking.acknowledge(notice_id=sent, at=at(3), by=ANALYST)
        notice = get(sent)
        assert (notice.expects, notice.due_at) == (Goal.DECIDE, at(4))
        assert [fact["seconds"] for fact in told("acknowledged")] == [3_600]


class TestInformation:
    def test_that_is_asked_pauses_the_clock_until_it_is_given(
        self, sent: UUID, office: Postmaster
    ) -> None:
        clocking.ask_information(notice_id=sent, at=at(1), by=ANALYST)
        assert (state_of(sent), get(sent).due_at) == (NoticeState.INFO_ASKED, None)
        assert get(sent).acknowledged_at == at(1)
        with clock.at(at(3)):
            clocking.give_information(notice_id=sent, text="C'est la troisième image.", by=ANALYST)
            work()
        notice = get(sent)
        assert (notice.stands, notice.expects, notice.due_at) == (
            NoticeState.SENT,
            Goal.DECIDE,
            at(6),
        )
        assert "troisième image" in office.mails[-1].get_content()
        (resumed,) = told("clock-resumed")
        assert (resumed["why"], resumed["seconds"]) == ("information", 7_200)

    def test_that_is_asked_stops_reminders(self, sent: UUID, office: Postmaster) -> None:
        before = len(office.kept)
        clocking.ask_information(notice_id=sent, at=at(1), by=ANALYST)
        with clock.at(at(500)):
            look_at_clocks()
        assert len(office.kept) == before

    def test_is_given_in_words(self, sent: UUID) -> None:
        clocking.ask_information(notice_id=sent, by=ANALYST)
        with pytest.raises(GroundsMissing):
            clocking.give_information(notice_id=sent, text=" ", by=ANALYST)

    def test_is_given_only_when_it_was_asked(self, sent: UUID) -> None:
        with pytest.raises(WrongState):
            clocking.give_information(notice_id=sent, text="Voici.", by=ANALYST)

    def test_is_not_mailed_to_a_form(self) -> None:
        form = make_contact(
            make_host("Forum", domains=()), "https://forum.example/", kind=ContactKind.FORM
        )
        notice_id = make_notice(contact_id=form)
        sending.note_sent_by_hand(notice_id=notice_id, by=ANALYST)
        clocking.ask_information(notice_id=notice_id, by=ANALYST)
        assert clocking.give_information(notice_id=notice_id, text="Voici.", by=ANALYST) is None


class TestImpediment:
    @pytest.mark.parametrize("impediment", [each for each in Impediment if each])
    def test_stops_the_clock_which_starts_anew_when_it_is_lifted(
        self, sent: UUID, impediment: Impediment
    ) -> None:
        clocking.plead(notice_id=sent, impediment=impediment, at=at(3), by=ANALYST)
        notice = get(sent)
        assert (notice.stands, notice.hindered_by, notice.due_at) == (
            NoticeState.HINDERED,
            impediment,
            None,
        )
        clocking.lift_impediment(notice_id=sent, at=at(10), by=ANALYST)
        notice = get(sent)
        assert (notice.stands, notice.hindered_by) == (NoticeState.SENT, Impediment.NONE)
        assert notice.due_at == at(14)

    def test_may_follow_a_question(self, sent: UUID) -> None:
        clocking.ask_information(notice_id=sent, at=at(1), by=ANALYST)
        clocking.plead(notice_id=sent, impediment=Impediment.TOO_LITTLE, at=at(2), by=ANALYST)
        assert [pause.ended_at for pause in Pause.objects.all()] == [at(2), None]
        with pytest.raises(WrongState):
            clocking.plead(notice_id=sent, impediment=Impediment.TOO_LITTLE, by=ANALYST)

    def test_ends_with_the_notice(self, sent: UUID) -> None:
        clocking.plead(notice_id=sent, impediment=Impediment.IMPOSSIBLE, at=at(1), by=ANALYST)
        ending.record_outcome(notice_id=sent, outcome=Outcome.REMOVED, at=at(5), by=ANALYST)
        assert Pause.objects.get().ended_at == at(5)
        (_first, fact) = told("outcome-recorded")
        assert (fact["seconds"], fact["running_seconds"]) == (5 * 3_600, 3_600)

    def test_shows_on_the_desk_and_on_the_dial(self, sent: UUID) -> None:
        clocking.plead(notice_id=sent, impediment=Impediment.IMPOSSIBLE, at=at(1), by=ANALYST)
        (row,) = queries.rows(queries.Tab.STOPPED, seen_by=ANALYST)
        assert row.notice.id == sent
        dial = queries.dial(get(sent), at=at(3))
        assert dial is not None
        assert dial.stands_still is not None
        assert dial.has_run == HOUR
        assert {each.due_at for each in dial.deadlines} == {None}


def test_clocks_are_the_lines_alone(sent: UUID) -> None:
    for actor in (LISTENER, OUTSIDER):
        for act in (
            lambda by: clocking.acknowledge(notice_id=sent, by=by),
            lambda by: clocking.ask_information(notice_id=sent, by=by),
            lambda by: clocking.plead(notice_id=sent, impediment=Impediment.IMPOSSIBLE, by=by),
            lambda by: clocking.give_information(notice_id=sent, text="x", by=by),
            lambda by: clocking.lift_impediment(notice_id=sent, by=by),
            lambda by: holding.hold(line="hotline", subject=uuid4(), until=now() + HOUR, by=by),
            lambda by: holding.lift(line="hotline", subject=uuid4(), by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(actor)


class TestHold:
    def test_keeps_a_contents_notices_back_and_ends_by_itself(self, office: Postmaster) -> None:
        subject = uuid4()
        with clock.at(NOON):
            holding.hold(line="hotline", subject=subject, until=at(5), by=ANALYST)
            notice_id = make_notice(subject=subject)
            send(notice_id)
            work()
            assert not office.kept
            assert state_of(notice_id) is NoticeState.QUEUED
            (row,) = queries.rows(queries.Tab.HELD, seen_by=ANALYST)
            assert row.hold is not None
        with clock.at(at(5)):
            end_holds.func()
            work()
        assert state_of(notice_id) is NoticeState.SENT
        (released,) = told_of("released", "notices")
        assert released["by_itself"] is True

    def test_ends_when_it_is_lifted(self, office: Postmaster) -> None:
        subject = uuid4()
        holding.hold(line="hotline", subject=subject, until=now() + HOUR, by=ANALYST)
        notice_id = make_notice(subject=subject)
        send(notice_id)
        work()
        assert holding.lift(line="hotline", subject=subject, by=ANALYST) == 1
        clerk.tick()
        run_due()
        assert state_of(notice_id) is NoticeState.SENT
        assert holding.lift(line="hotline", subject=subject, by=ANALYST) == 0

    def test_may_be_of_one_notice_alone(self, office: Postmaster) -> None:
        subject = uuid4()
        held = make_notice(subject=subject)
        other = make_notice(
            subject=subject,
            contact_id=make_contact(make_host("Other", domains=()), "abuse@other.example"),
        )
        holding.hold(
            line="hotline", subject=subject, until=now() + HOUR, notice_id=held, by=ANALYST
        )
        send(held)
        send(other)
        work()
        assert (state_of(held), state_of(other)) == (NoticeState.QUEUED, NoticeState.SENT)
        with pytest.raises(ObjectDoesNotExist):
            holding.hold(
                line="hotline", subject=uuid4(), until=now() + HOUR, notice_id=held, by=ANALYST
            )

    def test_takes_a_notice_out_of_a_mail_that_has_not_left(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        subject = uuid4()
        held = make_notice(subject=subject, contact_id=contact_id)
        free = make_notice(contact_id=contact_id)
        send(held)
        send(free)
        from balise.takedown.notices.actions import mailing  # noqa: PLC0415

        (mailing_id,) = mailing.gather(contact_id=contact_id, line="hotline", by=SYSTEM)
        holding.hold(line="hotline", subject=subject, until=now() + HOUR, by=ANALYST)
        composed = mailing.hand_over(mailing_id=mailing_id, by=SYSTEM)
        assert composed is not None
        assert get(held).number not in composed.wording.text
        assert get(held).mailing_id is None

    def test_holds_reminders_and_forms_too(self, sent: UUID, office: Postmaster) -> None:
        before = len(office.kept)
        subject = get(sent).subject
        with clock.at(NOON):
            holding.hold(line="hotline", subject=subject, until=at(300), by=ANALYST)
        with clock.at(at(100)):
            look_at_clocks()
        assert len(office.kept) == before
        assert get(sent).due_at == at(300)
        form = make_contact(
            make_host("Forum", domains=()), "https://forum.example/", kind=ContactKind.FORM
        )
        by_hand = make_notice(subject=subject, contact_id=form)
        with clock.at(at(100)), pytest.raises(HeldBack):
            sending.note_sent_by_hand(notice_id=by_hand, by=ANALYST)

    def test_that_is_lifted_early_wakes_the_clocks_that_it_put_to_sleep(
        self, sent: UUID, office: Postmaster
    ) -> None:
        notice, before = get(sent), len(office.kept)
        with clock.at(NOON):
            holding.hold(line="hotline", subject=notice.subject, until=at(300), by=ANALYST)
        with clock.at(at(100)):
            look_at_clocks()
            assert get(sent).due_at == at(300)
            holding.lift(line="hotline", subject=notice.subject, by=ANALYST)
            assert get(sent).due_at == notice.due_at
            look_at_clocks()
        assert len(office.kept) == before + 1
        assert state_of(sent) is NoticeState.REMINDED

    def test_that_ends_earlier_or_later_lets_clocks_sleep_until_then(self, sent: UUID) -> None:
        subject = get(sent).subject
        with clock.at(NOON):
            holding.hold(line="hotline", subject=subject, until=at(300), by=ANALYST)
        for until in (at(150), at(400)):
            with clock.at(at(100)):
                look_at_clocks()
                holding.hold(line="hotline", subject=subject, until=until, by=ANALYST)
                look_at_clocks()
                assert get(sent).due_at == until

    def test_of_one_notice_that_is_lifted_leaves_the_contents_hold(self, sent: UUID) -> None:
        subject = get(sent).subject
        with clock.at(NOON):
            holding.hold(line="hotline", subject=subject, until=at(200), by=ANALYST)
            holding.hold(line="hotline", subject=subject, until=at(300), notice_id=sent, by=ANALYST)
        with clock.at(at(100)):
            look_at_clocks()
            assert get(sent).due_at == at(300)
            holding.lift(line="hotline", subject=subject, notice_id=sent, by=ANALYST)
            look_at_clocks()
            assert get(sent).due_at == at(200)

    def test_that_is_lifted_reminds_nobody_twice(self, sent: UUID, office: Postmaster) -> None:
        subject, before = get(sent).subject, len(office.kept)
        with clock.at(at(100)):
            climbing.look_at_due(contact_id=get(sent).contact_id, by=SYSTEM)  # not sent yet
            holding.hold(line="hotline", subject=subject, until=at(300), by=ANALYST)
            holding.lift(line="hotline", subject=subject, by=ANALYST)
            assert get(sent).due_at is None
            work()
            look_at_clocks()
        assert len(office.kept) == before + 1

    def test_moves_its_end_when_it_is_asked_again(self) -> None:
        subject = uuid4()
        first = holding.hold(line="hotline", subject=subject, until=now() + HOUR, by=ANALYST)
        later = now() + 3 * HOUR
        second = holding.hold(
            line="hotline", subject=subject, until=later, reason=HoldReason.DOUBT, by=ANALYST
        )
        assert first == second
        assert Hold.objects.get().until == later

    def test_ends_after_now_and_within_a_month(self) -> None:
        for until in (now() - HOUR, now() + timedelta(days=32)):
            with pytest.raises(HoldTooLong):
                holding.hold(line="hotline", subject=uuid4(), until=until, by=ANALYST)

    def test_is_forgotten_a_year_after_it_ended(self) -> None:
        subject = uuid4()
        hold_id = holding.hold(line="hotline", subject=subject, until=now() + HOUR, by=ANALYST)
        holding.lift(line="hotline", subject=subject, by=ANALYST)
        assert rows_due("takedown.notices.holds", now()) == []
        assert rows_due("takedown.notices.holds", now() + timedelta(days=366)) == [hold_id]
        assert erase_rows("takedown.notices.holds", [hold_id]) == 1


class TestADossiersHold:
    def test_holds_until_its_day_and_is_lifted_with_it(self, office: Postmaster) -> None:
        subject = uuid4()
        day = clock.today() + timedelta(days=60)
        line = Code("hotline")
        record(
            HoldAsked(subject=subject, for_line=line, authority=Code("pharos"), until=day),
            by=ANALYST,
        )
        clerk.tick()
        notice_id = make_notice(subject=subject)
        send(notice_id)
        work()
        assert state_of(notice_id) is NoticeState.QUEUED
        assert Hold.objects.get().until.astimezone(ZoneInfo("Europe/Paris")).date() == day
        record(HoldLifted(subject=subject, for_line=line, expired=False), by=ANALYST)
        clerk.tick()
        clerk.tick()
        run_due()
        assert state_of(notice_id) is NoticeState.SENT

    def test_that_is_over_holds_nothing(self) -> None:
        past = HoldAsked(
            subject=uuid4(),
            for_line=Code("hotline"),
            authority=Code("pharos"),
            until=date(2026, 1, 1),
        )
        record(past, by=ANALYST)
        clerk.tick()
        assert not Hold.objects.exists()
