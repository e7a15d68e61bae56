"""ARI over a real WebSocket and HTTP: events, cuts, and calls that a listener begins."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from threading import Event, Thread
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.helpline.console.actions import accepting
from balise.helpline.queue.actions import seating
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, NotYours
from balise.helpline.telephony.actions import calling_back, following
from balise.helpline.telephony.management.lines.ari import AriLine
from balise.helpline.telephony.management.lines.calling import LineCut, follow
from balise.helpline.telephony.models import Call
from balise.helpline.telephony.queries import index_of
from balise.helpline.telephony.rules.call_backs import ExtensionWrong, Script
from balise.helpline.telephony.rules.calls import CallState, EndedBy, Happening
from balise.helpline.telephony.rules.exchanges import Heard, Present
from balise.helpline.telephony.rules.lines import read_ari_url
from balise.helpline.telephony.tests.ari import Ari, an_ari

pytestmark = pytest.mark.django_db

_PATIENCE = 10.0


@pytest.fixture
def ari() -> Iterator[Ari]:
    with an_ari(Ari()) as one:
        yield one


class Watched(AriLine):
    """A line that tells its exchange when it hears."""

    def __init__(self, ari: Ari) -> None:
        super().__init__(read_ari_url(ari.url))
        self.ari = ari

    def listen(self, *, stop: Event, ready: Callable[[], None]) -> None:
        def both() -> None:
            ready()
            self.ari.heard.set()

        super().listen(stop=stop, ready=both)


def listen(ari: Ari, act: Callable[[], None]) -> None:
    """Follow an exchange while something happens there; return once all of it was heard."""
    stop, failed = Event(), list[BaseException]()

    def happen() -> None:
        try:
            assert ari.heard.wait(_PATIENCE)
            act()
            ari.is_down = False
            ari.cut()
            assert ari.heard.wait(_PATIENCE)
        except BaseException as error:  # noqa: BLE001 - raised again in the test's own thread
            failed.append(error)
        finally:
            stop.set()

    thread = Thread(target=happen)
    thread.start()
    follow(Watched(ari), stop=stop, wait=lambda _seconds: stop.wait(0.01))
    thread.join()
    if failed:
        raise failed[0]


def test_a_call_waits_is_answered_and_ends(ari: Ari) -> None:
    def act() -> None:
        ari.begin("1")
        for _twice in range(2):
            ari.tell("StasisStart", "1", args=["queued"])
        ari.tell("ChannelEnteredBridge", "1", bridge={"bridge_type": "holding"})
        ari.tell("ChannelEnteredBridge", "1", bridge={"bridge_type": "mixing"})
        ari.tell("ChannelHold", "1")
        ari.tell("ChannelUnhold", "1")
        ari.tell("ChannelDtmfReceived", "1")
        ari.tell("ChannelDestroyed", "1", cause=16)
        del ari.channels["1"]

    listen(ari, act)
    call = Call.objects.get()
    assert call.state == CallState.ENDED
    assert call.told.filter(happening=Happening.ANSWERED).count() == 1


def test_what_was_missed_in_a_cut_is_settled(ari: Ari) -> None:
    def act() -> None:
        for ref in "12":
            ari.begin(ref)
            ari.tell("StasisStart", ref, args=["queued"])
        ari.is_down = True
        assert not ari.tell("ChannelDestroyed", "1", cause=16, cut_in_it=True)
        del ari.channels["1"]
        ari.begin("3")

    listen(ari, act)
    one, two, three = (Call.objects.get(ref_index=index_of("pbx", ref)) for ref in "123")
    assert [each.state for each in (one, two, three)] == ["ended", "queued", "queued"]
    assert one.ended_by == EndedBy.UNKNOWN
    assert Item.objects.filter(state=ItemState.WAITING).count() == 2


def test_a_wrong_secret_is_a_cut_line(ari: Ari) -> None:
    wrong = read_ari_url(ari.url.replace("only", "any"))
    with pytest.raises(LineCut) as cut:
        AriLine(wrong).listen(stop=Event(), ready=Event().set)
    assert "exchange" not in str(cut.value)


def test_what_was_heard_since_the_list_is_newer_than_it() -> None:
    moment = clock.now()
    for ref in "12":
        heard = Heard(f"{ref}/q", ref, Happening.QUEUED, moment)
        assert following.hear(heard=heard, source="pbx", by=SYSTEM)
    there = Present("1", moment, "", in_queue=True, talks=True)
    given: dict[str, Any] = {"present": [there], "source": "pbx", "by": SYSTEM}
    assert following.settle_present(heard_since={"1", "2"}, **given) == 0
    assert following.settle_present(heard_since=(), **given) == 2
    assert following.settle_present(heard_since=(), **given) == 0


class TestDialling:
    @pytest.fixture
    def call_back(self) -> UUID:
        moment = clock.now()
        one = calling_back.ask_call_back(
            number="01 99 00 00 01",
            since=moment,
            until=moment + timedelta(hours=9),
            script=Script.FRIEND,
            by=ANYONE,
        )
        calling_back.queue_due()
        return one

    def test_the_exchange_rings_the_listener_then_the_number(
        self, ari: Ari, settings: Any, call_back: UUID, client: Client
    ) -> None:
        settings.ARI, settings.DIALS = ari.url, True
        sign_in(client, make_account("listener"))
        client.post("/staff/helpline/console/sit/", {"chat_cap": "1"})
        client.post("/staff/helpline/console/next/")
        page = client.post(f"/staff/telephony/call-backs/{call_back}/dial/", {"extension": "204"})
        assert page.status_code == HTTPStatus.OK
        clerk.tick()
        run_due()
        (asked,) = ari.begun
        assert (asked["endpoint"], asked["extension"]) == ("PJSIP/204", "0199000001")
        assert asked["context"] == "from-balise"
        fact = Entry.objects.get(event="helpline.call-back.dialled")
        assert "0199" not in str(fact.facts)

    @pytest.mark.parametrize("behaviour", ["refuses", "away"])
    def test_one_that_is_not_taken_is_noted_and_not_repeated(
        self, ari: Ari, settings: Any, call_back: UUID, behaviour: str
    ) -> None:
        settings.ARI = ari.url if behaviour == "refuses" else "http://u:s@127.0.0.1:9/ari"
        ari.refuses = [500, 500]
        listener = make_actor_with_call_back()
        calling_back.dial(call_back_id=call_back, extension="204", by=listener)
        clerk.tick()
        run_due()
        run_due()
        facts = Entry.objects.filter(event="helpline.call-back.not-dialled")
        assert [one.facts["reason"] for one in facts] == [
            "exchange-500" if behaviour == "refuses" else "ConnectError"
        ]
        assert not ari.begun

    def test_only_who_has_it_and_only_to_a_telephone_of_the_house(self, call_back: UUID) -> None:
        listener = make_actor_with_call_back()
        with pytest.raises(ExtensionWrong):
            calling_back.dial(call_back_id=call_back, extension="204&Local/1", by=listener)
        with pytest.raises(NotYours):
            calling_back.dial(call_back_id=call_back, extension="204", by=make_actor_seated())


def make_actor_seated() -> Actor:
    listener = make_actor("listener")
    seating.sit(skills=(), chat_cap=1, by=listener)
    return listener


def make_actor_with_call_back() -> Actor:
    listener = make_actor_seated()
    assert accepting.accept(by=listener) is not None
    return listener
