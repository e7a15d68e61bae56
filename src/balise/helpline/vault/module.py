"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.measuring import octets_of
from balise.foundation.budgets.rules import GIB, MIB, Budget
from balise.foundation.clock import day_of
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.grants import ALL, APP, PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped, past
from balise.foundation.web.quick_exit import Kept, Where
from balise.helpline.vault import access, queries
from balise.helpline.vault.demonstration import fill
from balise.helpline.vault.models import Ask, Backup, CaseKey, Invitation, Link, Share, Stamp
from balise.helpline.vault.rules.bounds import (
    ASK_KEPT,
    BACKED_UP_FOR,
    MOST_BODY,
    MOST_PIECES,
    PADDED,
    PASSING_FOR,
    STAMP_KEPT,
)
from balise.helpline.vault.web import staff
from balise.helpline.vault.web.page import WAY

# What is deleted of vaults: with the case, after days, or a year after it was last used.


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


# What the public may do with vaults: write ciphertext, ask what became of it, take it back.
#
# A shared item's header is never read by the public door, and nothing opens without it; nor is a
# case's identity.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_vault_casekey",),
        to=(PUBLIC, APP),
        why="A device is told the signed public key of the case that its words open to.",
        read=("id", "recipient", "signature"),
    ),
    Grant(
        on=("helpline_vault_invitation",),
        to=(PUBLIC, APP),
        why="Words are found by their blind index; a device draws its part, the worker answers.",
        read=(
            *("id", "key_id", "index", "until", "taken_at"),
            *("committed", "answered_to", "answer", "rounds"),
        ),
        change=("taken_at", "committed", "revealed"),
    ),
    Grant(
        on=("helpline_vault_ask",),
        to=(PUBLIC,),
        why="The session of a chat takes up what its listener asks for, or says no.",
        read=ALL,
        change=("state", "taken_at"),
    ),
    Grant(
        on=("helpline_vault_share",),
        to=(PUBLIC, APP),
        why="A device shares an item and takes it back; the public door reads no header of one.",
        read=(
            *("id", "key_id", "secret_hash", "state", "received_at"),
            *("opened_at", "last_opened_at", "openings", "seen_at", "ended_at", "upload_id"),
            "handed_at",
        ),
        add=True,
        change=("state", "ended_at", "header", "body", "stamp", "upload_id"),
    ),
    Grant(
        on=("helpline_vault_backup",),
        to=(PUBLIC, APP),
        why="A device finds its backup by the hash of a place that only it can name.",
        read=ALL,
        add=True,
        change=("used_on", "pieces_said"),
        remove=True,
    ),
    Grant(
        on=("helpline_vault_piece",),
        to=(PUBLIC, APP),
        why="A device brings pieces and takes them back home; no key of ours opens one.",
        read=ALL,
        add=True,
        change=("octets",),
        remove=True,
    ),
    Grant(
        on=("helpline_vault_link",),
        to=(PUBLIC, APP),
        why="Someone with a link takes what only the link's own key opens.",
        read=ALL,
        add=True,
        change=("opened", "last_opened_at", "body", "upload_id"),
    ),
    Grant(
        on=("helpline_vault_stamp",),
        to=(PUBLIC, APP),
        why="A device asks for a timestamp; the worker brings it.",
        read=ALL,
        add=True,
    ),
    Tells(
        facts=(
            *("helpline.vault.invitation-taken", "helpline.vault.words-revealed"),
            *("helpline.vault.shared", "helpline.vault.revoked"),
            *("helpline.vault.backup-begun", "helpline.vault.backup-erased"),
            *("helpline.vault.link-made", "helpline.vault.link-opened"),
            *("helpline.vault.link-withdrawn", "helpline.vault.stamp-asked"),
        ),
        by=(PUBLIC, APP),
    ),
    Tells(facts=("helpline.vault.ask-taken-up", "helpline.vault.ask-declined"), by=(PUBLIC,)),
)


# What is opened on the device is shown from memory, on the vault's own page alone; it asks the chat
# in a frame (`web/talk.py`).
SHOWN = {"img-src": ("blob:",), "media-src": ("blob:",), "frame-src": ("'self'",)}

# What another app shared before there was a vault (`early.js`). The vault itself stays.
EARLY = Kept(Where.DATABASE, "passing")
# That a vault may move, in one tab, for ten minutes (`moving.js`).
MOVES = Kept(Where.SESSION, "moves")

MODULE = Module(
    budgets=(
        Budget("helpline.vault", stored=partial(octets_of, ("helpline_vault_stamp",))),
        # Nothing evicts a backup: it has its year (decision 71). A class has one address.
        Budget(
            "helpline.vault.backups",
            near=512 * MIB,
            each=MOST_PIECES * PADDED[-1],
            in_all=50 * GIB,
            stored=queries.octets_kept,
        ),
        Budget(
            "helpline.vault.passing",
            near=256 * MIB,
            each=MOST_BODY,
            in_all=10 * GIB,
            stored=queries.octets_passing,
        ),
    ),
    public=(Mount(namespace="vault", sources={"vault": SHOWN}), Mount(listed="plain", plain=True)),
    staff=(Mount("helpline/vault/", "vault"),),
    own=(Mount(listed="called", plain=True),),
    abilities={"listener": (access.OPEN, access.HAND_OVER)},
    keeps=(EARLY, MOVES),
    retention=RULES,
    grants=GRANTS,
    opens=(WAY,),
    parts={"cases.case": staff.case, "talk.room": staff.room, "talk.pane": staff.pane},
    demonstration=fill,
)
