"""How many listeners there were on a day: a number for steering, from the journal alone."""

from datetime import date, datetime, time, timedelta

from balise.foundation import clock
from balise.foundation.journal.book import told
from balise.foundation.statistics.indicators import Said
from balise.helpline.staffing.events import ContractSet


def listeners(_first: date, last: date, *, until: datetime) -> Said:
    """Return how many people had hours of work on a day, as was entered by its end."""
    over = datetime.combine(last + timedelta(days=1), time.min, tzinfo=clock.zone())
    halves = {
        subject: facts["halves"]
        for _event, subject, facts in told(ContractSet, until=min(until, over))
    }
    return Said(sum(each > 0 for each in halves.values()))
