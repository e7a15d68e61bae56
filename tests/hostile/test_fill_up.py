"""One person, then many networks, send as much as they can: what is stored stays within budgets.

Each loop is bounded, and the budgets are small: what is asked is who is refused, and who is not.
"""

from dataclasses import replace
from http import HTTPStatus
from secrets import token_hex
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.foundation.budgets import actions
from balise.foundation.budgets.rules import DECLARED, MIB
from balise.helpline.conversations.streams import admitting
from balise.helpline.conversations.tests.makers import make_conversation
from balise.helpline.vault import queries
from balise.helpline.vault.models import Backup, Link, Piece
from balise.helpline.vault.rules.bounds import PADDED

pytestmark = [pytest.mark.django_db, pytest.mark.safety]

VAULT = "/app/vault/"
BACKUPS, PASSING = "helpline.vault.backups", "helpline.vault.passing"
AUTH = {"Authorization": "Bearer " + "cd" * 32, "Accept": "*/*"}
SPENT = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INSUFFICIENT_STORAGE}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a network send 3 MiB of each kind a day, and all together 6."""
    for name, budget in list(DECLARED.by_name.items()):
        if budget.in_all:
            less = replace(budget, near=3 * MIB, in_all=6 * MIB)
            monkeypatch.setitem(DECLARED.by_name, name, less)


def network(nth: int) -> Client:
    return Client(REMOTE_ADDR=f"198.51.{nth}.7")


def put(client: Client, *, where: str = "", number: int = 0, of: int = 1, **more: Any) -> int:
    path = f"{VAULT}backup/{where or token_hex(32)}/{number}?of={of}"
    path += "&passing" if more.get("passing") else ""
    octets = more.get("octets", bytes(PADDED[-1]))
    answer = client.put(path, octets, content_type="application/octet-stream", headers=AUTH)
    return answer.status_code


def link(client: Client, where: str, *, pieces: int, octets: int) -> int:
    named = {"locator": where, "auth": "cd" * 32, "first": 0, "skip": 0, "pieces": pieces}
    asked = {"secret": token_hex(32), "openings": 10, "days": 30, "bytes": octets}
    return client.post(f"{VAULT}link", {**named, **asked}).status_code


def test_what_was_sent_once_is_stored_once_however_often_it_is_named() -> None:
    client, where = network(1), token_hex(32)
    sealed = b"age-encryption.org/v1\n".ljust(PADDED[0], b"a")
    for nth in range(3):
        octets = sealed if not nth else bytes(PADDED[0])
        assert put(client, where=where, number=nth, of=3, octets=octets, passing=True) == 200
    made = [link(client, where, pieces=3, octets=3 * PADDED[0]) for _nth in range(40)]
    assert made[0] == HTTPStatus.CREATED
    assert set(made[1:]) == {HTTPStatus.CONFLICT}
    assert Link.objects.count() == 1
    assert queries.octets_passing() == 3 * PADDED[0]


def test_a_network_is_stopped_and_the_next_one_is_not() -> None:
    first = [put(network(1)) for _nth in range(12)]
    assert set(first) == {200, HTTPStatus.TOO_MANY_REQUESTS}
    assert queries.octets_kept() <= 3 * MIB
    assert put(network(2)) == 200


def test_many_networks_stop_at_the_total_and_no_backup_goes_for_them() -> None:
    child, where = network(200), "ab" * 32
    assert put(child, where=where) == 200
    answers = [put(network(nth)) for nth in range(20)]
    assert set(answers) == {200, HTTPStatus.INSUFFICIENT_STORAGE}
    assert queries.octets_kept() <= 6 * MIB
    actions.measure(budgets=[DECLARED.by_name[BACKUPS]])
    assert put(network(99)) == HTTPStatus.INSUFFICIENT_STORAGE
    found = child.get(f"{VAULT}backup/{where}/0", headers=AUTH)
    assert found.status_code == 200
    assert len(found.content) == PADDED[-1]
    assert Backup.objects.count() == Piece.objects.count()


def test_what_was_sent_stays_open_to_reports_and_to_a_child_who_is_talking() -> None:
    begun = make_conversation()
    here = network(1)
    for _nth in range(6):
        put(here)
        put(here, passing=True)
    assert put(here) in SPENT
    assert put(here, passing=True) in SPENT
    assert here.post("/fr/report/", {}).status_code not in SPENT
    assert here.post("/fr/talk/", {}).status_code not in SPENT
    here.cookies[admitting.cookie_name()] = begun.token
    fields = {"text": "Tu es là ?", "client_id": "b0a5b1ba-5a4e-4b1d-8f4f-5c6a7d80aaaa"}
    said = here.post("/fr/talk/say/", fields, headers={"X-Talk": "1"})
    assert said.status_code == 200


def test_links_sent_at_once_stop_too() -> None:
    client = network(1)
    answers = [
        client.post(
            f"{VAULT}link",
            {
                "secret": token_hex(32),
                "openings": 1,
                "days": 1,
                "body": SimpleUploadedFile("a", b"age-encryption.org/v1\n" + bytes(900_000)),
            },
        ).status_code
        for _nth in range(12)
    ]
    assert set(answers) == {HTTPStatus.CREATED, HTTPStatus.TOO_MANY_REQUESTS}
    assert 0 < queries.octets_passing() <= 3 * MIB
