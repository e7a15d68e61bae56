"""What a listener asks of a vault in a chat: how long it stands, and for whom. Pure."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused

ASKED_FOR: Final = timedelta(minutes=30)  # time to open the vault and to choose
TOLD_WITHIN: Final = timedelta(hours=1)  # what comes later is told in the case alone


class AskState(TextChoices):
    """What became of what a listener asked for."""

    ASKED = "asked", pgettext_lazy("vault", "Asked")
    DECLINED = "declined", pgettext_lazy("vault", "They said no")
    BACK = "back", pgettext_lazy("vault", "No longer asked")
    HANDED = "handed", pgettext_lazy("vault", "They are sending")
    SHARED = "shared", pgettext_lazy("vault", "Shared")


class NotAsked(Refused, code="vault-not-asked"):
    """Nobody asks, or no longer: too late, answered, taken back, or by who is not there now."""


class NoCase(Refused, code="vault-no-case"):
    """The conversation has no case that the listener is on: nothing can be shared with it."""


def stands(state: str, *, at: datetime, until: datetime, asked_by: str, listener: str) -> bool:
    """Return whether what was asked can be answered; `listener` is who is there now, or ""."""
    return state == AskState.ASKED and at < until and asked_by == listener


def is_past(state: str, *, at: datetime, until: datetime) -> bool:
    """Return whether nobody answered in time, or what was taken up never came."""
    ends = {AskState.ASKED: until, AskState.HANDED: until + TOLD_WITHIN}.get(AskState(state))
    return ends is not None and at >= ends


def check_stands(
    state: str, *, at: datetime, until: datetime, asked_by: str, listener: str
) -> None:
    """Refuse (NotAsked) what does not stand: it serves once."""
    if not stands(state, at=at, until=until, asked_by=asked_by, listener=listener):
        raise NotAsked(_("This is no longer asked for."))
