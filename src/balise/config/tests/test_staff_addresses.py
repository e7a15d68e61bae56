"""An id that is not there and one that is not yours are the same answer, at each staff address.

Each address of the URL conf, each role and nobody, GET and an empty POST with a valid CSRF token,
each place filled with a real id and with a random one, asked by whose it is and by a colleague
whose it is not (T006 of the security tests). A method that an address does not take is asked once.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.test import Client, TestCase, override_settings
from tests.architecture.test_doors import views

from balise.config.roles import ROLES
from balise.config.tests.staff_objects import Objects, real_objects
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in

PLACE = re.compile(r"<(\w+):(\w+)>")
OBJECTS = {"uuid", "int"}  # other places hold words of ours, which are no secret
# What a page says anew each time: nonces, tokens, and the id that was asked for.
FLEETING = re.compile(r'nonce="[^"]*"|value="\w{64}"|[0-9a-f]{8}-[0-9a-f-]{27}|987654')
REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
SECRET = "s" * 32  # of a form: Django takes any of this length
NOBODY, COLLEAGUE = "nobody", "another "
# A colleague meets a locked file there, and how its glass is broken.
LOCKED_FILE = "staff/helpline/cases/<uuid:case_id>/"
# Of a partner: its people see nothing of another's.
OF_ONE_PARTNER = re.compile("staff/hotline/desk/.*<uuid:")


class Answer(NamedTuple):
    """What came back: the page as a digest, without what differs each time."""

    status: int
    page: str
    fault: str


class Cell(NamedTuple):
    """Who asked what."""

    who: str
    route: str
    method: str


# By the place that held a random id; "" where all were real.
type Answers = Mapping[Cell, Mapping[str, Answer]]


def routes() -> list[str]:
    """Return every route behind the staff door."""
    return [route for route, view in views() if view.door == "staff"]


def address(route: str, objects: Objects, *, but: str = "") -> str:
    """Return a route's address with real ids, `but` one place that has a random one."""
    begins = max((each for each in objects if route.startswith(each)), key=len, default="")

    def fill(place: re.Match[str]) -> str:
        kind, name = place.groups()
        if name != but:
            return str(objects[begins][name])
        return {"uuid": str(uuid4()), "int": "987654"}.get(kind, "nothing")

    return "/" + PLACE.sub(fill, route)


def ask(client: Client, method: str, path: str) -> Answer:
    """Return the answer to one request, which changes nothing for the next."""
    before = transaction.savepoint_create()
    cookies = client.cookies
    client.cookies = SimpleCookie({name: one.value for name, one in cookies.items()})
    try:
        fields = {"csrfmiddlewaretoken": SECRET} if method == "post" else {}
        answer = getattr(client, method)(path, fields)
    except Exception as fault:  # noqa: BLE001 - what the walk is there to find
        return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, "", f"{type(fault).__name__}: {fault}")
    finally:
        client.cookies = cookies
        transaction.savepoint_rollback(before)
    page = "" if answer.streaming else FLEETING.sub("", answer.content.decode(errors="replace"))
    return Answer(answer.status_code, sha256(page.encode()).hexdigest(), "")


def walk(who: str, account: Account | None, objects: Objects) -> Iterator[tuple[Cell, str, Answer]]:
    """Ask every address as one person."""
    client = Client(enforce_csrf_checks=True)
    if account is not None:
        sign_in(client, account)
    client.cookies[settings.CSRF_COOKIE_NAME] = SECRET
    for route in routes():
        names = [name for _kind, name in PLACE.findall(route)]
        for method in ("get", "post"):
            cell = Cell(who, route, method)
            real = ask(client, method, address(route, objects))
            yield cell, "", real
            if real.status == HTTPStatus.METHOD_NOT_ALLOWED:
                continue
            for name in names:
                yield cell, name, ask(client, method, address(route, objects, but=name))


@override_settings(ICCAM_URL="http://127.0.0.1:9")
class TestEachAddress(TestCase):
    """One centre for all cells, which is asked once."""

    answers: Answers

    @classmethod
    def setUpTestData(cls) -> None:
        owners = {role.code: make_account(role.code) for role in ROLES}
        objects = real_objects({code: actor_of(one) for code, one in owners.items()})
        people: dict[str, Account | None] = {NOBODY: None, **owners}
        people |= {f"{COLLEAGUE}{role.code}": make_account(role.code) for role in ROLES}
        found: dict[Cell, dict[str, Answer]] = defaultdict(dict)
        for who, account in people.items():
            for cell, but, answer in walk(who, account, objects):
                found[cell][but] = answer
        cls.answers = dict(found)

    def cells(self) -> Iterator[tuple[Cell, str, Answer, Answer]]:
        """Return each cell with its random id, the answer to the real ids, and to that one."""
        for cell, answers in self.answers.items():
            kinds = {name: kind for kind, name in PLACE.findall(cell.route)}
            for name, random in answers.items():
                if kinds.get(name) in OBJECTS:
                    yield cell, name, answers[""], random

    def none(self, found: list[Any]) -> None:
        assert not found, "\n".join(map(str, [len(found), *found[:40]]))

    def test_none_breaks(self) -> None:
        broken = [
            (cell, name, answer.fault or answer.status)
            for cell, answers in self.answers.items()
            for name, answer in answers.items()
            if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        ]
        self.none(broken)

    def test_nobody_is_let_in(self) -> None:
        told = [
            (cell, name, random)
            for cell, name, real, random in self.cells()
            if cell.who == NOBODY and real.status != random.status
        ]
        self.none(told)

    def test_what_is_not_theirs_is_as_if_it_were_not_there(self) -> None:
        """T006: who is refused the real one is refused the random one by the same page."""
        told = [
            (cell, name, real.status, random.status)
            for cell, name, real, random in self.cells()
            if real.status in REFUSED
            and (real.status, real.page) != (random.status, random.page)
            and not cell.route.startswith(LOCKED_FILE)
        ]
        self.none(told)

    def test_who_may_not_is_refused_before_anything_is_looked_up(self) -> None:
        told = [
            (cell, name, real.status, random.status)
            for cell, name, real, random in self.cells()
            if random.status == HTTPStatus.FORBIDDEN and real.status != random.status
        ]
        self.none(told)

    def test_another_partner_s_is_not_there(self) -> None:
        who = f"{COLLEAGUE}partner_member"
        seen = [
            (cell, answers[""].status)
            for cell, answers in self.answers.items()
            if cell.who == who
            and OF_ONE_PARTNER.match(cell.route)
            and answers[""].status not in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
        ]
        self.none(seen)
