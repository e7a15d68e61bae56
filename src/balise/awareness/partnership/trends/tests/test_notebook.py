"""The notebook: what was seen, by a role, on a day; policies and practices; sheets for Insafe."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.partnership.trends.actions import notebook
from balise.awareness.partnership.trends.documents import papers
from balise.awareness.partnership.trends.models import EmergingUse
from balise.awareness.partnership.trends.queries import notebook as queries
from balise.awareness.partnership.trends.rules import sheets
from balise.awareness.partnership.trends.rules.notebook import (
    FirstSeenMissing,
    OutOfOrder,
    TopicUnknown,
    UseOver,
    UseState,
)
from balise.awareness.partnership.trends.tests.makers import (
    make_reference,
    make_sheet,
    make_use,
    sign_of,
)
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"first_seen": None}, FirstSeenMissing),
        ({"first_seen": today() + timedelta(days=1)}, FirstSeenMissing),
        ({"topic": "unknown"}, TopicUnknown),
    ],
)
def test_what_nobody_saw_is_never_written(facts: dict[str, Any], refused: type[Exception]) -> None:
    with pytest.raises(refused):
        make_use(**facts)
    assert not EmergingUse.objects.exists()
    assert not Entry.objects.filter(event="awareness.use.noticed").exists()


def test_a_use_is_noticed_confirmed_and_over_in_this_order() -> None:
    by = make_actor("coordinator")
    use = make_use()
    seen = today() - timedelta(days=21)
    with pytest.raises(OutOfOrder):
        notebook.move(use_id=use, state=UseState.CONFIRMED, day=seen - timedelta(days=1), by=by)
    notebook.move(use_id=use, state=UseState.CONFIRMED, day=seen, by=by)
    notebook.change(use_id=use, sign=sign_of(title="Un autre titre"), by=by)
    notebook.move(use_id=use, state=UseState.OVER, day=today(), by=by)
    with pytest.raises(UseOver):
        notebook.move(use_id=use, state=UseState.CONFIRMED, day=today(), by=by)
    with pytest.raises(UseOver):
        notebook.change(use_id=use, sign=sign_of(), by=by)
    found = queries.use(use, seen_by=by)
    assert (found.title, found.confirmed_on, found.over_on) == ("Un autre titre", seen, today())
    noticed = Entry.objects.get(event="awareness.use.noticed").facts
    assert (noticed["topic"], noticed["source"]) == ("contacts", "field")


def test_who_only_reads_notes_nothing() -> None:
    editor = make_actor("editor")
    use = make_use()
    make_reference()
    assert len(queries.references(seen_by=editor)) == 1
    for refused in (
        lambda: make_use(by=editor),
        lambda: notebook.move(use_id=use, state=UseState.OVER, day=today(), by=editor),
        lambda: queries.uses(seen_by=make_actor("listener")),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_sheet_is_in_english_and_has_neither_evidence_nor_who_saw_it() -> None:
    use = make_use()
    make_sheet(use, issue="=Private challenge groups")
    sheet = queries.sheet(use, seen_by=make_actor("editor"))
    as_json = orjson.loads(sheets.as_json(sheet))
    assert tuple(as_json) == sheets.COLUMNS
    assert (as_json["topic"], as_json["country"]) == ("contact-related issues", "FR")
    head, row = sheets.as_csv(sheet).splitlines()
    assert head == ",".join(sheets.COLUMNS)
    assert row.startswith("'=Private")  # no formula
    for told in (row, sheets.as_json(sheet).decode()):
        assert "groups.example" not in told
        assert "trainer" not in told
    paper = papers.sheet(sheet)
    assert paper.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in paper
    assert papers.sheet(sheet) == paper
