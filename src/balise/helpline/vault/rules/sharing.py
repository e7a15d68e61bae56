"""The key of a case, the words that compare it, and what may become of a shared item. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused

COMPARED: Final = 4  # words of a key's fingerprint, 44 bits
MOST_ROUNDS: Final = 12  # answers to one invitation: a device may begin again
_COMMITTED: Final = b"balise case words 1\n"
_BITS: Final = 11


class ShareState(TextChoices):
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


class NotCommitted(Refused, code="vault-not-committed"):
    """What a device shows is not what it committed to before it was answered."""


class LinkOver(Refused, code="link-over"):
    """A link opens no longer: its day has passed, it was opened often enough, or taken back."""


class NotShared(Refused, code="share-not-there"):
    """The item was taken back or closed: nobody here can open it."""


def said_of(case: str, recipient: str) -> bytes:
    """Return what the helpline signs of a case's key: to whom items of this case are sealed."""
    return f"balise case key 1\n{case}\n{recipient}".encode()


@dataclass(frozen=True, slots=True)
class Turns:
    """What the device and the side of the case drew by chance, 32 bytes each; b"" until it came.

    The device commits to its own before it sees the other, and shows it after: neither chooses.
    """

    revealed: bytes
    answer: bytes


def commitment_to(drawn: bytes) -> bytes:
    """Return what a device sends before it shows what it drew."""
    return sha256(_COMMITTED + drawn).digest()


def check_revealed(drawn: bytes, *, answered_to: bytes) -> None:
    """Refuse (NotCommitted) what is not what the device committed to when it was answered."""
    if commitment_to(drawn) != answered_to:
        raise NotCommitted(_("This is not what was committed to."))


def check_rounds(rounds: int) -> None:
    """Refuse (InvitationOver) to begin again with words that were begun with often enough.

    Whoever stands between tries once a round to have the same four words on both sides.
    """
    if rounds >= MOST_ROUNDS:
        raise InvitationOver(_("These words were used too often. Ask for new ones."))


def key_words(case: str, recipient: str, turns: Turns, words: Sequence[str]) -> list[str]:
    """Return four words of a list of 2 048 by which two people compare a case's key.

    The first 44 bits of SHA-256 of what is signed, then of what the device and the side of the case
    drew: eleven for each word, the highest first.
    """
    digest = sha256(said_of(case, recipient) + turns.revealed + turns.answer).digest()
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
    if state != ShareState.SHARED:
        raise NotShared(_("This item is no longer there."))
