"""A dossier's life: each step with its refusal and what the journal keeps."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.doubles.timestamp_authority import Desk
from balise.foundation.encryption.sealing import KeyForgotten, known
from balise.foundation.encryption.timestamps import question
from balise.takedown.law.rules import OffenceUnknown
from balise.takedown.onward.dossiers import queries, tasks
from balise.takedown.onward.dossiers.actions import drafting, ending, handing, holding
from balise.takedown.onward.dossiers.actions.drafting import AlreadyTold
from balise.takedown.onward.dossiers.actions.holding import NothingHeld
from balise.takedown.onward.dossiers.models import Dossier, Hold
from balise.takedown.onward.dossiers.queries import Reply
from balise.takedown.onward.dossiers.rules.facts import FactsRefused
from balise.takedown.onward.dossiers.rules.stated import AuthorityUnknown
from balise.takedown.onward.dossiers.rules.states import (
    Answer,
    Channel,
    DossierState,
    HoldRefused,
    NotPacked,
    Refusal,
    SameHands,
    WrongState,
)
from balise.takedown.onward.dossiers.tests.makers import (
    ADDRESS,
    ANALYST,
    LISTENER,
    OUTSIDER,
    SECOND,
    make_approved,
    make_draft,
    make_facts,
    make_full_facts,
    make_handed_over,
    make_packed,
    state_of,
    told,
    work,
)

pytestmark = pytest.mark.django_db


class TestDraft:
    def test_seals_what_it_says(self) -> None:
        facts = make_full_facts()
        dossier = Dossier.objects.get(id=make_draft(facts))
        assert ADDRESS.encode() not in bytes(dossier.sealed)
        assert queries.facts_of(dossier) == facts
        assert dossier.number == ""
        (fact,) = told("dossier.drafted")
        assert fact["content"] == str(facts.subject)
        assert fact["for_line"] == "hotline"
        assert fact["number"] == ""

    @pytest.mark.parametrize("who", [LISTENER, OUTSIDER])
    def test_is_for_the_line_s_own_people(self, who: Actor) -> None:
        with pytest.raises(PermissionDenied):
            drafting.draft(facts=make_facts(), by=who)

    def test_refuses_what_nobody_could_act_on(self) -> None:
        for wrong, refusal in (
            ({"places": ()}, FactsRefused),
            ({"offence": "nothing"}, OffenceUnknown),
        ):
            with pytest.raises(refusal):
                make_draft(make_facts(**wrong))
        with pytest.raises(AuthorityUnknown):
            drafting.draft(facts=make_facts(), authority="nobody", by=ANALYST)
        assert not Dossier.objects.exists()

    def test_refuses_a_second_one_about_the_content(self) -> None:
        facts = make_facts()
        first = make_draft(facts)
        with pytest.raises(AlreadyTold):
            make_draft(facts)
        drafting.withdraw(dossier_id=first, by=ANALYST)
        make_draft(facts)

    def test_is_revised_in_its_words_alone(self) -> None:
        facts = make_facts()
        dossier_id = make_draft(facts)
        words = "Une autre manière de dire ce qui est là et pourquoi c'est illégal."
        drafting.revise(dossier_id=dossier_id, rationale=words, urgent=True, by=SECOND)
        dossier = Dossier.objects.get()
        assert dossier.urgent
        changed = queries.facts_of(dossier)
        assert changed.rationale == words
        assert changed.places == facts.places
        assert told("dossier.revised")
        with pytest.raises(FactsRefused):
            drafting.revise(dossier_id=dossier_id, rationale="court", urgent=False, by=ANALYST)
        with pytest.raises(PermissionDenied):
            drafting.revise(dossier_id=dossier_id, rationale=words, urgent=False, by=LISTENER)

    def test_that_is_withdrawn_is_forgotten_at_once(self) -> None:
        dossier_id = make_draft()
        with pytest.raises(PermissionDenied):
            drafting.withdraw(dossier_id=dossier_id, by=OUTSIDER)
        drafting.withdraw(dossier_id=dossier_id, by=ANALYST)
        assert not known([dossier_id])
        assert state_of(dossier_id) is DossierState.WITHDRAWN
        assert told("dossier.withdrawn")
        with pytest.raises(KeyForgotten):
            drafting.read(dossier_id=dossier_id, by=ANALYST)

    def test_that_is_approved_is_given_up_and_keeps_its_number(self) -> None:
        facts = make_facts()
        dossier_id = make_packed(facts)
        number = Dossier.objects.get().number
        with pytest.raises(PermissionDenied):
            drafting.withdraw(dossier_id=dossier_id, by=LISTENER)
        drafting.withdraw(dossier_id=dossier_id, by=ANALYST)
        dossier = Dossier.objects.get()
        assert (dossier.stands, dossier.number) == (DossierState.WITHDRAWN, number)
        assert not dossier.sealed
        assert not dossier.package
        assert not known([dossier_id])
        assert told("dossier.withdrawn")[0]["number"] == number
        with pytest.raises(WrongState):
            handing.hand_over(dossier_id=dossier_id, channel=Channel.PORTAL, by=ANALYST)
        drafting.approve(dossier_id=make_draft(facts), by=SECOND)
        assert Dossier.objects.latest("drafted_at").number != number

    def test_that_is_given_up_before_it_is_packed_is_left(self) -> None:
        dossier_id = make_approved()
        drafting.withdraw(dossier_id=dossier_id, by=ANALYST)
        work()
        assert not told("dossier.packed")

    def test_that_left_the_house_is_not_withdrawn(self) -> None:
        dossier_id = make_handed_over()
        with pytest.raises(WrongState):
            drafting.withdraw(dossier_id=dossier_id, by=ANALYST)

    def test_is_read_and_that_is_written_down(self) -> None:
        dossier_id = make_draft()
        assert drafting.read(dossier_id=dossier_id, by=SECOND).facts.places
        assert told("dossier.read")
        with pytest.raises(PermissionDenied):
            drafting.read(dossier_id=dossier_id, by=LISTENER)


class TestApprove:
    def test_gives_numbers_without_a_gap(self) -> None:
        made = [make_draft() for _ in range(4)]
        drafting.withdraw(dossier_id=made[1], by=ANALYST)
        numbers = [
            drafting.approve(dossier_id=dossier_id, by=SECOND)
            for dossier_id in (made[2], made[0], made[3])
        ]
        year = today().year
        assert numbers == [f"{year}-00000{n}" for n in (1, 2, 3)]
        assert [fact["number"] for fact in told("dossier.approved")] == numbers

    def test_begins_anew_with_the_year_of_the_centre(self) -> None:
        make_approved()
        later = now().replace(month=12, day=31, hour=23, minute=30)  # 0:30 in Paris
        with clock.at(later):
            dossier = Dossier.objects.get(id=make_approved())
        assert dossier.number == f"{later.year + 1}-000001"

    def test_takes_two_people(self) -> None:
        dossier_id = make_draft()
        with pytest.raises(SameHands):
            drafting.approve(dossier_id=dossier_id, by=ANALYST)
        with pytest.raises(PermissionDenied):
            drafting.approve(dossier_id=dossier_id, by=LISTENER)
        assert state_of(dossier_id) is DossierState.DRAFT
        drafting.approve(dossier_id=dossier_id, by=SECOND)
        with pytest.raises(WrongState):
            drafting.approve(dossier_id=dossier_id, by=SECOND)

    def test_who_changed_the_words_does_not_approve_them(self) -> None:
        dossier_id = make_draft()
        words = "Ce que dit la page, autrement, et pourquoi la loi l'interdit."
        drafting.revise(dossier_id=dossier_id, rationale=words, urgent=True, by=SECOND)
        with pytest.raises(SameHands):
            drafting.approve(dossier_id=dossier_id, by=SECOND)
        drafting.approve(dossier_id=dossier_id, by=ANALYST)

    def test_who_saves_it_as_it_was_may_still_approve(self) -> None:
        dossier_id = make_draft()
        facts = queries.facts_of(Dossier.objects.get())
        drafting.revise(
            dossier_id=dossier_id, rationale=facts.rationale, urgent=facts.urgent, by=SECOND
        )
        assert not told("dossier.revised")
        drafting.approve(dossier_id=dossier_id, by=SECOND)

    def test_a_step_that_fails_takes_no_number(self) -> None:
        dossier_id = make_draft()
        for _ in range(3):
            with pytest.raises(SameHands):
                drafting.approve(dossier_id=dossier_id, by=ANALYST)
        assert drafting.approve(dossier_id=dossier_id, by=SECOND).endswith("-000001")


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_the_same_moment_follow_each_other() -> None:
    drafts = [make_draft() for _ in range(6)]
    together, numbers = Barrier(len(drafts)), []

    def approve(dossier_id: UUID) -> None:
        together.wait()
        try:
            numbers.append(drafting.approve(dossier_id=dossier_id, by=SECOND))
        finally:
            connection.close()

    threads = [Thread(target=approve, args=(each,)) for each in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(number[-6:]) for number in numbers) == [1, 2, 3, 4, 5, 6]


class TestPack:
    def test_is_done_once_by_the_worker(self) -> None:
        dossier_id = make_packed()
        dossier = Dossier.objects.get(id=dossier_id)
        assert dossier.packed_at is not None
        assert not dossier.is_sealed
        first = bytes(dossier.package)
        work()
        assert bytes(Dossier.objects.get(id=dossier_id).package) == first
        (fact,) = told("dossier.packed")
        assert (fact["timestamped"], fact["sealed"]) == (False, False)

    def test_waits_for_the_timestamp_authority(self, desk: Desk) -> None:
        desk.fails = True
        dossier_id = make_approved()
        work(tolerate=True)
        assert Dossier.objects.get(id=dossier_id).packed_at is None
        with pytest.raises(NotPacked):
            handing.hand_over(dossier_id=dossier_id, channel=Channel.PORTAL, by=ANALYST)
        desk.fails = False
        tasks.pack_dossier.func(str(dossier_id))
        dossier = Dossier.objects.get(id=dossier_id)
        assert dossier.packed_at is not None
        assert dossier.timestamped_at is not None
        tasks.pack_left.func()

    def test_is_not_fooled_by_a_timestamp_of_other_bytes(self, desk: Desk) -> None:
        desk.instead = question(b"something else").octets
        dossier_id = make_approved()
        work(tolerate=True)
        assert Dossier.objects.get(id=dossier_id).packed_at is None


class TestReply:
    def test_an_authority_acknowledges_and_answers(self) -> None:
        dossier_id = make_handed_over()
        with pytest.raises(PermissionDenied):
            ending.acknowledge(dossier_id=dossier_id, authority_number="P-1", by=LISTENER)
        ending.acknowledge(dossier_id=dossier_id, authority_number="P-2026-77", by=ANALYST)
        dossier = Dossier.objects.get(id=dossier_id)
        assert dossier.remind_at is None
        assert queries.reply_of(dossier) == Reply("P-2026-77", "")
        assert b"P-2026-77" not in bytes(dossier.sealed_reply)
        with pytest.raises(WrongState):
            ending.acknowledge(dossier_id=dossier_id, authority_number="P-2", by=ANALYST)
        ending.record_answer(
            dossier_id=dossier_id, answer=Answer.INVESTIGATION, words="Ouverte.", by=ANALYST
        )
        dossier.refresh_from_db()
        assert dossier.stands is DossierState.ANSWERED
        assert queries.reply_of(dossier) == Reply("P-2026-77", "Ouverte.")
        assert told("dossier.acknowledged")
        assert told("dossier.answered")[0]["answer"] == "investigation"
        with pytest.raises(WrongState):
            ending.record_answer(dossier_id=dossier_id, answer=Answer.KNOWN, by=ANALYST)

    def test_an_authority_refuses(self) -> None:
        dossier_id = make_handed_over()
        with pytest.raises(PermissionDenied):
            ending.record_refusal(dossier_id=dossier_id, refusal=Refusal.OTHER, by=OUTSIDER)
        ending.record_refusal(dossier_id=dossier_id, refusal=Refusal.NOT_COMPETENT, by=ANALYST)
        assert state_of(dossier_id) is DossierState.REFUSED
        assert told("dossier.refused")[0]["refusal"] == "not-competent"
        draft = make_draft()
        with pytest.raises(WrongState):
            ending.record_refusal(dossier_id=draft, refusal=Refusal.OTHER, by=ANALYST)

    def test_is_asked_for_until_it_comes(self) -> None:
        dossier_id = make_handed_over()
        tasks.note_overdue.func()
        assert not told("dossier.overdue")
        for count in (1, 2):
            with clock.at(now() + timedelta(hours=73) * count):
                assert ending.note_overdue(by=SYSTEM) == 1
                assert ending.note_overdue(by=SYSTEM) == 0
            assert told("dossier.overdue")[-1]["reminders"] == count
        with pytest.raises(PermissionDenied), clock.at(now() + timedelta(days=30)):
            ending.note_overdue(by=OUTSIDER)
        dossier = Dossier.objects.get(id=dossier_id)
        assert dossier.is_overdue(now())
        ending.acknowledge(dossier_id=dossier_id, authority_number="P-1", by=ANALYST)
        dossier.refresh_from_db()
        assert not dossier.is_overdue(now())


class TestHold:
    def test_is_asked_moved_and_lifted(self) -> None:
        subject, until = uuid4(), today() + timedelta(days=10)
        with pytest.raises(PermissionDenied):
            holding.ask_hold(line="hotline", subject=subject, until=until, by=LISTENER)
        with pytest.raises(HoldRefused):
            holding.ask_hold(line="hotline", subject=subject, until=today(), by=ANALYST)
        with pytest.raises(NothingHeld):
            holding.lift_hold(line="hotline", subject=subject, by=ANALYST)
        holding.ask_hold(line="hotline", subject=subject, until=until, by=ANALYST)
        later = until + timedelta(days=5)
        holding.ask_hold(line="hotline", subject=subject, until=later, by=SECOND)
        assert Hold.objects.count() == 1
        assert queries.held(line="hotline", subjects=[subject, uuid4()]) == {subject: later}
        assert queries.hold_on(line="helpline", subject=subject) is None
        holding.lift_hold(line="hotline", subject=subject, by=ANALYST)
        assert queries.hold_on(line="hotline", subject=subject) is None
        asked = told("hold.asked")
        assert [fact["until"] for fact in asked] == [until.isoformat(), later.isoformat()]
        assert told("hold.lifted") == [{"for_line": "hotline", "expired": False}]

    def test_ends_by_itself_on_its_day(self) -> None:
        subject, until = uuid4(), today() + timedelta(days=2)
        holding.ask_hold(line="hotline", subject=subject, until=until, by=ANALYST)
        tasks.lift_expired.func()
        assert queries.hold_on(line="hotline", subject=subject) is not None
        with clock.at(now() + timedelta(days=2)):
            assert holding.lift_expired(by=SYSTEM) == 1
        assert told("hold.lifted") == [{"for_line": "hotline", "expired": True}]


class TestQueries:
    def test_show_a_line_its_own(self) -> None:
        dossier_id = make_handed_over()
        draft = make_draft()
        assert [one.id for one in queries.listed(seen_by=ANALYST)] == [dossier_id, draft]
        assert queries.listed(seen_by=LISTENER) == []
        assert queries.listed(seen_by=OUTSIDER) == []
        assert queries.dossier(uuid4(), seen_by=ANALYST) is None
        with pytest.raises(PermissionDenied):
            queries.dossier(draft, seen_by=LISTENER)
        subject = Dossier.objects.get(id=draft).subject
        (found,) = queries.about(line="hotline", subject=subject, seen_by=ANALYST)
        assert found.id == draft

    def test_tell_how_fast_the_police_were_told(self) -> None:
        assert queries.overview(seen_by=ANALYST).median_time is None
        make_handed_over()
        overview = queries.overview(seen_by=ANALYST)
        assert overview.sent == overview.unacknowledged == 1
        assert overview.median_time is not None
        assert timedelta(hours=2, minutes=59) < overview.median_time < timedelta(hours=3, minutes=1)
        (fact,) = told("dossier.handed-over")
        assert fact["band"] == "4h"
        assert fact["channel"] == "portal"
