"""What a platform tells us, by whichever way."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused
from balise.takedown.notices.rules.outcomes import Outcome


class Tells(TextChoices):
    """What a platform says."""

    RECEIVED = "received", gettext_lazy("Delivered")
    ASKS = "asks", gettext_lazy("The platform asks for something")
    DECIDED = "decided", gettext_lazy("The platform has decided")


class NothingSaid(Refused, code="removal-nothing-said"):
    """A question without words, or a decision that is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One thing that a platform told; `words` are its own, `decision` only where it decided."""

    tells: Tells
    decision: Outcome | None = None
    words: str = ""


def check_says_something(telling: Telling) -> None:
    """Refuse a question without words, and a decision that names none."""
    if telling.tells is Tells.ASKS and not telling.words.strip():
        raise NothingSaid(_("Enter their question."))
    if telling.tells is Tells.DECIDED and telling.decision is None:
        raise NothingSaid(_("Enter their decision."))
