"""Who is next, who may take whom, and how long it may last."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused

# How often a listener's page gives a sign of life, how long without one before the console is off
# and its items wait in front, and how often that is checked: together fifteen seconds.
BEATS_EVERY = timedelta(seconds=4)
VANISHED_AFTER = timedelta(seconds=9)
# A sign of life so soon after another says nothing new, and is not written.
SAME_BEAT = timedelta(seconds=1)
LOOKS_EVERY = timedelta(seconds=2)
# A chat without danger stays with a listener whose line was cut: a minute, with the next look.
STAYS_FOR = timedelta(seconds=60) - LOOKS_EVERY
# A process that has not looked for longer was paused, and received no signs meanwhile. One beat and
# such a sleep are shorter than `VANISHED_AFTER`.
DEAF_AFTER = 2 * LOOKS_EVERY
# A profession or a former listener that was asked for is preferred for this long; then anyone may.
PREFERRED_FOR = timedelta(seconds=90)
MOST_CHATS = 3
_FRONT = 0
_BACK = 1
# What is not live comes behind all of the live ranks, 0 to 9.
_BEHIND = 10


class WaitKind(TextChoices):
    """What waits for a person."""

    CALL = "call", pgettext_lazy("contact", "Call")
    CHAT = "chat", gettext_lazy("Chat")
    CALL_BACK = "call_back", gettext_lazy("Call-back")
    MESSAGE = "message", gettext_lazy("Message")
    REMOVAL = "removal", gettext_lazy("Removal")


VOICE = frozenset({WaitKind.CALL, WaitKind.CALL_BACK})
# Someone is there now; the others can wait for a morning.
LIVE = frozenset({WaitKind.CALL, WaitKind.CHAT})


class Risk(TextChoices):
    """How urgent, as a listener judges it; F is not judged yet, and waits as D does."""

    A = "A", gettext_lazy("A – immediate danger to life")
    B = "B", gettext_lazy("B – very high risk of harm")
    C = "C", gettext_lazy("C – high risk")
    D = "D", gettext_lazy("D – moderate risk")
    E = "E", gettext_lazy("E – low risk")
    F = "F", gettext_lazy("F – not assessed yet")


class RiskFrom(TextChoices):
    """Where the risk of an item comes from."""

    DECLARED = "declared", gettext_lazy("The person said so")
    WORDS = "words", gettext_lazy("Words of danger, not confirmed yet")
    JUDGED = "judged", gettext_lazy("Assessed by a listener")


_ORDER = {Risk.A: 0, Risk.B: 1, Risk.C: 2, Risk.D: 3, Risk.F: 3, Risk.E: 4}
# Of words alone, these mark: before those with no mark, as if they had waited so much longer. So
# nobody is passed who has waited for longer than that.
_MARKS = frozenset({Risk.C, Risk.D})
AHEAD_BY = timedelta(minutes=10)
# Any listener who is free takes these at once, whatever profession was asked for.
ANYONE_FOR = frozenset({Risk.A, Risk.B})


class Skill(TextChoices):
    """The three professions of the helpline."""

    PSYCHOLOGIST = "psychologist", gettext_lazy("Psychologist")
    LAWYER = "lawyer", gettext_lazy("Lawyer")
    DIGITAL_EXPERT = "digital_expert", gettext_lazy("Digital expert")


class SeatState(TextChoices):
    """What a listener's seat is doing."""

    AWAY = "away", gettext_lazy("Away")
    READY = "ready", gettext_lazy("Ready")
    BUSY = "busy", gettext_lazy("Busy")
    WRAP_UP = "wrap_up", gettext_lazy("Wrapping up")
    BREAK = "break", gettext_lazy("On a break")


_THERE = frozenset({SeatState.READY, SeatState.BUSY, SeatState.WRAP_UP})


class ItemState(TextChoices):
    """The state of an item."""

    WAITING = "waiting", gettext_lazy("Waiting")
    HELD = "held", gettext_lazy("With a listener")
    DONE = "done", gettext_lazy("Done")
    WITHDRAWN = "withdrawn", pgettext_lazy("queue", "Cancelled")


OPEN = (ItemState.WAITING, ItemState.HELD)


class Reason(TextChoices):
    """Why an item waits again, or left without a listener."""

    GIVEN_BACK = "given-back", gettext_lazy("Released")
    VANISHED = "vanished", gettext_lazy("The listener was disconnected")
    LEFT = "left", gettext_lazy("The person left")
    CLOSED = "closed", gettext_lazy("The helpline closed")
    FOR_DANGER = "for-danger", gettext_lazy("The listener has someone in danger")
    BLOCKED = "blocked", gettext_lazy("Blocked")
    MOVED = "moved", gettext_lazy("Continued through another channel")


class PutBack(TextChoices):
    """Why what is not live went back to its place."""

    BY_HAND = "by-hand", pgettext_lazy("queue", "Back in the queue")
    FOR_DANGER = "for-danger", gettext_lazy("A person in danger came first")


class Band(TextChoices):
    """An honest band of waiting time: never a promise in minutes."""

    UNDER_5 = "under-5", gettext_lazy("less than 5 minutes")
    UNDER_15 = "under-15", gettext_lazy("5 to 15 minutes")
    OVER_15 = "over-15", gettext_lazy("more than 15 minutes")
    UNKNOWN = "unknown", pgettext_lazy("waiting time", "not known yet")


class SeatNeeded(Refused, code="seat-needed"):
    """A listener whose console is off takes nobody."""


class SeatFull(Refused, code="seat-full"):
    """A voice call excludes everything else; chats up to the console's own number."""


class NotWaiting(Refused, code="not-waiting"):
    """Someone else took it, or it is over."""


class ItemOver(Refused, code="item-over"):
    """The person it is about has gone: it no longer waits."""


class NotYours(Refused, code="not-yours"):
    """Another listener holds it."""


class SomeoneIsThere(Refused, code="someone-is-there"):
    """Someone who is there is transferred, never put back in line."""


def check_is(state: str, *allowed: ItemState) -> None:
    """Refuse what is not in one of these states: someone else was quicker, or it is over."""
    if state not in allowed:
        raise NotWaiting(_("Someone else has taken it, or it has ended."))


def check_is_yours(*, held_by: str, by: str) -> None:
    """Refuse what another listener holds."""
    if held_by != by:
        raise NotYours(_("Another listener has taken it."))


def rank(risk: Risk, *, kind: WaitKind, returning: bool, how: str = "") -> int:
    """Return the place in line, lower first; `how`: where the risk comes from.

    Risk A of any kind comes first, then people who are there now, then what is not live. Within
    each: by risk, then those who were dropped, then (not in the number) the longest wait. Words of
    level C or D alone give the place of those of whom nothing is known (`AHEAD_BY`).
    """
    if is_mark(risk, how):
        risk = Risk.F
    is_behind = risk is not Risk.A and kind not in LIVE
    place = _ORDER[risk] * 2 + (_FRONT if returning else _BACK)
    return place + _BEHIND if is_behind else place


def is_mark(risk: Risk, how: str) -> bool:
    """Return whether words alone tell of a risk that puts nobody in front and calls nobody."""
    return how == RiskFrom.WORDS and risk in _MARKS


def is_graver(risk: Risk, *, than: Risk) -> bool:
    """Return whether a risk is more urgent than another."""
    return _ORDER[risk] < _ORDER[than]


def worse(*risks: Risk) -> Risk:
    """Return the highest of some risks; F, not judged yet, is below every other."""
    return min(risks)


def raises(risk: Risk, how: RiskFrom, *, before: Risk, known: str, is_held: bool) -> bool:
    """Return whether a risk that is told changes one that is `known` from somewhere; never lower.

    The person may say too what words had raised: then it is known from them, no longer guessed. A
    listener who has judged the item reads every word: words of level B do not raise it while they
    have it, nor do those of C and D.
    """
    if how is RiskFrom.WORDS and is_held and known == RiskFrom.JUDGED and risk is not Risk.A:
        return False
    if is_graver(risk, than=before) or (is_mark(risk, how) and before is Risk.F):
        return True
    return risk is before and how is RiskFrom.DECLARED and known == RiskFrom.WORDS


def kinds_for(held: Collection[WaitKind], *, chat_cap: int) -> frozenset[WaitKind]:
    """Return the kinds that a console may take in addition to what it holds.

    A voice call excludes everything else, and a listener in a chat takes no call. What is not live
    is taken one at a time, by a console that holds nothing.
    """
    if not held:
        return frozenset(WaitKind)
    if all(kind is WaitKind.CHAT for kind in held) and len(held) < chat_cap:
        return frozenset({WaitKind.CHAT})
    return frozenset()


def kinds_in_danger(
    held: Collection[tuple[WaitKind, bool]], *, chat_cap: int
) -> frozenset[WaitKind]:
    """Return the kinds of which a console may take someone in danger, with the live ones it holds.

    `held` says of each whether they are in danger too, with no end proposed. What is not live makes
    way (`makes_way`), even in danger, for someone who is there. A console with a free chat takes no
    voice. Nothing is taken with someone in danger who is there.
    """
    if any(in_danger and kind in LIVE for kind, in_danger in held):
        return frozenset()
    live = [kind for kind, _in_danger in held if kind in LIVE]
    if not live:
        return LIVE if any(in_danger for _kind, in_danger in held) else frozenset(WaitKind)
    if all(kind is WaitKind.CHAT for kind in live) and len(live) < chat_cap:
        return frozenset(WaitKind) - VOICE
    return frozenset()


def makes_way(kind: WaitKind) -> bool:
    """Return whether what a seat holds goes back to its place for someone in danger."""
    return kind not in LIVE


def check_can_wait(kind: WaitKind) -> None:
    """Refuse to put back in line someone who is there now."""
    if kind in LIVE:
        raise SomeoneIsThere(_("Someone is with you: pass them on, or call for help."))


def check_cap(chat_cap: int) -> int:
    """Return a console's number of chats at once; refuse one that is too high or too low."""
    if not 1 <= chat_cap <= MOST_CHATS:
        raise Refused(_("From one to %(most)d chats at once.") % {"most": MOST_CHATS})
    return chat_cap


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A seat as the waiting time knows it: its state, and what it holds.

    `is_blocked`: one that it holds is in danger, and nobody proposed its end.
    """

    state: SeatState
    held: tuple[WaitKind, ...] = ()
    chat_cap: int = 1
    is_blocked: bool = False
    on_written_work: bool = False

    def can_take(self, kind: WaitKind) -> bool:
        """Return whether it could take someone of a kind this moment."""
        is_taking = self.state in {SeatState.READY, SeatState.BUSY} and not self.is_blocked
        return is_taking and kind in kinds_for(self.held, chat_cap=self.chat_cap)


def band(ahead: int, *, seats: Collection[Taking], handling: timedelta, kind: WaitKind) -> Band:
    """Return how long someone of a kind waits with so many ahead, as a cautious band.

    A seat on a break or on written work counts for nothing; one that is blocked, neither: nobody
    knows until when. With no other the time is not known.
    """
    there = [one for one in seats if one.state in _THERE and not one.on_written_work]
    at_work = [one for one in there if not one.is_blocked]
    if not at_work:
        return Band.UNKNOWN
    spare = sum(one.can_take(kind) for one in at_work)
    if spare > ahead:
        return Band.UNDER_5
    # A seat is free every handling / seats on average; each one ahead takes the next.
    wait = handling / len(at_work) * (ahead - spare + 1)
    if wait < timedelta(minutes=5):
        return Band.UNDER_5
    return Band.UNDER_15 if wait <= timedelta(minutes=15) else Band.OVER_15
