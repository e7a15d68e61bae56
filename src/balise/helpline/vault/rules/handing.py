"""A young person's yes to hand items over: who said it, how, for whom, and until when it holds."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused

MOST_ITEMS: Final = 200  # of one yes: more are two dossiers
LONGEST_PLACE: Final = 500  # characters
_CLOCKS_DIFFER: Final = timedelta(minutes=10)


class Who(TextChoices):
    """Who said yes. An adult alone is no answer: the items are the young person's."""

    YOUNG = "young-person", pgettext_lazy("vault", "The young person")
    TOGETHER = "together", pgettext_lazy("vault", "The young person, together with their parents")


class How(TextChoices):
    """How the yes was said."""

    CHAT = "chat", pgettext_lazy("vault", "in the chat")
    TELEPHONE = "telephone", pgettext_lazy("vault", "by telephone")
    WRITING = "writing", pgettext_lazy("vault", "in writing")


class Stand(StrEnum):
    """Where a yes stands."""

    OPEN = "open"
    TAKEN_BACK = "taken-back"
    HANDED = "handed"


class NoYes(Refused, code="vault-no-yes"):
    """No yes to this: nothing was chosen, it is of a later moment, or it was taken back."""


class ItemElsewhere(Refused, code="vault-item-elsewhere"):
    """An item is not one that is shared with this case now."""


class AlreadyHanded(Refused, code="vault-already-handed"):
    """It was handed over: that is done once, and nobody can undo it here."""


class NotTurnedOn(Refused, code="vault-handing-off"):
    """The centre hands nothing over: counsel has not answered."""


class OneMoment(Refused, code="vault-one-moment"):
    """Others have their papers drawn first: nothing was handed over, and nothing is lost."""


def check_said(said_at: datetime, *, at: datetime) -> None:
    """Refuse (NoYes) a yes of a moment to come."""
    if said_at > at + _CLOCKS_DIFFER:
        raise NoYes(_("The agreement cannot be of a later moment."))


def check_chosen(chosen: Sequence[UUID], *, there: Collection[UUID]) -> None:
    """Refuse (NoYes) a yes to nothing or to too much, (ItemElsewhere) to what is not there."""
    if not chosen:
        raise NoYes(_("Choose what they agreed to."))
    if len(set(chosen)) > MOST_ITEMS:
        raise NoYes(_("At most %(count)d items at once.") % {"count": MOST_ITEMS})
    if not set(chosen) <= set(there):
        raise ItemElsewhere(_("An item is no longer there. Ask again for what is left."))


def check_not_handed(chosen: Collection[UUID], *, handed: Collection[UUID]) -> None:
    """Refuse (AlreadyHanded) items that the same authority was given."""
    if set(chosen) & set(handed):
        raise AlreadyHanded(_("This authority was already given one of these items."))


def check_stands(stand: Stand) -> None:
    """Refuse a yes that was taken back (NoYes), or that was acted on (AlreadyHanded)."""
    if stand is Stand.TAKEN_BACK:
        raise NoYes(_("The agreement was taken back."))
    if stand is Stand.HANDED:
        raise AlreadyHanded(_("It was already handed over."))
