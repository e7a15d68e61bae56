"""The words of the laboratory: what a case, a fingerprint and a dispute can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


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
