"""Whoever objects is heard; a second person decides; what was wrong is taken back everywhere."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.mail.tests.makers import Postmaster
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.foundation.tasks.running import run_due
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import queries
from balise.takedown.notices.actions import climbing, contesting, ending, mailing, sending
from balise.takedown.notices.models import Contest, Mailing, Told
from balise.takedown.notices.rules.inbound import Via
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.redress import (
    AlreadyContested,
    AlreadyRuled,
    Contester,
    GroundsMissing,
    Ruling,
    SameEyes,
)
from balise.takedown.notices.rules.states import Failure, NoticeState, Outcome, WrongState
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    OUTSIDER,
    SECOND_ANALYST,
    another_contact,
    get,
    make_notice,
    make_sent,
    send,
    state_of,
    told,
    work,
)

pytestmark = pytest.mark.django_db

GROUNDS = "C'est une œuvre d'art, exposée dans un musée."
REASONS = "Un second regard confirme que l'infraction n'est pas constituée."


def contest(
    notice_id: UUID, contester: Contester = Contester.AUTHOR, *, answer_to: str = ""
) -> UUID:
    return contesting.contest(
        notice_id=notice_id,
        contester=contester,
        grounds=GROUNDS,
        via=Via.PAGE,
        answer_to=answer_to,
        by=ANYONE,
    )


def rule(contest_id: UUID, ruling: Ruling) -> None:
    contesting.rule(contest_id=contest_id, ruling=ruling, reasons=REASONS, by=SECOND_ANALYST)
    clerk.tick()
    run_due()


def make_in_doubt(**given: Any) -> UUID:
    """Return a notice whose worker died while a server may have taken it."""
    notice_id = make_notice(**given)
    send(notice_id)
    (mailing_id,) = mailing.gather(contact_id=get(notice_id).contact_id, line="hotline", by=SYSTEM)
    mailing.hand_over(mailing_id=mailing_id, by=SYSTEM)
    mailing.note_not_taken(mailing_id=mailing_id, why=Failure.IN_DOUBT, by=SYSTEM)
    return notice_id


class TestContest:
    def test_keeps_its_grounds_sealed_and_waits(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        contest_id = contest(notice_id, answer_to="author@mail.example")
        objection = Contest.objects.get(id=contest_id)
        assert "musée".encode() not in bytes(objection.sealed)
        grounds = contesting.read_contest(contest_id=contest_id, by=SECOND_ANALYST)
        assert grounds is not None
        assert (grounds.grounds, grounds.answer_to) == (GROUNDS, "author@mail.example")
        entry = Entry.objects.get(event="takedown.notice.contested")
        assert (entry.actor_kind, entry.facts["contester"]) == ("public", "author")
        assert len(told("contest-read")) == 1

    def test_comes_once_at_a_time_from_each(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        contest(notice_id)
        with pytest.raises(AlreadyContested):
            contest(notice_id)
        contest(notice_id, Contester.HOST)
        contest(notice_id, Contester.OTHER)
        contest(notice_id, Contester.OTHER)
        assert len(queries.contests_that_wait(seen_by=ANALYST)) == 4

    def test_says_why(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        with pytest.raises(GroundsMissing):
            contesting.contest(
                notice_id=notice_id,
                contester=Contester.AUTHOR,
                grounds="Non.",
                via=Via.PAGE,
                by=ANYONE,
            )
        with pytest.raises(contesting.NoAddress):
            contest(notice_id, answer_to="nowhere")

    def test_is_of_a_notice_that_was_sent(self) -> None:
        with pytest.raises(WrongState):
            contest(make_notice())

    def test_by_hand_is_noted_by_the_line(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        for actor in (LISTENER, OUTSIDER):
            with pytest.raises(PermissionDenied):
                contesting.contest(
                    notice_id=notice_id,
                    contester=Contester.AUTHOR,
                    grounds=GROUNDS,
                    via=Via.HAND,
                    by=actor,
                )
        contesting.contest(
            notice_id=notice_id,
            contester=Contester.AUTHOR,
            grounds=GROUNDS,
            via=Via.HAND,
            by=SECOND_ANALYST,
        )
        with pytest.raises(SameEyes):  # who noted it does not judge it
            rule(Contest.objects.get().id, Ruling.UPHELD)

    def test_is_of_a_notice_that_a_host_may_have_though_it_was_given_up(
        self, office: Postmaster
    ) -> None:
        withdrawn = make_sent(office)
        ending.withdraw(notice_id=withdrawn, by=ANALYST)
        contest(withdrawn)
        contest(make_in_doubt(contact_id=another_contact()))
        unsent = make_notice(contact_id=another_contact("Third", "abuse@third.example"))
        ending.withdraw(notice_id=unsent, by=ANALYST)
        with pytest.raises(WrongState):
            contest(unsent)

    def test_may_come_after_the_removal(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
        rule(contest(notice_id), Ruling.UPHELD)
        assert state_of(notice_id) is NoticeState.RETRACTED


class TestRuling:
    def test_is_never_of_the_first_analyst(self, office: Postmaster) -> None:
        contest_id = contest(make_sent(office))
        with pytest.raises(SameEyes):
            contesting.rule(
                contest_id=contest_id, ruling=Ruling.REJECTED, reasons=REASONS, by=ANALYST
            )
        assert not told("contest-ruled")

    def test_is_never_of_who_told_a_rung(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        climbing.climb(notice_id=notice_id, rung=Rung.POLICE, by=SECOND_ANALYST)
        contest_id = contest(notice_id)
        with pytest.raises(SameEyes):
            rule(contest_id, Ruling.REJECTED)

    def test_is_never_of_who_wrote_down_what_came_of_it_before(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.NO_ANSWER, by=SECOND_ANALYST)
        ending.record_outcome(notice_id=notice_id, outcome=Outcome.REMOVED, by=ANALYST)
        contest_id = contest(notice_id)
        with pytest.raises(SameEyes):
            rule(contest_id, Ruling.REJECTED)

    def test_is_the_lines_alone_and_made_once(self, office: Postmaster) -> None:
        contest_id = contest(make_sent(office))
        for actor in (LISTENER, OUTSIDER):
            with pytest.raises(PermissionDenied):
                contesting.rule(
                    contest_id=contest_id, ruling=Ruling.UPHELD, reasons=REASONS, by=actor
                )
            with pytest.raises(PermissionDenied):
                contesting.read_contest(contest_id=contest_id, by=actor)
        rule(contest_id, Ruling.REJECTED)
        with pytest.raises(AlreadyRuled):
            rule(contest_id, Ruling.UPHELD)

    def test_that_rejects_leaves_the_notice_and_gives_reasons(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        rule(contest(notice_id, answer_to="author@mail.example"), Ruling.REJECTED)
        assert state_of(notice_id) is NoticeState.SENT
        mail = office.mails[-1]
        assert mail["To"] == "author@mail.example"
        assert REASONS in " ".join(mail.get_content().split())
        (fact,) = told("contest-ruled")
        assert (fact["ruling"], fact["contester"]) == ("rejected", "author")

    def test_of_a_host_goes_to_its_contact(self, office: Postmaster) -> None:
        rule(contest(make_sent(office), Contester.HOST), Ruling.REJECTED)
        assert office.mails[-1]["To"] == "abuse@hebergeur.example"

    def test_goes_nowhere_where_nobody_left_an_address(self, office: Postmaster) -> None:
        rule(contest(make_sent(office)), Ruling.REJECTED)
        assert len(office.kept) == 1

    def test_that_upholds_takes_the_notice_back_from_everyone(self, office: Postmaster) -> None:
        subject = uuid4()
        host = make_contact(make_host())
        first = make_sent(office, subject=subject, contact_id=host)
        network = another_contact("Réseau", "abuse@reseau.example")
        above = climbing.climb(notice_id=first, rung=Rung.UPSTREAM, contact_id=network, by=ANALYST)
        assert above is not None
        send(above)
        work()
        climbing.climb(notice_id=above, rung=Rung.POLICE, by=ANALYST)
        draft = make_notice(
            subject=subject, contact_id=another_contact("Third", "abuse@third.example")
        )
        unrelated = make_notice(contact_id=host)
        send(unrelated)
        work()
        rule(contest(first, answer_to="author@mail.example"), Ruling.UPHELD)
        assert (state_of(first), state_of(above)) == (NoticeState.RETRACTED, NoticeState.RETRACTED)
        assert (state_of(draft), state_of(unrelated)) == (NoticeState.WITHDRAWN, NoticeState.SENT)
        last = {mail["To"]: mail for mail in office.mails[3:]}
        assert set(last) == {
            "abuse@hebergeur.example",
            "abuse@reseau.example",
            "author@mail.example",
        }
        assert get(first).number in last["abuse@hebergeur.example"].get_content()
        assert {fact["rung"] for fact in told("retracted")} == {"host", "upstream"}
        (owed,) = queries.retractions_to_tell(seen_by=ANALYST)
        assert owed.on_rung is Rung.POLICE
        climbing.note_retraction_told(told_id=owed.id, by=ANALYST)
        assert queries.retractions_to_tell(seen_by=ANALYST) == []
        with pytest.raises(PermissionDenied):
            climbing.note_retraction_told(told_id=owed.id, by=LISTENER)

    def test_that_upholds_is_told_by_hand_to_the_host_of_a_form(self) -> None:
        form = make_contact(
            make_host("Forum", domains=()), "https://forum.example/", kind=ContactKind.FORM
        )
        notice_id = make_notice(contact_id=form)
        sending.note_sent_by_hand(notice_id=notice_id, by=ANALYST)
        rule(contest(notice_id), Ruling.UPHELD)
        assert Told.objects.get().on_rung is Rung.HOST
        assert len(queries.retractions_to_tell(seen_by=ANALYST)) == 1

    def test_waits_while_a_notice_is_being_sent(self, office: Postmaster) -> None:
        subject = uuid4()
        first = make_sent(office, subject=subject)
        other = make_notice(subject=subject, contact_id=another_contact())
        send(other)
        (mailing_id,) = mailing.gather(contact_id=get(other).contact_id, line="hotline", by=ANALYST)
        mailing.hand_over(mailing_id=mailing_id, by=ANALYST)
        with pytest.raises(WrongState):
            rule(contest(first), Ruling.UPHELD)
        assert state_of(first) is NoticeState.SENT

    def test_that_upholds_takes_back_what_was_withdrawn_after_it_was_sent(
        self, office: Postmaster
    ) -> None:
        subject = uuid4()
        notice_id = make_sent(office, subject=subject)
        ending.withdraw(notice_id=notice_id, by=ANALYST)
        unsent = make_notice(subject=subject, contact_id=another_contact())
        ending.withdraw(notice_id=unsent, by=ANALYST)
        rule(contest(notice_id), Ruling.UPHELD)
        assert (state_of(notice_id), state_of(unsent)) == (
            NoticeState.RETRACTED,
            NoticeState.WITHDRAWN,
        )
        assert [mail["To"] for mail in office.mails[1:]] == ["abuse@hebergeur.example"]
        (fact,) = told("retracted")
        assert fact["content"] == str(subject)

    def test_that_upholds_reaches_a_host_of_which_nobody_knows_whether_it_has_it(
        self, office: Postmaster
    ) -> None:
        doubtful = make_in_doubt()
        given_up = make_in_doubt(contact_id=another_contact(), subject=get(doubtful).subject)
        ending.withdraw(notice_id=given_up, by=ANALYST)
        rule(contest(doubtful), Ruling.UPHELD)
        assert (state_of(doubtful), state_of(given_up)) == (
            NoticeState.RETRACTED,
            NoticeState.RETRACTED,
        )
        assert {mail["To"] for mail in office.mails} == {
            "abuse@hebergeur.example",
            "abuse@other.example",
        }

    def test_that_upholds_tells_nobody_what_came_back(self, office: Postmaster) -> None:
        subject = uuid4()
        came_back = make_sent(office, subject=subject)
        ending.note_bounced(mailing_id=Mailing.objects.get().id, by=SYSTEM)
        other = make_sent(office, subject=subject, contact_id=another_contact())
        with pytest.raises(WrongState):
            contest(came_back)
        rule(contest(other), Ruling.UPHELD)
        assert (state_of(came_back), state_of(other)) == (
            NoticeState.WITHDRAWN,
            NoticeState.RETRACTED,
        )
        assert [mail["To"] for mail in office.mails[2:]] == ["abuse@other.example"]

    def test_that_upholds_twice_tells_once(self, office: Postmaster) -> None:
        notice_id = make_sent(office)
        first, second = contest(notice_id), contest(notice_id, Contester.OTHER)
        rule(first, Ruling.UPHELD)
        contesting.rule(contest_id=second, ruling=Ruling.UPHELD, reasons=REASONS, by=LEAD)
        assert Mailing.objects.filter(kind="retraction").count() == 1
        assert len(told("retracted")) == 1


class TestRetention:
    def test_forgets_an_objection_two_years_after_it_was_decided(self, office: Postmaster) -> None:
        contest_id = contest(make_sent(office), answer_to="author@mail.example")
        rule(contest_id, Ruling.REJECTED)
        assert rows_due("takedown.notices.contests", now() + timedelta(days=729)) == []
        assert rows_due("takedown.notices.contests", now() + timedelta(days=731)) == [contest_id]
        erase_rows("takedown.notices.contests", [contest_id])
        assert contesting.read_contest(contest_id=contest_id, by=SECOND_ANALYST) is None
        written = rows_due("takedown.notices.mails", now() + timedelta(days=366))
        assert written == [Mailing.objects.get(kind="ruling").id]
        assert erase_rows("takedown.notices.mails", written) == 1
