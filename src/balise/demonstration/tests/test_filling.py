"""The whole past of the demonstration, told at moments on which its days are easily mistaken."""

from datetime import UTC, datetime

import pytest

from balise.demonstration import filling
from balise.foundation import clock
from balise.foundation.journal.models import Entry
from balise.hotline.reports.queries import receipts

# In Paris: a minute of a month, in summer, winter being some weeks ago; the last of a day in
# winter, summer being some weeks ago; a minute of a year; the last of the 29th of February.
MOMENTS = (
    datetime(2027, 4, 30, 22, 1, tzinfo=UTC),
    datetime(2026, 12, 1, 22, 59, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 1, tzinfo=UTC),
    datetime(2028, 2, 29, 22, 59, tzinfo=UTC),
)


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_it_is_told_at_any_moment_and_nothing_of_the_future(moment: datetime) -> None:
    with clock.at(moment):
        filling.fill()
    assert receipts.any_report()
    assert not Entry.objects.filter(at__gt=moment).exists()
