"""The codes of a case, its membership, what a closed one allows, and what a conflict keeps."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused, Shut
from balise.helpline.contacts.rules.forms import JSON

LONGEST_TITLE = 80
LONGEST_REASON = 2_000
# Emergency access lasts this long; what was done with it stays in the case's history.
GLASS_LASTS = timedelta(hours=4)


class CaseState(TextChoices):
    """The state of a file."""

    OPEN = "open", pgettext_lazy("case", "Open")
    IN_PROGRESS = "in_progress", pgettext_lazy("case", "In progress")
    CLOSED = "closed", pgettext_lazy("case", "Closed")


class CaseOutcome(TextChoices):
    """How a file ended."""

    BETTER = "better", gettext_lazy("Better: nothing more is needed")
    PASSED_ON = "passed-on", gettext_lazy("Referred to another service, which has accepted")
    LOST_TOUCH = "lost-touch", gettext_lazy("Updates stopped")
    DECLINED = "declined", gettext_lazy("No longer wants help")
    OTHER = "other", pgettext_lazy("outcome", "Otherwise")


class Via(TextChoices):
    """How someone came to be on a file."""

    OPENED = "opened", gettext_lazy("opened it")
    ADDED = "added", gettext_lazy("was added by a colleague")
    CODE = "code", gettext_lazy("received the code from the young person")


_STEPS = {
    CaseState.OPEN: {CaseState.IN_PROGRESS, CaseState.CLOSED},
    CaseState.IN_PROGRESS: {CaseState.CLOSED},
    CaseState.CLOSED: {CaseState.IN_PROGRESS},
}


class NotOnCase(Shut, code="not-on-case"):
    """Need-to-know: only those on a file read it."""


class CodeUnknown(Refused, code="case-code-unknown"):
    """No file opens with this code, or it cannot be one."""


class CaseClosed(Refused, code="case-closed"):
    pass


class StepNotAllowed(Refused, code="case-step-not-allowed"):
    pass


class OutcomeNeeded(Refused, code="outcome-needed"):
    pass


class ReasonNeeded(Refused, code="reason-needed"):
    pass


class ColleagueUnknown(Refused, code="colleague-unknown"):
    pass


class NothingWritten(Refused, code="nothing-written"):
    pass


class EntryGone(Shut, code="entry-gone"):
    """A colleague took the entry out: what is written now can be saved as a new one."""


class EntryConflict(Shut, code="entry-conflict"):
    """Someone else wrote meanwhile: both texts by field, and the version that was saved.

    What was refused here is kept in the history too: neither is lost.
    """

    def __init__(
        self, *, version: int, yours: Mapping[str, JSON], theirs: Mapping[str, JSON]
    ) -> None:
        self.version, self.yours, self.theirs = version, dict(yours), dict(theirs)
        super().__init__(
            _(
                "A colleague changed this at the same time. Both texts are here, and both are "
                "saved: choose."
            )
        )


def check_may_write(state: str) -> None:
    """Refuse a change to a closed file."""
    if state == CaseState.CLOSED:
        raise CaseClosed(_("This case is closed. Reopen it first."))


def check_is_there(taken_out_at: datetime | None) -> None:
    """Refuse a change to an entry that was taken out."""
    if taken_out_at is not None:
        raise EntryGone(_("A colleague removed this."))


def check_step(state: str, to: CaseState, *, outcome: str) -> None:
    """Refuse a step that a file does not take, and an end without saying which."""
    if to not in _STEPS[CaseState(state)]:
        raise StepNotAllowed(_("A case cannot change to this status."))
    if to is CaseState.CLOSED and not outcome:
        raise OutcomeNeeded(_("Give the outcome."))


def read_reason(text: str) -> str:
    """Return a reason for emergency access; refuse an empty one."""
    reason = " ".join(text.split())[:LONGEST_REASON]
    if len(reason) < 10:  # noqa: PLR2004 - a word is no reason
        raise ReasonNeeded(_("Give the reason why you must read this case now, in one sentence."))
    return reason


def read_title(text: str) -> str:
    """Return a title: what those on the file call it among themselves."""
    return " ".join(text.split())[:LONGEST_TITLE]


def reference(hexadecimal: str) -> str:
    """Return what a file is called aloud: six symbols of its random id."""
    return hexadecimal[:6].upper()
