"""What a bank thinks of a hash, and whether the hash is asked at all."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Opinion(TextChoices):
    """What the source of an entry says of the content."""

    NEGATIVE = "negative", _("Negative: not what it looks like")
    SEED = "seed", _("Seed: to be looked at")
    POSITIVE = "positive", _("Positive: known content")
    DISPUTED = "disputed", _("Disputed: sources disagree")


class EntryState(TextChoices):
    """Where an entry stands. Only the first two are asked; a quarantined one decides nothing."""

    ON = "on", pgettext_lazy("entry", "On")
    QUARANTINED = "quarantined", pgettext_lazy("entry", "In quarantine")
    OFF = "off", pgettext_lazy("entry", "On hold")
    WITHDRAWN = "withdrawn", pgettext_lazy("entry", "Withdrawn")


ASKED = frozenset({EntryState.ON, EntryState.QUARANTINED})
