"""How many listeners there were on a day."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.helpline.queue.rules import Skill
from balise.helpline.staffing.actions.people import set_contract
from balise.helpline.staffing.queries.listeners import listeners

pytestmark = pytest.mark.django_db


def at(month: int) -> datetime:
    return datetime(2026, month, 1, 12, tzinfo=UTC)


def on(month: int, *, until: int = 12) -> int | None:
    return listeners(date(2026, 1, 1), date(2026, month, 15), until=at(until)).number


def test_someone_counts_while_they_have_hours() -> None:
    lead, first, second = make_actor("helpline_lead"), *(make_actor("listener") for _ in "12")
    for month, who, halves in ((2, first, 70), (3, second, 14), (5, first, 0)):
        with clock.at(at(month)):
            set_contract(account=UUID(who.key), halves=halves, skills=[next(iter(Skill))], by=lead)
    assert [on(month) for month in (1, 2, 3, 4, 5)] == [0, 1, 2, 2, 1]
    assert on(5, until=4) == 2  # nobody had entered yet that the first left
