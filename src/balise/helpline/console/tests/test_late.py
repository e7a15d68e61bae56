"""What is not live and waits past its promise is shown to who looks after the room."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.helpline.cases.actions import writing
from balise.helpline.cases.rules.duties import Decision
from balise.helpline.cases.tests.makers import make_case
from balise.helpline.channels.tests.makers import make_written
from balise.helpline.console.queries import board
from balise.helpline.console.queries.late import What, late
from balise.helpline.console.tests.makers import make_listener
from balise.helpline.queue.actions import claiming, waiting
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import WaitKind
from balise.helpline.removals.rules.next_steps import PROMISES
from balise.helpline.removals.tests.makers import prepare
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.rules.call_backs import Script
from balise.takedown.notices.rules.clocks import Urgency

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_actor("helpline_lead")


def decide(case_id: UUID, by: Actor, answers: list[tuple[str, str]]) -> UUID:
    return writing.decide(
        case_id=case_id, answers=answers, decision=Decision.REPORT, rationale="Vu à deux.", by=by
    )


def removal_waits(urgency: Urgency) -> Item:
    """Let a removal wait for a hand, as its own module does."""
    request = prepare(make_actor("listener"), urgency=urgency)
    item_id = waiting.enqueue(kind=WaitKind.REMOVAL, subject=request.id, by=SYSTEM)
    return Item.objects.get(id=item_id)


def test_a_removal_due_within_the_hour_with_its_promise(lead: Actor) -> None:
    urgent, _tomorrow = removal_waits(Urgency.IMMEDIATE), removal_waits(Urgency.STEADY)
    (one,) = late(seen_by=lead)
    assert (one.what, one.id, one.since) == (What.REMOVAL, urgent.subject, urgent.waiting_since)
    assert one.promise == str(PROMISES[Urgency.IMMEDIATE])
    assert not one.is_over
    with clock.at(now() + timedelta(hours=2)):
        (one,) = late(seen_by=lead)
        assert one.is_over
    with clock.at(now() + timedelta(hours=23, minutes=1)):
        assert len(late(seen_by=lead)) == 2


def test_one_that_a_listener_has_is_not_late_for_the_room(lead: Actor) -> None:
    urgent = removal_waits(Urgency.IMMEDIATE)
    claiming.claim(item_id=urgent.id, by=make_listener())
    assert late(seen_by=lead) == ()


def test_one_that_came_back_after_its_time_has_as_long_again(lead: Actor) -> None:
    with clock.at(now() - timedelta(days=3)):
        request = prepare(make_actor("listener"), urgency=Urgency.STEADY)
    waiting.enqueue(kind=WaitKind.REMOVAL, subject=request.id, by=SYSTEM)
    assert late(seen_by=lead) == ()
    with clock.at(now() + timedelta(hours=24, minutes=1)):
        (one,) = late(seen_by=lead)
        assert one.is_over


def test_a_duty_to_report_by_the_hours_of_its_country_until_it_is_signed(lead: Actor) -> None:
    listener = make_actor("listener")
    case_id = make_case(by=listener)
    at_once = decide(case_id, listener, [("danger", "yes")])
    abuse = [("danger", "no"), ("minor", "yes"), ("harm", "ill-treatment"), ("secrecy", "no")]
    within_a_day = decide(case_id, listener, abuse)
    decide(case_id, listener, [*abuse[:2], ("harm", "none")])  # no duty
    (one,) = late(seen_by=lead)
    assert (one.what, one.id, one.is_over) == (What.DUTY, at_once, True)
    assert one.promise == "Tout de suite"
    with clock.at(now() + timedelta(hours=23, minutes=5)):
        assert [each.id for each in late(seen_by=lead)] == [at_once, within_a_day]
    writing.sign(duty_id=at_once, agrees=True, words="", by=lead)
    assert late(seen_by=lead) == ()


def test_a_call_back_by_the_time_that_the_person_chose(lead: Actor) -> None:
    calling_back.ask_call_back(
        number="0199000001",
        since=now() - timedelta(minutes=1),
        until=now() + timedelta(hours=2),
        script=Script.OPEN,
        by=SYSTEM,
    )
    calling_back.queue_due()
    assert late(seen_by=lead) == ()
    with clock.at(now() + timedelta(hours=1, minutes=5)):
        (one,) = late(seen_by=lead)
    assert one.what is What.CALL_BACK


def test_nobody_promised_when_a_message_is_answered(lead: Actor) -> None:
    make_written()
    with clock.at(now() + timedelta(days=3)):
        assert late(seen_by=lead) == ()


def test_is_for_supervisors_alone(lead: Actor, client: Client) -> None:
    urgent = removal_waits(Urgency.IMMEDIATE)
    listener = make_listener()
    with pytest.raises(PermissionDenied):
        late(seen_by=listener)
    assert board(seen_by=listener).late == ()
    for role, is_shown in (("helpline_lead", True), ("listener", False)):
        sign_in(client, make_account(role))
        page = client.get("/staff/helpline/wallboard/").text
        assert (f"late-{urgent.subject}" in page) is is_shown
