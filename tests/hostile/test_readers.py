"""Families of hostile files, and what each reader of ours says of them.

A reader refuses in its own words, or reads what is there. What it may never do is to take the
process that asked with it: each is asked here as a door, a job or a command asks it.
"""

import resource
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Final

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from balise.awareness.activities.charter.rules import files as charters
from balise.awareness.activities.charter.rules.charter import CharterDamaged, NoCharter
from balise.awareness.activities.stories.documents import checking, importing
from balise.awareness.activities.stories.rules.lint import Facts
from balise.awareness.activities.stories.rules.twee import TweeFaulty
from balise.awareness.learning.events.documents import calendars
from balise.awareness.learning.events.rules.calendars import CalendarUnreadable
from balise.awareness.learning.training.documents import apart as badges
from balise.awareness.learning.training.rules.credentials import Issuer
from balise.awareness.publications.management.fetching import NotRead, read_apart
from balise.awareness.publications.rules import feeds, linked
from balise.awareness.publications.web.forms import drawn_anew
from balise.awareness.questions.documents import imports
from balise.awareness.questions.rules.imports import FileFaulty
from balise.foundation import apart
from balise.foundation.apart import Unreadable
from balise.foundation.mail.reading import MailUnreadable, read_mail
from balise.helpline.pictures.documents.drawing import drawn_again
from balise.helpline.pictures.rules.showing import NoPicture
from balise.helpline.vault.rules import verdicts
from balise.helpline.vault.rules.verdicts import DossierFaulty
from balise.hotline.desk.rules import files as desk
from balise.hotline.matching.signals.documents.apart import NotHashed, hash_file
from balise.takedown.notices.management.reading_apart import read_notices_apart
from balise.takedown.notices.rules.reading.forms import NoticeUnreadable
from balise.takedown.onward.dossiers.rules import parts
from tests.hostile.families import FAMILIES

pytestmark = pytest.mark.safety

MOST_SECONDS: Final = 60.0
MOST_GROWTH: Final = 60_000  # KB that the process that asks may grow by


def of_sheet(octets: bytes) -> object:
    return apart.sheet(octets, most_rows=1_000, most_columns=100)


def of_story(octets: bytes) -> object:
    findings, _plan = checking.linted(octets.decode(), Facts())
    if findings:
        raise Said(findings[0].code)
    return findings


def of_badge(octets: bytes) -> object:
    issuer = Issuer("A", "https://a.example")
    found = badges.read(octets, issuer=issuer, keys={}, at=datetime(2026, 1, 1, tzinfo=UTC))
    raise Said(found.reason.value)


def of_picture(octets: bytes) -> object:
    return drawn_anew(SimpleUploadedFile("a.png", octets))


class Said(Exception):
    """What a reader said without an exception of its own."""


READERS: Final[dict[str, Callable[[bytes], object]]] = {
    "badge": of_badge,
    "calendar": lambda octets: calendars.read(octets, known={}),
    "charter": charters.read,
    "child's picture": drawn_again,
    "desk": desk.read,
    "dossier": parts.unzipped,
    "entries": apart.entries,
    "evidence": verdicts.unpacked,
    "feed": lambda octets: read_apart(feeds.parse, octets),
    "hash": hash_file,
    "json": apart.json,
    "mail": read_mail,
    "notices": read_notices_apart,
    "page": lambda octets: read_apart(linked.parse, octets),
    "picture": of_picture,
    "questions": lambda octets: imports.read(octets, language="fr"),
    "sheet": of_sheet,
    "story": of_story,
    "toml": apart.toml,
    "twine": lambda octets: importing.imported(octets.decode()),
}
REFUSED: Final = (
    *(CalendarUnreadable, CharterDamaged, DossierFaulty, FileFaulty, MailUnreadable, NoCharter),
    *(NoPicture, NotHashed, NotRead, NoticeUnreadable, TweeFaulty, Unreadable, ValidationError),
    *(desk.FileRefused, parts.PackageFaulty, Said),
)


def said_of(reader: str, octets: bytes) -> str:
    """Return what a reader says of a file: that it read it, its code or its words."""
    try:
        READERS[reader](octets)
    except REFUSED as refused:
        told: Any = refused
        for name in ("why", "reason", "code"):
            code = getattr(told, name, None)
            if isinstance(code, str) and code:
                return code
        return str(told)
    return "read"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_hostile_file_is_refused_or_read_in_time_and_within_memory(family: str) -> None:
    reader, made, wanted = FAMILIES[family]
    octets = made()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, monotonic()
    said = said_of(reader, octets)
    assert monotonic() - began < MOST_SECONDS
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MOST_GROWTH
    assert wanted in said


def test_there_are_forty_families_and_each_reader_has_one() -> None:
    assert len(FAMILIES) >= 40
    assert {reader for reader, _made, _wanted in FAMILIES.values()} == READERS.keys()
