"""What a look-up in the banks means for a content: it is known, a person decides, or it waits.

Decision 80: a hash is taken from a trusted source alone, and a verdict is inherited only where one
hit decides, nothing contradicts it, and nobody has the content in hand.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.banks.rules.owned import CENTRE
from balise.hotline.matching.signals.rules.kinds import Turn
from balise.hotline.reports.rules.words import ContentState, Ground, Verdict

OWN: Final = CENTRE  # the code of the centre's own bank
MOST_FINGERPRINTS: Final = 100  # of one content: a page of pictures, not a site
# A content whose look-up has not ended is not handed to anyone for so long, and no longer.
HELD_BACK: Final = timedelta(minutes=15)
_AGAIN: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30, 60))
_CLOSE: Final = 10  # bits of 256


class TooManyFingerprints(Refused, code="too-many-fingerprints"):
    """One content has only so many."""


class NotAnswered(Refused, code="look-up-not-answered"):
    """The banks have not said yet whether they know it."""


class Source(TextChoices):
    """Who told a fingerprint; nobody else's is kept."""

    ANALYST = "analyst", pgettext_lazy("fingerprint", "From an analyst’s browser")
    PARTNER = "partner", pgettext_lazy("fingerprint", "From a partner")
    HASHER = "hasher", pgettext_lazy("fingerprint", "Computed here")


class Standing(TextChoices):
    """What the banks say of a content."""

    ASKED = "asked", pgettext_lazy("look-up", "Being looked up")
    PARTIAL = "partial", pgettext_lazy("look-up", "Answer incomplete: asked again")
    UNKNOWN = "unknown", pgettext_lazy("look-up", "Not in a bank")
    PROPOSED = "proposed", pgettext_lazy("look-up", "In a bank: to be decided")
    KNOWN = "known", pgettext_lazy("look-up", "Known")
    RECALLED = "recalled", pgettext_lazy("look-up", "No longer in the bank: to be checked")


UNANSWERED = frozenset({Standing.ASKED, Standing.PARTIAL})
TO_DECIDE = frozenset({Standing.PROPOSED, Standing.RECALLED})


class Filter(TextChoices):
    """What the queue can be narrowed to, of what fingerprints say."""

    DECIDE = "decide", pgettext_lazy("known", "In a bank: to be decided")
    COPIES = "copies", pgettext_lazy("known", "Has copies that wait")
    KNOWN = "known", pgettext_lazy("known", "Already known")
    ASKED = "asked", pgettext_lazy("known", "Being looked up")


class Why(TextChoices):
    """Why a person decides what a bank knows."""

    NOTHING = "", ""
    OPPOSED = "opposed", _("The banks contradict each other")
    HARMLESS = "harmless", _("A bank says that it is harmless")
    UNSURE = "unsure", _("The bank’s entry does not decide alone")
    UNNAMED = "unnamed", _("The bank names no offence in force on that day")
    IN_HAND = "in-hand", _("Someone is working on it")
    REVIEWED = "reviewed", _("It has a first verdict")
    DECIDED = "decided", _("It has another verdict")
    COPIES = "copies", _("A copy was decided: see the copies")
    EXCEPTED = "excepted", _("It was left out when its copies were decided")
    RECALLED = "recalled", _("The entry left the bank")


class Within(TextChoices):
    """How far two fingerprints are apart, in words: bits of 256 say nothing to a person."""

    SAME = "same", pgettext_lazy("distance", "identical")
    CLOSE = "close", pgettext_lazy("distance", "almost identical")
    ALIKE = "alike", pgettext_lazy("distance", "alike")


class Way(TextChoices):
    """How a content came to a verdict that nobody gave it alone."""

    BANK = "bank", pgettext_lazy("verdict", "Known in a bank")
    OWN = "own", pgettext_lazy("verdict", "Copy of decided content")
    CLUSTER = "cluster", pgettext_lazy("verdict", "Decided with its copies")


TURNS: Final = {
    Turn.AS_IS: pgettext_lazy("turn", "as it is"),
    Turn.LEFT: pgettext_lazy("turn", "turned left"),
    Turn.HALF: pgettext_lazy("turn", "turned upside down"),
    Turn.RIGHT: pgettext_lazy("turn", "turned right"),
    Turn.MIRRORED: pgettext_lazy("turn", "mirrored"),
    Turn.UPSIDE_DOWN: pgettext_lazy("turn", "mirrored, upside down"),
    Turn.TRANSPOSED: pgettext_lazy("turn", "mirrored, turned left"),
    Turn.TRANSVERSED: pgettext_lazy("turn", "mirrored, turned right"),
}


class Heard(NamedTuple):
    """An entry that matches, as far as the hotline heeds it.

    `decides`: the bank's rules say that this hit makes a content known, or it is our own seed.
    `verdict` and `offence` are those that it stands for: of the content whose own verdict it was
    made of, or by the bank's labels; "" where it names none. `is_before`: that content was
    decided before this one came.
    `is_excepted`: a person left this one out when they decided that content's copies.
    """

    entry: int
    bank: str
    opinion: Opinion
    distance: int
    turn: Turn
    decides: bool
    verdict: str = ""
    offence: str = ""
    category: str = ""
    is_before: bool = True
    is_excepted: bool = False


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Where a content stands after its look-up, by which hit, and why a person decides."""

    standing: Standing
    by: Heard | None = None
    why: Why = Why.NOTHING


def conclude(
    heard: Sequence[Heard],
    *,
    is_partial: bool,
    state: ContentState,
    verdict: str = "",
    is_held: bool = False,
) -> Conclusion:
    """Return what a look-up means for a content of this state and verdict.

    `heard` are the hits, the one that counts most first; `is_held`: an analyst has the content. An
    answer that is not whole never says that nothing matches: it is asked again.
    """
    if is_partial:
        return Conclusion(Standing.PARTIAL, heard[0] if heard else None)
    if not heard:
        return Conclusion(Standing.UNKNOWN)
    first = heard[0]
    why = _why_a_person(heard, state=state, verdict=verdict, is_held=is_held)
    return Conclusion(Standing.PROPOSED if why else Standing.KNOWN, first, why)


def _why_a_person(
    heard: Sequence[Heard], *, state: ContentState, verdict: str, is_held: bool
) -> Why:
    first = heard[0]
    reasons = {
        Why.OPPOSED: {Opinion.NEGATIVE, Opinion.POSITIVE} <= {one.opinion for one in heard},
        Why.HARMLESS: first.opinion is Opinion.NEGATIVE,
        Why.EXCEPTED: any(one.is_excepted for one in heard),
        Why.UNSURE: not first.decides,
        Why.UNNAMED: not first.verdict,
        Why.COPIES: not first.is_before,
    }
    found = next((why for why, holds in reasons.items() if holds), Why.NOTHING)
    return found or _why_of_state(first, state=state, verdict=verdict, is_held=is_held)


def _why_of_state(first: Heard, *, state: ContentState, verdict: str, is_held: bool) -> Why:
    """Return why a content where it stands does not take a verdict without a person."""
    if state is ContentState.SECOND_LOOK:
        return Why.REVIEWED
    if state is not ContentState.WAITING:
        return Why.NOTHING if verdict == first.verdict else Why.DECIDED
    return Why.IN_HAND if is_held else Why.NOTHING


def asked_again_after(tries: int) -> timedelta:
    """Return how long to wait before a look-up is asked again, after so many tries."""
    return _AGAIN[min(tries, len(_AGAIN) - 1)]


def opinion_of(verdict: str, ground: str) -> Opinion | None:
    """Return what the centre's own bank thinks of the hashes of a content with this verdict.

    None where it keeps none: nobody looked, or what was seen says nothing of the picture. A verdict
    that was inherited, or taken with copies, adds nothing: a copy of a copy would drift away.
    """
    if ground not in {Ground.LOOKED, Ground.OPENED}:
        return None
    return {
        Verdict.ILLEGAL.value: Opinion.POSITIVE,
        Verdict.HARMFUL.value: Opinion.SEED,
        Verdict.OUT_OF_SCOPE.value: Opinion.NEGATIVE,
    }.get(verdict)


def within(distance: int) -> Within:
    """Return how far apart two fingerprints are, in words, from their distance in bits of 256."""
    if distance == 0:
        return Within.SAME
    return Within.CLOSE if distance <= _CLOSE else Within.ALIKE


def turned_back(turn: Turn) -> Turn:
    """Return how the other picture has to be turned to be this one."""
    return {Turn.LEFT: Turn.RIGHT, Turn.RIGHT: Turn.LEFT}.get(turn, turn)


def named(labels: Iterable[str], *, codes: Collection[str]) -> str:
    """Return the first label that names one of these codes, alone or after a colon; "" for none."""
    said = (label.rpartition(":")[2] for label in labels)
    return next((code for code in said if code in codes), "")


def check_answered(*, is_free: bool) -> None:
    """Refuse content that nobody has in hand and that the banks have not answered about."""
    if is_free:
        raise NotAnswered(
            str(_("Its fingerprints are being looked up: it may be known. Try again in a minute."))
        )


def check_room(count: int) -> None:
    """Refuse more fingerprints of one content than a page of pictures has."""
    if count > MOST_FINGERPRINTS:
        message = _("At most %(most)d fingerprints for one piece of content.")
        raise TooManyFingerprints(str(message) % {"most": MOST_FINGERPRINTS})


# Which verdict the copies of a content may take, and what is refused.


class NotToSettle(Refused, code="not-to-settle"):
    """Its copies take no verdict of it: nobody saw it, or what was seen is not of the picture."""


def settles(verdict: str, ground: str, *, is_final: bool) -> bool:
    """Return whether the copies of a content may take its verdict: a person saw what it shows."""
    return is_final and opinion_of(verdict, ground) is not None


def check_settles(verdict: str, ground: str, *, is_final: bool) -> None:
    """Refuse to give copies a verdict that nobody gave after opening the content."""
    if not settles(verdict, ground, is_final=is_final):
        raise NotToSettle(
            str(_("Only a final verdict by someone who opened the content goes to its copies."))
        )
