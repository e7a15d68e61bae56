"""Who speaks at events, as figures count it."""

from datetime import date, timedelta

import pytest

from balise.awareness.learning.events.actions import drafting
from balise.awareness.learning.events.models import Event
from balise.awareness.learning.events.rules.facts import Speaker
from balise.awareness.learning.events.rules.speaking import Speaking, changed
from balise.awareness.learning.events.tests.makers import make_draft, make_facts
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal.models import Entry

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (None, ("webinar", DAY, 4), {("webinar", DAY): 4}),
        (("webinar", DAY, 4), ("webinar", DAY, 3), {("webinar", DAY): -1}),
        (
            ("webinar", DAY, 4),
            ("webinar", NEXT, 4),
            {("webinar", DAY): -4, ("webinar", NEXT): 4},
        ),
        (("webinar", DAY, 4), None, {("webinar", DAY): -4}),
        (("webinar", DAY, 4), ("webinar", DAY, 4), {}),
        (None, None, {}),
    ],
)
def test_a_change_is_told_as_what_it_adds(
    before: Speaking | None, after: Speaking | None, found: dict[tuple[str, date], int]
) -> None:
    assert changed(before, after) == found


@pytest.mark.django_db
def test_an_event_counts_its_speakers_while_it_is_public() -> None:
    by = make_actor("coordinator")
    both = [Speaker("A. Digue"), Speaker("B. Cale")]
    event = make_draft(speakers=both)
    assert told() == []
    drafting.publish(event_id=event, by=by)
    drafting.change(event_id=event, facts=make_facts(speakers=both[:1]), by=by)
    drafting.change(event_id=event, facts=make_facts(days=15, speakers=both[:1]), by=by)
    drafting.cancel(event_id=event, by=by)
    day = clock.day_of(Event.objects.get(id=event).starts_at)
    before = day - timedelta(days=1)
    assert told() == [(before, 2), (before, -1), (before, -1), (day, 1), (day, -1)]


def told() -> list[tuple[date, int]]:
    rows = Entry.objects.filter(event="awareness.event.speakers").order_by("id")
    return [(date.fromisoformat(row.facts["day"]), row.facts["more"]) for row in rows]
