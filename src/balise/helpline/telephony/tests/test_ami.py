"""Over a line that is cut, delayed, repeated and out of order, what is written down is right."""

from collections.abc import Callable
from io import StringIO
from itertools import count
from threading import Event, Thread

import pytest
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st
from pytest_django.fixtures import Settings

from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState
from balise.helpline.telephony.actions import following
from balise.helpline.telephony.doubles.asterisk import Asterisk, an_asterisk, wait_until_heard
from balise.helpline.telephony.doubles.calls import Call as Truth
from balise.helpline.telephony.management.commands.pbx import lines_of_settings
from balise.helpline.telephony.management.lines import ami
from balise.helpline.telephony.management.lines.ami import AmiLine
from balise.helpline.telephony.management.lines.calling import LineCut, follow
from balise.helpline.telephony.models import Call
from balise.helpline.telephony.queries import index_of
from balise.helpline.telephony.rules.calls import OVER, CallState, EndedBy, Happening
from balise.helpline.telephony.rules.exchanges import Heard
from balise.helpline.telephony.rules.lines import (
    Exchange,
    ExchangeUrlFaulty,
    pause,
    read_ami_url,
    read_ari_url,
)

pytestmark = pytest.mark.django_db

SOURCES = count()
# What happens next: a step of a call, or the line's own mood.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["join", "answer", "hold", "transfer", "end", "cut", "up", "mid", "late"]),
        st.integers(0, 3),
    ),
    max_size=14,
)


def exchange(pbx: Asterisk, source: str = "pbx") -> Exchange:
    return read_ami_url(f"{pbx.url}?source={source}")


class Watched(AmiLine):
    """A line that tells its exchange when it hears."""

    def __init__(self, pbx: Asterisk, source: str) -> None:
        super().__init__(exchange(pbx, source))
        self.pbx = pbx

    def listen(self, *, stop: Event, ready: Callable[[], None]) -> None:
        def both() -> None:
            ready()
            self.pbx.heard.set()

        super().listen(stop=stop, ready=both)


def listen(pbx: Asterisk, act: Callable[[], None], source: str = "pbx") -> None:
    """Follow an exchange while something happens there; return once all of it was heard."""
    stop, failed = Event(), list[BaseException]()

    def happen() -> None:
        try:
            wait_until_heard(pbx)
            act()
            # A line that ends well is read to its end; the next call settles what is left.
            pbx.is_down = pbx.is_silent = False
            pbx.cut()
            wait_until_heard(pbx)
        except BaseException as error:  # noqa: BLE001 - raised again in the test's own thread
            failed.append(error)
        finally:
            stop.set()

    thread = Thread(target=happen)
    thread.start()
    follow(Watched(pbx, source), stop=stop, wait=lambda _seconds: stop.wait(0.01))
    thread.join()
    if failed:
        raise failed[0]


def facts(call: Call) -> list[str]:
    found = Entry.objects.filter(subject=call.id).order_by("id").values_list("event", flat=True)
    return [event.removeprefix("helpline.call.") for event in found]


class World:
    """Plays steps at an exchange, and knows what went out whole."""

    def __init__(self, pbx: Asterisk) -> None:
        self.pbx = pbx
        self.sent: set[str] = set()

    def play(self, steps: list[tuple[str, int]]) -> None:
        for step, number in steps:
            self._play(step, f"{number}.1")
        # Whoever still waits or talks does so at the end too: the line is there again by then.

    def _play(self, step: str, ref: str) -> None:
        pbx, house = self.pbx, self.pbx.house
        call = house.calls.get(ref)
        if step == "cut":
            pbx.is_down = True
            pbx.cut()
        elif step == "up" and pbx.is_down:
            pbx.is_down = False
            wait_until_heard(pbx)
        elif step == "mid" and not pbx.is_down:
            pbx.cuts_at = 40
        elif step == "join" and call is None:
            self._tell(house.join(ref)[1])
        elif call is None or call.is_over:
            return
        elif step == "answer" and not call.is_answered:
            self._tell(house.answer(call))
        elif step in {"hold", "transfer"} and call.is_answered:
            self._tell(house.hold(call) if step == "hold" else house.transfer(call))
        elif step == "end":
            self._tell(house.end(call))
        elif step == "late" and not call.is_answered:
            pbx.tell(house.answer(call), hold_back=True)

    def _tell(self, events: list[dict[str, str]]) -> None:
        was_cut = self.pbx.cuts_at is not None
        self.sent |= set(self.pbx.tell(events))
        if was_cut and not self.pbx.is_down:
            wait_until_heard(self.pbx)


def is_right(call: Call, truth: Truth, sent: set[str]) -> None:
    state = CallState(call.state)
    assert (state in OVER) == truth.is_over
    if state is CallState.ABANDONED:
        assert truth.is_abandoned
    if call.answered_at is not None:
        assert truth.is_answered
    if f"AgentConnect:{truth.ref}" in sent:
        assert call.answered_at is not None
    if f"QueueCallerAbandon:{truth.ref}" in sent:
        assert state is CallState.ABANDONED
    if not truth.is_over:
        assert (state is CallState.QUEUED) == truth.is_queued
    assert call.item is not None or truth.is_over or truth.is_answered
    if call.item is not None:
        waits = Item.objects.get(id=call.item).state == ItemState.WAITING
        assert waits == truth.is_queued
    told = facts(call)
    assert told.count("offered") == 1
    assert told.count("answered") == int(call.answered_at is not None)
    assert told.count("abandoned") + told.count("ended") == int(truth.is_over)


@given(steps=STEPS, repeats=st.booleans())
@hypothesis_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.whole
def test_whatever_the_cuts_what_is_written_is_right(
    steps: list[tuple[str, int]], repeats: bool
) -> None:
    source = f"pbx-{next(SOURCES)}"
    with an_asterisk(Asterisk(repeats=repeats)) as pbx:
        world = World(pbx)
        listen(pbx, lambda: world.play(steps), source)
        index = {index_of(source, ref): ref for ref in pbx.house.calls}
        # A telephone of the house is no call: it would be none of these.
        known = {index[bytes(one.ref_index)]: one for one in Call.objects.filter(source=source)}
        for ref, call in known.items():
            is_right(call, pbx.house.calls[ref], world.sent)
        unheard = pbx.house.calls.keys() - known.keys()  # they came and went in between
        assert all(pbx.house.calls[ref].is_over for ref in unheard)
        assert not {f"QueueCallerJoin:{ref}" for ref in unheard} & set(world.sent)


def test_a_whole_call_without_a_cut() -> None:
    with an_asterisk(Asterisk(repeats=True, delay=0.002)) as pbx:
        steps = [(step, 1) for step in ("join", "answer", "hold", "transfer", "end")]
        listen(pbx, lambda: World(pbx).play(steps))
    call = Call.objects.get()
    assert (call.state, call.ended_by) == (CallState.ENDED, EndedBy.CALLER)
    told = set(call.told.values_list("happening", flat=True))
    assert told == set(Happening) - {Happening.ABANDONED, Happening.RETURNED}
    assert not bytes(call.sealed_number)


def test_who_joined_and_left_while_the_line_was_cut_is_settled() -> None:
    with an_asterisk(Asterisk()) as pbx:
        steps = [("join", 1), ("cut", 0), ("join", 2), ("end", 1), ("join", 3), ("answer", 3)]
        listen(pbx, lambda: World(pbx).play(steps))
    one, two, three = (Call.objects.get(ref_index=index_of("pbx", f"{n}.1")) for n in (1, 2, 3))
    assert (one.state, one.ended_by) == (CallState.ENDED, EndedBy.UNKNOWN)
    assert two.state == CallState.QUEUED
    assert three.state == CallState.TALKING
    assert Item.objects.get(state=ItemState.WAITING).subject == two.id


class TestLine:
    def attempt(self, pbx: Asterisk, *, silence: float = 0.1) -> str:
        ready = Event()
        line = AmiLine(exchange(pbx), silence=silence)

        def hear() -> None:
            ready.set()
            pbx.heard.set()

        with pytest.raises(LineCut) as cut:
            line.listen(stop=Event(), ready=hear)
        return f"{cut.value}{' after it was ready' if ready.is_set() else ''}"

    def test_a_silent_exchange_is_a_cut_line(self) -> None:
        with an_asterisk(Asterisk()) as pbx:

            def fall_silent() -> None:
                wait_until_heard(pbx)
                pbx.is_silent = True

            Thread(target=fall_silent).start()
            assert self.attempt(pbx) == "silent after it was ready"
        assert "Ping" in pbx.actions

    def test_a_list_without_an_end_settles_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ami, "SECONDS", 0.3)
        with an_asterisk(Asterisk(answers_lists=False)) as pbx:
            assert self.attempt(pbx) == "QueueStatus without an end"

    def test_a_wrong_secret_is_refused(self) -> None:
        with an_asterisk(Asterisk()) as pbx:
            wrong = read_ami_url(f"ami://balise:guessed@127.0.0.1:{pbx.port}/")
            with pytest.raises(LineCut, match="sign-in refused"):
                AmiLine(wrong).listen(stop=Event(), ready=Event().set)

    def test_nobody_there_is_a_cut_line(self) -> None:
        with an_asterisk(Asterisk()) as pbx:
            where = exchange(pbx)
        with pytest.raises(LineCut):
            AmiLine(where).listen(stop=Event(), ready=Event().set)


def test_pauses_grow_to_a_minute() -> None:
    seconds = [pause(n, chance=1).total_seconds() for n in (1, 2, 3, 7, 50)]
    assert seconds == [1, 2, 4, 60, 60]
    assert pause(1, chance=0).total_seconds() == 0.5


@pytest.mark.parametrize(
    "url",
    [
        "ami://u:s@pbx.example/",  # in clear
        "amis://pbx.example/",
        "amis://u:s@pbx.example/?queue=x",
        "http://u:s@127.0.0.1/",
        "amis://u:s@pbx.example:x/",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ExchangeUrlFaulty) as fault:
        read_ami_url(url)
    assert "u:s" not in str(fault.value)


def test_addresses_are_read() -> None:
    one = read_ami_url("amis://u:s%2F@pbx.example/?source=annexe")
    assert (one.port, one.secret, one.is_tls, one.source) == (5039, "s/", True, "annexe")
    assert "s/" not in repr(one)
    two = read_ari_url("https://u:s@pbx.example/ari?app=b")
    assert (two.port, two.path, two.app, two.context) == (8089, "/ari", "b", "from-balise")


def test_only_an_exchange_is_heard() -> None:
    heard = Heard("1", "1", Happening.QUEUED, now())
    with pytest.raises(PermissionDenied):
        following.hear(heard=heard, source="pbx", by=ANYONE)
    with pytest.raises(PermissionDenied):
        following.settle_present(present=(), heard_since=(), source="pbx", by=ANYONE)


def test_what_is_wrong_is_said_at_start(settings: Settings) -> None:
    settings.AMI, settings.ARI = "amis://nowhere", "https://nowhere/ari"
    found = {message.id for message in run_checks()}
    assert {"balise.E445", "balise.E446"} <= found


def test_without_an_exchange_the_command_says_so(settings: Settings) -> None:
    settings.AMI = settings.ARI = ""
    out = StringIO()
    call_command("pbx", stdout=out)
    assert "neither" in out.getvalue()
    settings.AMI = "amis://nowhere"
    with pytest.raises(CommandError):
        call_command("pbx")


def test_the_command_follows_what_the_settings_name(settings: Settings) -> None:
    with an_asterisk(Asterisk()) as pbx:
        settings.AMI = pbx.url
        (line,) = lines_of_settings()
        assert line.name == "AMI of pbx"
