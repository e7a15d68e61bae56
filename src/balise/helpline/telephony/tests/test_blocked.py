"""A blocked number at the telephone's door: not queued, told to its exchange; danger passes."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.helpline.contacts import access as contacts_access
from balise.helpline.contacts.actions import blocking
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.rules.blocking import Length
from balise.helpline.contacts.tests.makers import make_contact, make_listener as make_keeper
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import Risk
from balise.helpline.telephony import queries
from balise.helpline.telephony.actions import numbers
from balise.helpline.telephony.actions.telling import CallTold, Taken, take_event
from balise.helpline.telephony.models import Call
from balise.helpline.telephony.rules.calls import CallFact, CallState, Happening
from balise.helpline.telephony.rules.signing import SIGNATURE, signature
from balise.helpline.telephony.tests.test_calls import LEAD

pytestmark = pytest.mark.django_db

NUMBER = "0199000001"
SECRET = "only the exchange and we"


def tell(
    happening: Happening,
    *,
    ref: str,
    number: str = NUMBER,
    is_life_danger: bool = False,
    hears_answer: bool = True,
) -> Taken:
    told = CallFact(happening, clock.now())
    name = f"{ref}/{happening}/{is_life_danger}"
    event = CallTold("pbx", name, ref, told, b"x", number, is_life_danger, hears_answer)
    return take_event(event=event, by=SYSTEM)


@pytest.fixture
def block() -> Any:
    """A listener answered a call of this number, and blocked it for a day."""
    call_id = tell(Happening.QUEUED, ref="first").call_id
    tell(Happening.ANSWERED, ref="first")
    tell(Happening.ENDED, ref="first")
    bearer = queries.bearer_of(call_id)
    numbers.forget_bearer(call_id=call_id, by=LEAD)
    Item.objects.all().delete()
    keeper = make_keeper()
    return blocking.block(
        contact_id=make_contact(by=keeper, channel=Channel.CALL),
        contact_type="abusive",
        bearer=bearer,
        length=Length.DAY,
        by=keeper,
    )


@pytest.mark.usefixtures("block")
class TestBlocked:
    def test_is_not_queued_and_the_exchange_is_told_each_time(self) -> None:
        told = (Happening.RINGING, Happening.QUEUED, Happening.QUEUED)
        taken = [tell(happening, ref="2") for happening in told]
        assert all(one.blocked_until and one.blocked_until > clock.now() for one in taken)
        assert [one.is_known for one in taken] == [False, False, True]
        assert not Item.objects.exists()

    def test_is_counted_as_blocked_not_as_given_up(self) -> None:
        tell(Happening.QUEUED, ref="2")
        assert queries.day(seen_by=LEAD).blocked == 1
        assert tell(Happening.ABANDONED, ref="2").state is CallState.BLOCKED
        day = queries.day(seen_by=LEAD)
        assert (day.offered, day.blocked, day.abandoned, day.in_time_percent) == (2, 1, 0, 100)
        assert Entry.objects.filter(event="helpline.call.blocked").count() == 1
        assert not Entry.objects.filter(event="helpline.call.abandoned").exists()

    def test_its_number_and_blind_go_when_it_ends(self) -> None:
        call_id = tell(Happening.QUEUED, ref="2").call_id
        tell(Happening.ENDED, ref="2")
        call = Call.objects.get(id=call_id)
        assert not call.sealed_number
        assert not call.bearer
        clerk.tick()
        assert not KeyWrap.objects.filter(record=call_id).exists()

    def test_two_children_in_danger_on_one_number_both_get_through(self) -> None:
        for ref in ("2", "3"):
            assert tell(Happening.QUEUED, ref=ref, is_life_danger=True).blocked_until is None
        assert [item.risk for item in Item.objects.all()] == [Risk.A, Risk.A]

    def test_danger_said_at_the_announcement_gets_through(self) -> None:
        call_id = tell(Happening.QUEUED, ref="2").call_id
        taken = tell(Happening.QUEUED, ref="2", number="", is_life_danger=True)
        assert (taken.blocked_until, taken.state) == (None, CallState.QUEUED)
        assert Item.objects.get(subject=call_id).risk == Risk.A
        assert Call.objects.get(id=call_id).sealed_number
        assert tell(Happening.ABANDONED, ref="2").state is CallState.ABANDONED

    def test_danger_said_while_it_rings_is_not_lost_in_the_queue(self) -> None:
        tell(Happening.RINGING, ref="2", is_life_danger=True)
        assert tell(Happening.QUEUED, ref="2").blocked_until is None
        assert Item.objects.get().risk == Risk.A

    def test_others_and_the_withheld_get_through(self) -> None:
        tell(Happening.QUEUED, ref="2", number="0199000002")
        tell(Happening.QUEUED, ref="3", number="anonymous")
        assert Item.objects.count() == 2

    def test_it_ends_by_itself_and_does_not_come_first(self) -> None:
        tell(Happening.QUEUED, ref="2")
        tell(Happening.ABANDONED, ref="2")
        with clock.at(clock.now() + timedelta(hours=25)):
            assert tell(Happening.QUEUED, ref="3").blocked_until is None
        assert not Item.objects.get().returning

    def test_who_is_answered_all_the_same_has_talked(self) -> None:
        tell(Happening.QUEUED, ref="2")
        assert tell(Happening.ANSWERED, ref="2").blocked_until is None
        assert tell(Happening.ENDED, ref="2").state is CallState.ENDED
        assert queries.day(seen_by=LEAD).blocked == 0

    def test_an_exchange_that_does_not_hear_us_blocks_nobody(self) -> None:
        taken = tell(Happening.QUEUED, ref="2", hears_answer=False)
        assert taken.blocked_until is None
        assert Item.objects.count() == 1
        assert queries.bearer_of(taken.call_id) == ""


def test_a_lifted_block_lets_in(block: Any) -> None:
    blocking.lift(block_id=block, by=make_keeper(contacts_access.CONFIRM_BLOCK))
    assert tell(Happening.QUEUED, ref="2").blocked_until is None
    assert Item.objects.count() == 1


class TestBearer:
    def test_goes_at_the_end_of_a_call_that_nobody_answered(self) -> None:
        call_id = tell(Happening.QUEUED, ref="1").call_id
        assert queries.bearer_of(call_id)
        tell(Happening.ABANDONED, ref="1")
        assert queries.bearer_of(call_id) == ""

    def test_goes_in_the_night_where_nobody_wraps_up(self) -> None:
        call_id = tell(Happening.QUEUED, ref="1").call_id
        tell(Happening.ANSWERED, ref="1")
        tell(Happening.ENDED, ref="1")
        moment = clock.now()
        assert not rows_due("helpline.callers", moment + timedelta(hours=11))
        due = rows_due("helpline.callers", moment + timedelta(hours=12))
        assert erase_rows("helpline.callers", due) == 1
        assert queries.bearer_of(call_id) == ""

    def test_only_a_listener_lets_it_go(self) -> None:
        with pytest.raises(PermissionDenied):
            numbers.forget_bearer(call_id=tell(Happening.QUEUED, ref="1").call_id, by=ANYONE)


@pytest.mark.usefixtures("block")
class TestDoors:
    def test_the_answer_says_until_when(self, client: Client, settings: Any) -> None:
        settings.TELEPHONY_SECRETS = {"pbx": SECRET}
        said = {"call": "c", "number": NUMBER, "at": clock.now().isoformat()}
        answers = []
        for more in (
            {"id": "1", "event": "queued"},
            {"id": "1", "event": "queued"},
            {"id": "2", "event": "queued", "life_danger": True},
        ):
            body = orjson.dumps(said | more)
            header = signature(SECRET, body=body, at=clock.now())
            answers.append(
                client.post(
                    "/api/v1/telephony/events/",
                    body,
                    content_type="application/json",
                    headers={"Balise-Source": "pbx", SIGNATURE: header},
                )
            )
        assert [each.status_code for each in answers] == [
            HTTPStatus.CREATED,
            HTTPStatus.OK,
            HTTPStatus.CREATED,
        ]
        assert answers[0].json()["blocked_until"] == answers[1].json()["blocked_until"]
        assert "blocked_until" not in answers[2].json()

    def test_the_day_shows_how_many(self, client: Client) -> None:
        sign_in(client, make_account("listener"))
        page = "/staff/telephony/calls/"
        assert "Bloqués temporairement" not in client.get(page).text
        tell(Happening.QUEUED, ref="2")
        assert "Bloqués temporairement" in client.get(page).text
