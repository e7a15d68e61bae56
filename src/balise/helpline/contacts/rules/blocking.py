"""Blocks: short, proportionate, with a way to object, and never where a life is in danger."""

from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused


class Length(TextChoices):
    """How long a block lasts."""

    TWO_HOURS = "2h", gettext_lazy("2 hours")
    DAY = "24h", gettext_lazy("24 hours")
    WEEK = "7d", gettext_lazy("7 days")


class BlockState(TextChoices):
    """A week waits for a second person: until then it holds as a day does."""

    HOLDS = "holds", pgettext_lazy("block", "Active")
    PROPOSED = "proposed", pgettext_lazy("block", "Waiting for a second person")
    LIFTED = "lifted", pgettext_lazy("block", "Lifted")


_SPANS = {
    Length.TWO_HOURS: timedelta(hours=2),
    Length.DAY: timedelta(hours=24),
    Length.WEEK: timedelta(days=7),
}
# Beyond this a second person decides.
ALONE = timedelta(hours=24)


class NeverBlocked(Refused, code="never-blocked"):
    """Not to be blocked: immediate danger, or someone who may not dare to speak."""


class NotKnownAgain(Refused, code="not-known-again"):
    """Nothing is kept by which they would be known again."""


class SecondPersonNeeded(Refused, code="second-person-needed"):
    pass


class BlockOver(Refused, code="block-over"):
    """It has ended, or was lifted: nobody agrees to it any more."""


def span(length: Length) -> timedelta:
    """Return how long a block of this length lasts once it holds."""
    return _SPANS[length]


def holds_alone_until(length: Length, moment: datetime) -> datetime:
    """Return until when one person's word holds: never beyond a day."""
    return moment + min(_SPANS[length], ALONE)


def needs_second(length: Length) -> bool:
    return _SPANS[length] > ALONE


def check_may_block(*, risks: tuple[str, ...], is_blockable: bool) -> None:
    """Refuse a block of someone in danger (A or B), and of what may be a call for help."""
    if {"A", "B"} & set(risks):
        raise NeverBlocked(_("Someone may be in danger: blocking is not possible here."))
    if not is_blockable:
        raise NeverBlocked(
            _(
                "Silence, tests and questions are never a reason to block: a child may not dare "
                "to speak yet."
            )
        )


def check_bearer(bearer: str) -> None:
    """Refuse a block of someone whom no door would know again."""
    if not bearer:
        raise NotKnownAgain(
            _("This person cannot be blocked: we keep nothing that identifies them.")
        )


def check_second(*, asked_by: str, by: str) -> None:
    """Refuse that one person proposes and confirms."""
    if asked_by == by:
        raise SecondPersonNeeded(_("A block of more than one day needs a second person."))


def check_goes_on(*, state: BlockState, ends_at: datetime, at: datetime) -> None:
    """Refuse to agree to a block that has ended meanwhile."""
    if state is BlockState.LIFTED or ends_at <= at:
        raise BlockOver(_("This block has already ended."))


def days(first: date, last: date) -> list[date]:
    """Return the days that a block touches: a bearer's blind is another one each day."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
