"""Someone contests a notice, and someone else than its author decides. Pure."""

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused

MAX_GROUNDS = 5_000
MIN_GROUNDS = 20
MIN_REASONS = 20


class Contester(TextChoices):
    """Who contests a notice."""

    HOST = "host", gettext_lazy("The service that was notified")
    AUTHOR = "author", gettext_lazy("The person who put the content online")
    OTHER = "other", gettext_lazy("Someone else who is concerned")


class Ruling(TextChoices):
    """What came of it: the notice was wrong, or it stands."""

    UPHELD = "upheld", gettext_lazy("Notice cancelled after objection")
    REJECTED = "rejected", gettext_lazy("The notice is upheld")


class SameEyes(Refused, code="same-eyes"):
    """Whoever wrote or sent a notice does not judge it."""


class AlreadyContested(Refused, code="already-contested"):
    """The same person's objection to the same notice waits already."""


class AlreadyRuled(Refused, code="already-ruled"):
    """It was decided before."""


class GroundsMissing(Refused, code="grounds-missing"):
    """Why it is contested, or why it is decided so, must be said."""


def check_other_eyes(*, judge: str, first: Collection[str]) -> None:
    """Refuse a judge who had a hand in the notice: wrote, sent, climbed or closed it."""
    if judge in first:
        raise SameEyes(_("You took part in this notice: someone else must review it."))


def read_grounds(text: str, *, least: int = MIN_GROUNDS) -> str:
    """Return what someone says, tidied; refuse less than a sentence."""
    words = text.strip()[:MAX_GROUNDS]
    if len(" ".join(words.split())) < least:
        raise GroundsMissing(_("Give the reason, in a sentence or two."))
    return words
