"""An id that is not there and one that is not yours are the same answer, at each staff address.

Each address of the URL conf, each method that it takes, each role and nobody, with a valid CSRF
token and each place filled with a real id and with a random one; where a role is let in, a
colleague asks too for what is not theirs (T001, T006 of the security tests).
"""

import logging
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker
from tests.architecture.test_doors import views

from balise.config.roles import ROLES
from balise.config.tests.staff_objects import Objects, real_objects
from balise.foundation import access, clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor

# The whole walk takes a minute of a processor: on a busy machine, longer than a test may.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]

PLACE = re.compile(r"<(\w+):(\w+)>")
OBJECTS = {"uuid", "int"}  # other places hold words of ours, which are no secret
# The pages before the door: to sign in, to be invited, one's own factors, day or night.
ENTRANCES = {
    "staff/demonstration/",
    "staff/display/",  # by day or by night
    *(f"staff/account/again/{way}/" for way in ("code", "passkey", "password")),
    "staff/account/factors/",
    *(f"staff/account/factors/codes/{each}" for each in ("", "new/")),
    *(f"staff/account/factors/generator/{each}/" for each in ("add", "remove")),
    "staff/account/factors/passkey/add/",
    *(f"staff/account/factors/passkey/<int:pk>/{each}/" for each in ("remove", "rename")),
    *(f"staff/account/invitation/{each}" for each in ("", "<str:token>/")),
    *(f"staff/account/login/{each}" for each in ("", "passkey/", "second/")),
    "staff/account/logout/",
    "staff/account/unlock/",
}
# For everyone who has signed in: their own account, their own parts, the design.
FOR_EVERYONE = {
    *(f"staff/account/{each}/" for each in ("back", "here", "kept", "lock", "password", "visit")),
    *(f"staff/account/sessions/{each}" for each in ("", "end/", "end-all/")),
    *("staff/", "staff/search/", "staff/design/"),
}
# One of several abilities lets in: none is asked with `require`.
ONE_OF_SEVERAL = re.compile(
    r"staff/(awareness/surveys/results/|helpline/conversation/<uuid:\w+>/(typing|whose)/)"
)
# An editor reads these; each has several forms, which are for those who keep them.
READ_BY_EDITORS = (
    "staff/awareness/orders/asked/<uuid:order_id>/",
    "staff/awareness/partners/<uuid:organisation_id>/",
    *(
        f"staff/awareness/partners/{each}s/<uuid:{each}_id>/"
        for each in ("group", "member", "opinion", "recommendation")
    ),
    "staff/awareness/trends/<uuid:use_id>/",
    "staff/awareness/trends/briefings/<uuid:briefing_id>/",
)
METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
# At the gate: what a browser sends, for one role of each line.
SENT = ("get", "post")
SOME = ("analyst", "helpline_lead", "editor", "steering")
EVERYONE = tuple(role.code for role in ROLES)
# What a page says anew each time: nonces, tokens, and the id that was asked for.
FLEETING = re.compile(
    r'nonce="[^"]*"|value="\w{64}"|"X-CSRFToken": "\w*"|[0-9a-f]{8}-[0-9a-f-]{27}|987654'
)
REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
TABLE = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "?(\w+)')
WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
WHO_ASKS = {"accounts_session", "accounts_account"}
SECRET = "s" * 32  # of a form: Django takes any of this length
NOBODY, COLLEAGUE = "nobody", "another "
ALL = "all places"
# Every listener sees in a list that these are there: locked files, referrals, who has whom.
LISTED = re.compile(r"staff/helpline/(cases|referrals|(console/)?<uuid:item_id>)/")


class Answer(NamedTuple):
    """What came back: the page as a digest, without what differs each time."""

    status: int
    page: str
    fault: str
    looked: bool  # whether a table was asked, but for those that say who asks
    leads: str = ""  # where else
    is_right: bool = False  # whether an ability was asked that they hold
    wrote: tuple[str, ...] = ()  # the tables


class Cell(NamedTuple):
    """Who asked what."""

    who: str
    route: str
    method: str


# By the place that held a random id; "" where all were real.
type Answers = dict[Cell, dict[str, Answer]]


def routes() -> list[str]:
    """Return every route of ours behind the staff door; publications walk those of Wagtail."""
    return [
        route for route, view in views() if view.door == "staff" and not route.startswith("cms/")
    ]


def address(route: str, objects: Objects, *, but: str = "") -> str:
    """Return a route's address with real ids, and a random one in the place `but`, or in all."""
    begins = max((each for each in objects if route.startswith(each)), key=len, default="")

    def fill(place: re.Match[str]) -> str:
        kind, name = place.groups()
        if name != but and (but != ALL or kind not in OBJECTS):
            return str(objects[begins][name])
        return {"uuid": str(uuid4()), "int": "987654"}.get(kind, "nothing")

    return "/" + PLACE.sub(fill, route)


def client_of(account: Account | None) -> Client:
    """Return the browser of someone, which holds the token of a form."""
    client = Client(enforce_csrf_checks=True)
    if account is not None:
        sign_in(client, account)
    client.cookies[settings.CSRF_COOKIE_NAME] = SECRET
    return client


def ask(client: Client, method: str, path: str) -> Answer:
    """Return the answer to one request, which changes nothing for the next."""
    before = transaction.savepoint_create()
    asked: set[str] = set()
    wrote: set[str] = set()
    held: list[bool] = []
    cookies = client.cookies
    client.cookies = SimpleCookie({name: one.value for name, one in cookies.items()})
    try:
        fields = {"csrfmiddlewaretoken": SECRET} if method == "post" else {}
        with connection.execute_wrapper(tables(asked, wrote)), abilities(held):
            answer = getattr(client, method)(path, fields, headers={"X-CSRFToken": SECRET})
    except Exception as fault:  # noqa: BLE001 - what the walk is there to find
        return Answer(
            HTTPStatus.INTERNAL_SERVER_ERROR, "", f"{type(fault).__name__}: {fault}", looked=True
        )
    finally:
        client.cookies = cookies
        transaction.savepoint_rollback(before)
        transaction.savepoint_commit(before)  # else each stands within all before it
    page = "" if answer.streaming else FLEETING.sub("", answer.content.decode(errors="replace"))
    looked = not asked <= WHO_ASKS
    leads = answer.headers.get("Location", "").partition("?")[0]
    digest = sha256(page.encode()).hexdigest()
    return Answer(answer.status_code, digest, "", looked, leads, any(held), tuple(sorted(wrote)))


def tables(asked: set[str], wrote: set[str]) -> Callable[..., Any]:
    """Note the tables that a statement names, and those that it changes."""

    def note(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        asked.update(TABLE.findall(sql))
        wrote.update(WRITES.findall(sql))
        return execute(sql, *more)

    return note


@contextmanager
def abilities(held: list[bool]) -> Iterator[None]:
    """Note of each ability that is required whether it is held; what a page draws is left out."""
    may = Actor.may

    def noted(actor: Actor, ability: str) -> bool:
        said = may(actor, ability)
        if sys._getframe(1).f_code is access.require.__code__:
            held.append(said)
        return said

    with patch.object(Actor, "may", noted):
        yield


def methods(client: Client, path: str) -> Sequence[str]:
    """Return the methods that an address takes; it refuses others before it looks at who asks."""
    answer = client.options(path, headers={"X-CSRFToken": SECRET})
    if "Allow" not in answer:
        return METHODS
    return [each.strip().lower() for each in answer["Allow"].split(",")]


def walk(who: Mapping[str, Account | None], objects: Objects, asked_by: Sequence[str]) -> Answers:
    """Return what everyone was answered; a colleague asks where their role is let in.

    Who is refused before anything is looked up is not asked for what is not there. HEAD is asked by
    nobody and by one role: no page tells it from GET (`tests/architecture/test_doors.py`).
    """
    found: Answers = defaultdict(dict)
    clients = {name: client_of(account) for name, account in who.items()}
    first = next(name for name, account in who.items() if account)
    for route in routes():
        real = address(route, objects)
        names = [name for _kind, name in PLACE.findall(route)]
        for method in set(methods(clients[first], real)).intersection(asked_by):
            refused = set()
            for name, client in clients.items():
                is_colleague = name.startswith(COLLEAGUE)
                if method == "head" and name not in {NOBODY, first}:
                    continue
                if is_colleague and (not names or name.removeprefix(COLLEAGUE) in refused):
                    continue
                asked = found[Cell(name, route, method)]
                asked[""] = ask(client, method, real)
                if asked[""].status == HTTPStatus.FORBIDDEN or name == NOBODY:
                    refused.add(name)
                if is_colleague and asked[""].status not in REFUSED:
                    continue  # what is not there, their role was answered
                if name in refused and not asked[""].looked:
                    continue  # before anything was looked up: it cannot depend on the id
                for place in [ALL] if name in refused and names else names:
                    asked[place] = ask(client, method, address(route, objects, but=place))
    return dict(found)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((SOME, SENT), id="some"),
        pytest.param((EVERYONE, METHODS), id="everyone", marks=pytest.mark.whole),
    ],
)
def answers(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Answers:
    """Ask one centre for all cells, once; nothing of it stays, even where the walk is ended."""
    logging.disable(logging.CRITICAL)
    try:
        with (
            django_db_blocker.unblock(),
            override_settings(ICCAM_URL="http://127.0.0.1:9"),
            transaction.atomic(),
        ):
            roles, asked_by = request.param
            owners = {code: make_account(code) for code in EVERYONE}
            colleagues = {f"{COLLEAGUE}{code}": make_account(code) for code in roles}
            objects = real_objects({code: actor_of(one) for code, one in owners.items()})
            Account.objects.update(last_seen_on=clock.today())
            moment = clock.now()  # at which all is asked: no visit is noted again
            with patch.object(clock, "now", lambda: moment):
                who = {NOBODY: None, **{code: owners[code] for code in roles}, **colleagues}
                found = walk(who, objects, asked_by)
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)
    return found


def cells(answers: Answers) -> Iterator[tuple[Cell, str, Answer, Answer]]:
    """Return each cell with its random id, the answer to the real ids, and to that one."""
    for cell, places in answers.items():
        kinds = {name: kind for kind, name in PLACE.findall(cell.route)}
        for name, random in places.items():
            if name == ALL or kinds.get(name) in OBJECTS:
                yield cell, name, places[""], random


def none(found: list[Any]) -> None:
    assert not found, "\n".join(map(str, [len(found), *found[:40]]))


def test_none_breaks(answers: Answers) -> None:
    broken = [
        (cell, name, answer.fault or answer.status)
        for cell, places in answers.items()
        for name, answer in places.items()
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    ]
    none(broken)


def test_nobody_is_let_in(answers: Answers) -> None:
    """Nobody is shown the way in, at each address but those of the way in itself."""
    asked = {cell: places for cell, places in answers.items() if cell.who == NOBODY}
    told = [
        (cell, name, answer.status, answer.leads)
        for cell, places in asked.items()
        for name, answer in places.items()
        if cell.route not in ENTRANCES and not is_shown_the_way(answer)
    ]

    assert {cell.route for cell in asked} == set(routes())
    none(told)


def is_shown_the_way(answer: Answer) -> bool:
    return (answer.status, answer.leads) == (HTTPStatus.FOUND, settings.LOGIN_URL)


def test_who_is_answered_was_asked_for_an_ability_that_they_hold(answers: Answers) -> None:
    """Before anything of a form is read: an empty form too is refused to who may not send it."""
    let_in = [
        (cell, name, answer.status)
        for cell, places in answers.items()
        for name, answer in places.items()
        if is_let_in(answer) and cell.who != NOBODY and not answer.is_right
        if cell.route not in ENTRANCES | FOR_EVERYONE and not ONE_OF_SEVERAL.match(cell.route)
    ]
    none(let_in)


@pytest.mark.parametrize("route", READ_BY_EDITORS)
def test_who_only_reads_a_page_of_several_forms_sends_none(answers: Answers, route: str) -> None:
    by = {method: answers[Cell("editor", route, method)][""].status for method in SENT}

    assert by == {"get": HTTPStatus.OK, "post": HTTPStatus.FORBIDDEN}


def is_let_in(answer: Answer) -> bool:
    """Return whether something was done or shown, or a form was read that is wrong."""
    way_in = answer.leads == settings.LOGIN_URL
    wrong = answer.status in {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT}
    return (answer.status < HTTPStatus.BAD_REQUEST or wrong) and not way_in


def test_who_is_refused_writes_nothing(answers: Answers) -> None:
    wrote = [
        (cell, name, answer.wrote)
        for cell, places in answers.items()
        for name, answer in places.items()
        if answer.status == HTTPStatus.FORBIDDEN or cell.who == NOBODY
        if cell.route not in ENTRANCES and set(answer.wrote) - WHO_ASKS
    ]

    assert any(answer.wrote for places in answers.values() for answer in places.values())
    none(wrote)


def test_the_way_in_is_known() -> None:
    """A page before the staff door is one of these: no other is open to nobody."""
    found = {
        route
        for route, view in views()
        if route in routes() and not getattr(view, "login_required", True)
    }
    assert found == ENTRANCES


def test_what_is_not_theirs_is_as_if_it_were_not_there(answers: Answers) -> None:
    """T006: who is refused the real one is refused the random one by the same page."""
    told = [
        (cell, name, real.status, random.status)
        for cell, name, real, random in cells(answers)
        if real.status in REFUSED
        and (real.status, real.page) != (random.status, random.page)
        and not LISTED.match(cell.route)
    ]
    none(told)


def test_who_may_not_is_refused_before_anything_is_looked_up(answers: Answers) -> None:
    told = [
        (cell, name, real.status, random.status)
        for cell, name, real, random in cells(answers)
        if random.status == HTTPStatus.FORBIDDEN and real.status != random.status
    ]
    none(told)


def test_what_is_of_one_alone_is_not_there_for_a_colleague(answers: Answers) -> None:
    """T001: who shares a role with its owner is answered as its owner is, or by a 404."""
    told = []
    for cell, places in answers.items():
        if not cell.who.startswith(COLLEAGUE) or LISTED.match(cell.route):
            continue
        owner = answers[cell._replace(who=cell.who.removeprefix(COLLEAGUE))][""]
        if places[""].status not in {owner.status, HTTPStatus.NOT_FOUND}:
            told.append((cell, owner.status, places[""].status))
    none(told)
