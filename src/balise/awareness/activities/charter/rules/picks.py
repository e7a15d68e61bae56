"""One rule in a charter: who proposes it, who commits, how it stands. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

# Reading what a family's file or form says, strictly. Each raises ValueError or TypeError.


_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_MOST: Final = 60
# What breaks a line, or turns the writing round; the joiner inside an emoji stays.
_NO_LINE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


def line(words: str, longest: int) -> str:
    """Return words on one line, with no control character, no longer than may be."""
    return " ".join(_NO_LINE.sub(" ", words).split())[:longest].strip()


def text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError("a text is expected")
    return said


def number(said: Any, most: int) -> int:
    if type(said) is not int or not 0 <= said <= most:
        raise ValueError("a number that none has")
    return said


def code(said: Any) -> str:
    if not _CODE.fullmatch(text(said)):
        raise ValueError("a code is expected")
    return str(said)


def codes(said: Any) -> tuple[str, ...]:
    if not isinstance(said, list) or len(said) > _MOST:
        raise ValueError("a list of codes is expected")
    return tuple(dict.fromkeys(code(each) for each in said))


# The words of the charter: who proposes, who commits, how a rule stands, what is counted.


class By(TextChoices):
    """Who proposes a rule."""

    PARENTS = "parents", pgettext_lazy("charter", "The parents")
    CHILD = "child", pgettext_lazy("charter", "The child")


class Whom(TextChoices):
    """Who commits to a rule, and who does what a practice says."""

    CHILDREN = "children", pgettext_lazy("who commits", "Children")
    PARENTS = "parents", pgettext_lazy("who commits", "Parents")
    BOTH = "both", pgettext_lazy("who commits", "Everyone")


class Standing(TextChoices):
    """How a rule stands: the child proposed it, all agree, it is tried, or the child refuses it."""

    PROPOSED = "proposed", pgettext_lazy("charter", "Proposed")
    KEPT = "kept", pgettext_lazy("charter", "Agreed")
    TRIAL = "trial", pgettext_lazy("charter", "On trial")
    VETOED = "vetoed", pgettext_lazy("charter", "Refused")


class Say(TextChoices):
    """What a family decides of a rule on which it had not agreed."""

    KEEP = "keep", pgettext_lazy("charter", "We all agree")
    TRY = "try", pgettext_lazy("charter", "We try it for two weeks")
    DROP = "drop", pgettext_lazy("charter", "We leave it out")


class What(TextChoices):
    """What is counted of families, where they say yes."""

    STARTED = "started", _("Charters started")
    FINISHED = "finished", _("Charters finished")
    REOPENED = "reopened", _("Charters reopened after 30 days")


class Of(TextChoices):
    """What is counted of rules, where families say yes."""

    CHOSEN = "chosen", _("Rules chosen")
    KEPT = "kept", _("Rules still kept")


def several() -> object:
    """Return the label of families that have children of several ages, or said none."""
    return _("Several ages, or not said")


HOMES: Final = (1, 2)
MOST_PICKS: Final = 60
LONGEST_WORDS: Final = 140
_USUAL: Final = {
    "by": By.PARENTS.value,
    "whom": Whom.CHILDREN.value,
    "rank": 0,
    "standing": Standing.KEPT.value,
    "until": None,
    "home": 0,
    "says": "",
    "why": "",
    "tries": "",
}


@dataclass(frozen=True, slots=True)
class Pick:
    """One rule in a charter.

    `rank` is its place in the child's order, from 1; 0 where the child gave none. `until` is the
    last day of its trial. `home` is 0 for every home, else the first or the second. `says` are the
    words of a rule of their own, `why` the child's reason to refuse, `tries` what is tried.
    """

    by: By = By.PARENTS
    whom: Whom = Whom.CHILDREN
    rank: int = 0
    standing: Standing = Standing.KEPT
    until: date | None = None
    home: int = 0
    says: str = ""
    why: str = ""
    tries: str = ""

    @property
    def is_agreed(self) -> bool:
        """Whether it is on the paper: all agree, or all try it."""
        return self.standing in {Standing.KEPT, Standing.TRIAL}

    def told(self) -> dict[str, Any]:
        """Return what `read` takes; what is usual is left out."""
        whole = {
            "by": self.by.value,
            "whom": self.whom.value,
            "rank": self.rank,
            "standing": self.standing.value,
            "until": self.until.isoformat() if self.until else None,
            "home": self.home,
            "says": self.says,
            "why": self.why,
            "tries": self.tries,
        }
        return {name: said for name, said in whole.items() if said != _USUAL.get(name)}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Return the pick that `told` wrote. Raises ValueError, TypeError."""
        until, standing = told.get("until"), Standing(told.get("standing", Standing.KEPT))
        if (standing is Standing.TRIAL) != bool(until):
            raise ValueError("a trial has a last day, and nothing else has one")
        return cls(
            by=By(told.get("by", By.PARENTS)),
            whom=Whom(told.get("whom", Whom.CHILDREN)),
            rank=number(told.get("rank", 0), MOST_PICKS),
            standing=standing,
            until=date.fromisoformat(until) if until else None,
            home=number(told.get("home", 0), max(HOMES)),
            says=line(text(told.get("says", "")), LONGEST_WORDS),
            why=line(text(told.get("why", "")), LONGEST_WORDS),
            tries=line(text(told.get("tries", "")), LONGEST_WORDS),
        )
