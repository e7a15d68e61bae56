"""What a quarterly file does not tell, and what each file says of its rule and of what it lacks."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.statistics.protection import hidden_parts
from balise.helpline.contacts.queries import reports
from balise.helpline.contacts.rules import breakdowns, reports as rules
from balise.helpline.contacts.rules.reports import Line, LineState
from balise.helpline.contacts.tests.test_reports import (
    counts_of,
    insafe,
    make_contacts,
    states_of,
)


@pytest.fixture(autouse=True)
def long_after() -> Iterator[None]:
    with clock.at(datetime(2027, 2, 20, 9, tzinfo=UTC)):
        yield


@pytest.mark.django_db
class TestARareCode:
    def test_is_told_of_whole_years_alone_in_the_year_after(self) -> None:
        make_contacts(1, topic="scam", day=date(2024, 12, 31))
        for month in (2, 5, 8, 11):
            make_contacts(34, topic="hate-speech", day=date(2025, month, 3))
            make_contacts(20, topic="sextortion", day=date(2025, month, 3))
        make_contacts(40, topic="hate-speech")
        make_contacts(40, topic="sextortion")
        found = insafe()
        assert states_of(found, "topic")["hate-speech"] is LineState.SHOWN
        assert states_of(found, "topic")["sexual-coercion"] is LineState.YEARLY_ONLY
        assert counts_of(found, "topic")["sexual-coercion"] is None
        assert states_of(found, "channel")["phone"] is LineState.SHOWN  # exact: nothing is rare
        yearly = reports.chi_year(2026, seen_by=SYSTEM)
        assert LineState.YEARLY_ONLY not in {line.state for line in yearly.lines}

    def test_is_not_known_where_the_year_before_was_not_whole(self) -> None:
        make_contacts(20, topic="sextortion", day=date(2025, 2, 3))
        make_contacts(40, topic="sextortion")
        assert states_of(insafe(), "topic")["sexual-coercion"] is LineState.SHOWN

    def test_hides_the_next_of_three_parts_of_an_exact_total(self) -> None:
        """A lone part that is not told would be the total less the others."""
        parts = {"a": 40, "b": 30, "c": 50}
        assert hidden_parts({**parts, "c": 0}) == {"b", "c"}

    def test_is_rare_by_one_quarter_and_only_where_it_is_protected(self) -> None:
        def quarter_of(count: int | None, noise_at_most: int = 4) -> list[Line]:
            return [Line("topic", "x", count, LineState.SHOWN, noise_at_most)]

        assert not breakdowns.rare(quarter_of(25) for _each in range(4))
        assert breakdowns.rare([*[quarter_of(25)] * 3, quarter_of(24)]) == {("topic", "x")}
        assert not breakdowns.rare([quarter_of(1, 0)] * 4)


@pytest.mark.django_db
@pytest.mark.parametrize("command", [("insafe", "--quarter", "2"), ("chi",)])
def test_the_rule_and_what_is_not_collected_are_lines_of_the_file(command: tuple[str, ...]) -> None:
    make_contacts(12, topic="sextortion")
    out = StringIO()
    call_command(*command, "--year", "2026", stdout=out)
    rows = list(csv.DictReader(StringIO(out.getvalue())))
    (rule,) = (row for row in rows if row["dimension"] == "rule")
    assert rule["reason"].startswith("Only")
    lacking = [row for row in rows if row["state"] == "not-collected"]
    assert len(lacking) == len(rules.layout("fr", command[0]).not_collected) > 3
    assert all(row["reason"] and not row["count"] for row in lacking)
