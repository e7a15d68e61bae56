"""Each address that takes a body spends a budget, and says in words when it is spent."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client, RequestFactory
from pytest_django import Settings
from tests.architecture.test_doors import views

from balise.config.budgets import budgets_of
from balise.config.modules import modules
from balise.config.tests.test_open_addresses import address, browser
from balise.config.tests.test_staff_addresses import SECRET, methods
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.budgets.models import Stock
from balise.foundation.budgets.module import budgets_are_known
from balise.foundation.budgets.rules import DECLARED, MIB
from balise.foundation.files.room import Room
from balise.foundation.modules import Module, Mount
from balise.foundation.web import spending
from balise.foundation.web.spending import ENTRANCE, STAFF, budget_of
from balise.helpline.conversations.streams import admitting
from balise.helpline.conversations.tests.makers import make_conversation
from balise.helpline.vault.models import Backup, Piece
from balise.helpline.vault.rules.bounds import PADDED
from balise.hotline.matching.banks.web import api

pytestmark = pytest.mark.django_db

WRITES = {"post", "put", "patch", "delete"}
FIRST = {
    "helpline.cases",
    "helpline.channels",
    "helpline.conversations",
    "helpline.conversations.begun",
    "helpline.removals",
    "helpline.telephony",
    "hotline.laboratory",
    "hotline.reports",
}
LOW, EMPTY = Room(free=500, reserve=1_000), Room(free=100, reserve=1_000)


def without() -> Iterator[str]:
    """Yield the addresses that take a body and have no budget, of all doors."""
    client = browser()
    for route, view in views():
        if budget_of(view, RequestFactory().put("/")):
            continue
        if getattr(view, "writes_nothing", ""):
            continue
        if WRITES.intersection(methods(client, address(route))):
            yield route


def test_each_address_that_writes_has_a_budget() -> None:
    assert len(DECLARED.by_name) > len(FIRST)
    assert not (found := list(without())), (
        found and "tell a budget in module.py, or mark the view with its reason"
    )


def test_one_whose_budget_is_taken_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    of_modules = {**DECLARED._of_module}
    del of_modules["balise.awareness.learning.events"]
    monkeypatch.setattr(DECLARED, "_of_module", of_modules)
    assert any(route.endswith("register/") for route in without())


def test_each_open_address_says_when_its_budget_is_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, one in list(DECLARED.by_name.items()):
        monkeypatch.setitem(DECLARED.by_name, name, replace(one, near=min(one.near, 1)))
    client, asked = browser(), []
    for route, view in views():
        budget = budget_of(view, RequestFactory().put("/"))
        if view.door == "staff" or budget is None:
            continue
        path = address(re.sub(r"<int:\w+>", "1", route))
        for method in WRITES.intersection(methods(client, path)):
            answer = _sent(client, method, path)
            is_open = budget.name == "helpline.conversations"
            is_refused = answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
            assert is_refused is not is_open, (route, method, answer.status_code)
            assert is_open or int(answer["Retry-After"]) > 0
            asked.append(budget.name)
    assert set(asked) >= FIRST


def test_a_module_has_the_usual_budget_where_others_than_staff_add_rows() -> None:
    name = "balise.awareness.learning.events"
    (usual,) = budgets_of(name, modules()[name])
    assert (usual.name, usual.comes_first) == ("awareness.learning.events", False)
    assert usual.stored is not None
    assert usual.stored() == 0
    assert not list(budgets_of("balise.tests", Module(public=(Mount(namespace="tests"),))))


def test_an_address_of_partners_spends_what_its_module_has() -> None:
    of = {
        route: told.name
        for route, view in views()
        if route.startswith("api/v1/") and (told := budget_of(view, RequestFactory().put("/")))
    }
    assert of["api/v1/hotline/reports"] == "hotline.reports"
    assert of["api/v1/hotline/hashes/answers"] == "hotline.matching.exchange"
    assert of["api/v1/matching/look-up/"] == "hotline.matching.banks"


def test_before_the_staff_door_a_network_has_less_than_a_person_behind_it() -> None:
    of = {route: budget_of(view) for route, view in views() if view.door == "staff"}
    entrance, behind = of["staff/account/login/"], of["staff/hotline/queue/next/"]
    assert (entrance, behind) == (DECLARED.by_name[ENTRANCE], DECLARED.by_name[STAFF])
    assert DECLARED.by_name[ENTRANCE].near < DECLARED.by_name[STAFF].near


def test_a_figure_for_a_budget_that_there_is_not_is_an_error(settings: Settings) -> None:
    settings.BUDGETS = {"helpline.vault.backups": "80", "helpline.nothing": "1"}
    settings.BUDGETS_NEARBY = {"helpline.vault": "much"}
    assert [each.id for each in budgets_are_known()] == ["balise.E464"] * 2


@pytest.mark.safety
def test_what_comes_first_has_no_total() -> None:
    first = {name: one for name, one in DECLARED.by_name.items() if one.comes_first}
    assert first.keys() == FIRST
    assert not [one for one in first.values() if one.in_all]


def test_the_command_tells_each_limit_and_what_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("budgets", as_json=True, measure=True)
    told = json.loads(capsys.readouterr().out)
    assert {one["name"] for one in told["budgets"]} == set(DECLARED.by_name)
    assert told["disk"]["reserve"] > told["disk"]["floor"] > 0
    of = {one["name"]: one for one in told["budgets"]}
    assert of["helpline.vault.backups"]["limit"]["in_all"] == 50 << 30
    assert of["helpline.vault.backups"]["measured_at"]


def test_the_command_says_in_words_where_there_is_no_limit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("budgets")
    lines = {line.partition(":")[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["helpline.conversations"].endswith("(no total), no limit for each")
    assert lines["awareness.learning.events"].endswith("64 MiB a day each")


class TestADevice:
    def test_is_told_when_to_come_back(self, settings: Settings) -> None:
        settings.BUDGETS_NEARBY = {"helpline.vault.backups": "2"}
        answers = [_piece() for _nth in range(4)]
        assert [each.status_code for each in answers] == [200, 429, 429, 429]
        assert answers[-1].json()["spent"] == "near"
        assert int(answers[-1]["Retry-After"]) > 0
        assert Piece.objects.count() == 1

    def test_of_another_network_goes_on(self, settings: Settings) -> None:
        settings.BUDGETS_NEARBY = {"helpline.vault.backups": "2"}
        assert [_piece().status_code for _nth in range(2)] == [200, 429]
        assert _piece(address="198.51.100.7").status_code == 200

    @pytest.mark.safety
    def test_keeps_its_backup_when_the_total_is_spent(self, settings: Settings) -> None:
        settings.BUDGETS_NEARBY = {"helpline.vault.backups": "9999"}
        settings.BUDGETS = {"helpline.vault.backups": "1"}
        first = _piece()
        Stock.objects.update(since=(1 << 30) - 1)
        refused = _piece()
        assert (first.status_code, refused.status_code) == (200, 507)
        assert refused.json()["spent"] == "in-all"
        assert (Backup.objects.count(), Piece.objects.count()) == (1, 1)

    def test_is_charged_for_what_was_kept_alone(self, settings: Settings) -> None:
        settings.BUDGETS_NEARBY = {"helpline.vault.backups": "3"}
        refused = [_piece(size=MIB - 1).status_code for _nth in range(9)]
        assert set(refused) == {400}
        assert _piece().status_code == 200


class TestWhenTheReserveIsReached:
    @pytest.fixture(autouse=True)
    def disk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spending, "room", lambda: LOW)

    def test_a_person_reads_why_and_keeps_what_they_typed(self) -> None:
        page = Client().post("/fr/school-visit/", {"message": "Bonjour à tous"})
        assert page.status_code == HTTPStatus.INSUFFICIENT_STORAGE
        assert "Bonjour à tous" in page.text
        assert int(page["Retry-After"]) > 0

    @pytest.mark.safety
    def test_a_report_a_chat_and_a_letter_go_on(self) -> None:
        for path in ("/fr/report/", "/fr/talk/", "/fr/talk/say/", "/fr/call-back/", "/fr/write/"):
            assert Client().post(path, {}).status_code != HTTPStatus.INSUFFICIENT_STORAGE

    def test_staff_make_room_by_short_forms(self) -> None:
        sign_in(client := Client(), make_account("analyst"))
        short = client.post("/staff/hotline/queue/next/", {})
        long = client.post("/staff/hotline/queue/next/", {"a": "a" * 100_000})
        assert short.status_code != HTTPStatus.INSUFFICIENT_STORAGE
        assert long.status_code == HTTPStatus.INSUFFICIENT_STORAGE

    def test_a_look_up_past_the_pages_leaves_the_refusal_to_them(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(api, "_holder", lambda _authorization: object())
        monkeypatch.setattr(api, "_now", lambda _asker: ("", 0))
        body = b'{"signals": [{"kind": "md5", "value": "00000000000000000000000000000000"}]}'
        assert api.answer("Bearer a", body) is None


class TestALivingChat:
    @pytest.mark.safety
    def test_is_shut_by_no_count(self) -> None:
        assert DECLARED.by_name["helpline.conversations"].near == 0

    @pytest.mark.safety
    def test_is_held_up_by_nobody_else(self, settings: Settings) -> None:
        settings.WRITES_IN_ALL = 1
        begun = make_conversation()
        client = Client(REMOTE_ADDR="198.51.100.9")
        client.cookies[admitting.cookie_name()] = begun.token
        said = [_say(client).status_code for _nth in range(9)]
        assert set(said) == {200}


def _sent(client: Client, method: str, path: str) -> Any:
    kind = "application/x-www-form-urlencoded"
    said = {"X-CSRFToken": SECRET}
    return client.generic(method.upper(), path, b"a=" + b"a" * 70_000, kind, headers=said)


def _say(client: Client) -> Any:
    fields = {"text": "Tu es là ?", "client_id": str(uuid4())}
    return client.post("/fr/talk/say/", fields, headers={"X-Talk": "1"})


def _piece(*, size: int = PADDED[-1], address: str = "127.0.0.1") -> Any:
    return Client(REMOTE_ADDR=address).put(
        f"/app/vault/backup/{uuid4().hex * 2}/0?of=1",
        bytes(size),
        content_type="application/octet-stream",
        headers={"Authorization": "Bearer " + "cd" * 32, "Accept": "*/*"},
    )
