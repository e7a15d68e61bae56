"""Bring a file, take it in once, forget what was left."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.steering.imports import actions, module, queries
from balise.steering.imports.models import Brought
from balise.steering.imports.rules.cells import AlreadyImported, FileUnreadable
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.imports.tests.makers import bring, csv_of

pytestmark = pytest.mark.django_db
FILE = csv_of(("jour", "titre"), ("2026-03-12", "Été"))


def test_a_file_is_read_apart_and_only_its_digest_is_written_down() -> None:
    made = bring(FILE)
    office = make_actor("steering_office")
    found = queries.opened(made, ImportKind.PRESS, seen_by=office)
    assert (found.form, list(found.head), len(found.lines)) == ("csv", ["jour", "titre"], 1)
    facts = Entry.objects.get(event="steering.file.brought").facts
    assert facts == {"kind": "press", "form": "csv", "digest": found.digest[:16], "rows": 1}
    with pytest.raises(NotHere):
        queries.opened(made, ImportKind.READINGS, seen_by=office)
    with pytest.raises(PermissionDenied):
        queries.opened(made, ImportKind.PRESS, seen_by=make_actor("editor"))


def test_what_cannot_be_read_leaves_nothing() -> None:
    for octets in (b"", b"PK\x03\x04", b"<html/>", b"x" * (actions.MOST_BYTES + 1)):
        with pytest.raises(FileUnreadable):
            bring(octets)
    with pytest.raises(PermissionDenied):
        actions.bring(kind=ImportKind.PRESS, name="x", octets=FILE, by=make_actor("steering"))
    assert not Brought.objects.exists()
    assert not Entry.objects.filter(event="steering.file.brought").exists()


def test_it_is_taken_in_once_and_says_what_became_of_it() -> None:
    made, again, office = bring(FILE), bring(FILE), make_actor("steering_office")
    with actions.taking(brought_id=made, kind=ImportKind.PRESS, by=office) as done:
        assert len(done.file.lines) == 1
        done.known, done.refused = 1, [(2, "Pourquoi")]
    found = queries.opened(made, ImportKind.PRESS, seen_by=office)
    assert (found.known, list(found.refused), found.lines) == (1, [(2, "Pourquoi")], [])
    with (
        pytest.raises(AlreadyImported),
        actions.taking(brought_id=made, kind=ImportKind.PRESS, by=office),
    ):
        pass
    with pytest.raises(AlreadyImported):
        actions.choose(brought_id=made, kind=ImportKind.PRESS, choices={}, by=office)
    assert queries.opened(again, ImportKind.PRESS, seen_by=office).earlier == found.done_at
    assert [one.id for one in queries.listed(ImportKind.PRESS, seen_by=office)] == [made]
    assert Entry.objects.filter(event="steering.file.imported").count() == 1


def test_what_nobody_took_in_is_forgotten() -> None:
    made, office = bring(FILE), make_actor("steering_office")
    with actions.taking(brought_id=bring(FILE), kind=ImportKind.PRESS, by=office):
        pass
    later = clock.now() + timedelta(days=31)
    assert list(module.left_due(clock.now())) == []
    assert list(module.left_due(later)) == [made]
    assert module.erase_left([made]) == 1
    assert Brought.objects.count() == 1
