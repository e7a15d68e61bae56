"""Streams tell a listener who said what, and on any page that there is news; a child, sides."""

import asyncio
import contextlib
import json
import re
from importlib import import_module
from pathlib import Path
from time import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connections
from pytest_django import Settings

from balise.foundation.actors import Actor
from balise.foundation.encryption.receipts import Receipt
from balise.helpline.conversations import access
from balise.helpline.conversations.actions import talking
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import TokenUnknown
from balise.helpline.conversations.streams import serving, tickets
from balise.helpline.conversations.tests.makers import make_conversation, make_listener
from balise.helpline.conversations.tests.test_faults import streamed

pytestmark = pytest.mark.django_db(transaction=True)


def told(stream: bytes) -> list[dict[str, Any]]:
    """Return the events of a stream."""
    return [json.loads(found) for found in re.findall(rb"data: (\{\"seq.*)", stream)]


def test_the_listeners_stream_says_who_spoke_and_the_theirs_does_not() -> None:
    listener = make_listener()
    begun = make_conversation("Bonjour", with_=listener)
    talking.answer(conversation_id=begun.id, text="Je suis là", client_id=uuid4(), by=listener)
    ticket = tickets.ticket_for(begun.id, by=listener)
    own = told(streamed(serving.PATHS["staff"], "", ticket))
    assert [event["author"] for event in own] == [listener.key, "", listener.key]
    cookie = f"{tickets.cookie_name()}={begun.token}"
    theirs = streamed(serving.PATHS["public"], cookie, "")
    assert len(told(theirs)) == len(own)
    assert b"author" not in theirs
    assert listener.key.encode() not in theirs


def test_a_ticket_to_a_seat_opens_it_and_nothing_else() -> None:
    listener = make_listener()
    begun = make_conversation("un secret", with_=listener)
    seat = tickets.seat_ticket(by=listener)
    assert tickets.admit_seat(seat) == UUID(listener.key)
    assert b"un secret" not in streamed(serving.PATHS["staff"], "", seat)
    for other in ("", "x", tickets.ticket_for(begun.id, by=listener)):
        with pytest.raises(TokenUnknown):
            tickets.admit_seat(other)


def test_an_old_ticket_opens_no_seat(monkeypatch: pytest.MonkeyPatch) -> None:
    seat, later = (
        tickets.seat_ticket(by=make_listener()),
        time() + tickets.LASTS.total_seconds() + 1,
    )
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    with pytest.raises(TokenUnknown):
        tickets.admit_seat(seat)


def test_a_seat_is_for_whoever_may_talk() -> None:
    other = make_listener()
    with pytest.raises(PermissionDenied):
        tickets.seat_ticket(by=Actor(other.kind, other.key, frozenset({access.READ_ALONG})))


def test_a_seat_hears_that_a_child_of_its_own_wrote(settings: Settings, tmp_path: Path) -> None:
    settings.BELLS = str(tmp_path / "bells")
    listener, other = make_listener(), make_listener()
    begun = make_conversation(with_=listener)
    ticket = tickets.seat_ticket(by=listener)
    asyncio.run(_hear_news(ticket, begun.token, quiet=tickets.seat_ticket(by=other)))


async def _hear_news(ticket: str, token: Receipt, *, quiet: str) -> None:
    streams, heard = serving.Streams(), {ticket: b"", quiet: b""}
    is_over = asyncio.Event()

    async def open_(asked: str) -> None:
        scope = {
            "path": serving.PATHS["staff"],
            "query_string": f"seat={asked}".encode(),
            "headers": [],
        }

        async def receive() -> dict[str, Any]:
            await is_over.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            heard[asked] += message.get("body", b"")

        await streams(scope, receive, send)

    pages = [asyncio.create_task(open_(each)) for each in heard]
    for _look in range(3_000):
        if b"event: news" in heard[ticket]:
            break
        if all(heard.values()):  # both are open: the child writes, until it is heard
            await asyncio.to_thread(_say, token)
        await asyncio.sleep(0.02)
    is_over.set()
    await asyncio.gather(*pages)
    for task in streams._tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*streams._tasks)
    streams._thread.submit(connections.close_all).result()
    assert b"event: news\ndata: {}\n\n" in heard[ticket]
    assert b"news" not in heard[quiet]


def _say(token: Receipt) -> None:
    try:
        talking.say(token=token, text="Tu es là ?", client_id=uuid4())
    finally:
        connections.close_all()


def test_what_was_said_before_an_upgrade_counts_as_read() -> None:
    begun = make_conversation("un", "deux")
    migration = import_module("balise.helpline.conversations.migrations.0003_leave_and_read")
    migration.read_all(apps, None)
    one = Conversation.objects.get(id=begun.id)
    assert (one.read_seq, one.last_seq) == (2, 2)


@pytest.mark.parametrize("first", ["public", "staff"])
def test_on_one_server_a_childs_open_page_is_told_no_author(
    settings: Settings, tmp_path: Path, first: str
) -> None:
    settings.BELLS = str(tmp_path / "bells")
    listener = make_listener()
    begun = make_conversation(with_=listener)
    ticket = tickets.ticket_for(begun.id, by=listener)
    cookie = f"{tickets.cookie_name()}={begun.token}".encode()
    opened = {"staff": (f"ticket={ticket}".encode(), b""), "public": (b"", cookie)}
    order = sorted(opened, key=lambda door: door != first)
    heard = asyncio.run(_hear_both({door: opened[door] for door in order}, begun.id, listener))
    assert listener.key.encode() in heard["staff"]
    assert b"Me voici" in heard["public"]
    assert b"author" not in heard["public"]
    assert listener.key.encode() not in heard["public"]


async def _hear_both(
    opened: dict[str, tuple[bytes, bytes]], conversation: UUID, listener: Actor
) -> dict[str, bytes]:
    streams, heard = serving.Streams(), dict.fromkeys(opened, b"")
    is_over = asyncio.Event()

    async def open_(door: str) -> None:
        asked, cookie = opened[door]
        scope = {
            "path": serving.PATHS[door],
            "query_string": asked,
            "headers": [(b"cookie", cookie)],
        }

        async def receive() -> dict[str, Any]:
            await is_over.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            heard[door] += message.get("body", b"")

        await streams(scope, receive, send)

    pages = []
    for door in opened:
        pages.append(asyncio.create_task(open_(door)))
        for _look in range(3_000):
            if b"seq" in heard[door]:
                break
            await asyncio.sleep(0.02)
    await asyncio.to_thread(_answer, conversation, listener)
    for _look in range(3_000):
        if all(b"Me voici" in each for each in heard.values()):
            break
        await asyncio.sleep(0.02)
    is_over.set()
    await asyncio.gather(*pages)
    for task in streams._tasks:
        task.cancel()
    await asyncio.gather(*streams._tasks, return_exceptions=True)
    streams._thread.submit(connections.close_all).result()
    return heard


def _answer(conversation: UUID, listener: Actor) -> None:
    try:
        talking.answer(
            conversation_id=conversation, text="Me voici", client_id=uuid4(), by=listener
        )
    finally:
        connections.close_all()
