"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.roles import Scope
from balise.foundation.budgets.rules import GIB, Budget
from balise.foundation.clock import day_of
from balise.foundation.grants import ALL, API, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, dropped, past
from balise.foundation.web.navigation import StaffEntry
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.demonstration import fill
from balise.hotline.matching.banks.models import Entry, LookUp, Matches, Sighting
from balise.hotline.matching.banks.rules.floods import PAST
from balise.hotline.matching.banks.rules.seeing import ASKED_KEPT
from balise.hotline.matching.banks.tasks import SCHEDULE

# What is deleted of banks: what was withdrawn, what was asked, and what was seen lately.


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


# What the partners' API may do with banks: ask, and write down what was asked.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=(
            *("hotline_banks_bank", "hotline_banks_entry"),
            *("hotline_banks_counter", "hotline_banks_change"),
        ),
        to=(API,),
        why="A partner asks whether a hash is known; no door outside changes a bank.",
        read=ALL,
    ),
    Grant(
        on=("hotline_banks_lookup",),
        to=(API,),
        why="What a partner asked is written down, sealed.",
        read=("id",),
        add=True,
    ),
    Grant(
        on=("hotline_banks_matches",),
        to=(API,),
        why="Matches are counted, for floods.",
        read=ALL,
        add=True,
        change=("many",),
    ),
    Tells(
        facts=(
            *("hotline.look-up.made", "hotline.look-up.logged", "hotline.look-up.partial"),
            "hotline.index.rebuilt",
        ),
        by=(API,),
    ),
)


MODULE = Module(
    budgets=(Budget("hotline.matching.banks", in_all=10 * GIB),),
    partners="matching",
    quick=True,
    staff=(Mount("hotline/banks/", "banks"),),
    abilities={
        "analyst": (access.READ, access.LOOK_UP, access.KEEP),
        "hotline_lead": (access.MANAGE, access.EXPORT),
    },
    scopes=(Scope(access.LOOK_UP, _("Ask whether a fingerprint is known")),),
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Banks of fingerprints"),
            says=_("Fingerprints of known content: look one up, or see why one matched."),
            url_name="staff:banks:banks",
            icon="fingerprint",
            ability=access.READ,
        ),
    ),
    retention=RULES,
    schedule=SCHEDULE,
    key_line="hotline",
    grants=GRANTS,
    demonstration=fill,
)
