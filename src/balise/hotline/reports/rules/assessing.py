"""What an analyst may decide, when a second review is needed, and how long it took."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules.words import (
    BY_FINGERPRINT,
    LOOKED_AT,
    REASONS_UNSEEN,
    SEEN_VERDICTS,
    Confidence,
    Ground,
    State,
    Verdict,
)

LONGEST_RATIONALE = 5_000
CLAIM_LASTS = timedelta(minutes=30)

NO_TIME = timedelta()


class AlreadyAssessed(Refused, code="already-assessed"):
    pass


class NotClaimed(Refused, code="not-claimed"):
    """An analyst takes content before giving a verdict on it."""


class NotSeen(Refused, code="not-seen"):
    """Nobody saw what the verdict says."""


class DangerUnread(Refused, code="danger-unread"):
    """A report tells of danger, and the analyst who decides has not read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was done before a verdict.

    `opened`: by the analyst who gives it, since they took the content. `known`: an earlier final
    verdict says the same. `watch_found_gone`, `name_leads_nowhere`: the last look, the last trace.
    """

    opened: bool = False
    known: bool = False
    watch_found_gone: bool = False
    name_leads_nowhere: bool = False


class ClaimedByAnother(Refused, code="claimed-by-another"):
    pass


class OffenceMissing(Refused, code="offence-missing"):
    pass


class SameEyes(AlreadyAssessed, code="same-eyes"):
    """The analyst has given a review of this content."""


def check_not_saved(state: State, *, verdict_by: str, by: str) -> None:
    """Refuse a verdict to the analyst whose own it has: the answer may not have reached them.

    `verdict_by` is the key of the analyst who gave the verdict of a content; "" without one.
    """
    if verdict_by == by and state not in LOOKED_AT:
        raise AlreadyAssessed(str(_("You have already saved this verdict.")))


def check_can_assess(state: State, *, decided_by: str = "") -> None:
    """Refuse a verdict on what is decided.

    `decided_by` is the name of the analyst who gave the verdict, for the message to one who is too
    late.
    """
    if state is State.CLOSING:
        raise AlreadyAssessed(str(_("This content is being decided with others: undo that first.")))
    if state not in LOOKED_AT:
        raise AlreadyAssessed(
            str(_("This content already has a verdict, from %(name)s.")) % {"name": decided_by}
            if decided_by
            else str(_("This content already has a verdict."))
        )


def is_held_by_another(
    claimed_by: str, claimed_at: datetime | None, *, by: str, at: datetime
) -> bool:
    """Return whether someone else's claim on a content still lasts at a moment."""
    if not claimed_by or claimed_by == by:
        return False
    return claimed_at is not None and claimed_at >= at - CLAIM_LASTS


def check_claimed(claimed_by: str, *, by: str) -> None:
    """Refuse a verdict on content that this analyst has not taken."""
    if claimed_by != by:
        raise NotClaimed(
            str(_("Take this content first: only the person who has it can save a verdict."))
        )


def check_danger_read(*, is_unread: bool) -> None:
    """Refuse a verdict over a report of danger that was not opened, whatever its ground."""
    if is_unread:
        raise DangerUnread(
            str(_("Someone may be in danger now, says a report: open and read it first."))
        )


def claimed_by_another(name: str) -> ClaimedByAnother:
    """Return the refusal that names who is working on a content."""
    return ClaimedByAnother(str(_("%(name)s is working on this content.")) % {"name": name})


def ground(verdict: Verdict, said: Ground | None, looked: Looked) -> Ground:
    """Return the ground of a verdict; refuse one without any.

    `said` is what the analyst names; without it, what was opened counts, else what is known, or
    what the watch or the trace found of something gone.
    """
    if said is None or said is Ground.OPENED:
        return _ground_unsaid(verdict, looked, is_said=said is not None)
    rests = {
        Ground.KNOWN: verdict in SEEN_VERDICTS and looked.known,
        Ground.WATCH: verdict is Verdict.GONE and looked.watch_found_gone,
        Ground.TRACE: verdict is Verdict.GONE and looked.name_leads_nowhere,
        Ground.UNOPENED: verdict is Verdict.OUT_OF_SCOPE,
    }
    rests |= dict.fromkeys(REASONS_UNSEEN, verdict is Verdict.UNVERIFIABLE)
    rests |= dict.fromkeys(BY_FINGERPRINT, False)
    if not rests[said]:
        raise NotSeen(
            str(_("“%(verdict)s” cannot rest on “%(ground)s”."))
            % {"verdict": verdict.label, "ground": said.label}
        )
    return said


def _ground_unsaid(verdict: Verdict, looked: Looked, *, is_said: bool) -> Ground:
    if looked.opened:
        return Ground.OPENED
    if not is_said and verdict in SEEN_VERDICTS and looked.known:
        return Ground.KNOWN
    if not is_said and verdict is Verdict.OUT_OF_SCOPE:
        return Ground.UNOPENED
    if not is_said and verdict is Verdict.GONE:
        if looked.watch_found_gone:
            return Ground.WATCH
        if looked.name_leads_nowhere:
            return Ground.TRACE
    asks = {
        Verdict.GONE: _("Open it first: neither monitoring nor the trace has found it gone."),
        Verdict.UNVERIFIABLE: _("Open it first, or give the reason why nobody can view it."),
    }
    says = asks.get(verdict, _("Open it first: you have not opened it since you took it."))
    raise NotSeen(str(says))


def check_offence_named(verdict: Verdict, offence: str) -> None:
    """Refuse to call illegal what breaks no named law (DSA art. 16(2)(a) asks for the reason)."""
    if verdict is Verdict.ILLEGAL and not offence:
        raise OffenceMissing(str(_("Choose an offence for illegal content.")))


def asks_second_look(verdict: Verdict, *, offence_asks: bool, confidence: Confidence) -> bool:
    """Return whether a second analyst must agree: the offence asks it, or the first one doubts."""
    if verdict is not Verdict.ILLEGAL:
        return False
    return offence_asks or confidence is Confidence.DOUBTFUL


def state_after(verdict: Verdict) -> State:
    """Return the state of content once its verdict is final."""
    return State.REMOVING if verdict is Verdict.ILLEGAL else State.CLOSED
