"""Why someone is next for a console, and why nobody is: in words, for whoever takes them."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy, pgettext_lazy

from balise.helpline.queue.rules import LIVE, Risk, SeatState, WaitKind


class Why(TextChoices):
    """What brings someone before the others; the waiting time decides between equals."""

    DANGER = "danger", gettext_lazy("In danger: before everyone")
    WRITTEN_WORK = "written-work", gettext_lazy("You are on written work")
    LIVE = "live", gettext_lazy("Is there now")
    RISK = "risk", gettext_lazy("High risk")
    RETURNING = "returning", gettext_lazy("Was already with someone")
    FOR_YOU = "for-you", gettext_lazy("Passed on to you")
    SKILL = "skill", gettext_lazy("Asked for your profession")
    LONGEST = "longest", pgettext_lazy("queue", "Longest wait")


class HeldUp(TextChoices):
    """Why a console is given nobody."""

    AWAY = "away", gettext_lazy("You are off duty.")
    BREAK = "break", gettext_lazy("You are on a break.")
    DANGER = (
        "danger",
        gettext_lazy("Nobody else comes to you while the person with you is in danger."),
    )
    WRAP_UP = "wrap-up", gettext_lazy("You are wrapping up: say that you are ready.")
    FULL = "full", gettext_lazy("You have as many contacts as you can take.")


_ABOVE_OTHERS = frozenset({Risk.B, Risk.C})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What the line knows of someone who is next, and of the console that takes them."""

    kind: WaitKind
    risk: Risk
    is_danger: bool = False
    is_returning: bool = False
    is_for_me: bool = False
    is_my_skill: bool = False
    on_written_work: bool = False


def reasons(turn: Turn) -> tuple[Why, ...]:
    """Return why someone is next, the reason that weighs most first, as `rank` orders the line."""
    found: list[Why] = []
    if turn.is_danger:
        found.append(Why.DANGER)
    elif turn.kind in LIVE:
        found.append(Why.LIVE)
    elif turn.on_written_work:
        found.append(Why.WRITTEN_WORK)
    if turn.risk in _ABOVE_OTHERS:
        found.append(Why.RISK)
    if turn.is_returning:
        found.append(Why.RETURNING)
    if turn.is_for_me:
        found.append(Why.FOR_YOU)
    if turn.is_my_skill:
        found.append(Why.SKILL)
    return (*found, Why.LONGEST)


def held_up(state: SeatState, *, is_in_danger: bool, takes_any: bool) -> HeldUp | None:
    """Return why a console is given nobody, or None: it waits for the next person.

    `is_in_danger`: whether one that it holds is, and no end is proposed. `takes_any`: whether it
    may take a kind at all in addition to what it holds.
    """
    if state is SeatState.AWAY:
        return HeldUp.AWAY
    if state is SeatState.BREAK:
        return HeldUp.BREAK
    if is_in_danger:
        return HeldUp.DANGER
    if state is SeatState.WRAP_UP:
        return HeldUp.WRAP_UP
    return None if takes_any else HeldUp.FULL
