"""The kinds of mail that leave about notices, and what became of one. Pure."""

from enum import StrEnum
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Of the word behind the plus sign of the address that answers to one mail come to.
TOKEN_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # noqa: S105 - the alphabet
TOKEN_LENGTH = 20  # 99 bits


class MailingKind(TextChoices):
    """What a mail is for."""

    NOTICES = "notices", _("Notices")
    REMINDER = "reminder", _("Reminder")
    INTRODUCTION = "introduction", _("First contact")
    REPLY = "reply", _("Answer to a question")
    RETRACTION = "retraction", _("Notice cancelled after objection")
    CORRECTION = "correction", _("Notice cancelled: our verdict was wrong")
    RULING = "ruling", _("Decision on an objection")


# What becomes of one of these, becomes of its notices.
ABOUT_NOTICES = frozenset({MailingKind.NOTICES, MailingKind.REMINDER})


class MailingState(StrEnum):
    """Where a mail stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


def plus_address(address: str, token: str) -> str:
    """Return an address with a token behind a plus sign (RFC 5233)."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def mailing_number(mailing_id: UUID) -> str:
    """Return the short number of a mail about several notices: `M-1A2B3C4D`."""
    return f"M-{mailing_id.hex[:8].upper()}"


def message_id(kind: MailingKind, mailing_id: UUID) -> str:
    """Return what stands before the @ in a Message-ID: the same for the same mail, always."""
    return f"{kind.value}.{mailing_id}"


def mailing_of(local_part: str) -> UUID | None:
    """Return the mailing that a Message-ID's first part names, or None."""
    kind, _, text = local_part.partition(".")
    if kind not in {each.value for each in MailingKind}:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
