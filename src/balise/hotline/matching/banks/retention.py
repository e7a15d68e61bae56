"""What is deleted of banks: what was withdrawn, what was asked, and what was seen lately."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import day_of
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, dropped, past
from balise.hotline.matching.banks.models import Entry, LookUp, Matches, Sighting
from balise.hotline.matching.banks.rules.floods import PAST
from balise.hotline.matching.banks.rules.seeing import ASKED_KEPT

# As long as what was asked: a look-up can be asked again as of its day.
_WITHDRAWN = ASKED_KEPT


def sightings_due(at: datetime) -> QuerySet[Sighting]:
    """Return the hashes of what passed, once their day has come."""
    return Sighting.objects.filter(until__lt=day_of(at))


def matches_due(at: datetime) -> QuerySet[Matches]:
    """Return the counts that no flood is measured by any longer."""
    return Matches.objects.filter(day__lt=day_of(at) - PAST - timedelta(days=1))


def empty_entries(keys: Sequence[Any]) -> int:
    """Delete the hashes of entries; what they were, and when, stays."""
    return Entry.objects.filter(pk__in=keys).update(value=b"")


RULES = (
    Rule(
        name="hotline.bank-entries",
        forgets=Entry,
        says=_("The fingerprint of a withdrawn entry: thirty days after it was withdrawn."),
        due=past(Entry, "ended_at", _WITHDRAWN, holding="value"),
        erase=empty_entries,
    ),
    Rule(
        name="hotline.bank-look-ups",
        forgets=LookUp,
        says=_("What was asked of the banks, and what was answered: after thirty days."),
        due=past(LookUp, "at", ASKED_KEPT),
        erase=deleted(LookUp),
    ),
    Rule(
        name="hotline.bank-sightings",
        forgets=Sighting,
        says=_("Fingerprints of content that passed: after thirty days."),
        due=sightings_due,
        erase=dropped(Sighting),
    ),
    Rule(
        name="hotline.bank-matches",
        forgets=Matches,
        says=_("How often a fingerprint matched, day by day: after a month."),
        due=matches_due,
        erase=dropped(Matches),
    ),
)
