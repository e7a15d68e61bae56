"""Each stream, each method, each role and nobody: it opens for those whose it is, and nobody else.

Streams are in no URL conf: `test_open_addresses.py` and `test_staff_addresses.py` do not meet them.
"""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from itertools import product
from uuid import uuid4

import pytest
from django.conf import settings

from balise.config import asgi
from balise.config.roles import ROLES
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account
from balise.helpline.conversations import access
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.streams.serving import PATHS
from balise.helpline.conversations.tests.streaming import Page, cookies_of, served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.safety]

YOUNG, STAFF = PATHS["public"], PATHS["staff"]
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
NOBODY, OWNER, CHILD, OTHER_CHILD = "nobody", "its listener", "its child", "another child"
SHUT = {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}


class Asked:
    """What everyone was answered: by who asks, the address, and the method."""

    def __init__(self) -> None:
        begun, other = saying.ask(nickname="Renard"), saying.ask(nickname="Loutre")
        owner = make_account("listener")
        passing.join(conversation_id=begun.id, by=actor_of(owner))
        self.accounts = {role.code: make_account(role.code) for role in ROLES}
        self.cookies: Mapping[str, str] = {
            NOBODY: "",
            "a word": f"{settings.SESSION_COOKIE_NAME}=nothing; talk=nothing",
            CHILD: f"talk={begun.token}",
            OTHER_CHILD: f"talk={other.token}",
            OWNER: cookies_of(owner),
            **{code: cookies_of(account) for code, account in self.accounts.items()},
        }
        self.real = f"conversation={begun.id}"
        self.unreal = (f"conversation={uuid4()}", "conversation=x", "conversation=%00")
        self.queries = ("", self.real, *self.unreal)

    def who(self, ability: str) -> set[str]:
        """Return the roles that have an ability."""
        return {code for code, one in self.accounts.items() if actor_of(one).may(ability)}

    def ask(self, *methods: str) -> dict[tuple[str, str, str, str], Page]:
        """Return the page of each who asked, at each address, with each query, by each method."""
        cells = [*product(self.cookies, PATHS.values(), self.queries, methods)]
        pages = {
            cell: Page(path, self.cookies[who], f"after=0&poll=1&{query}", method=method)
            for cell in cells
            for who, path, query, method in [cell]
        }

        async def poll() -> None:
            async with served(*pages.values()):
                for page in pages.values():
                    page.leave()
                for page in pages.values():
                    await page.ends()

        asyncio.run(poll())
        return pages


def test_these_are_all_streams() -> None:
    assert set(asgi.STREAMS) == {YOUNG, STAFF}


def test_a_stream_opens_for_those_whose_it_is_and_nobody_else() -> None:
    asked = Asked()
    statuses = {cell: page.status for cell, page in asked.ask("GET").items()}
    may, along = asked.who(access.TALK), asked.who(access.READ_ALONG)
    opened = {cell[:3] for cell, status in statuses.items() if status == HTTPStatus.OK}

    assert may
    assert along
    assert opened == {
        *product((CHILD, OTHER_CHILD), (YOUNG,), asked.queries),
        *product((OWNER, *may), (STAFF,), ("",)),
        *product((OWNER, *along), (STAFF,), (asked.real,)),
    }
    assert {status for cell, status in statuses.items() if cell[:3] not in opened} <= SHUT


def test_what_is_not_theirs_is_as_if_it_were_not_there() -> None:
    asked = Asked()
    pages = asked.ask("GET")
    for who in asked.cookies:
        if who not in {OWNER, *asked.who(access.READ_ALONG)}:
            told = {
                (pages[who, STAFF, query, "GET"].status, pages[who, STAFF, query, "GET"].heard)
                for query in (asked.real, *asked.unreal)
            }
            assert len(told) == 1, who


def test_no_other_method_opens_one() -> None:
    pages = Asked().ask(*METHODS[1:])
    assert {page.status for page in pages.values()} == {HTTPStatus.METHOD_NOT_ALLOWED}
    assert not any(page.heard for page in pages.values())
