import hashlib
import json
from datetime import timedelta
from http import HTTPStatus
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, SYSTEM, Actor, ActorKind
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.helpline.queue.actions import claiming
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, NotYours, Risk
from balise.helpline.queue.tests.makers import make_listener
from balise.helpline.telephony import access
from balise.helpline.telephony.actions import calling_back, numbers, telling
from balise.helpline.telephony.actions.importing import import_records
from balise.helpline.telephony.actions.telling import CallTold, EventDiffers, Taken, take_event
from balise.helpline.telephony.models import Call, CallBack, CallEvent
from balise.helpline.telephony.queries import index_of, key_of_ref
from balise.helpline.telephony.rules.call_backs import Attempt, CallBackOver, CallBackState, Script
from balise.helpline.telephony.rules.calls import CallFact, CallState, EndedBy, Happening
from balise.helpline.telephony.rules.numbers import HeldFor, Need, NotReleased, NumberGone
from balise.helpline.telephony.rules.records import Record
from balise.helpline.telephony.rules.signing import SIGNATURE, signature

pytestmark = pytest.mark.django_db

EVENTS = "/api/v1/telephony/events/"
SECRET = "only the exchange and we"
_ALL = frozenset({access.READ, access.WORK, access.UNSEAL})
LEAD = Actor(ActorKind.STAFF, str(UUID(int=21)), _ALL)
OTHER = Actor(ActorKind.STAFF, str(UUID(int=22)), _ALL)


def tell(
    happening: Happening,
    *,
    ref: str = "1",
    number: str = "0199000001",
    digest: bytes = b"x",
    is_life_danger: bool = False,
) -> Taken:
    event = CallTold(
        "pbx",
        f"{ref}/{happening}",
        ref,
        CallFact(happening, clock.now()),
        digest,
        number,
        is_life_danger,
    )
    return take_event(event=event, by=SYSTEM)


def call_of(ref: str) -> Call:
    return Call.objects.get(ref_index=index_of("pbx", ref))


def post(client: Client, body: bytes, *, secret: str = SECRET) -> int:
    header = signature(secret, body=body, at=clock.now())
    answer = client.post(
        EVENTS,
        body,
        content_type="application/json",
        headers={"Balise-Source": "pbx", SIGNATURE: header},
    )
    return answer.status_code


def make_call_back() -> UUID:
    moment = clock.now()
    return calling_back.ask_call_back(
        number="01 99 00 00 01",
        since=moment,
        until=moment + timedelta(hours=9),
        script=Script.FRIEND,
        by=ANYONE,
    )


class TestTelling:
    def test_a_call_waits_and_leaves_when_the_caller_hangs_up(self) -> None:
        tell(Happening.RINGING)
        tell(Happening.QUEUED)
        assert Item.objects.get().state == ItemState.WAITING
        assert Call.objects.get().sealed_number

        tell(Happening.ABANDONED)

        assert Item.objects.get().state == ItemState.WITHDRAWN
        call = Call.objects.get()
        assert not call.sealed_number
        assert Entry.objects.filter(event="helpline.call.abandoned").count() == 1
        assert not call.sealed_ref
        keys = KeyWrap.objects.filter(record__in=[call.id, key_of_ref(call.id)])
        assert keys.count() == 2
        clerk.tick()
        assert not keys.exists()

    def test_no_row_tells_the_ids_of_the_exchange_nor_a_number_that_they_are_made_of(self) -> None:
        ref, digest = "0199000001-17", hashlib.sha256(b"QUEUED 0199000001").digest()
        tell(Happening.RINGING, ref=ref, digest=digest)
        tell(Happening.QUEUED, ref=ref, digest=digest)
        rows = [*Call.objects.values(), *CallEvent.objects.values()]
        kept = [
            bytes(v) if isinstance(v, memoryview) else str(v).encode()
            for r in rows
            for v in r.values()
        ]
        assert kept
        assert not [one for one in kept if b"0199" in one or digest in one]
        with pytest.raises(EventDiffers):
            tell(Happening.QUEUED, ref=ref, digest=b"another")

    def test_what_comes_late_does_not_queue_who_is_gone(self) -> None:
        tell(Happening.ABANDONED)
        assert tell(Happening.QUEUED).state is CallState.ABANDONED
        assert not Item.objects.exists()

    def test_the_same_event_changes_nothing_and_another_under_its_id_is_refused(self) -> None:
        tell(Happening.QUEUED)
        assert tell(Happening.QUEUED).is_known
        with pytest.raises(EventDiffers):
            tell(Happening.QUEUED, digest=b"y")
        assert Item.objects.count() == 1

    def test_who_hung_up_earlier_today_comes_first_and_tomorrow_is_unknown(self) -> None:
        tell(Happening.QUEUED, ref="1")
        tell(Happening.ABANDONED, ref="1")
        tell(Happening.QUEUED, ref="2")
        with clock.at(clock.now() + timedelta(days=1)):
            tell(Happening.QUEUED, ref="3")
        assert [call_of(ref).returning for ref in "123"] == [False, True, False]
        assert Item.objects.get(subject=call_of("2").id).returning

    def test_life_in_danger_comes_before_all(self) -> None:
        tell(Happening.QUEUED, is_life_danger=True)
        assert Item.objects.get().risk == Risk.A

    def test_only_an_exchange_tells(self) -> None:
        event = CallTold("pbx", "1", "1", CallFact(Happening.QUEUED, clock.now()), b"")
        with pytest.raises(PermissionDenied):
            take_event(event=event, by=ANYONE)


class TestNumbers:
    def test_two_people_unseal_and_it_is_written_down(self) -> None:
        call_id = tell(Happening.QUEUED).call_id
        numbers.hold_number(call_id=call_id, reason=HeldFor.LIFE_DANGER, by=LEAD)
        tell(Happening.ENDED)
        asked = numbers.ask_number(call_id=call_id, need=Need.LIFE_DANGER, by=LEAD)
        with pytest.raises(NotReleased):
            numbers.read_number_of(request_id=asked, by=LEAD)
        with pytest.raises(NotReleased):
            numbers.release_number(request_id=asked, by=LEAD)
        numbers.release_number(request_id=asked, by=OTHER)
        assert numbers.read_number_of(request_id=asked, by=LEAD) == "0199000001"
        assert Entry.objects.filter(event="helpline.number.read").count() == 1

        numbers.wipe_due(at=clock.now() + timedelta(hours=25))

        with pytest.raises(NumberGone):
            numbers.ask_number(call_id=call_id, need=Need.LIFE_DANGER, by=LEAD)

    def test_nobody_else_asks(self) -> None:
        call_id = tell(Happening.QUEUED).call_id
        with pytest.raises(PermissionDenied):
            numbers.ask_number(call_id=call_id, need=Need.JUDGE, by=ANYONE)


def _who_calls(listener: Actor) -> Actor:
    return Actor(ActorKind.STAFF, listener.key, listener.abilities | _ALL)


class TestCallBacks:
    def test_it_waits_for_its_time_and_ends_after_three_attempts(self) -> None:
        moment = clock.now()
        one = calling_back.ask_call_back(
            number="01 99 00 00 01",
            since=moment + timedelta(hours=1),
            until=moment + timedelta(hours=9),
            script=Script.FRIEND,
            words="After school",
            by=ANYONE,
        )
        assert calling_back.queue_due() == 0
        for hours in (2, 3, 4):
            with clock.at(moment + timedelta(hours=hours)):
                assert calling_back.queue_due() == 1
                with pytest.raises(NotYours):
                    calling_back.open_call_back(call_back_id=one, by=LEAD)
                listener = make_listener()
                claimed = claiming.claim_next(by=_who_calls(listener))
                assert claimed is not None
                opened = calling_back.open_call_back(call_back_id=one, by=_who_calls(listener))
                assert opened.number == "0199000001"
                calling_back.note_attempt(
                    call_back_id=one, attempt=Attempt.MACHINE, by=_who_calls(listener)
                )
        left = CallBack.objects.get()
        assert left.state == CallBackState.GIVEN_UP
        assert not left.sealed

    def test_what_is_no_longer_wanted_is_withdrawn_with_its_number(self) -> None:
        one = make_call_back()
        with pytest.raises(PermissionDenied):
            calling_back.withdraw_call_back(call_back_id=one, by=ANYONE)
        calling_back.queue_due()
        listener = make_listener()
        claimed = claiming.claim_next(by=listener)
        assert claimed is not None
        with pytest.raises(NotYours):
            calling_back.withdraw_call_back(call_back_id=one, by=LEAD)
        claiming.give_back(item_id=claimed.id, by=listener)
        calling_back.withdraw_call_back(call_back_id=one, by=LEAD)
        left = CallBack.objects.get()
        assert left.state == CallBackState.WITHDRAWN
        assert not left.sealed
        assert not KeyWrap.objects.filter(record=one).exists()
        assert Item.objects.get().state == ItemState.WITHDRAWN
        assert Entry.objects.filter(event="helpline.call-back.withdrawn").count() == 1
        with pytest.raises(CallBackOver):
            calling_back.withdraw_call_back(call_back_id=one, by=LEAD)


class TestDoor:
    @pytest.fixture(autouse=True)
    def _secret(self, settings: Any) -> None:
        settings.TELEPHONY_SECRETS = {"pbx": SECRET}

    def test_a_signed_event_is_taken_once(self, client: Client) -> None:
        body = orjson.dumps(
            {"id": "1", "call": "c", "event": "queued", "at": clock.now().isoformat()}
        )
        assert post(client, body) == HTTPStatus.CREATED
        assert post(client, body) == HTTPStatus.OK
        assert Item.objects.count() == 1

    def test_others_are_refused(self, client: Client) -> None:
        assert post(client, b"{}", secret="guessed") == HTTPStatus.UNAUTHORIZED
        assert post(client, b"{}") == HTTPStatus.UNPROCESSABLE_ENTITY

    @pytest.mark.parametrize("at", ["2026-12-01T10:00", "0001-01-01T00:00+14:00", 5, None])
    def test_what_tells_no_moment_is_refused_in_words(self, client: Client, at: object) -> None:
        body = orjson.dumps({"id": "1", "call": "c", "event": "queued", "at": at})
        assert post(client, body) == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Call.objects.exists()


def test_only_who_holds_a_call_answers_it() -> None:
    taken = tell(Happening.QUEUED)
    with pytest.raises(NotYours):
        telling.accept(call_id=taken.call_id, by=LEAD)
    listener = _who_calls(make_listener())
    claimed = claiming.claim_next(by=listener)
    assert claimed is not None
    telling.accept(call_id=taken.call_id, by=listener)
    telling.accept(call_id=taken.call_id, by=listener)
    assert Call.objects.get().listener == listener.key


class TestPages:
    @pytest.mark.parametrize("page", ["calls", "call-backs"])
    def test_the_walk(self, client: Client, page: str) -> None:
        address = f"/staff/telephony/{page}/"
        assert "/staff/account/" in client.get(address).headers["Location"]
        tell(Happening.QUEUED)
        sign_in(client, make_account("listener"))
        assert client.get(address).status_code == HTTPStatus.OK
        assert "0199" not in client.get(address).text

    def test_another_day_is_shown(self, client: Client) -> None:
        tell(Happening.QUEUED)
        sign_in(client, make_account("listener"))
        page = "/staff/telephony/calls/"
        yesterday = (clock.today() - timedelta(days=1)).isoformat()
        assert "Aucun appel ce jour-là" in client.get(page, {"day": yesterday}).text
        assert "Aucun appel ce jour-là" not in client.get(page).text
        for wrong in ("yesterday", "1999-12-31", "9999-12-31"):
            assert f"?day={yesterday}" in client.get(page, {"day": wrong}).text

    def test_a_call_back_is_withdrawn_by_a_second_press(self, client: Client) -> None:
        one = make_call_back()
        sign_in(client, make_account("listener"))
        page = "/staff/telephony/call-backs/"
        withdraw = f"{page}{one}/withdraw/"
        assert withdraw in client.get(page).text
        assert "supprimé" in client.post(withdraw, follow=True).text
        assert withdraw not in client.get(page).text
        assert "Ce rappel est terminé" in client.post(withdraw, follow=True).text
        assert client.post(f"{page}{UUID(int=1)}/withdraw/").status_code == HTTPStatus.NOT_FOUND

    def test_another_role_is_refused(self, client: Client) -> None:
        one = make_call_back()
        withdraw = f"/staff/telephony/call-backs/{one}/withdraw/"
        assert "/staff/account/" in client.post(withdraw).headers["Location"]
        sign_in(client, make_account("analyst"))
        assert client.post(withdraw).status_code == HTTPStatus.FORBIDDEN
        assert client.get("/staff/telephony/calls/").status_code == HTTPStatus.FORBIDDEN


class TestCommand:
    def test_a_day_is_played_again(self) -> None:
        out = StringIO()
        call_command("calls", "simulate", "--speed=0", "--calls=30", "--json", stdout=out)
        said = json.loads(out.getvalue())
        assert said["offered"] == 30
        assert said["answered"] + said["abandoned"] == 30

    def test_a_call_of_the_past_is_written_at_once(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        began = clock.now() - timedelta(days=9)
        told = (
            CallFact(Happening.RINGING, began),
            CallFact(Happening.QUEUED, began + timedelta(seconds=20)),
            CallFact(Happening.ANSWERED, began + timedelta(seconds=70)),
            CallFact(Happening.ENDED, began + timedelta(seconds=670), EndedBy.CALLER),
        )
        with django_assert_max_num_queries(10):
            assert import_records(records=[Record(2, "a", told)], source="cdr", by=SYSTEM)
        call = Call.objects.get()
        assert (call.state, call.waited_s, call.talked_s) == (CallState.ENDED, 50, 600)
        assert call.told.count() == 4
        facts = {entry.event: entry.facts for entry in Entry.objects.all()}
        assert facts["helpline.call.answered"]["seconds"] == 50
        assert facts["helpline.call.ended"]["ended_by"] == "caller"
        assert "helpline.call.offered" in facts
        assert not import_records(records=[Record(2, "a", told)], source="cdr", by=SYSTEM)
        with pytest.raises(PermissionDenied):
            import_records(records=[Record(3, "b", told)], source="cdr", by=ANYONE)

    def test_the_longest_name_of_a_call_is_imported(self) -> None:
        began = clock.now() - timedelta(days=9)
        told = (CallFact(Happening.QUEUED, began), CallFact(Happening.ABANDONED, began))
        assert import_records(records=[Record(2, "a" * 100, told)], source="cdr", by=SYSTEM)
        assert Call.objects.get().told.count() == 2

    def test_records_are_imported_once(self, tmp_path: Path) -> None:
        file = tmp_path / "calls.csv"
        file.write_text(
            "id,started_at,wait_s,talk_s,ended_by\na,2026-11-20T10:00,20,600,caller\nb,never,1,1,\n"
        )
        for new in (1, 0):
            out = StringIO()
            with pytest.raises(SystemExit):
                call_command("calls", "import", str(file), "--json", stdout=out)
            said = json.loads(out.getvalue())
            assert (said["new"], said["refused"]) == (new, 1)
        assert not Item.objects.exists()
