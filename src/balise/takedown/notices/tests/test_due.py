"""When time is up: one reminder a day for all, then the next rung, which a person climbs."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.clock import now
from balise.foundation.mail.tests.makers import Postmaster
from balise.takedown.directory import actions as directory
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.tests import makers as hosts
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import queries
from balise.takedown.notices.actions import climbing, ending, sending
from balise.takedown.notices.actions.drafting import AlreadyNotified, NobodyToTell
from balise.takedown.notices.models import Mailing, Notice, Told
from balise.takedown.notices.rules.clocks import Goal
from balise.takedown.notices.rules.ladder import NotARung, Rung
from balise.takedown.notices.rules.mails import MailingKind
from balise.takedown.notices.rules.states import Failure, NoticeState, Outcome, WrongState
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    LOCATION,
    OUTSIDER,
    get,
    look_at_clocks,
    make_notice,
    make_sent,
    send,
    state_of,
    told,
    work,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))


def pass_time(*notice_ids: UUID, since: datetime | None = None) -> None:
    """Let time be up for notices, all of them if none is named."""
    found = Notice.objects.filter(id__in=notice_ids) if notice_ids else Notice.objects.all()
    found.exclude(due_at=None).update(due_at=since or now())


def reminders() -> int:
    return Mailing.objects.filter(kind=MailingKind.REMINDER).count()


class TestRemind:
    def test_comes_when_time_is_up(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        look_at_clocks()
        assert len(office.kept) == 1
        pass_time()
        look_at_clocks()
        look_at_clocks()
        assert len(office.kept) == 2
        assert state_of(notice_id) is NoticeState.REMINDED
        assert len(told("reminded")) == 1
        mail = office.mails[-1]
        assert mail["Message-ID"].startswith("<reminder.")
        assert LOCATION in mail.get_content()
        notice = get(notice_id)
        assert (notice.reminder_count, notice.round_from) == (1, notice.reminded_at)
        assert notice.due_at is not None
        assert notice.due_at > now()

    def test_is_one_mail_for_all_that_is_due(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        ids = [make_notice(contact_id=contact_id) for _ in range(3)]
        for notice_id in ids:
            send(notice_id)
        work()
        pass_time()
        look_at_clocks()
        assert reminders() == 1
        assert [get(notice_id).reminder_count for notice_id in ids] == [1, 1, 1]

    def test_comes_once_a_day_however_much_is_due(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        with clock.at(NOON):
            first, second = (make_notice(contact_id=contact_id) for _ in range(2))
            send(first)
            send(second)
            work()
            pass_time(first)
            look_at_clocks()
            pass_time(second)
            look_at_clocks()
        assert reminders() == 1
        assert get(second).reminder_count == 0
        tomorrow = NOON.replace(day=25, hour=0)
        assert get(second).due_at == tomorrow
        with clock.at(tomorrow):
            look_at_clocks()
        assert reminders() == 2
        assert get(second).reminder_count == 1

    def test_waits_for_the_morning_unless_it_is_urgent(self, office: Postmaster) -> None:
        with clock.at(NOON):
            steady = make_sent(office, offence="hate-incitement")
        night = NOON.replace(hour=23)
        with clock.at(night):
            pass_time()
            look_at_clocks()
        assert reminders() == 0
        assert get(steady).due_at == NOON.replace(day=25, hour=8)

    def test_comes_no_more_than_is_custom(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        for days in range(4):
            with clock.at(NOON + timedelta(days=days + 1)):
                pass_time(since=NOON)
                look_at_clocks()
        assert get(notice_id).reminder_count == queries.country_customs().most_reminders == 2
        assert len(told("clock-ran-out")) == 1

    def test_does_not_come_after_an_outcome(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        pass_time()
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
        look_at_clocks()
        assert len(office.kept) == 1
        assert state_of(notice_id) is NoticeState.REMOVED

    def test_that_is_refused_leaves_the_notice_sent_and_shows_it(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        pass_time()
        office.content_answer = "550 no"
        look_at_clocks()
        notice = get(notice_id)
        assert (notice.stands, notice.failed_for) == (NoticeState.SENT, Failure.REFUSED)
        assert notice.ran_out_at is not None
        assert notice.proposed_rung is Rung.UPSTREAM

    def test_cannot_go_to_a_form(self) -> None:
        form = make_contact(
            make_host("Forum", domains=()), "https://forum.example/", kind=ContactKind.FORM
        )
        notice_id = make_notice(contact_id=form)
        sending.note_sent_by_hand(notice_id=notice_id, by=ANALYST)
        pass_time()
        look_at_clocks()
        assert get(notice_id).proposed_rung is Rung.UPSTREAM


def run_out(notice_id: UUID) -> None:
    """Let a notice's reminders be used up and its time be over."""
    Notice.objects.filter(id=notice_id).update(reminder_count=2, due_at=now())
    look_at_clocks()


class TestLadder:
    def test_is_proposed_once_reminders_did_not_help(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        run_out(notice_id)
        notice = get(notice_id)
        assert (notice.proposed_rung, notice.due_at) == (Rung.UPSTREAM, None)
        (fact,) = told("clock-ran-out")
        assert (fact["goal"], fact["proposed"]) == (Goal.ACKNOWLEDGE, "upstream")
        assert [row.notice.id for row in queries.rows(queries.Tab.RAN_OUT, seen_by=ANALYST)] == [
            notice_id
        ]

    def test_is_climbed_by_a_person_with_a_notice_of_its_own(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        run_out(notice_id)
        network = make_contact(make_host("Réseau", domains=()), "abuse@reseau.example")
        following = climbing.climb(
            notice_id=notice_id, rung=Rung.UPSTREAM, contact_id=network, by=ANALYST
        )
        assert following is not None
        notice, above = get(notice_id), get(following)
        assert (above.stands, above.on_rung, above.follows_id) == (
            NoticeState.DRAFT,
            Rung.UPSTREAM,
            notice_id,
        )
        assert queries.letter_of(above) == queries.letter_of(notice)
        assert (notice.ran_out_at, notice.proposed, notice.stands) == (None, "", NoticeState.SENT)
        (fact,) = told("rung-climbed")
        assert (fact["rung"], fact["notice"]) == ("upstream", str(following))
        send(following)
        work()
        assert told("sent")[1]["rung"] == "upstream"
        with pytest.raises(NotARung):
            climbing.climb(notice_id=notice_id, rung=Rung.UPSTREAM, contact_id=network, by=ANALYST)

    def test_needs_a_contact_where_a_notice_goes(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        with pytest.raises(NobodyToTell):
            climbing.climb(notice_id=notice_id, rung=Rung.REGISTRAR, by=ANALYST)
        known = make_contact(make_host("Registraire", domains=()), "abuse@registraire.example")
        climbing.know_rung(notice_id=notice_id, rung=Rung.REGISTRAR, contact_id=known, by=ANALYST)
        assert climbing.climb(notice_id=notice_id, rung=Rung.REGISTRAR, by=ANALYST) is not None

    def test_who_stands_above_is_someone_who_can_be_told(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        network = make_contact(make_host("Réseau", domains=()), "abuse@reseau.example")
        for rung, contact_id, why in (
            (Rung.HOST, network, NotARung),
            (Rung.POLICE, network, NotARung),
            (Rung.UPSTREAM, uuid4(), NobodyToTell),
            (Rung.UPSTREAM, get(notice_id).contact_id, AlreadyNotified),
        ):
            with pytest.raises(why):
                climbing.know_rung(
                    notice_id=notice_id, rung=rung, contact_id=contact_id, by=ANALYST
                )
        climbing.know_rung(notice_id=notice_id, rung=Rung.UPSTREAM, contact_id=network, by=ANALYST)
        (fact,) = told("rung-known")
        assert fact["rung"] == "upstream"
        assert queries.known_rungs(get(notice_id)) == {Rung.UPSTREAM: network}

    def test_notes_what_is_told_by_hand_once(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        assert climbing.climb(notice_id=notice_id, rung=Rung.COORDINATOR, by=ANALYST) is None
        assert Told.objects.get().on_rung is Rung.COORDINATOR
        with pytest.raises(NotARung):
            climbing.climb(notice_id=notice_id, rung=Rung.COORDINATOR, by=ANALYST)
        assert [step.rung for step in queries.steps_above(get(notice_id))] == [
            Rung.UPSTREAM,
            Rung.REGISTRAR,
            Rung.REGISTRY,
            Rung.POLICE,
        ]

    def test_is_proposed_when_a_host_refuses(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REFUSED, by=ANALYST)
        assert get(notice_id).proposed_rung is Rung.UPSTREAM
        with pytest.raises(WrongState):  # no clock runs that could start once more
            climbing.stay(notice_id=notice_id, by=ANALYST)
        climbing.leave_at_that(notice_id=notice_id, by=ANALYST)
        notice = get(notice_id)
        assert (notice.proposed_rung, notice.ran_out_at) == (None, None)
        assert len(told("rung-declined")) == 1
        with pytest.raises(NotARung):
            climbing.leave_at_that(notice_id=notice_id, by=ANALYST)
        climbing.climb(notice_id=notice_id, rung=Rung.POLICE, by=ANALYST)
        assert Told.objects.get().on_rung is Rung.POLICE

    def test_can_be_declined_and_time_starts_once_more(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        run_out(notice_id)
        climbing.stay(notice_id=notice_id, by=ANALYST)
        notice = get(notice_id)
        assert notice.due_at is not None
        assert notice.due_at > now()

    def test_is_not_left_at_that_while_a_clock_runs(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        run_out(notice_id)
        with pytest.raises(WrongState):
            climbing.leave_at_that(notice_id=notice_id, by=ANALYST)
        assert get(notice_id).proposed_rung is Rung.UPSTREAM
        assert not told("rung-declined")

    def test_is_climbed_alone_where_a_policy_says_so_and_a_contact_is_known(
        self, office: Postmaster
    ) -> None:
        contact_id = make_contact(make_host())
        network = make_contact(make_host("Réseau", domains=()), "abuse@reseau.example")
        sending.set_customs(contact_id=contact_id, climbs_alone=[Rung.UPSTREAM], by=LEAD)
        notice_id = make_sent(office, contact_id=contact_id, known={Rung.UPSTREAM: network})
        run_out(notice_id)
        above = get(notice_id).followed_by.get()
        assert above.stands is NoticeState.QUEUED
        assert get(notice_id).proposed_rung is None

    def test_is_not_climbed_alone_to_a_contact_that_was_blocked(self, office: Postmaster) -> None:
        contact_id = make_contact(make_host())
        network = make_contact(make_host("Réseau", domains=()), "abuse@reseau.example")
        sending.set_customs(contact_id=contact_id, climbs_alone=[Rung.UPSTREAM], by=LEAD)
        notice_id = make_sent(office, contact_id=contact_id, known={Rung.UPSTREAM: network})
        directory.block_contact(contact_id=network, by=hosts.ANALYST)
        run_out(notice_id)
        assert not Notice.objects.filter(follows_id=notice_id).exists()
        assert get(notice_id).proposed_rung is Rung.UPSTREAM

    def test_ends_when_the_content_is_gone(self, office: Postmaster) -> None:
        subject = uuid4()
        notice_id = make_sent(office, subject=subject)
        run_out(notice_id)
        ending.note_removed(line="hotline", subject=subject, at=now(), by=ANALYST)
        assert (get(notice_id).ran_out_at, get(notice_id).proposed) == (None, "")

    def test_is_the_lines_alone(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        run_out(notice_id)
        for actor in (LISTENER, OUTSIDER):
            with pytest.raises(PermissionDenied):
                climbing.climb(notice_id=notice_id, rung=Rung.POLICE, by=actor)
            with pytest.raises(PermissionDenied):
                climbing.stay(notice_id=notice_id, by=actor)
            with pytest.raises(PermissionDenied):
                climbing.leave_at_that(notice_id=notice_id, by=actor)
            with pytest.raises(PermissionDenied):
                climbing.know_rung(
                    notice_id=notice_id, rung=Rung.UPSTREAM, contact_id=uuid4(), by=actor
                )

    def test_begins_anew_where_the_content_comes_back_or_moves(self, office: Postmaster) -> None:
        subject, host = uuid4(), make_contact(make_host())
        network = make_contact(make_host("Réseau", domains=()), "abuse@reseau.example")
        first = make_sent(office, subject=subject, contact_id=host)
        above = climbing.climb(notice_id=first, rung=Rung.UPSTREAM, contact_id=network, by=ANALYST)
        assert above is not None
        climbing.climb(notice_id=first, rung=Rung.POLICE, by=ANALYST)
        send(above)
        work()
        ending.note_removed(line="hotline", subject=subject, at=now(), by=ANALYST)
        for contact_id in (
            host,
            make_contact(make_host("Other", domains=()), "abuse@other.example"),
        ):
            again = make_sent(office, subject=subject, contact_id=contact_id)
            run_out(again)
            assert get(again).proposed_rung is Rung.UPSTREAM
            following = climbing.climb(
                notice_id=again, rung=Rung.UPSTREAM, contact_id=network, by=ANALYST
            )
            assert following is not None
            climbing.climb(notice_id=again, rung=Rung.POLICE, by=ANALYST)
            send(following)
            work()
            for one in (again, following):
                with pytest.raises(NotARung):
                    climbing.climb(notice_id=one, rung=Rung.POLICE, by=ANALYST)
            ending.withdraw(notice_id=following, by=ANALYST)
        assert Told.objects.filter(rung=Rung.POLICE).count() == 3

    def test_does_not_begin_at_a_draft(self) -> None:
        with pytest.raises(WrongState):
            climbing.climb(notice_id=make_notice(), rung=Rung.POLICE, by=ANALYST)
