"""The life of a danger, by each action: it ends by two people, and no other action ends it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.journal.models import Entry
from balise.foundation.packs import countries_of
from balise.foundation.refusals import Refused
from balise.foundation.retention.tests.makers import rows_due
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, dangers as life, seating, waiting
from balise.helpline.queue.models import Danger, Item, Seat
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.rules import ItemState, NotYours, Reason, Risk, RiskFrom, WaitKind
from balise.helpline.queue.rules.dangers import (
    DangerGoesOn,
    DangerOver,
    NoDanger,
    NotADanger,
    OnlyWords,
    Outcome,
    SecondNeeded,
)
from balise.helpline.queue.tests.makers import make_item, make_listener

COUNTRIES = countries_of("balise.helpline.queue")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEN = timedelta(minutes=10)
TOLD = "Sa mère est avec lui, le 15 est prévenu."


@pytest.fixture
def listener() -> Actor:
    return make_listener(chat_cap=2)


@pytest.fixture
def lead() -> Actor:
    return make_actor("helpline_lead")


def in_danger(listener: Actor, *, how: RiskFrom = RiskFrom.DECLARED) -> UUID:
    """Let a listener have someone who then says that they are not safe."""
    item = make_item()
    claiming.claim_next(by=listener)
    waiting.raise_risk(item_id=item, risk=Risk.A, how=how)
    return item


def propose(item: UUID, by: Actor, risk: Risk = Risk.B) -> None:
    life.propose_end(item_id=item, outcome=Outcome.SAFER, risk=risk, told=TOLD, by=by)


def facts() -> list[str]:
    found = Entry.objects.filter(event__startswith="helpline.danger").order_by("id")
    return [entry.event.removeprefix("helpline.danger.") for entry in found]


@pytest.mark.django_db
@pytest.mark.safety
class TestItsLife:
    def test_two_people_end_it_and_all_of_it_is_over_at_once(
        self, listener: Actor, lead: Actor
    ) -> None:
        item = in_danger(listener)
        other = make_item()
        assert claiming.claim_next(by=listener) is None
        assert queue.item(item, seen_by=listener).is_danger
        propose(item, listener)
        assert dangers.is_on(item)
        life.agree_to_end(item_id=item, by=lead)
        row = queue.item(item, seen_by=listener)
        assert (row.is_danger, row.risk, row.held_by) == (False, Risk.B, listener.key)
        assert (queue.live().in_danger, queue.in_danger()) == (0, [])
        taken = claiming.claim_next(by=listener)
        assert taken is not None
        assert taken.id == other
        assert facts() == ["declared", "end-proposed", "ended"]

    def test_from_the_proposal_on_the_seat_takes_others(self, listener: Actor) -> None:
        item, other = in_danger(listener), make_item()
        propose(item, listener)
        taken = claiming.claim_next(by=listener)
        assert taken is not None
        assert taken.id == other
        assert queue.item(item, seen_by=listener).held_by == listener.key

    def test_who_proposed_it_does_not_agree(self, listener: Actor) -> None:
        item = in_danger(listener)
        with pytest.raises(SecondNeeded):
            life.agree_to_end(item_id=item, by=listener)
        propose(item, listener)
        with pytest.raises(SecondNeeded):
            life.agree_to_end(item_id=item, by=listener)
        assert dangers.is_on(item)

    def test_two_leads_who_propose_at_once_are_told_and_the_first_stands(
        self, listener: Actor, lead: Actor
    ) -> None:
        item, second = in_danger(listener), make_actor("helpline_lead")
        propose(item, lead, Risk.B)
        with pytest.raises(SecondNeeded):
            propose(item, second, Risk.E)
        life.agree_to_end(item_id=item, by=second)
        with pytest.raises(DangerOver):
            life.agree_to_end(item_id=item, by=lead)
        assert Item.objects.get(id=item).risk == Risk.B

    def test_not_yet_needs_no_reason_and_it_goes_on(self, listener: Actor, lead: Actor) -> None:
        item = in_danger(listener)
        propose(item, lead)
        life.refuse_end(item_id=item, by=listener)
        life.refuse_end(item_id=item, by=listener)
        with pytest.raises(SecondNeeded):
            life.agree_to_end(item_id=item, by=listener)
        make_item()
        assert claiming.claim_next(by=listener) is None
        assert facts() == ["declared", "end-proposed", "end-refused"]

    @pytest.mark.parametrize("how", [RiskFrom.DECLARED, RiskFrom.WORDS, RiskFrom.JUDGED])
    def test_said_again_the_proposal_falls_and_supervisors_are_called(
        self, listener: Actor, lead: Actor, how: RiskFrom
    ) -> None:
        item = in_danger(listener)
        propose(item, listener)
        if how is RiskFrom.JUDGED:
            waiting.judge_risk(item_id=item, risk=Risk.A, by=listener)
        else:
            waiting.raise_risk(item_id=item, risk=Risk.A, how=how)
        with pytest.raises(SecondNeeded):
            life.agree_to_end(item_id=item, by=lead)
        assert facts() == ["declared", "end-proposed", "declared"]

    def test_a_second_danger_of_the_same_person_alarms_again(
        self, listener: Actor, lead: Actor
    ) -> None:
        item = in_danger(listener)
        propose(item, listener)
        life.agree_to_end(item_id=item, by=lead)
        waiting.raise_risk(item_id=item, risk=Risk.A)
        assert queue.item(item, seen_by=listener).is_danger
        assert facts()[-1] == "declared"
        assert Danger.objects.filter(item=item).count() == 2

    def test_alone_after_ten_minutes_it_stands_before_a_supervisor_until_read(
        self, listener: Actor, lead: Actor
    ) -> None:
        item = in_danger(listener)
        propose(item, listener)
        with pytest.raises(SecondNeeded):
            life.end_alone(item_id=item, reason="Personne d'autre ce soir.", by=listener)
        with clock.at(clock.now() + TEN):
            life.end_alone(item_id=item, reason="Personne d'autre ce soir.", by=listener)
        (row,) = dangers.to_read(seen_by=lead)
        told = dangers.told_of(Danger.objects.get())
        assert told == {"told": TOLD, "alone": "Personne d'autre ce soir."}
        assert b"Personne" not in bytes(Danger.objects.get().ending)
        with pytest.raises(PermissionDenied):
            life.read(danger_id=row.id, by=listener)
        life.read(danger_id=row.id, by=lead)
        life.read(danger_id=row.id, by=lead)
        assert dangers.to_read(seen_by=lead) == []
        assert facts()[-2:] == ["ended", "read"]

    def test_a_lead_does_not_read_what_they_ended_themselves(
        self, listener: Actor, lead: Actor
    ) -> None:
        item = in_danger(listener)
        propose(item, lead)
        with clock.at(clock.now() + TEN):
            life.end_alone(item_id=item, reason="Seule cette nuit.", by=lead)
        with pytest.raises(SecondNeeded):
            life.read(danger_id=Danger.objects.get().id, by=lead)

    def test_words_alone_are_set_aside_by_who_read_them_and_alarm_again(
        self, listener: Actor, lead: Actor
    ) -> None:
        item = in_danger(listener, how=RiskFrom.WORDS)
        with pytest.raises(NotYours):
            life.set_aside(item_id=item, why=NotADanger.GAME, by=make_listener())
        life.set_aside(item_id=item, why=NotADanger.GAME, by=listener)
        assert not dangers.is_on(item)
        assert Item.objects.get(id=item).risk == Risk.F
        assert [row.set_aside for row in dangers.to_read(seen_by=lead)] == [NotADanger.GAME]
        waiting.raise_risk(item_id=item, risk=Risk.A, how=RiskFrom.WORDS)
        assert dangers.is_on(item)
        assert facts() == ["declared", "set-aside", "declared"]

    def test_words_that_a_person_confirmed_are_not_set_aside(self, listener: Actor) -> None:
        item = in_danger(listener, how=RiskFrom.WORDS)
        waiting.judge_risk(item_id=item, risk=Risk.A, by=listener)
        with pytest.raises(OnlyWords):
            life.set_aside(item_id=item, why=NotADanger.GAME, by=listener)
        assert facts() == ["declared", "confirmed"]

    def test_the_child_who_says_so_too_confirms_the_words(self, listener: Actor) -> None:
        item = in_danger(listener, how=RiskFrom.WORDS)
        waiting.raise_risk(item_id=item, risk=Risk.A)
        with pytest.raises(OnlyWords):
            life.set_aside(item_id=item, why=NotADanger.OTHER, by=listener)

    def test_whoever_leaves_is_obeyed_and_the_danger_goes_on(
        self, listener: Actor, lead: Actor
    ) -> None:
        item = in_danger(listener)
        waiting.withdraw(item_id=item, reason=Reason.LEFT)
        assert Item.objects.get(id=item).state == ItemState.WITHDRAWN
        assert [row.item for row in dangers.all_on()] == [item]
        propose(item, listener)
        life.agree_to_end(item_id=item, by=lead)
        assert queue.left_place(WaitKind.CHAT, Item.objects.get(id=item).subject) is not None
        assert Item.objects.get(id=item).risk == Risk.B

    def test_who_comes_back_is_still_in_danger_and_supervisors_are_not_called_twice(
        self, listener: Actor
    ) -> None:
        item = in_danger(listener)
        subject = Item.objects.get(id=item).subject
        waiting.withdraw(item_id=item, reason=Reason.LEFT)
        again = waiting.enqueue(kind=WaitKind.CHAT, subject=subject)
        assert again != item
        assert queue.item(again, seen_by=listener).is_danger
        assert Item.objects.get(id=again).risk == Risk.A
        assert facts() == ["declared"]

    def test_others_have_nothing_to_do_with_it(self, listener: Actor, lead: Actor) -> None:
        item, other = in_danger(listener), make_listener()
        acts: tuple[Callable[[], None], ...] = (
            lambda: propose(item, other),
            lambda: life.agree_to_end(item_id=item, by=other),
            lambda: life.refuse_end(item_id=item, by=other),
            lambda: life.end_alone(item_id=item, reason="x", by=other),
        )
        for act in acts:
            with pytest.raises(NotYours):
                act()
        with pytest.raises(PermissionDenied):
            propose(item, ANYONE)
        with pytest.raises(PermissionDenied):
            life.join(item_id=item, by=listener)

    def test_a_lead_who_lost_the_right_in_between_ends_nothing(
        self, listener: Actor, lead: Actor
    ) -> None:
        item = in_danger(listener)
        propose(item, listener)
        demoted = make_listener()
        with pytest.raises(NotYours):
            life.agree_to_end(item_id=item, by=demoted)
        assert dangers.is_on(item)

    def test_who_joined_and_is_a_supervisor_no_more_reads_no_more(
        self, listener: Actor, lead: Actor
    ) -> None:
        item = in_danger(listener)
        life.join(item_id=item, by=lead)
        row = dangers.of_item(item)
        assert row is not None
        demoted = replace(lead, abilities=listener.abilities)
        dangers.check_may_read(row, listener.key, seen_by=lead)
        with pytest.raises(NotYours):
            dangers.check_may_read(row, listener.key, seen_by=demoted)
        with pytest.raises(NotYours):
            propose(item, demoted)
        dangers.check_may_read(row, "", seen_by=listener)

    def test_the_end_says_the_risk_of_now(self, listener: Actor) -> None:
        item = in_danger(listener)
        for risk in (Risk.A, Risk.F):
            with pytest.raises(Refused):
                propose(item, listener, risk)
        assert dangers.is_on(item)

    def test_where_nobody_is_in_danger_nothing_ends(self, listener: Actor) -> None:
        item = make_item()
        with pytest.raises(NoDanger):
            propose(item, listener)

    def test_retention_deletes_none_that_is_on_or_to_be_read(self, listener: Actor) -> None:
        item = in_danger(listener, how=RiskFrom.WORDS)
        waiting.withdraw(item_id=item, reason=Reason.LEFT)
        later = clock.now() + timedelta(days=400)
        assert not rows_due("helpline.dangers", later)
        assert not rows_due("helpline.queue", later)
        life.set_aside(item_id=item, why=NotADanger.SONG, by=listener)
        assert not rows_due("helpline.dangers", later)
        assert rows_due("helpline.queue", later)
        life.read(danger_id=Danger.objects.get().id, by=make_actor("helpline_lead"))
        assert rows_due("helpline.dangers", later)

    def test_the_database_refuses_an_end_that_one_person_hides(self, listener: Actor) -> None:
        in_danger(listener)
        hidden = (
            {"ended_at": NOON},
            {"ended_at": NOON, "ended_by": "a", "proposed_by": "a"},
            {"ended_at": NOON, "ended_by": "a", "set_aside": NotADanger.GAME},
            {"ended_at": NOON, "proposed_by": "a", "ended_by": F("proposed_by")},
        )
        for change in hidden:
            with pytest.raises(IntegrityError), transaction.atomic():
                Danger.objects.update(**change)
        assert len(hidden) == 4


@pytest.mark.django_db
@pytest.mark.safety
class TestTheOtherChat:
    def test_is_handed_over_where_a_colleague_can_take_it(self, listener: Actor) -> None:
        calm = make_item()
        claiming.claim_next(by=listener)
        grave = in_danger(listener)
        assert claiming.free_for_danger() == 0
        colleague = make_listener()
        assert claiming.free_for_danger() == 1
        states = dict(Item.objects.values_list("id", "state"))
        assert (states[calm], states[grave]) == (ItemState.WAITING, ItemState.HELD)
        taken = claiming.claim_next(by=colleague)
        assert taken is not None
        assert taken.id == calm

    def test_stays_for_a_guess_and_once_an_end_is_proposed(self, listener: Actor) -> None:
        make_item()
        claiming.claim_next(by=listener)
        grave = in_danger(listener, how=RiskFrom.WORDS)
        make_listener()
        assert claiming.free_for_danger() == 0
        waiting.judge_risk(item_id=grave, risk=Risk.A, by=listener)
        propose(grave, listener)
        assert claiming.free_for_danger() == 0


@pytest.mark.django_db
@pytest.mark.safety
def test_no_other_action_ends_lowers_or_closes_it(listener: Actor, lead: Actor) -> None:
    """Each action of the queue, done to someone in danger: it is still on."""
    item = in_danger(listener)
    subject = Item.objects.get(id=item).subject
    for risk in set(Risk) - {Risk.A}:
        for by in (listener, lead):
            with pytest.raises(DangerGoesOn):
                waiting.judge_risk(item_id=item, risk=risk, by=by)
        waiting.raise_risk(item_id=item, risk=risk)
        assert Item.objects.get(id=item).risk == Risk.A
    claiming.hand_over(item_id=item, to=lead.key, by=listener)
    assert dangers.is_on(item)
    seating.be_ready(by=listener)
    seating.sit(skills=(), by=lead)
    claiming.claim(item_id=item, by=lead)
    claiming.give_back(item_id=item, by=lead)
    assert dangers.is_on(item)
    claiming.claim(item_id=item, by=listener)
    Seat.objects.filter(account=listener.key).update(heard_at=clock.now() - timedelta(hours=1))
    claiming.return_vanished()
    assert dangers.is_on(item)
    seating.sit(skills=(), by=listener)
    claiming.claim(item_id=item, by=listener)
    seating.stand(by=listener)
    assert dangers.is_on(item)
    seating.sit(skills=(), by=listener)
    claiming.claim(item_id=item, by=listener)
    claiming.finish(item_id=item, by=listener)
    waiting.withdraw(item_id=item, reason=Reason.CLOSED)
    assert [row.subject for row in dangers.all_on()] == [subject]
    assert facts() == ["declared"]


def test_an_item_that_is_not_there_is_not_found(db: None) -> None:
    with pytest.raises(Exception, match="Item") as missing:
        life.agree_to_end(item_id=uuid4(), by=make_actor("helpline_lead"))
    assert type(missing.value).__name__ == "NotHere"
