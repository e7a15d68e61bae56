"""Download INHOPE's yearly file; the download is logged."""

from uuid import uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.reports.events import FileTaken
from balise.hotline.reports.queries import inhope
from balise.hotline.reports.rules.inhope import YearFile


def take_inhope(*, year: int, by: Actor) -> YearFile:
    """Return the year's file for INHOPE, as `balise inhope` prints it."""
    file = inhope.year_file(year, seen_by=by)
    with transaction.atomic():
        record(FileTaken(subject=uuid4(), report=Code("inhope"), first=file.node.first), by=by)
    return file
