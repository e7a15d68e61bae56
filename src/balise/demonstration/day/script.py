"""An invented day: who calls and who writes, when, how long they wait, and what it is about.

Pure, and the same for the same seed. The hours are those of the telephone's own simulation: after
school is the peak. A day without school brings a third less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from balise.helpline.telephony.rules.calls import callers

OPENS_S = 9 * 3600  # of the day, in seconds
CLOSES_S = 23 * 3600
_QUIETER_WEEKEND = 0.75
_WITHOUT_SCHOOL = 0.67
_CHAT_TALK_S = 40 * 60
_CHAT_PATIENCE_S = 420
_WRAP_UP_S = (60, 240)
_SHORTEST_TALK_S = 120

# What contacts are about (codes of the pack), and how often.
_TOPICS = (
    ("cyberbullying", 26),
    ("intimate-images", 14),
    ("sextortion", 16),
    ("grooming", 7),
    ("impersonation", 8),
    ("screen-time", 8),
    ("violence-bullying", 9),
    ("harmful-content", 7),
    ("scam", 5),
)
_AGES = (("9-11", 12), ("12-14", 38), ("15-17", 34), ("18-25", 8), ("unknown", 8))
_GENDERS = (("girl", 55), ("boy", 36), ("unknown", 9))
_CALLERS = (("child", 62), ("parent", 30), ("teacher", 8))
_PLACES = (("social-media", 45), ("messaging", 35), ("gaming", 12), ("school", 8))
_OUTCOMES = (("advised", 45), ("listened", 30), ("referred", 25))
_ACTIONS = (("direct", 60), ("resources", 40))
_OTHERS = (("information", 50), ("thanks", 20), ("testing", 30))
_COUNSELLING = 0.85


@dataclass(frozen=True, slots=True)
class About:
    """What the listener notes at the wrap-up, in codes."""

    kind: str
    topics: tuple[str, ...] = ()
    age_band: str = ""
    gender: str = ""
    caller: str = ""
    place: str = ""
    outcome: str = ""
    actions_taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who will call or write: seconds after opening, and how it will go."""

    ref: str
    at_s: float
    is_chat: bool
    patience_s: float
    talk_s: float
    wrap_up_s: float
    about: About
    number: str = ""
    is_silent: bool = False
    is_in_danger: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """When a listener sits, in seconds after opening; the break is an hour, where there is one."""

    begins_s: float
    ends_s: float
    break_at_s: float | None


def people(calls: int, chats: int, *, chance: Random, name: str) -> list[Person]:
    """Return who calls and who writes, in order. One caller and one who writes are in danger."""
    found = [
        Person(
            ref=caller.ref,
            at_s=caller.at_s,
            is_chat=False,
            patience_s=caller.patience_s,
            talk_s=caller.talk_s,
            wrap_up_s=5.0 if caller.is_silent else chance.uniform(*_WRAP_UP_S),
            about=About("silent") if caller.is_silent else about(chance),
            number=caller.number,
            is_silent=caller.is_silent,
            is_in_danger=caller.is_life_danger,
        )
        for caller in callers(calls, chance=chance, name=f"{name}-call")
    ]
    writers = callers(chats, chance=chance, name=f"{name}-chat")
    found.extend(
        Person(
            ref=writer.ref,
            at_s=writer.at_s,
            is_chat=True,
            patience_s=writer.patience_s
            if writer.is_life_danger
            else chance.expovariate(1 / _CHAT_PATIENCE_S) + 20,
            talk_s=max(chance.gammavariate(4, _CHAT_TALK_S / 4), _SHORTEST_TALK_S),
            wrap_up_s=chance.uniform(*_WRAP_UP_S),
            about=about(chance),
            is_in_danger=writer.is_life_danger,
        )
        for writer in writers
    )
    return sorted(found, key=lambda one: one.at_s)


def how_many(usual: int, day: date, *, share_off: float, chance: Random) -> int:
    """Return how many come on a day, by chance, where `usual` come on a day with school."""
    factor = 1 - share_off * (1 - _WITHOUT_SCHOOL)
    if day.weekday() >= 5:  # noqa: PLR2004 - Saturday
        factor *= _QUIETER_WEEKEND
    mean = usual * factor
    return max(round(chance.gauss(mean, mean**0.5)), 1)


def shifts(listeners: int) -> list[Shift]:
    """Return when each of so many sits: a quarter early, most for the hours after school."""
    plan = ((0, 8), (6, 14), (3, 11), (6, 14))  # hours after opening
    found = []
    for place in range(listeners):
        begins, ends = plan[place % len(plan)]
        middle = (begins + 3 + (place // len(plan)) % 2) * 3600
        found.append(Shift(begins * 3600, ends * 3600, middle))
    return found


def about(chance: Random, *, is_counselling: bool | None = None) -> About:
    """Return what one contact is about; by chance, whether it is counselling, unless it is said."""
    if chance.random() > _COUNSELLING if is_counselling is None else not is_counselling:
        return About(_pick(chance, _OTHERS))
    caller = _pick(chance, _CALLERS)
    return About(
        kind="child-self" if caller == "child" else "about-child",
        topics=(_pick(chance, _TOPICS),),
        age_band=_pick(chance, _AGES),
        gender=_pick(chance, _GENDERS),
        caller=caller,
        place=_pick(chance, _PLACES),
        outcome=_pick(chance, _OUTCOMES),
        actions_taken=(_pick(chance, _ACTIONS),),
    )


def _pick(chance: Random, choices: Sequence[tuple[str, int]]) -> str:
    (found,) = chance.choices(
        [code for code, _weight in choices], [weight for _code, weight in choices]
    )
    return found
