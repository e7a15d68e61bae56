"""Add topics and sequences."""

from collections.abc import Mapping

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.steering.press import access
from balise.steering.press.events import HeadingAdded
from balise.steering.press.models import Heading
from balise.steering.press.rules.headings import HeadingKind


@transaction.atomic
def add_all(*, added: Mapping[HeadingKind, Mapping[str, str]], by: Actor) -> None:
    """Add topics and sequences by code and name; those that are there stay as they are."""
    access.require(by, access.WRITE)
    for kind, codes in added.items():
        for code, name in codes.items():
            row, is_new = Heading.objects.get_or_create(
                kind=kind.value, code=code, defaults={"name": name}
            )
            if is_new:
                record(HeadingAdded(subject=row.id, kind=Code(kind.value), code=Code(code)), by=by)
