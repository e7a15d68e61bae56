"""A life in danger: one key, the questions, the number of a call; each with its refusal."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from balise.foundation.accounts import queries as accounts
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.helpline.console import queries
from balise.helpline.console.actions import danger
from balise.helpline.console.queries import dangers
from balise.helpline.console.rules import ChecklistChanged, NotHeld, Question, is_imminent, merged
from balise.helpline.console.tests.makers import (
    end_danger,
    make_accepted,
    make_accepted_call,
    make_asking,
    make_listener,
)
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import dangers as life, waiting
from balise.helpline.queue.models import Danger
from balise.helpline.queue.rules import NotYours, Risk, WaitKind
from balise.helpline.queue.rules.dangers import DangerOver, NoDanger, Outcome
from balise.helpline.telephony.actions import numbers
from balise.helpline.telephony.rules.numbers import NumberGone

pytestmark = pytest.mark.django_db


def name_of(actor: Actor) -> str:
    return accounts.names_of({actor.key})[actor.key]


def written() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


class TestLifeDanger:
    def test_one_key_and_a_supervisor_is_paged(self) -> None:
        listener, lead = make_listener(), make_actor("helpline_lead")
        one = make_accepted(listener)
        danger.life_danger(item_id=one.item, by=listener)
        danger.life_danger(item_id=one.item, by=listener)
        assert queue.item(one.item, seen_by=listener).risk == Risk.A
        assert written().count("helpline.danger.declared") == 1
        clerk.tick()
        run_due()
        (letter,) = mail.outbox
        assert "/staff/helpline/wallboard/" in letter.body
        (alarm,) = queries.board(seen_by=lead).alarms
        assert not alarm.joined_by
        life.join(item_id=one.item, by=lead)
        end_danger(one.item, first=listener, second=lead)
        assert {"helpline.danger.joined", "helpline.danger.ended"} <= set(written())

    def test_the_checklist_is_sealed_and_nothing_is_overwritten(self) -> None:
        listener, lead = make_listener(), make_actor("helpline_lead")
        one = make_accepted(listener)
        with pytest.raises(NoDanger):
            danger.keep_checklist(item_id=one.item, answers={}, shown={}, by=listener)
        danger.life_danger(item_id=one.item, by=listener)
        on_the_bridge = {Question.LOCATION.value: "On the bridge."}
        danger.keep_checklist(item_id=one.item, answers=on_the_bridge, shown={}, by=listener)
        under_it = {"location": "Under the bridge.", "plan": "To jump."}
        with pytest.raises(ChecklistChanged) as refused:
            danger.keep_checklist(item_id=one.item, answers=under_it, shown={}, by=lead)
        assert refused.value.theirs == on_the_bridge
        opened = dangers.checklist(one.item, seen_by=lead)
        assert opened is not None
        assert opened.answers[Question.LOCATION] == "On the bridge."
        assert opened.answers[Question.PLAN] == "To jump."
        danger.keep_checklist(item_id=one.item, answers=under_it, shown=on_the_bridge, by=lead)
        opened = dangers.checklist(one.item, seen_by=lead)
        assert opened is not None
        assert opened.answers[Question.LOCATION] == "Under the bridge."
        assert "helpline.danger.answered" in [event for _at, event, _who in opened.timeline]
        assert b"bridge" not in bytes(Danger.objects.get().sealed)

    def test_is_for_whoever_has_them_and_for_supervisors(self) -> None:
        listener, other = make_listener(), make_listener()
        one = make_accepted(listener)
        with pytest.raises(NotHeld):
            danger.life_danger(item_id=one.item, by=other)
        with pytest.raises(PermissionDenied):
            danger.life_danger(item_id=one.item, by=ANYONE)
        danger.life_danger(item_id=one.item, by=listener)
        with pytest.raises(PermissionDenied):
            life.join(item_id=one.item, by=listener)
        with pytest.raises(NotYours):
            dangers.checklist(one.item, seen_by=other)

    def test_the_number_of_a_call_is_asked_by_who_has_it_and_agreed_by_a_second(self) -> None:
        listener, lead = make_listener(), make_actor("helpline_lead")
        one = make_accepted_call(listener)
        with pytest.raises(NoDanger):
            danger.ask_number(item_id=one.item, by=listener)
        danger.life_danger(item_id=one.item, by=listener)
        with pytest.raises(NotYours):
            danger.ask_number(item_id=one.item, by=make_listener())
        asked = danger.ask_number(item_id=one.item, by=listener)
        assert danger.ask_number(item_id=one.item, by=listener) == asked
        (alarm,) = queries.board(seen_by=lead).alarms
        assert [asking.id for asking in alarm.askings] == [asked]
        with pytest.raises(PermissionDenied):
            numbers.release_number(request_id=asked, by=make_listener())
        numbers.release_number(request_id=asked, by=lead)
        assert numbers.read_number_of(request_id=asked, by=listener) == "0199000001"
        (alarm,) = queries.board(seen_by=lead).alarms
        assert not alarm.askings
        opened = dangers.checklist(one.item, seen_by=lead)
        assert opened is not None
        assert [event for _at, event, _who in opened.timeline][-3:] == [
            "helpline.number.asked",
            "helpline.number.released",
            "helpline.number.read",
        ]
        end_danger(one.item, first=listener, second=lead)
        with pytest.raises(NoDanger):
            danger.ask_number(item_id=one.item, by=listener)

    def test_there_is_no_number_of_a_chat_or_of_a_withheld_call(self) -> None:
        listener = make_listener()
        chat = make_accepted(listener)
        danger.life_danger(item_id=chat.item, by=listener)
        with pytest.raises(NumberGone):
            danger.ask_number(item_id=chat.item, by=listener)
        assert dangers.number_of(chat.item, seen_by=listener) is None
        other = make_listener()
        call = make_accepted_call(other, number="")
        danger.life_danger(item_id=call.item, by=other)
        with pytest.raises(NumberGone):
            danger.ask_number(item_id=call.item, by=other)

    def test_a_danger_said_by_the_young_pages_too(self) -> None:
        make_actor("helpline_lead")
        begun = make_asking()
        item_id = queue.open_item(WaitKind.CHAT, begun.id)
        assert item_id is not None
        waiting.raise_risk(item_id=item_id, risk=Risk.A)
        clerk.tick()
        run_due()
        assert len(mail.outbox) == 1

    def test_it_ends_once_and_who_comes_second_reads_who_ended_it(self) -> None:
        listener, first, second = (
            make_listener(),
            make_actor("helpline_lead"),
            make_actor("helpline_lead"),
        )
        one = make_accepted(listener)
        danger.life_danger(item_id=one.item, by=listener)
        end_danger(one.item, first=listener, second=first)
        with pytest.raises(DangerOver, match=name_of(first)):
            life.propose_end(
                item_id=one.item, outcome=Outcome.SAFER, risk=Risk.C, told="Calme.", by=second
            )
        assert written().count("helpline.danger.ended") == 1
        opened = dangers.checklist(one.item, seen_by=second)
        assert opened is not None
        assert name_of(first) in opened.over


def test_only_what_was_typed_changes_an_answer() -> None:
    stored = {"plan": "a", "means": "b"}
    typed = {"plan": "a", "means": "", "location": "c"}
    answers, theirs = merged(stored, shown={"plan": "a", "means": ""}, typed=typed)
    assert (answers["plan"], answers["means"], answers["location"]) == ("a", "b", "c")
    assert not theirs
    answers, theirs = merged(stored, shown={"plan": "0"}, typed={"plan": "1"})
    assert answers["plan"] == "a"
    assert theirs == {"plan": "a"}
    assert merged(stored, shown={"plan": "0"}, typed={"plan": "a"}) == (answers, {})
    assert merged(stored, shown={"plan": "a"}, typed={"plan": ""})[0]["plan"] == ""


def test_the_ladder_has_four_steps() -> None:
    assert is_imminent(dict.fromkeys(Question.values, "yes"))
    assert not is_imminent({Question.THOUGHTS: "yes", Question.PLAN: "yes"})
