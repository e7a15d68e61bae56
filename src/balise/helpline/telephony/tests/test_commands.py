"""Hold, resume and transfer by the exchange: what fails is said, and no caller is lost by it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.helpline.console.tests.makers import make_accepted_call, make_listener
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import ItemState, NotYours
from balise.helpline.telephony import queries
from balise.helpline.telephony.actions import calling_back, following
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.models import Call, Extension
from balise.helpline.telephony.queries import Line
from balise.helpline.telephony.rules.call_backs import ExtensionWrong
from balise.helpline.telephony.rules.calls import (
    CallFact,
    CallState,
    Command,
    CommandImpossible,
    Failure,
    Happening,
    check_command,
    failure_of,
)
from balise.helpline.telephony.rules.exchanges import Heard, from_ami, from_ari
from balise.helpline.telephony.tests.ari import Ari, an_ari

HOLD, RESUME, TRANSFER = Command.HOLD, Command.RESUME, Command.TRANSFER


class TestRules:
    @pytest.mark.parametrize(
        ("command", "state"),
        [
            (HOLD, CallState.HELD),
            (RESUME, CallState.TALKING),
            (TRANSFER, CallState.ENDED),
            (HOLD, CallState.QUEUED),
        ],
    )
    def test_a_state_that_does_not_allow_it_refuses_it(
        self, command: Command, state: CallState
    ) -> None:
        with pytest.raises(CommandImpossible):
            check_command(command, state, is_pending=False)

    def test_one_thing_at_a_time(self) -> None:
        check_command(TRANSFER, CallState.HELD, is_pending=False)
        with pytest.raises(CommandImpossible):
            check_command(TRANSFER, CallState.HELD, is_pending=True)

    @pytest.mark.parametrize(("command", "seconds"), [(HOLD, 15), (TRANSFER, 60)])
    def test_an_exchange_has_its_time_then_it_is_late(self, command: Command, seconds: int) -> None:
        asked = clock.now()
        soon = asked + timedelta(seconds=seconds - 1)
        assert failure_of(command, "", asked, now=soon) == ""
        then = asked + timedelta(seconds=seconds)
        assert failure_of(command, "", asked, now=then) == Failure.LATE
        assert failure_of(command, "refused", asked, now=soon) == Failure.REFUSED

    def test_the_plan_of_the_exchange_tells_what_became_of_a_transfer(self) -> None:
        moment = clock.now()
        ami = {"Event": "UserEvent", "UserEvent": "BaliseReturned", "Uniqueid": "1"}
        heard = from_ami(ami, now=moment)
        assert heard is not None
        assert (heard.ref, heard.happening) == ("1", Happening.RETURNED)
        told = {
            "type": "ChannelUserevent",
            "eventname": "BaliseTransferred",
            "channel": {"id": "1"},
            "timestamp": moment.isoformat(),
        }
        heard = from_ari(told)
        assert heard is not None
        assert heard.happening is Happening.TRANSFERRED
        assert from_ari(told | {"eventname": "Other"}) is None


@pytest.fixture
def ari(settings: Any) -> Iterator[Ari]:
    with an_ari(Ari()) as one:
        settings.ARI, settings.DIALS = one.url, True
        yield one


def work() -> None:
    """Let the worker do what was asked."""
    clerk.tick()
    run_due()


def make_call(listener: Actor) -> Call:
    return Call.objects.get(id=make_accepted_call(listener).subject)


def line_of(call: Call, listener: Actor) -> Line:
    return queries.lines([call.id], seen_by=listener)[call.id]


def tell(happening: Happening) -> None:
    """Let the exchange tell of the call."""
    heard = Heard(f"1/{happening}", "1", happening, clock.now())
    assert following.hear(heard=heard, source="pbx", by=SYSTEM)


@pytest.mark.django_db
class TestCommands:
    def test_a_call_is_held_then_resumed(self, ari: Ari) -> None:
        listener = make_listener()
        call = make_call(listener)
        calling_back.command(call_id=call.id, command=HOLD, by=listener)
        assert line_of(call, listener).is_pending
        work()
        assert line_of(call, listener) == Line(CallState.HELD, None, None, "", is_passed=False)
        calling_back.command(call_id=call.id, command=RESUME, by=listener)
        work()
        assert line_of(call, listener).state is CallState.TALKING
        assert ari.obeyed == [
            ("POST", "/channels/1/hold", {}),
            ("DELETE", "/channels/1/hold", {}),
        ]
        facts = Entry.objects.filter(event="helpline.call.commanded").order_by("id")
        assert [one.facts["command"] for one in facts] == ["hold", "resume"]

    def test_a_transfer_goes_on_in_the_exchange_until_someone_picks_up(self, ari: Ari) -> None:
        listener = make_listener()
        call = make_call(listener)
        calling_back.command(call_id=call.id, command=TRANSFER, to="204", own="201", by=listener)
        work()
        line = line_of(call, listener)
        assert (line.is_pending, line.to, line.is_passed) == (True, "204", False)
        assert [path for _method, path, _body in ari.obeyed] == [
            "/applications/balise/subscription",
            "/channels/1/variable",
            "/channels/1/continue",
        ]
        assert ari.obeyed[1][2] == {"variable": "BALISE_BACK", "value": "201"}
        assert ari.obeyed[2][2]["context"] == "balise-transfer"
        tell(Happening.ANSWERED)
        line = line_of(call, listener)
        assert (line.is_pending, line.failure, line.to, line.is_passed) == (
            False,
            None,
            "204",
            True,
        )
        assert Entry.objects.filter(event="helpline.call.transferred").count() == 1

    def test_a_transfer_that_nobody_picks_up_comes_back_and_says_so(self, ari: Ari) -> None:
        listener = make_listener()
        call = make_call(listener)
        calling_back.command(call_id=call.id, command=TRANSFER, to="204", own="201", by=listener)
        work()
        tell(Happening.RETURNED)
        line = line_of(call, listener)
        assert (line.failure, line.to, line.is_passed) == (Failure.UNANSWERED, "204", False)
        item = Call.objects.get().item
        assert item is not None
        assert queue.item(item, seen_by=listener).state is ItemState.HELD
        assert Entry.objects.filter(event="helpline.call.returned").exists()
        tell(Happening.ANSWERED)  # the listener picks up again: nobody else has the call
        assert not line_of(call, listener).is_passed
        calling_back.command(call_id=call.id, command=HOLD, by=listener)

    @pytest.mark.parametrize(
        ("behaviour", "failure"), [("refuses", Failure.REFUSED), ("away", Failure.AWAY)]
    )
    def test_an_exchange_that_refuses_or_is_away_is_said_and_can_be_asked_again(
        self, ari: Ari, settings: Any, behaviour: str, failure: Failure
    ) -> None:
        listener = make_listener()
        call = make_call(listener)
        ari.refuses = [409]
        if behaviour == "away":
            settings.ARI = "http://u:s@127.0.0.1:9/ari"
        calling_back.command(call_id=call.id, command=TRANSFER, to="204", own="201", by=listener)
        work()
        line = line_of(call, listener)
        assert (line.failure, line.state) == (failure, CallState.TALKING)
        fact = Entry.objects.get(event="helpline.call.not-commanded")
        assert fact.facts["failure"] == failure
        settings.ARI, ari.refuses = ari.url, []
        calling_back.command(call_id=call.id, command=HOLD, by=listener)
        work()
        assert line_of(call, listener).state is CallState.HELD

    def test_what_is_asked_too_late_is_not_done(self, ari: Ari) -> None:
        listener = make_listener()
        call = make_call(listener)
        calling_back.command(call_id=call.id, command=HOLD, by=listener)
        Call.objects.update(command_at=clock.now() - timedelta(minutes=1))
        assert line_of(call, listener).failure is Failure.LATE
        work()
        assert not ari.obeyed
        calling_back.command(call_id=call.id, command=HOLD, by=listener)

    def test_a_call_of_another_exchange_is_refused(self, ari: Ari, settings: Any) -> None:
        settings.ARI = f"{ari.url}?source=elsewhere"
        listener = make_listener()
        call = make_call(listener)
        calling_back.command(call_id=call.id, command=HOLD, by=listener)
        work()
        assert line_of(call, listener).failure is Failure.REFUSED
        assert not ari.obeyed

    def test_a_caller_who_hangs_up_meanwhile_ends_it(self, ari: Ari) -> None:
        listener = make_listener()
        call = make_call(listener)
        calling_back.command(call_id=call.id, command=TRANSFER, to="204", own="201", by=listener)
        told = CallFact(Happening.ENDED, clock.now())
        take_event(event=CallTold("pbx", "1/end", "1", told, b"x"), by=SYSTEM)
        work()
        assert not ari.obeyed
        assert queries.lines([call.id], seen_by=listener) == {}
        with pytest.raises(CommandImpossible):
            calling_back.command(call_id=call.id, command=HOLD, by=listener)

    def test_only_who_has_the_call_and_only_to_an_extension(self, ari: Ari) -> None:
        listener = make_listener()
        call = make_call(listener)
        with pytest.raises(NotYours):
            calling_back.command(call_id=call.id, command=HOLD, by=make_listener())
        with pytest.raises(PermissionDenied):
            calling_back.command(call_id=call.id, command=HOLD, by=make_actor("analyst"))
        for to in ("204&Local/1", "", "201"):
            with pytest.raises(ExtensionWrong):
                calling_back.command(
                    call_id=call.id, command=TRANSFER, to=to, own="201", by=listener
                )
        with pytest.raises(CommandImpossible):
            calling_back.command(call_id=call.id, command=RESUME, by=listener)

    def test_one_says_at_which_telephone_one_is_rung(self) -> None:
        listener = make_listener()
        for number in ("201", "201", "202"):
            calling_back.give_extension(number=number, by=listener)
        assert Extension.objects.get().number == "202"
        facts = Entry.objects.filter(event="helpline.extension.given").order_by("id")
        assert [one.facts["extension"] for one in facts] == ["201", "202"]
        with pytest.raises(PermissionDenied):
            calling_back.give_extension(number="201", by=ANYONE)

    def test_without_an_exchange_that_takes_commands_nothing_is_offered(self) -> None:
        listener = make_listener()
        call = make_call(listener)
        assert queries.lines([call.id], seen_by=listener) == {}
