"""What a listener lets the exchange do with a call: hold, resume, transfer; and what may fail."""

from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.helpline.telephony.rules.calls import UP, CallState, Happening


class Command(TextChoices):
    """What an exchange can be asked to do with a call that a listener has."""

    HOLD = "hold", pgettext_lazy("call", "Hold")
    RESUME = "resume", pgettext_lazy("call", "Resume")
    TRANSFER = "transfer", pgettext_lazy("call", "Transfer the call")


class Failure(TextChoices):
    """Why it was not done. The caller is where they were: with the listener."""

    AWAY = "away", gettext_lazy("The exchange cannot be reached.")
    REFUSED = "refused", gettext_lazy("The exchange refused.")
    LATE = "late", gettext_lazy("The exchange has not answered in time.")
    UNANSWERED = "unanswered", gettext_lazy("Nobody picked up.")


class CommandImpossible(Refused, code="command-impossible"):
    """The call is not in a state for this, or the exchange is still busy with something."""


# An exchange rings half a minute, then rings the listener back.
_WAITS = {Command.TRANSFER: timedelta(seconds=60)}
_WAIT = timedelta(seconds=15)
_ANSWERS = {
    Command.HOLD: Happening.HELD,
    Command.RESUME: Happening.RESUMED,
    Command.TRANSFER: Happening.TRANSFERRED,
}
_FROM = {
    Command.HOLD: frozenset({CallState.TALKING}),
    Command.RESUME: frozenset({CallState.HELD}),
    Command.TRANSFER: UP,
}


def failure_of(command: str, failed: str, asked_at: datetime | None, *, now: datetime) -> str:
    """Return why what was asked last is not done; "" while it may still be, or was never asked.

    An exchange has 15 seconds, and a minute for a transfer.
    """
    if failed or not command or asked_at is None:
        return failed
    return Failure.LATE if now - asked_at >= _WAITS.get(Command(command), _WAIT) else ""


def check_command(command: Command, state: CallState, *, is_pending: bool) -> None:
    """Refuse (CommandImpossible) what the call's state does not allow, and two things at once."""
    if state not in UP:
        raise CommandImpossible(_("Nobody is on the line."))
    if is_pending:
        raise CommandImpossible(_("The exchange is still busy with this call. Wait a moment."))
    if state not in _FROM[command]:
        raise CommandImpossible(
            _("The call is already on hold.")
            if command is Command.HOLD
            else _("The call is not on hold.")
        )


def is_answer(happening: Happening, command: Command) -> bool:
    """Return whether what was told ends the wait for a command."""
    return happening is _ANSWERS[command]


def told_by_success(command: Command) -> Happening | None:
    """Return what is so once an exchange took a command; None where it tells it later itself."""
    return None if command is Command.TRANSFER else _ANSWERS[command]
