"""What is deleted of vaults: with the case, after days, or a year after it was last used."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import day_of
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped, past
from balise.helpline.vault import queries
from balise.helpline.vault.models import Ask, Backup, CaseKey, Invitation, Link, Share, Stamp
from balise.helpline.vault.rules.bounds import ASK_KEPT, BACKED_UP_FOR, PASSING_FOR, STAMP_KEPT


def keys_due(_at: datetime) -> QuerySet[CaseKey]:
    """Return the keys, with all that was shared to them, of cases that were deleted."""
    return CaseKey.objects.filter(~Exists(KeyWrap.objects.filter(record=OuterRef("case"))))


def backups_due(at: datetime) -> QuerySet[Backup]:
    """Return the backups that were not used for a year, and what never arrived where it went.

    An upload that became a body goes with its share or its link.
    """
    today = day_of(at)
    is_old = Q(used_on__lte=today - BACKED_UP_FOR)
    # From the day after the next one: a day alone may end a minute after it was written.
    return queries.OPEN.filter(is_old | Q(is_passing=True, used_on__lt=today - PASSING_FOR))


def links_due(at: datetime) -> QuerySet[Link]:
    """Return the links whose day has passed, or that were opened often enough or taken back."""
    return Link.objects.filter(Q(until__lte=at) | Q(body=b"", upload__isnull=True))


def erase_keys(keys: Sequence[UUID]) -> int:
    """Delete the keys of cases, with what was shared to them."""
    uploads = _uploads(Share.objects.filter(key__in=keys))
    found = dropped(CaseKey)(keys)
    dropped(Backup)(uploads)
    return found


def erase_links(links: Sequence[UUID]) -> int:
    """Delete links, with what they led to."""
    uploads = _uploads(Link.objects.filter(id__in=links))
    found = dropped(Link)(links)
    dropped(Backup)(uploads)
    return found


def _uploads(of: QuerySet[Any]) -> list[UUID]:
    return list(of.filter(upload__isnull=False).values_list("upload", flat=True))


RULES = (
    Rule(
        name="helpline.vault-shares",
        forgets=CaseKey,
        says=_("What was shared from a vault is deleted with its case."),
        due=keys_due,
        erase=erase_keys,
    ),
    Rule(
        name="helpline.vault-invitations",
        forgets=Invitation,
        says=_("Words for sharing with a case: after seven days."),
        due=past(Invitation, "until", timedelta()),
        erase=dropped(Invitation),
    ),
    Rule(
        name="helpline.vault-asks",
        forgets=Ask,
        says=_("That a listener asked in a chat for something of a vault: after a day."),
        due=past(Ask, "until", ASK_KEPT),
        erase=dropped(Ask),
    ),
    Rule(
        name="helpline.vault-backups",
        forgets=Backup,
        says=_(
            "The backup of a vault: a year after it was last used."
            " An item that was cut off on its way: after a day."
        ),
        due=backups_due,
        erase=dropped(Backup),
    ),
    Rule(
        name="helpline.vault-links",
        forgets=Link,
        says=_("A link to an item: on its day, or after its last opening."),
        due=links_due,
        erase=erase_links,
    ),
    Rule(
        name="helpline.vault-stamps",
        forgets=Stamp,
        says=_("A commitment for which a timestamp was asked: after a day."),
        due=past(Stamp, "received_at", STAMP_KEPT),
        erase=dropped(Stamp),
    ),
)
