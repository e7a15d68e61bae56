"""A stream is looked at again while it is open (T010, T059): nothing flows to who may not read.

The looks are three seconds apart and answer within two: five at most.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from balise.foundation.accounts import access as accounts_access, queries as accounts, visits
from balise.foundation.accounts.actions import people, signing_in
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import SignedIn
from balise.foundation.accounts.rules import Standing
from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.accounts.visits import SessionStore, kept_as, key_in
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.rules import ConversationOver
from balise.helpline.conversations.streams import admitting, serving
from balise.helpline.conversations.streams.admitting import Present
from balise.helpline.conversations.streams.hub import Room, Stream
from balise.helpline.conversations.streams.serving import Watch
from balise.helpline.conversations.tests.makers import make_conversation
from balise.helpline.conversations.tests.streaming import (
    Page,
    apart,
    cookies_of,
    polled,
    served,
    until,
)

STAFF = serving.PATHS["staff"]
AFTERWARDS = "dit après"
SOMEBODY = Actor(ActorKind.STAFF, str(uuid4()), frozenset({accounts_access.DISABLE}))

type Act = Callable[[Account, str], object]


def disable(account: Account, _cookies: str) -> None:
    people.disable(account_id=account.pk, by=SOMEBODY)


def change_role(account: Account, _cookies: str) -> None:
    Account.objects.filter(pk=account.pk).update(role="analyst")


def lock(_account: Account, cookies: str) -> None:
    visits.lock(SessionStore(key_in(cookies)))


def rest(_account: Account, cookies: str) -> None:
    session = SessionStore(key_in(cookies))
    session["visit"] |= {"seen": session["visit"]["seen"] - 16 * 60}
    session.save()


def end(account: Account, _cookies: str) -> None:
    signing_in.end_sessions(account=account, by=SYSTEM)


def change_password(account: Account, _cookies: str) -> None:
    account.set_password("another password, as long as a sentence")
    account.save()


ENDS: dict[str, tuple[Act, bytes]] = {
    "disabled": (disable, b'event: shut\ndata: {"why":"ended"}\n\n'),
    "all sessions ended": (end, b'event: shut\ndata: {"why":"ended"}\n\n'),
    "another password": (change_password, b'event: shut\ndata: {"why":"ended"}\n\n'),
    "locked": (lock, b'event: shut\ndata: {"why":"locked"}\n\n'),
    "left alone": (rest, b'event: shut\ndata: {"why":"locked"}\n\n'),
    "another role": (change_role, b"event: again\ndata: {}\n\n"),
}


@pytest.fixture
def listener() -> Account:
    return make_account("listener")


@pytest.fixture
def begun(listener: Account) -> Begun:
    return make_conversation("dit avant", with_=accounts.actor_of(listener))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ENDS)
def test_an_open_stream_ends_and_nothing_flows_any_more(
    settings: Settings, tmp_path: Path, listener: Account, begun: Begun, name: str
) -> None:
    """T010, T059: a role changes, an account is closed, a session ends during an open stream."""
    settings.BELLS = str(tmp_path / "bells")
    act, last = ENDS[name]
    cookies = cookies_of(listener)
    pages = [
        Page(STAFF, cookies, f"conversation={begun.id}"),
        Page(STAFF, cookies),  # of the seat
        Page(STAFF, cookies, f"conversation={begun.id}&after=2&poll=1"),
    ]
    asyncio.run(_revoke(pages, lambda: act(listener, cookies), begun))
    for page in pages[:2]:
        assert page.heard.endswith(last)
    assert pages[2].heard in {last, b""}
    assert b"dit avant" in pages[0].heard
    assert not any(AFTERWARDS.encode() in page.heard for page in pages)
    for query in (f"conversation={begun.id}", ""):  # nor is it opened again
        status, said = polled(STAFF, cookies, query)
        assert status in {401, 404}
        assert not said


async def _revoke(pages: list[Page], act: Callable[[], object], begun: Begun) -> None:
    streams = serving.Streams()
    streams._watch = Watch(streams._sessions, every=0.05)
    async with served(*pages, streams=streams):
        await pages[0].hears(b"dit avant")
        await pages[1].hears(b"retry")
        await until(lambda: len(streams._watch._open) == len(pages))
        await apart(act)
        for page in pages:
            await page.ends()
        await apart(lambda: saying.say(token=begun.token, text=AFTERWARDS, client_id=uuid4()))
        await asyncio.sleep(0.3)


@pytest.mark.django_db(transaction=True)
def test_a_poll_is_told_why_it_ends(
    settings: Settings, tmp_path: Path, listener: Account, begun: Begun
) -> None:
    settings.BELLS = str(tmp_path / "bells")
    cookies = cookies_of(listener)
    page = Page(STAFF, cookies, f"conversation={begun.id}&after=2&poll=1")

    async def poll() -> None:
        streams = serving.Streams()
        streams._watch = Watch(streams._sessions, every=0.05)
        async with served(page, streams=streams):
            await until(lambda: bool(streams._watch._open))
            await apart(lambda: lock(listener, cookies))
            await page.ends()

    asyncio.run(poll())
    assert page.heard == ENDS["locked"][1]


@pytest.mark.django_db(transaction=True)
def test_what_a_child_erased_flows_to_no_tab_any_more(
    settings: Settings, tmp_path: Path, listener: Account, begun: Begun
) -> None:
    settings.BELLS = str(tmp_path / "bells")
    token = f"{admitting.cookie_name()}={begun.token}"
    page = Page(serving.PATHS["public"], token, "after=2")

    def answer() -> None:
        with pytest.raises(ConversationOver):
            saying.answer(
                conversation_id=begun.id,
                text=AFTERWARDS,
                client_id=uuid4(),
                by=accounts.actor_of(listener),
            )

    async def erase() -> None:
        async with served(page):
            await page.hears(b"retry")
            await apart(lambda: passing.erase_own(token=begun.token))
            await page.hears(b"ended")
            await apart(answer)

    asyncio.run(erase())
    assert b"dit avant" not in page.heard
    assert AFTERWARDS.encode() not in page.heard
    assert polled(serving.PATHS["public"], token) == (404, b"")


@pytest.mark.django_db(transaction=True)
def test_another_sites_page_opens_no_stream(listener: Account, begun: Begun) -> None:
    cookies, query = cookies_of(listener), f"conversation={begun.id}"
    for site in ("cross-site", "same-site", "none"):
        assert polled(STAFF, cookies, query, sec_fetch_site=site) == (403, b"")
    assert polled(STAFF, cookies, query, sec_fetch_site="same-origin")[0] == 200


@pytest.mark.django_db
def test_all_the_sessions_of_a_process_are_one_query() -> None:
    browsers = [cookies_of(make_account("listener")) for _each in range(20)]
    sessions = {kept_as(key_in(cookies)) for cookies in browsers}
    with CaptureQueriesContext(connection) as asked:
        found = accounts.signed_in_now(sessions)
    assert len(asked) == 1
    assert set(found) == sessions
    assert {each.standing for each in found.values()} == {Standing.OPEN}
    assert SESSION_KEY in SessionStore(key_in(browsers[0])).load()


def test_five_seconds_at_most() -> None:
    assert serving.EVERY + serving.WITHIN <= 5


@pytest.mark.parametrize("fails", ["slow", "away"])
def test_where_the_database_does_not_answer_every_stream_asks_anew(fails: str) -> None:
    async def ask(_sessions: Collection[str]) -> Mapping[str, SignedIn]:
        if fails == "away":
            raise OSError("the database is away")
        await asyncio.Event().wait()
        return {}

    async def look() -> Stream:
        stream = Stream(Room(uuid4(), lambda _row: b""), 0, frozenset())
        stream.give(1, b"a word that waits")
        watch = Watch(ask, within=0.01)
        with watch.over(stream, Present("a session", SOMEBODY)):
            await watch.look()
        return stream

    stream = asyncio.run(look())
    assert stream.is_behind
    assert not stream.why
    assert not stream.taken()
