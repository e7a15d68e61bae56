"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.modules import Module
from balise.foundation.retention.rules import Rule
from balise.steering.imports import access, actions
from balise.steering.imports.models import Brought

# What is forgotten of files that were brought, and when.


AFTER: Final = timedelta(days=30)


def left_due(at: datetime) -> "QuerySet[Brought, UUID]":
    """Return files that were looked at 30 days ago and never imported."""
    found = Brought.objects.filter(done_at=None, brought_at__lte=at - AFTER)
    return found.values_list("id", flat=True)


def erase_left(files: Sequence[UUID]) -> int:
    """Delete them; return how many."""
    return actions.forget(files=files, by=SYSTEM)


RULES = (
    Rule(
        name="steering.files-left",
        forgets=Brought,
        says=_("A file that was looked at and not imported is deleted after 30 days."),
        due=left_due,
        erase=erase_left,
    ),
)


MODULE = Module(
    abilities={
        "steering": (access.READ,),
        "steering_office": (access.READ, access.WRITE),
    },
    retention=RULES,
)
