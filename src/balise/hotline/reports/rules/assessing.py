"""What an analyst may decide, when a second review is needed, and how long it took."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext, gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.foundation.statistics.intervals import wilson
from balise.hotline.reports.rules.words import (
    LOOKED_AT,
    REASONS_UNSEEN,
    SEEN_VERDICTS,
    Confidence,
    ContentState,
    Ground,
    LookedWhere,
    LookedWith,
    Verdict,
)

LONGEST_RATIONALE = 5_000
CLAIM_LASTS = timedelta(minutes=30)

NO_TIME = timedelta()
MINUTE = timedelta(minutes=1)  # fields of a form have no seconds


class AlreadyAssessed(Refused, code="already-assessed"):
    pass


class NotClaimed(Refused, code="not-claimed"):
    """An analyst takes content before giving a verdict on it."""


class NotSeen(Refused, code="not-seen"):
    """Nobody saw what the verdict says."""


class DangerUnread(Refused, code="danger-unread"):
    """A report tells of danger, and the analyst who decides has not read it."""


class NotLooked(Refused, code="not-looked"):
    """Someone says that they looked at a moment at which they cannot have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Where, when and with what someone looked; `at` is None for now."""

    at: datetime | None = None
    where: LookedWhere = LookedWhere.PUBLIC
    tool: LookedWith = LookedWith.BROWSER


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was done before a verdict.

    `opened`: its encrypted data, by the analyst who gives it, since they took the content. `known`:
    an earlier final verdict says the same. `watch_found_gone`, `watch_found_online`: the last look;
    `name_leads_nowhere`: the last trace. `fingerprinted`: a hash of it is known.
    """

    opened: bool = False
    known: bool = False
    watch_found_gone: bool = False
    watch_found_online: bool = False
    name_leads_nowhere: bool = False
    fingerprinted: bool = False


class ClaimedByAnother(Refused, code="claimed-by-another"):
    pass


class OffenceMissing(Refused, code="offence-missing"):
    pass


class SameEyes(AlreadyAssessed, code="same-eyes"):
    """The analyst has given a review of this content."""


def check_not_saved(state: ContentState, *, verdict_by: str, by: str) -> None:
    """Refuse a verdict to the analyst whose own it has: the answer may not have reached them.

    `verdict_by` is the key of the analyst who gave the verdict of a content; "" without one.
    """
    if verdict_by == by and state not in LOOKED_AT:
        raise AlreadyAssessed(str(_("You have already saved this verdict.")))


def check_can_assess(state: ContentState, *, decided_by: str = "") -> None:
    """Refuse a verdict on what is decided.

    `decided_by` is the name of the analyst who gave the verdict, for the message to one who is too
    late.
    """
    if state is ContentState.CLOSING:
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

    `said` is what the analyst names; without it, what is known counts, or what the watch or the
    trace found. To have opened a report says nothing of the content: how one knows is asked.
    """
    if said is None:
        return _ground_unsaid(verdict, looked)
    is_seen = verdict in SEEN_VERDICTS
    rests = {
        Ground.LOOKED: looked.opened,
        Ground.REPORT: looked.opened and verdict is not Verdict.GONE,
        Ground.FINGERPRINT: is_seen and looked.fingerprinted,
        Ground.KNOWN: is_seen and looked.known,
        Ground.WATCH: (verdict is Verdict.GONE and looked.watch_found_gone)
        or (is_seen and looked.watch_found_online),
        Ground.TRACE: verdict is Verdict.GONE and looked.name_leads_nowhere,
        Ground.UNOPENED: verdict is Verdict.OUT_OF_SCOPE,
    }
    rests |= dict.fromkeys(REASONS_UNSEEN, verdict is Verdict.UNVERIFIABLE)
    if said in {Ground.LOOKED, Ground.REPORT} and not looked.opened:
        raise NotSeen(str(_("Open it first: you have not opened it since you took it.")))
    if not rests.get(said, False):
        raise NotSeen(
            str(_("“%(verdict)s” cannot rest on “%(ground)s”."))
            % {"verdict": verdict.label, "ground": said.label}
        )
    return said


def belongs(said: Ground | None, verdict: Verdict | None) -> bool:
    """Return whether a ground that was chosen is one of a verdict: else it is of one before."""
    if said in REASONS_UNSEEN:
        return verdict is Verdict.UNVERIFIABLE
    return said is not None and verdict is not None


def _ground_unsaid(verdict: Verdict, looked: Looked) -> Ground:
    is_seen, is_gone = verdict in SEEN_VERDICTS, verdict is Verdict.GONE
    found = {
        Ground.KNOWN: is_seen and looked.known,
        Ground.WATCH: (is_seen and looked.watch_found_online)
        or (is_gone and looked.watch_found_gone),
        Ground.TRACE: is_gone and looked.name_leads_nowhere,
        Ground.REPORT: looked.opened and not (is_seen or is_gone),
        Ground.UNOPENED: verdict is Verdict.OUT_OF_SCOPE,
    }
    rests_on = next((one for one, holds in found.items() if holds), None)
    if rests_on is not None:
        return rests_on
    if looked.opened:
        raise NotSeen(str(_("Say how you know: to have opened the report says nothing of it.")))
    asks = {
        Verdict.GONE: _("Open it first: neither monitoring nor the trace has found it gone."),
        Verdict.UNVERIFIABLE: _("Open it first, or give the reason why nobody can view it."),
    }
    says = asks.get(verdict, _("Open it first: you have not opened it since you took it."))
    raise NotSeen(str(says))


def looked_at(look: Look, *, since: datetime, now: datetime) -> datetime:
    """Return when someone looked; refuse what is to come, and before anyone reported it."""
    at = look.at or now
    if not since - MINUTE <= at <= now + MINUTE:
        raise NotLooked(str(_("Nobody can have looked at this moment: correct the date and time.")))
    return min(at, now)


def check_offence_named(verdict: Verdict, offence: str) -> None:
    """Refuse to call illegal what breaks no named law (DSA art. 16(2)(a) asks for the reason)."""
    if verdict is Verdict.ILLEGAL and not offence:
        raise OffenceMissing(str(_("Choose an offence for illegal content.")))


def asks_second_look(verdict: Verdict, *, offence_asks: bool, confidence: Confidence) -> bool:
    """Return whether a second analyst must agree: the offence asks it, or the first one doubts."""
    if verdict is not Verdict.ILLEGAL:
        return False
    return offence_asks or confidence is Confidence.DOUBTFUL


def state_after(verdict: Verdict) -> ContentState:
    """Return the state of content once its verdict is final."""
    return ContentState.REMOVING if verdict is Verdict.ILLEGAL else ContentState.CLOSED


# Reviews by several people: who may give the next one, who is told of it, and which one stands.
#
# The second is blind. Where two differ, a third person decides; where nobody else is there, the
# lead.


FEWEST = 5  # pairs of reviews below which a share says nothing


@dataclass(frozen=True, slots=True)
class Said:
    """What one review says. How sure one is, and why, make no difference between two."""

    verdict: str
    offence: str

    @property
    def is_illegal(self) -> bool:
        return self.verdict == Verdict.ILLEGAL


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two blind reviews said the same of one offence; bounds at 95 %."""

    offence: str
    pairs: int
    same: int

    @property
    def is_enough(self) -> bool:
        return self.pairs >= FEWEST

    @property
    def percent(self) -> int:
        """The share of pairs that say the same, of 100."""
        return round(100 * self.same / self.pairs)

    @property
    def low(self) -> int:
        """The lower bound of the share, by Wilson, of 100."""
        return round(100 * wilson(self.same / self.pairs, self.pairs)[0])

    @property
    def high(self) -> int:
        """The upper bound."""
        return round(100 * wilson(self.same / self.pairs, self.pairs)[1])


def stands(before: Sequence[Said], last: Said, *, asks_second: bool, in_danger: bool) -> int | None:
    """Return which review stands once the last one is given, by its place; None where none does.

    `before` are those of this round, the first first. In danger, one that says illegal stands at
    once: a removal does not wait for other eyes.
    """
    given = [*before, last]
    if len(given) > 2:  # noqa: PLR2004 - the third decides
        return len(given) - 1
    if len(given) == 1 and not asks_second:
        return 0
    if len(given) > 1 and given[0] == last:
        return 1
    if in_danger:
        return next((at for at, one in reversed([*enumerate(given)]) if one.is_illegal), None)
    return None


def is_blind(given_by: Sequence[str], *, reader: str) -> bool:
    """Return whether the first of two reviews is to be kept from a reader: they may give theirs."""
    return len(given_by) == 1 and reader not in given_by


def check_eyes(given_by: Collection[str], *, by: str, leads: bool, others: Collection[str]) -> None:
    """Refuse another review by who gave one.

    `others` may assess, and gave none. Without any, who leads decides between two, one of them or
    not: `is_by_lead_alone`.
    """
    if by not in given_by:
        return
    if len(given_by) > 1 and leads and not others:
        return
    if len(given_by) > 1:
        raise SameEyes(str(gettext("The two reviews differ: a third person decides.")))
    raise SameEyes(
        str(gettext("You have already saved your verdict. Someone else must do the second review."))
    )


def is_by_lead_alone(given_by: Collection[str], *, by: str) -> bool:
    """Return whether a third review is of one of the two: there was nobody else."""
    return len(given_by) > 1 and by in given_by


def agreements(pairs: Sequence[tuple[Said, Said]]) -> list[Agreement]:
    """Return how often two reviews said the same, by what the first named, in the order of codes.

    What names no offence counts under "".
    """
    found = []
    for offence in sorted({first.offence for first, _second in pairs}):
        of_it = [pair for pair in pairs if pair[0].offence == offence]
        found.append(Agreement(offence, len(of_it), sum(one == other for one, other in of_it)))
    return found
