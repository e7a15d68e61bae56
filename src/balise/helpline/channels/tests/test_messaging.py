"""Messaging: what providers bring, signed; what goes back to a provider that misbehaves."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import orjson
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.outgoing import Bounds
from balise.helpline.channels.actions import answering
from balise.helpline.channels.models import Message, Thread
from balise.helpline.channels.rules import Delivery, Way
from balise.helpline.channels.tasks import posting
from balise.helpline.channels.tests.makers import make_listener, make_taken, work
from balise.helpline.channels.tests.provider import (
    Provider,
    a_provider,
    messenger_event,
    meta_signature,
    whatsapp_event,
    whatsapp_failure,
)
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import Risk, RiskFrom
from balise.helpline.telephony.rules.signing import SIGNATURE, sent_at, signature

pytestmark = pytest.mark.django_db

HOOKS = "/api/v1/messaging/"
SECRET = "only the provider and we"
TONIGHT = "je veux mourir ce soir"


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    names = ("whatsapp", "messenger", "gateway")
    with a_provider(Provider()) as one:
        settings.MESSAGING_SECRETS = dict.fromkeys(names, SECRET)
        settings.MESSAGING_VERIFY = {"whatsapp": "ours", "messenger": "ours"}
        settings.MESSAGING_ADDRESSES = dict.fromkeys(names, one.url)
        settings.MESSAGING_TOKENS = {"whatsapp": "bearer-w", "messenger": "bearer-m"}
        yield one


def bring(client: Client, kind: str, event: dict[str, Any], *, secret: str = SECRET) -> int:
    body = orjson.dumps(event)
    headers = {"X-Hub-Signature-256": meta_signature(secret, body)}
    if kind == "messages":
        signed = signature(secret, body=body, at=clock.now())
        headers = {"Balise-Source": "gateway", SIGNATURE: signed}
    answer = client.post(f"{HOOKS}{kind}/", body, content_type="application/json", headers=headers)
    return answer.status_code


EVENTS: list[tuple[str, dict[str, Any], Way]] = [
    ("whatsapp", whatsapp_event(name="1"), Way.WHATSAPP),
    ("messenger", messenger_event(name="1"), Way.MESSENGER),
    ("messages", {"id": "1", "from": "a-1", "text": "Bonjour"}, Way.HOOK),
]


@pytest.mark.parametrize(("kind", "event", "way"), EVENTS)
def test_what_is_signed_waits_once_and_is_acknowledged(
    client: Client, provider: Provider, kind: str, event: dict[str, Any], way: Way
) -> None:
    for _twice in range(2):
        assert bring(client, kind, event) < HTTPStatus.BAD_REQUEST
    assert bring(client, kind, event, secret="guessed") == HTTPStatus.UNAUTHORIZED
    assert (Thread.objects.get().way, Message.objects.count()) == (way, 1)
    assert Item.objects.get().kind == "message"
    work()
    work()
    assert len(provider.taken) == 1
    assert "112" in orjson.dumps(provider.taken[0]).decode()


@pytest.mark.parametrize(
    ("kind", "event"),
    [
        ("whatsapp", whatsapp_event(name="1", text=TONIGHT)),
        ("messenger", messenger_event(name="1", text=TONIGHT)),
        ("messages", {"id": "1", "from": "a-1", "text": TONIGHT}),
    ],
)
def test_who_writes_of_danger_comes_first_and_is_told_whom_to_call(
    client: Client, provider: Provider, kind: str, event: dict[str, Any]
) -> None:
    with clock.at(at("2026-11-24T23:30")):
        bring(client, kind, event)
        work()
    item = Item.objects.get()
    assert (item.risk, item.risk_from) == (Risk.A, RiskFrom.WORDS)
    told = orjson.dumps(provider.taken[0]).decode()
    assert "112" in told.partition("en premier")[2]
    assert "mercredi" not in told


@pytest.mark.parametrize(("kind", "event", "way"), EVENTS)
def test_the_answer_goes_back_the_same_way(
    client: Client, provider: Provider, kind: str, event: dict[str, Any], way: Way
) -> None:
    bring(client, kind, event)
    work()
    listener = make_listener()
    ours = answering.answer(thread_id=make_taken(listener), text="Nous sommes là.", by=listener)
    work()
    sent, headers = provider.taken[-1], provider.headers[-1]
    assert Message.objects.get(id=ours).delivery == Delivery.SENT
    if way is Way.WHATSAPP:
        assert (sent["to"], sent["text"]["body"]) == ("33199000001", "Nous sommes là.")
        assert headers["Authorization"] == "Bearer bearer-w"
    elif way is Way.MESSENGER:
        assert sent["recipient"] == {"id": "7001"}
        assert (sent["messaging_type"], sent["message"]["text"]) == ("RESPONSE", "Nous sommes là.")
    else:
        assert (sent["to"], sent["id"]) == ("a-1", f"m-{ours}")
        body = orjson.dumps(sent)
        assert sent_at(headers[SIGNATURE], secret=SECRET, body=body, now=clock.now())


def test_who_writes_again_goes_on_with_the_same_thread(client: Client, provider: Provider) -> None:
    bring(client, "whatsapp", whatsapp_event(name="1"))
    Thread.objects.update(state="closed")
    bring(client, "whatsapp", whatsapp_event(name="2"))
    bring(client, "whatsapp", whatsapp_event(name="3", sender="33199000002"))
    assert (Thread.objects.count(), Message.objects.count()) == (2, 3)


@pytest.mark.parametrize("behaviour", ["500:0", "429:0", "cut", "400:131016"])
def test_a_provider_that_fails_is_asked_again(
    client: Client, provider: Provider, behaviour: str
) -> None:
    bring(client, "whatsapp", whatsapp_event(name="1"))
    work()
    listener = make_listener()
    thread_id = make_taken(listener)
    provider.behaves = [behaviour]
    ours = answering.answer(thread_id=thread_id, text="Oui ?", by=listener)
    work(tolerate=True)
    assert Message.objects.get(id=ours).delivery == Delivery.QUEUED
    with clock.at(clock.now() + timedelta(hours=1)):
        work()
    assert Message.objects.get(id=ours).delivery == Delivery.SENT
    assert provider.taken[-1]["text"]["body"] == "Oui ?"


def test_a_provider_that_is_slow_is_asked_again_under_the_same_name(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(client, "messages", {"id": "1", "from": "a-1", "text": "Bonjour"})
    work()
    listener = make_listener()
    thread_id = make_taken(listener)
    monkeypatch.setattr(posting, "_BOUNDS", Bounds(seconds=0.2))
    provider.behaves = ["delay:0.6"]
    ours = answering.answer(thread_id=thread_id, text="Oui ?", by=listener)
    work(tolerate=True)
    assert Message.objects.get(id=ours).delivery == Delivery.QUEUED
    with clock.at(clock.now() + timedelta(hours=1)):
        work()
    assert Message.objects.get(id=ours).delivery == Delivery.SENT
    names = {one["id"] for one in provider.taken if one["text"] == "Oui ?"}
    assert names == {f"m-{ours}"}


def test_what_a_provider_refuses_is_seen_by_a_listener(client: Client, provider: Provider) -> None:
    bring(client, "whatsapp", whatsapp_event(name="1"))
    work()
    listener = make_listener()
    thread_id = make_taken(listener)
    provider.behaves = ["400:131047"]
    ours = answering.answer(thread_id=thread_id, text="Oui ?", by=listener)
    work()
    failed = answering.read(thread_id=thread_id, by=listener).messages[-1]
    assert (failed.id, failed.delivery, failed.failure) == (
        ours,
        Delivery.FAILED,
        "provider-131047",
    )
    # Taken at first, and refused a moment later.
    late = answering.answer(thread_id=thread_id, text="Et là ?", by=listener)
    work()
    name = f"wamid.{len(provider.taken)}"
    for _twice in range(2):
        assert bring(client, "whatsapp", whatsapp_failure(name=name)) == HTTPStatus.OK
    assert Message.objects.get(id=late).delivery == Delivery.FAILED


def test_an_address_in_clear_is_not_used(
    client: Client, provider: Provider, settings: Settings
) -> None:
    bring(client, "whatsapp", whatsapp_event(name="1"))
    work()
    listener = make_listener()
    thread_id = make_taken(listener)
    for address in ("", "http://graph.example/messages"):
        settings.MESSAGING_ADDRESSES = {"whatsapp": address}
        answering.answer(thread_id=thread_id, text="Oui ?", by=listener)
        work()
    assert list(
        Message.objects.filter(side="staff").order_by("at").values_list("failure", flat=True)
    ) == ["no-address", "in-clear"]


class TestDoor:
    @pytest.mark.parametrize("kind", ["whatsapp", "messenger"])
    def test_the_challenge(self, client: Client, provider: Provider, kind: str) -> None:
        query = {"hub.mode": "subscribe", "hub.verify_token": "ours", "hub.challenge": "1158"}
        assert client.get(f"{HOOKS}{kind}/", query).text == "1158"
        wrong = client.get(f"{HOOKS}{kind}/", query | {"hub.verify_token": "guessed"})
        assert wrong.status_code == HTTPStatus.UNAUTHORIZED

    @pytest.mark.parametrize("kind", ["whatsapp", "messenger", "messages"])
    def test_without_a_secret_nobody_enters(
        self, client: Client, settings: Settings, kind: str
    ) -> None:
        settings.MESSAGING_SECRETS = settings.MESSAGING_VERIFY = {}
        assert bring(client, kind, {}, secret="") == HTTPStatus.UNAUTHORIZED
        query = {"hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "1"}
        assert client.get(f"{HOOKS}{kind}/", query).status_code == HTTPStatus.UNAUTHORIZED

    def test_what_is_no_message_is_said(self, client: Client, provider: Provider) -> None:
        assert bring(client, "messages", {"id": "1"}) == HTTPStatus.UNPROCESSABLE_ENTITY
        # A provider stops bringing anything when it is answered with an error.
        assert bring(client, "whatsapp", {"entry": [1, {"changes": 2}]}) == HTTPStatus.OK
        assert not Message.objects.exists()
