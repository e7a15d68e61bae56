"""Where a fingerprint is, by where the bank's entries of it stand."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.hotline.matching.banks.rules.deciding import EntryState

# The words of the laboratory: what a case, a fingerprint and a dispute can be.


class CaseState(TextChoices):
    """How far a case is. A draft is on no list: its fingerprints wait, sealed, for a code."""

    DRAFT = "draft", _("Saved, not sent")
    SENT = "sent", pgettext_lazy("laboratory", "Sent")
    ENDED = "ended", pgettext_lazy("laboratory", "Ended")


class ItemKind(TextChoices):
    """What someone chose on their device."""

    PICTURE = "picture", pgettext_lazy("laboratory", "Picture")
    CLIP = "clip", pgettext_lazy("laboratory", "Video")


class Band(TextChoices):
    """How surely a fingerprint is recognised: PDQ's quality in two bands; weaker ones stay home."""

    GOOD = "good", pgettext_lazy("fingerprint", "Precise")
    FAIR = "fair", pgettext_lazy("fingerprint", "Fairly precise")


class ItemState(TextChoices):
    """Where a fingerprint is: on its way to the list, on it, stopped while we ask, or off it.

    The bearer of the code withdraws, the team takes off.
    """

    SENT = "sent", pgettext_lazy("fingerprint", "On its way")
    ACTIVE = "active", pgettext_lazy("fingerprint", "Active")
    HELD = "held", pgettext_lazy("fingerprint", "Stopped, to check")
    LEAVING = "leaving", pgettext_lazy("fingerprint", "Being withdrawn")
    WITHDRAWN = "withdrawn", pgettext_lazy("fingerprint", "Withdrawn")
    TAKEN_OFF = "taken-off", pgettext_lazy("fingerprint", "No longer protected")


class Said(TextChoices):
    """What a partner said of a fingerprint; the words of our exchange."""

    RECEIVED = "received", pgettext_lazy("laboratory", "Received")
    BLOCKED = "blocked", pgettext_lazy("laboratory", "Blocked")
    NOT_FOUND = "not-found", pgettext_lazy("laboratory", "Not found")
    WITHDRAWN = "withdrawn", pgettext_lazy("laboratory", "Withdrawn")


class Ground(TextChoices):
    """Why someone says that a fingerprint should not be on the list."""

    PUBLIC = "public", _("A press or public picture")
    MARK = "mark", _("A logo, a text, a background")
    OTHER = "other", _("A picture of someone else")
    KNOWN = "known", _("Already known as harmless")
    FLOOD = "flood", _("Found unusually often")


class Source(TextChoices):
    """Who says so."""

    PARTNER = "partner", pgettext_lazy("dispute", "A partner")
    STAFF = "staff", pgettext_lazy("dispute", "The team")
    BANK = "bank", pgettext_lazy("dispute", "The bank")


class Outcome(TextChoices):
    """What became of a dispute."""

    RELEASED = "released", _("Back on the list")
    STOPPED = "stopped", _("Taken off the list")


# A fingerprint that can still be withdrawn by whoever sent it.
WITHDRAWABLE = frozenset({ItemState.SENT, ItemState.ACTIVE, ItemState.HELD})
# One that protects, or will within moments.
ON_THE_LIST = frozenset({ItemState.SENT, ItemState.ACTIVE})
# One that is off the list for good.
OFF_THE_LIST = frozenset({ItemState.WITHDRAWN, ItemState.TAKEN_OFF})


def state_of(entries: Collection[EntryState], *, is_disputed: bool) -> ItemState:
    """Return where a fingerprint is whose entries stand so.

    A video protects by each of its frames, a picture by each of its hashes: it is active while one
    is on. Once it was disputed, all that are left have to be on again. Raises nothing; no entry at
    all is taken off.
    """
    left = [one for one in entries if one is not EntryState.WITHDRAWN]
    if not left:
        return ItemState.TAKEN_OFF
    on = [one is EntryState.ON for one in left]
    return ItemState.ACTIVE if (all(on) if is_disputed else any(on)) else ItemState.HELD


# What a partner said of the fingerprints of one picture or clip, as one word for a person.


class Word(NamedTuple):
    """What a partner said. `turn` is a code of `Turn`, of the first copy that it blocked."""

    said: Said
    turn: int | None
    copies: int
    at: datetime
    blocked_at: datetime | None


def joined(words: Sequence[Word]) -> Word:
    """Return one word for several: each frame of a clip, each hash of a picture may have one.

    Withdrawn once all are; blocked where one was blocked. A copy of a clip hits many frames, one of
    a picture with bars may hit both its hashes: the count is that of what was hit most. Raises
    ValueError for no word.
    """
    last = max(words, key=lambda word: word.at)
    hits = [word for word in words if word.blocked_at is not None]
    first = min(hits, key=lambda word: word.blocked_at or word.at, default=last)
    if all(word.said is Said.WITHDRAWN for word in words):
        said = Said.WITHDRAWN
    elif hits or any(word.said is Said.BLOCKED for word in words):
        said = Said.BLOCKED
    elif any(word.said is Said.NOT_FOUND for word in words):
        said = Said.NOT_FOUND
    else:
        said = Said.RECEIVED
    copies = max(word.copies for word in words)
    return Word(said, first.turn, copies, last.at, first.blocked_at)


def followed(before: Word, word: Word, *, is_off: bool) -> Word:
    """Return what stands once a partner's `word` follows what it said `before`.

    A copy that was blocked stays blocked: its turn is kept, and the count never falls. Of an item
    that is off the list, a partner that confirmed it has confirmed it, however late another word.
    """
    if is_off and before.said is Said.WITHDRAWN and word.said is not Said.WITHDRAWN:
        return before
    first = before if before.blocked_at is not None else word
    copies = max(before.copies, word.copies)
    return Word(word.said, first.turn, copies, word.at, first.blocked_at)
