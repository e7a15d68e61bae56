"""What a budget is, when it is spent, and when to come back. Pure.

What is charged are the octets that were sent: no door stores more than it was sent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from balise.foundation.files.room import Room
from balise.foundation.refusals import Refused

KIB: Final = 1 << 10
MIB: Final = 1 << 20
GIB: Final = 1 << 30

ROW: Final = 512  # octets that a row and its indexes take, however short what was sent
AT_ONCE: Final = 64 * KIB  # octets that a process counts by itself before it asks the database
SMALL: Final = 64 * KIB  # a form of staff: that is how room is made on a disk that is full
WIDER: Final = 4  # a /48 may store as much as so many of its /64
AN_HOUR: Final = 3_600  # seconds; what is stored is measured anew by then
NEAR_ITS_LIMIT: Final = 0.8


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be stored by the doors of a module that spend it, in octets.

    - `near`: by one neighbourhood (a /24, a /64) in a day; by a /48, `WIDER` times as much. Behind
      the staff door: by one person. 0 is no limit, and no setting makes one of it.
    - `each`: the longest that one thing becomes; its module, or the limit of a body, refuses more.
    - `in_all`: at the same time, whoever sent it; 0 is no limit.
    - `comes_first`: reports, a chat, danger. These take no lock and have no total, and only an
      empty disk (`Room.is_empty`) shuts them.
    - `stored`: measures what is there now; None: the tables that others than staff may add to.
    """

    name: str
    near: int = 64 * MIB
    each: int = MIB
    in_all: int = 2 * GIB
    comes_first: bool = False
    stored: Callable[[], int] | None = None

    def __post_init__(self) -> None:
        if self.comes_first and self.in_all:
            raise ValueError(f"{self.name}: no total shuts what comes first")


class Why(StrEnum):
    """Why a door takes nothing more."""

    NEAR = "near"  # this neighbourhood, today
    IN_ALL = "in-all"
    DISK = "disk"


class Spent(Refused, code="budget-spent"):
    """A budget is spent; `after` is in how many seconds to come back."""

    def __init__(self, why: Why, *, after: int) -> None:
        super().__init__(f"Nothing more is taken here ({why}).")
        self.why = why
        self.after = after


def check_room(room: Room, budget: Budget | None, *, octets: int, is_staff: bool) -> None:
    """Refuse (Spent) what the disk has no room for; what comes first has the reserve too."""
    if room.is_empty:
        raise Spent(Why.DISK, after=AN_HOUR)
    is_first = budget is not None and budget.comes_first
    if room.is_reached and not is_first and not (is_staff and octets <= SMALL):
        raise Spent(Why.DISK, after=AN_HOUR)


def seconds_until_tomorrow(moment: datetime) -> int:
    """Return in how many seconds the day of a local moment is over, 1 or more."""
    midnight = (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(1, int((midnight - moment).total_seconds()))


class Declared:
    """The budgets of all modules, and which one a module's doors spend where they name none."""

    def __init__(self) -> None:
        self.by_name: dict[str, Budget] = {}
        self._of_module: dict[str, str] = {}

    def register(self, module: str, budgets: Iterable[Budget]) -> None:
        """Add a module's budgets; the first is that of its doors."""
        for budget in budgets:
            known = self.by_name.setdefault(budget.name, budget)
            if known is not budget:
                raise ValueError(f"two budgets are called {budget.name}")
            self._of_module.setdefault(module, budget.name)

    def of_module(self, path: str) -> Budget | None:
        """Return the budget of the module that a Python path is in; None where none is told."""
        while path:
            if path in self._of_module:
                return self.by_name[self._of_module[path]]
            path = path.rpartition(".")[0]
        return None


DECLARED: Final = Declared()
