"""A final verdict that was wrong is taken back: by its author at once, or later by two people."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules.words import DECIDED_STATES, ContentState

UNDONE_WITHIN = timedelta(minutes=10)


class NotToUndo(Refused, code="not-to-undo"):
    """It takes two people to take this verdict back."""


class NotToCorrect(Refused, code="not-to-correct"):
    """There is no verdict to take back, or someone has asked already."""


class SameHand(Refused, code="correction-same-hand"):
    """A correction needs two people: this would be one."""


def check_undoes(
    state: ContentState,
    *,
    decided_at: datetime | None,
    by_author: bool,
    has_left: bool,
    at: datetime,
) -> None:
    """Refuse that one person undoes a verdict: of others, after ten minutes, or once it left."""
    check_decided(state)
    if has_left:
        raise NotToUndo(str(_("Something has left already: ask a second person to agree.")))
    if decided_at is None or at > decided_at + UNDONE_WITHIN:
        raise NotToUndo(str(_("More than ten minutes have passed: ask a second person to agree.")))
    if not by_author:
        raise NotToUndo(str(_("Only who gave this verdict undoes it: ask for a correction.")))


def check_decided(state: ContentState) -> None:
    """Refuse a correction of what has no final verdict."""
    if state not in DECIDED_STATES:
        raise NotToCorrect(str(_("Nothing to take back: no verdict is final.")))


def check_second(*, asked_by: str, by: str) -> None:
    """Refuse the agreement of the person who asked."""
    if asked_by == by:
        raise SameHand(str(_("Someone else must agree to take this verdict back.")))
