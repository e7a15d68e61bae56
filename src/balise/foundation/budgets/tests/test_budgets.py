"""What is charged, refused, given back, measured anew and forgotten."""

from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.budgets import actions, queries
from balise.foundation.budgets.models import Day, Spending, Stock
from balise.foundation.budgets.retention import RULES
from balise.foundation.budgets.rules import (
    AT_ONCE,
    DECLARED,
    MIB,
    SMALL,
    Budget,
    Spent,
    Why,
    check_room,
    seconds_until_tomorrow,
)
from balise.foundation.budgets.spending import forget_what_is_counted, spend
from balise.foundation.files.room import Room
from balise.helpline.vault.models import Piece
from balise.helpline.vault.rules.bounds import PADDED

HERE, THERE = b"\x0a\x00\x01", b"\x0a\x00\x02"
A = Budget(name="tests.a", says="a", near=2 * MIB, in_all=4 * MIB, stored=lambda: 3 * MIB)
FIRST = Budget(name="tests.first", says="first", near=MIB, comes_first=True)


def refused(budget: Budget, octets: int, *, by: bytes) -> Why | None:
    try:
        spend(budget, octets, by=[(by, budget.near)])
    except Spent as refusal:
        return refusal.why
    return None


class TestTheRules:
    def test_tomorrow_is_when_the_day_is_over(self) -> None:
        assert seconds_until_tomorrow(datetime(2026, 12, 2, 23, 59, 30)) == 30  # noqa: DTZ001

    @pytest.mark.safety
    def test_the_reserve_is_for_those_who_come_first(self) -> None:
        low, empty = Room(free=500, reserve=1_000), Room(free=100, reserve=1_000)
        check_room(low, FIRST, octets=MIB, is_staff=False)
        check_room(low, None, octets=SMALL, is_staff=True)
        for budget, octets, is_staff in ((A, 1, False), (None, 1, False), (A, SMALL + 1, True)):
            with pytest.raises(Spent):
                check_room(low, budget, octets=octets, is_staff=is_staff)
        with pytest.raises(Spent):
            check_room(empty, FIRST, octets=1, is_staff=False)


@pytest.mark.django_db
@pytest.mark.sqlite
class TestSpending:
    def test_a_neighbourhood_stops_at_its_limit_and_another_goes_on(self) -> None:
        assert [refused(A, MIB - 600, by=HERE) for _nth in range(3)] == [None, None, Why.NEAR]
        assert refused(A, MIB, by=THERE) is None

    def test_all_together_stop_at_the_total(self) -> None:
        found = [refused(A, MIB, by=bytes([nth] * 3)) for nth in range(5)]
        assert found == [None, None, None, Why.IN_ALL, Why.IN_ALL]

    def test_a_restart_forgets_nothing_that_was_large(self) -> None:
        refused(A, 2 * MIB - 600, by=HERE)
        forget_what_is_counted()
        assert refused(A, MIB, by=HERE) is Why.NEAR

    def test_a_short_form_writes_nothing(self, django_assert_num_queries: object) -> None:
        spend(A, 100, by=[(HERE, A.near)])  # the key of the day
        with django_assert_num_queries(0):  # type: ignore[operator]
            spend(A, 2_000, by=[(HERE, A.near)])

    def test_many_short_forms_are_counted(self) -> None:
        for _nth in range(2 * MIB // (AT_ONCE // 2)):
            if refused(A, AT_ONCE // 2, by=HERE):
                break
        assert refused(A, AT_ONCE, by=HERE) is Why.NEAR

    @pytest.mark.safety
    def test_what_comes_first_takes_no_row(self, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert refused(FIRST, MIB // 2, by=HERE) is None
            assert refused(FIRST, MIB // 2, by=HERE) is Why.NEAR

    def test_what_was_refused_is_given_back(self) -> None:
        taken = spend(A, MIB, by=[(HERE, A.near)])
        spend(A, 10, by=[(HERE, A.near)])
        taken.give_back()
        assert Spending.objects.get().octets < AT_ONCE
        assert Stock.objects.get().since < AT_ONCE

    def test_names_differ_each_day_and_go_with_it(self) -> None:
        refused(A, MIB, by=HERE)
        before = Spending.objects.get().id
        with clock.at(clock.now() + timedelta(days=1)):
            refused(A, MIB, by=HERE)
            assert Spending.objects.count() == 2
            (rule,) = RULES
            due = rule.due(clock.now())
            assert rule.erase(list(due.values_list("pk", flat=True))) == 1
        assert before not in Spending.objects.values_list("id", flat=True)
        assert Day.objects.count() == 1

    def test_is_measured_anew(self) -> None:
        refused(A, MIB, by=HERE)
        actions.measure([A])
        found = Stock.objects.get(budget=A.name)
        assert (found.measured, found.since) == (3 * MIB, 0)
        assert refused(A, MIB, by=THERE) is Why.IN_ALL

    def test_a_centre_says_its_own_figures(self, settings: Settings) -> None:
        settings.BUDGETS_NEARBY = {"helpline.vault-backups": "3"}
        settings.BUDGETS = {"helpline.vault-backups": "7"}
        found = {one.budget.name: one for one in queries.standings()}["helpline.vault-backups"]
        assert (found.near, found.in_all) == (3 * MIB, 7 << 30)

    def test_the_command_tells_of_each(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("budgets", as_json=True, measure=True)
        told = capsys.readouterr().out
        assert all(name in told for name in DECLARED.by_name)
        assert '"reserve"' in told


@pytest.mark.django_db
class TestTheDoors:
    def test_a_device_is_told_when_to_come_back(self, settings: Settings) -> None:
        settings.BUDGETS_NEARBY = {"helpline.vault-backups": "2"}
        answers = [self._piece() for _nth in range(4)]
        assert [each.status_code for each in answers] == [200, 429, 429, 429]
        assert answers[-1].json()["spent"] == "near"
        assert int(answers[-1]["Retry-After"]) > 0
        assert Piece.objects.count() == 1

    def _piece(self) -> object:
        return Client().put(
            f"/app/vault/backup/{uuid4().hex * 2}/0?of=1",
            bytes(PADDED[-1]),
            content_type="application/octet-stream",
            headers={"Authorization": "Bearer " + "cd" * 32, "Accept": "*/*"},
        )

    def test_a_person_reads_why_and_keeps_what_they_typed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        low = Room(free=500, reserve=1_000)
        monkeypatch.setattr("balise.foundation.web.spending.room", lambda: low)
        page = Client().post("/fr/school-visit/", {"message": "Bonjour à tous"})
        assert page.status_code == HTTPStatus.INSUFFICIENT_STORAGE
        assert "Bonjour à tous" in page.text
        assert page["Retry-After"]

    @pytest.mark.safety
    def test_a_report_and_a_chat_go_on_when_the_reserve_is_reached(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        low = Room(free=500, reserve=1_000)
        monkeypatch.setattr("balise.foundation.web.spending.room", lambda: low)
        for path in ("/fr/report/", "/fr/talk/", "/fr/talk/say/", "/fr/call-back/", "/fr/write/"):
            assert Client().post(path, {}).status_code != HTTPStatus.INSUFFICIENT_STORAGE
