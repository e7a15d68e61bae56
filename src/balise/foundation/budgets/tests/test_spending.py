"""What is charged, refused, given back, measured anew and forgotten."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from balise.foundation import clock
from balise.foundation.budgets import actions, queries, spending
from balise.foundation.budgets.models import Day, Spending, Stock
from balise.foundation.budgets.module import RULES
from balise.foundation.budgets.rules import AT_ONCE, DECLARED, MIB, Budget, Spent, Why
from balise.foundation.budgets.spending import forget_what_is_counted, limit_in_all, limit_near

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

HERE, THERE = b"\x0a\x00\x01", b"\x0a\x00\x02"
A = Budget("tests.a", near=2 * MIB, in_all=4 * MIB, stored=lambda: 3 * MIB)
FIRST = Budget("tests.first", near=MIB, in_all=0, comes_first=True)
LESS = 600  # octets: a row is charged beside what is sent


def refused(budget: Budget, octets: int, *, by: bytes) -> Why | None:
    """Return why nothing more is taken; None where it was taken."""
    try:
        spending.spend(budget, octets, by=[(by, budget.near)])
    except Spent as refusal:
        return refusal.why
    return None


class TestWhatIsTaken:
    def test_a_neighbourhood_stops_at_its_limit_and_another_goes_on(self) -> None:
        assert [refused(A, MIB - LESS, by=HERE) for _nth in range(3)] == [None, None, Why.NEAR]
        assert refused(A, MIB, by=THERE) is None

    def test_all_together_stop_at_the_total(self) -> None:
        found = [refused(A, MIB, by=bytes([nth] * 3)) for nth in range(5)]
        assert found == [None, None, None, Why.IN_ALL, Why.IN_ALL]

    def test_what_the_total_refused_is_not_counted_of_its_sender(self) -> None:
        for nth in range(4):
            refused(A, MIB, by=bytes([nth] * 3))
        assert refused(A, MIB, by=HERE) is Why.IN_ALL
        Stock.objects.update(since=0)
        assert refused(A, MIB, by=HERE) is None

    def test_a_restart_forgets_nothing_that_was_large(self) -> None:
        refused(A, 2 * MIB - LESS, by=HERE)
        forget_what_is_counted()
        assert refused(A, MIB, by=HERE) is Why.NEAR

    def test_a_short_form_asks_no_table(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            assert refused(A, 2_000, by=HERE) is None

    def test_many_short_forms_are_counted(self) -> None:
        found = [refused(A, AT_ONCE // 2, by=HERE) for _nth in range(2 * MIB // (AT_ONCE // 2))]
        assert found[0] is None
        assert found[-1] is Why.NEAR

    @pytest.mark.safety
    def test_what_comes_first_takes_no_row(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            taken = spending.spend(FIRST, MIB // 2, by=[(HERE, FIRST.near)])
            assert refused(FIRST, MIB // 2, by=HERE) is Why.NEAR
            taken.give_back()
            assert refused(FIRST, MIB // 2, by=HERE) is None

    def test_what_was_refused_is_given_back(self) -> None:
        taken = spending.spend(A, MIB, by=[(HERE, A.near)])
        spending.spend(A, 10, by=[(HERE, A.near)])
        taken.give_back()
        assert Spending.objects.get().octets < AT_ONCE
        assert Stock.objects.get().since < AT_ONCE

    def test_what_could_not_be_written_down_is_no_fault_of_the_next(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(spending, "_TAKE_NEAR", "SELECT nothing")
            with pytest.raises(DatabaseError):
                _in_a_transaction_of_its_own()
        assert refused(A, MIB, by=HERE) is None


def _in_a_transaction_of_its_own() -> None:
    with transaction.atomic():
        spending.spend(A, MIB, by=[(HERE, A.near)])


class TestADay:
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

    @pytest.mark.safety
    def test_no_row_tells_the_address(self) -> None:
        address = b"\xc0\xa8\x07"
        refused(A, MIB, by=address)
        row = Spending.objects.get()
        assert address.hex() not in row.id.hex
        forget_what_is_counted()
        Day.objects.update(key=bytes(32))
        refused(A, MIB // 2, by=address)
        assert Spending.objects.count() == 2  # the name is of the key, which goes with the day


class TestWhatIsStored:
    def test_is_measured_anew(self) -> None:
        refused(A, MIB, by=HERE)
        actions.measure(budgets=[A])
        found = Stock.objects.get(budget=A.name)
        assert (found.measured, found.since) == (3 * MIB, 0)
        assert refused(A, MIB, by=THERE) is Why.IN_ALL

    def test_what_came_while_it_was_measured_stays_counted(self) -> None:
        def stored() -> int:
            Stock.objects.filter(budget=A.name).update(since=3 * MIB)
            return MIB

        refused(A, MIB, by=HERE)
        actions.measure(budgets=[Budget(A.name, stored=stored)])
        found = Stock.objects.get(budget=A.name)
        assert found.measured == MIB
        assert 0 < found.since <= 2 * MIB

    def test_a_centre_says_its_own_figures(self, settings: Settings) -> None:
        settings.BUDGETS_NEARBY = {A.name: "3"}
        settings.BUDGETS = {A.name: "7"}
        assert (limit_near(A), limit_in_all(A)) == (3 * MIB, 7 << 30)

    @pytest.mark.safety
    def test_a_centre_gives_no_total_to_what_comes_first(self, settings: Settings) -> None:
        settings.BUDGETS = {FIRST.name: "1"}
        assert limit_in_all(FIRST) == 0

    def test_who_is_near_a_limit_is_told_by_a_name_of_today(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(DECLARED, "by_name", {A.name: A})
        refused(A, MIB, by=THERE)
        refused(A, 2 * MIB - LESS, by=HERE)
        (found,) = queries.standings()
        assert [octets > MIB + LESS for _name, octets in found.close] == [True]
        assert not found.is_near_its_limit
        actions.measure(budgets=[A])
        (found,) = queries.standings()
        assert found.used == 3 * MIB
