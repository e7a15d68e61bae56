"""Reports that come whole, in a file or step by step leave the same rows of their contents."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings, strategies as some

from balise.foundation.actors import ANYONE
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import answering, intake
from balise.hotline.reports.models import Closing, Content
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.words import (
    DECIDED_STATES,
    AgeBand,
    Concern,
    ContentState,
    Verdict,
)
from balise.hotline.reports.tests.makers import make_answers, make_incoming

pytestmark = pytest.mark.django_db

ADDRESSES = tuple(f"https://site{at}.example/page" for at in range(3))
BEFORE = datetime(2026, 3, 1, 8, tzinfo=UTC)
MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
COLUMNS = (
    *("state", "verdict", "category", "danger", "concerned", "minor", "waited_points"),
    *("report_count", "priority", "decided_at", "reopened_at", "first_reported_at", "closing"),
)
TOLD = (
    "hotline.content.reopened",
    "hotline.content.closing-left",
    "hotline.content.removed-reported",
)

said = some.fixed_dictionaries(
    {
        "category": some.sampled_from(("unknown", "csam", "hate", "terrorism", "shocking")),
        "danger": some.booleans(),
        "concern": some.sampled_from(("", Concern.ME, Concern.NOBODY)),
        "age_band": some.sampled_from(("", AgeBand.UNDER_13, AgeBand.ADULT)),
    }
)
spoken_of = some.lists(some.sampled_from(ADDRESSES), min_size=1, max_size=3, unique=True)
reports = some.lists(some.tuples(spoken_of, said), min_size=1, max_size=3)
earlier = some.dictionaries(
    some.sampled_from(ADDRESSES),
    some.tuples(
        said,
        some.sampled_from(ContentState),
        some.sampled_from(Verdict),
        some.sampled_from((0, 10, 20)),
    ),
)

type Reports = list[tuple[list[str], dict[str, Any]]]
type Earlier = dict[str, tuple[dict[str, Any], ContentState, Verdict, int]]


def make_earlier(before: Earlier) -> None:
    """Make the contents that are known, each where it stands."""
    for address, (answers, state, verdict, waited) in before.items():
        incoming = make_incoming(make_answers(address, **answers), received_at=BEFORE)
        report_id = intake.receive(incoming=incoming, by=ANYONE).report_id
        found = Content.objects.get(reports=report_id)
        found.state, found.waited_points = state, waited
        found.priority += waited
        if state in DECIDED_STATES:
            found.decided_at = found.removed_at = BEFORE
            found.verdict = verdict
        if state is ContentState.CLOSING:
            found.closing = Closing.objects.create(
                by=str(uuid4()), asked_at=BEFORE, effective_at=MOMENT, asked=1
            )
        found.save()


def rows_after(before: Earlier, bring: object, brought: Reports) -> list[object]:
    """Return the contents' rows and what was written down of them, then undo it all."""
    with transaction.atomic():
        make_earlier(before)
        assert callable(bring)
        bring(brought)
        found = list(Content.objects.order_by("identity_key").values(*COLUMNS))
        for each in found:
            each["closing"] = each["closing"] is not None
        contents = dict(Content.objects.values_list("id", "identity_key"))
        entries = Entry.objects.filter(event__in=TOLD).values_list("event", "subject")
        # A batch says once what each of its reports would have said.
        told = sorted({(event, bytes(contents[subject])) for event, subject in entries})
        transaction.set_rollback(True)
    return [found, told]


def whole(brought: Reports) -> None:
    for addresses, answers in brought:
        incoming = make_incoming(make_answers(*addresses, **answers), received_at=MOMENT)
        intake.receive(incoming=incoming, by=ANYONE)


def of_a_file(brought: Reports) -> None:
    many = [make_incoming(make_answers(*at, **said), received_at=MOMENT) for at, said in brought]
    intake.receive_many(incoming=many, by=ANYONE)


def in_steps(brought: Reports) -> None:
    """Bring each with its first place alone; then its answers; then its other places."""
    for addresses, answers in brought:
        receipt = new_receipt()
        first = make_incoming(
            make_answers(addresses[0]), receipt=receipt, is_finished=False, received_at=MOMENT
        )
        intake.receive(incoming=first, by=ANYONE)
        answering.answer(receipt=receipt, given=answers, finish=False, by=ANYONE)
        places = Answers(places=make_answers(*addresses).places).places
        answering.answer(receipt=receipt, given={"places": places}, finish=True, by=ANYONE)


@settings(max_examples=25, deadline=None)
@given(before=earlier, brought=reports)
def test_whole_in_a_file_or_in_steps_the_rows_are_the_same(
    before: Earlier, brought: Reports
) -> None:
    expected = rows_after(before, whole, brought)

    assert rows_after(before, of_a_file, brought) == expected
    assert rows_after(before, in_steps, brought) == expected
