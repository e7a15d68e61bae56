"""Streams tell a listener who said what, and on any page that there is news; a child, sides."""

import asyncio
import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.encryption.worded import Receipt
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.streams import admitting, serving
from balise.helpline.conversations.tests.makers import make_conversation, make_listener
from balise.helpline.conversations.tests.streaming import Page, apart, cookies_of, polled, served

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC, STAFF = serving.PATHS["public"], serving.PATHS["staff"]


def told(stream: bytes) -> list[dict[str, Any]]:
    """Return the events of a stream."""
    return [json.loads(found) for found in re.findall(rb"data: (\{\"seq.*)", stream)]


def test_the_listeners_stream_says_who_spoke_and_the_theirs_does_not() -> None:
    listener = make_listener()
    begun = make_conversation("Bonjour", with_=listener)
    saying.answer(conversation_id=begun.id, text="Je suis là", client_id=uuid4(), by=listener)
    _status, own = polled(STAFF, cookies_of(listener), f"conversation={begun.id}")
    assert [event["author"] for event in told(own)] == [listener.key, "", listener.key]
    _status, theirs = polled(PUBLIC, f"{admitting.cookie_name()}={begun.token}")
    assert len(told(theirs)) == len(told(own))
    assert b"author" not in theirs
    assert listener.key.encode() not in theirs


@pytest.mark.safety
def test_the_listeners_stream_marks_words_of_danger_and_theirs_does_not() -> None:
    listener = make_listener()
    begun = make_conversation("Je veux mourir \U0001f610 !", with_=listener)
    _status, own = polled(STAFF, cookies_of(listener), f"conversation={begun.id}")
    (said,) = [event for event in told(own) if event["kind"] == "message"]
    assert "".join(piece for piece, _is_told in said["pieces"]) == said["text"]
    assert ["Je veux mourir", True] in said["pieces"]
    assert said["rule"]
    _status, theirs = polled(PUBLIC, f"{admitting.cookie_name()}={begun.token}")
    assert any(event["text"] for event in told(theirs))
    assert b"pieces" not in theirs
    assert said["rule"].encode() not in theirs


def test_a_seat_is_for_whoever_may_talk() -> None:
    assert polled(STAFF, cookies_of(make_account("analyst")))[0] == 404
    assert polled(STAFF)[0] == 401


def test_a_seat_hears_that_a_child_of_its_own_wrote(settings: Settings, tmp_path: Path) -> None:
    settings.BELLS = str(tmp_path / "bells")
    listener, other = make_listener(), make_listener()
    begun = make_conversation("un secret", with_=listener)
    page, quiet = Page(STAFF, cookies_of(listener)), Page(STAFF, cookies_of(other))
    asyncio.run(_hear_news(page, quiet, begun.token))
    assert b"event: news\ndata: {}\n\n" in page.heard
    assert b"un secret" not in page.heard
    assert b"news" not in quiet.heard


async def _hear_news(page: Page, quiet: Page, token: Receipt) -> None:
    async with served(page, quiet):
        await page.hears(b"retry")
        await quiet.hears(b"retry")
        for _look in range(3_000):  # the child writes, until it is heard
            if b"event: news" in page.heard:
                break
            await apart(lambda: saying.say(token=token, text="Tu es là ?", client_id=uuid4()))


def test_a_seat_hears_who_of_its_own_is_writing_and_nothing_is_kept(
    settings: Settings, tmp_path: Path
) -> None:
    settings.BELLS = str(tmp_path / "bells")
    listener, other = make_listener(), make_listener()
    begun = make_conversation("un secret", with_=listener)
    page, quiet = Page(STAFF, cookies_of(listener)), Page(STAFF, cookies_of(other))
    asyncio.run(_hear_typing(page, quiet, begun.id))
    assert f"event: typing\ndata: {begun.id}\n\n".encode() in page.heard
    assert b"typing" not in quiet.heard
    with CaptureQueriesContext(connection) as asked:
        passing.be_typing(conversation_id=begun.id, by=ANYONE)
        passing.be_typing(conversation_id=begun.id, by=listener)
    words = [one["sql"].split()[0] for one in asked.captured_queries]
    assert not {"INSERT", "UPDATE", "DELETE"} & set(words)


async def _hear_typing(page: Page, quiet: Page, conversation: UUID) -> None:
    async with served(page, quiet):
        await page.hears(b"retry")
        await quiet.hears(b"retry")
        for _look in range(3_000):  # the child goes on writing, until it is heard
            if b"event: typing" in page.heard:
                break
            await apart(lambda: passing.be_typing(conversation_id=conversation, by=ANYONE))


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
    opened = {
        "staff": Page(STAFF, cookies_of(listener), f"conversation={begun.id}"),
        "public": Page(PUBLIC, f"{admitting.cookie_name()}={begun.token}"),
    }
    order = sorted(opened, key=lambda door: door != first)
    asyncio.run(_hear_both([opened[door] for door in order], begun.id, listener))
    assert listener.key.encode() in opened["staff"].heard
    assert b"author" not in opened["public"].heard
    assert listener.key.encode() not in opened["public"].heard


async def _hear_both(pages: list[Page], conversation: UUID, listener: Actor) -> None:
    streams, first, second = serving.Streams(), *pages
    async with served(first, streams=streams):
        await first.hears(b"seq")
        after = asyncio.create_task(second.open(streams))
        await second.hears(b"seq")
        await apart(
            lambda: saying.answer(
                conversation_id=conversation, text="Me voici", client_id=uuid4(), by=listener
            )
        )
        for page in pages:
            await page.hears(b"Me voici")
            page.leave()
        await after
