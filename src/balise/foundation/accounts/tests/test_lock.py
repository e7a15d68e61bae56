"""The screen lock (T059): a column of its own, which no request that began before it takes away."""

import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import connections
from django.test import Client

from balise.foundation.accounts import visits
from balise.foundation.accounts.models import Session
from balise.foundation.accounts.rules import Standing
from balise.foundation.accounts.tests.makers import make_account, sign_in

LOCK = "/staff/account/lock/"


def under_way(client: Client) -> SessionBase:
    """Return the session of one more request of a browser, which has read it already."""
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    session: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(key)
    assert visits.standing_of(session) is Standing.OPEN
    return session


def standing(client: Client) -> Standing:
    return visits.standing_of(client.session)


def note(session: SessionBase) -> None:
    """Save what a request saves that someone sent by hand."""
    session["visit"] = session["visit"] | {"seen": session["visit"]["seen"] - 60}
    visits.note_presence(session)
    session.save()


@pytest.mark.django_db
def test_a_request_that_began_before_the_lock_does_not_take_it_away(client: Client) -> None:
    sign_in(client, make_account())
    before = under_way(client)

    assert client.post(LOCK).status_code == 302
    note(before)

    assert standing(client) is Standing.LOCKED
    assert client.get("/staff/").headers["Location"].startswith("/staff/account/unlock/")


@pytest.mark.django_db
def test_a_new_key_takes_the_lock_along(client: Client) -> None:
    """T057: the key changes with what a session may do."""
    sign_in(client, make_account())
    before = under_way(client)

    client.post(LOCK)
    visits.pass_factor(before, factor="webauthn")
    before.save()

    client.cookies[settings.SESSION_COOKIE_NAME] = before.session_key or ""
    assert standing(client) is Standing.LOCKED
    assert Session.objects.filter(account__isnull=False).count() == 1


@pytest.mark.django_db
def test_a_proof_opens_the_lock_that_it_saw_and_no_later_one(client: Client) -> None:
    sign_in(client, make_account())
    visits.lock(client.session)
    proving, again = client.session, client.session
    assert visits.standing_of(proving) is Standing.LOCKED
    visits.lock(again)

    visits.unlock(proving)
    proving.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = proving.session_key or ""
    assert standing(client) is Standing.LOCKED

    proving = client.session
    visits.unlock(proving)
    proving.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = proving.session_key or ""
    assert standing(client) is Standing.OPEN


@pytest.mark.django_db
def test_a_session_that_was_ended_meanwhile_gets_no_new_key(client: Client) -> None:
    """T059: "kill all" reaches a request that is under way."""
    sign_in(client, make_account())
    before = under_way(client)
    Session.objects.all().delete()

    with pytest.raises(SessionInterrupted):
        visits.unlock(before)
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_leave_the_screen_locked(client: Client) -> None:
    sign_in(client, make_account())
    for _time in range(10):
        sessions = [under_way(client) for _each in range(3)]
        barrier = threading.Barrier(4)
        acts: list[Callable[[], None]] = [partial(note, each) for each in sessions]
        acts.append(lambda: visits.lock(client.session))

        def run(act: Callable[[], None], barrier: threading.Barrier = barrier) -> None:
            try:
                barrier.wait()
                act()
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert standing(client) is Standing.LOCKED
        opening = client.session
        visits.unlock(opening)
        opening.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = opening.session_key or ""
