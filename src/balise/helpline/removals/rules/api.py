"""How platforms' APIs speak with us: what they answer, read or refused. Pure.

Our own form, for platforms that agree to it (docs/removals.md): a notice is put under its key, so
that telling it twice is telling it once; where it stands is asked under the platform's own number.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused
from balise.helpline.removals.rules.requests import LONGEST_WORDS, WORDS
from balise.takedown.notices.rules.outcomes import Outcome

# What a platform tells us, by whichever way.


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


_TICKET = re.compile(r"[A-Za-z0-9_-]{1,64}")


class AnswerFaulty(ValueError):
    """A platform answered something else than was agreed."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A platform's own number for what it took."""

    number: str


def read_ticket(body: object) -> Ticket:
    """Return the number of what was taken, or AnswerFaulty."""
    number = body.get("ticket") if isinstance(body, dict) else None
    if not isinstance(number, str) or not _TICKET.fullmatch(number):
        raise AnswerFaulty("no ticket")
    return Ticket(number)


def read_telling(body: object) -> Telling | None:
    """Return what a platform says of a notice, or None while it says nothing; AnswerFaulty."""
    if not isinstance(body, dict):
        raise AnswerFaulty("no object")
    said: dict[str, Any] = body
    match said.get("state"):
        case None | "new":
            return None
        case "received":
            return Telling(tells=Tells.RECEIVED)
        case "question":
            return Telling(tells=Tells.ASKS, words=_words(said.get("text")))
        case "decided":
            decision = WORDS.get(str(said.get("decision")))
            if decision is None:
                raise AnswerFaulty("no such decision")
            return Telling(tells=Tells.DECIDED, decision=decision, words=_words(said.get("text")))
    raise AnswerFaulty("no such state")


def _words(said: object) -> str:
    return said[:LONGEST_WORDS] if isinstance(said, str) else ""
