"""A case keeps the text that it was decided by, whatever the pack says later."""

import tomllib
from datetime import date

import orjson
import pytest

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.takedown.law import actions
from balise.takedown.law.models import FrozenLaw
from balise.takedown.law.naming import Named
from balise.takedown.law.queries import change_since, text_named
from balise.takedown.law.rules.offences import law, packed, read_law

pytestmark = pytest.mark.django_db

DAY = date(2012, 3, 12)
TEXT = "csam-viewing/2007-03-06"


def freeze_another(before: str, after: str) -> str:
    """Keep a pack that differs from today's in some words, as an earlier day had it."""
    contents = packed("fr").decode()
    assert before in contents
    contents = contents.replace(before, after)
    digest = read_law(orjson.loads(contents)).digest
    FrozenLaw.objects.create(digest=digest, country="fr", contents=contents, frozen_at=now())
    return digest


def test_a_pack_is_kept_once_and_it_is_written_down() -> None:
    digest = actions.freeze(country="fr", by=SYSTEM)
    assert actions.freeze(country="fr", by=SYSTEM) == digest == law("fr").digest
    row = FrozenLaw.objects.get()
    assert read_law(orjson.loads(row.contents)).digest == digest
    (entry,) = Entry.objects.filter(event="takedown.law.frozen")
    assert entry.facts["country"] == "fr"


def test_a_pack_that_is_kept_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = actions.freeze(country="fr", by=SYSTEM)
    monkeypatch.delattr(tomllib, "loads")
    assert actions.freeze(country="fr", by=SYSTEM) == digest


def test_a_case_reads_the_text_that_was_kept_with_it() -> None:
    named = Named(TEXT, freeze_another("2 years and €30,000", "2 years, as it was read then"))
    text = text_named(named, code="csam-viewing", on=DAY, country="fr")
    assert text.penalty is not None
    assert text.penalty.in_language("en") == "2 years, as it was read then"
    changed = change_since(named, country="fr")
    assert changed is not None
    assert changed.says_otherwise


def test_a_change_elsewhere_is_told_apart() -> None:
    named = Named(TEXT, freeze_another("Blackmail", "Blackmail, as it was called"))
    changed = change_since(named, country="fr")
    assert changed is not None
    assert not changed.says_otherwise


def test_nothing_has_changed_by_default() -> None:
    digest = actions.freeze(country="fr", by=SYSTEM)
    assert change_since(Named(TEXT, digest), country="fr") is None


def test_a_case_of_before_texts_were_kept_is_read_by_its_day() -> None:
    assert text_named(Named(), code="csam-viewing", on=DAY, country="fr").version == TEXT
    assert change_since(Named(), country="fr") is None
