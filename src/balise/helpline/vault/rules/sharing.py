"""The key of a case, the words that compare it, and what may become of a shared item. Pure."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused

COMPARED: Final = 4  # words of a key's fingerprint, 44 bits
_BITS: Final = 11


class State(TextChoices):
    """The state of a shared item."""

    SHARED = "shared", pgettext_lazy("vault", "Shared")
    REVOKED = "revoked", pgettext_lazy("vault", "Taken back")
    CLOSED = "closed", pgettext_lazy("vault", "Closed: it should not be here")


class InvitationUnknown(Refused, code="invitation-unknown"):
    """No case is opened to sharing by these words."""


class Elsewhere(Refused, code="code-elsewhere"):
    """The code opens something, but not here: what it opens is asked for at its own door."""


class InvitationOver(Refused, code="invitation-over"):
    """These words were valid for some days, which have passed, or newer ones were said."""


class LinkOver(Refused, code="link-over"):
    """A link opens no longer: its day has passed, it was opened often enough, or taken back."""


class NotShared(Refused, code="share-not-there"):
    """The item was taken back or closed: nobody here can open it."""


def said_of(case: str, recipient: str) -> bytes:
    """Return what the helpline signs of a case's key: to whom items of this case are sealed."""
    return f"balise case key 1\n{case}\n{recipient}".encode()


def key_words(case: str, recipient: str, words: Sequence[str]) -> list[str]:
    """Return four words of a list of 2 048 by which two people compare a case's key.

    The first 44 bits of SHA-256 of what is signed, eleven for each word, the highest first.
    """
    digest = sha256(said_of(case, recipient)).digest()
    number = int.from_bytes(digest) >> len(digest) * 8 - COMPARED * _BITS
    return [words[number >> _BITS * nth & (1 << _BITS) - 1] for nth in reversed(range(COMPARED))]


def check_invitation(*, at: datetime, until: datetime) -> None:
    """Refuse (InvitationOver) words whose days have passed."""
    if at >= until:
        raise InvitationOver(_("These words are no longer valid. Ask for new ones."))


def check_link_opens(*, at: datetime, until: datetime, left: int) -> None:
    """Refuse (LinkOver) a link that is opened too late, or once too often."""
    if at >= until or left <= 0:
        raise LinkOver(_("This link no longer opens. Ask for a new one."))


def check_shared(state: str) -> None:
    """Refuse (NotShared) what was taken back or closed."""
    if state != State.SHARED:
        raise NotShared(_("This item is no longer there."))
