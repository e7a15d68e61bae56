"""One rule in a charter: who proposes it, who commits, how it stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from balise.awareness.activities.charter.rules import reading
from balise.awareness.activities.charter.rules.words import By, Standing, Whom

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
            rank=reading.number(told.get("rank", 0), MOST_PICKS),
            standing=standing,
            until=date.fromisoformat(until) if until else None,
            home=reading.number(told.get("home", 0), max(HOMES)),
            says=reading.line(reading.text(told.get("says", "")), LONGEST_WORDS),
            why=reading.line(reading.text(told.get("why", "")), LONGEST_WORDS),
            tries=reading.line(reading.text(told.get("tries", "")), LONGEST_WORDS),
        )
