"""Many records at once leave what an exchange leaves that tells each event as it happens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.statistics.testing import Left, left_by
from balise.helpline.telephony.actions import importing
from balise.helpline.telephony.actions.importing import import_records
from balise.helpline.telephony.actions.telling import take_event
from balise.helpline.telephony.models import Call, CallEvent
from balise.helpline.telephony.queries import index_of
from balise.helpline.telephony.rules.calls import CallFact, EndedBy, Happening
from balise.helpline.telephony.rules.records import Record

pytestmark = pytest.mark.django_db

AT = datetime(2023, 3, 4, 16, 40, tzinfo=UTC)
NIGHT = AT + timedelta(hours=6)


def make_record(ref: str, *, waits: int, talks: int = 0, line: int = 2) -> Record:
    answered = AT + timedelta(seconds=waits)
    if not talks:
        return Record(
            line, ref, (CallFact(Happening.QUEUED, AT), CallFact(Happening.ABANDONED, answered))
        )
    ended = CallFact(Happening.ENDED, answered + timedelta(seconds=talks), EndedBy.LISTENER)
    return Record(
        line, ref, (CallFact(Happening.QUEUED, AT), CallFact(Happening.ANSWERED, answered), ended)
    )


def without_the_queue(left: Left) -> Left:
    """Leave out that a call which is told as it happens waits for a listener."""
    facts = {
        line: [fact for fact in some if not fact[1].startswith("helpline.item.")]
        for line, some in left.facts.items()
    }
    rows: dict[str, list[dict[str, Any]]] = {
        table: [{name: value for name, value in row.items() if name != "item"} for row in some]
        for table, some in left.rows.items()
    }
    return replace(left, facts=facts, rows=rows)


@pytest.mark.parametrize("talks", [0, 2_100])
@pytest.mark.parametrize("waits", [5, 200])
def test_a_record_leaves_the_rows_facts_and_tallies_of_its_events(waits: int, talks: int) -> None:
    def tell() -> None:
        for event in importing.told_by(
            record=make_record("a", waits=waits, talks=talks), source="pbx", by=SYSTEM
        ):
            take_event(event=event, by=SYSTEM)

    with clock.at(NIGHT):
        told = without_the_queue(left_by(tell, Call, CallEvent))
        Call.objects.all().delete()
        brought = without_the_queue(
            left_by(
                lambda: import_records(
                    records=[make_record("a", waits=waits, talks=talks)], source="pbx", by=SYSTEM
                ),
                *(Call, CallEvent),
            )
        )
    assert not brought.unlike(told)
    assert brought.tallies


def test_a_call_that_is_known_or_comes_twice_is_counted_once() -> None:
    first, same, other = (
        make_record(ref, waits=waits, talks=60) for ref, waits in (("a", 5), ("a", 9), ("b", 7))
    )
    assert import_records(records=[first], source="cdr", by=SYSTEM) == 1
    assert import_records(records=[same, other, same, other], source="cdr", by=SYSTEM) == 1
    assert import_records(records=[same], source="other", by=SYSTEM) == 1
    waited = {bytes(one.ref_index): one.waited_s for one in Call.objects.all()}
    assert waited == {
        index_of("cdr", "a"): 5,
        index_of("cdr", "b"): 7,
        index_of("other", "a"): 9,
    }
