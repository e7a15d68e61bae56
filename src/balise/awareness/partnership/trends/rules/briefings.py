"""A briefing to partners: what it may say, how it is frozen. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import orjson

from balise.foundation.refusals import Refused


class BriefingSent(Refused, code="briefing-sent"):
    """It is frozen: a correction is a new one."""


class BriefingEmpty(Refused, code="briefing-empty"):
    pass


class NothingToCorrect(Refused, code="nothing-to-correct"):
    """It was not sent."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rise that was chosen: its figure, its code, and the last day of what is compared."""

    board: str
    figure: str
    code: str
    until: str  # ISO 8601

    @classmethod
    def read(cls, text: str) -> "Chosen":
        """Return what `written` wrote. Raises ValueError."""
        board, figure, code, until = text.split("|")
        return cls(board, figure, code, until)

    @property
    def written(self) -> str:
        return f"{self.board}|{self.figure}|{self.code}|{self.until}"


@dataclass(frozen=True, slots=True)
class UseTold:
    """An emerging use as partners read it: neither its evidence nor who saw it."""

    title: str
    text: str
    topic: str
    source: str
    first_seen: str
    state: str


@dataclass(frozen=True, slots=True)
class ReferenceTold:
    """A policy or practice as partners read it."""

    kind: str
    day: str
    country: str
    title: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class RiseTold:
    """A rise as partners read it: public numbers of whole months, protected ones of a quarter.

    None where a number may not leave, words where it is fewer than 11. `period` says which quarter.
    """

    figure: str
    label: str
    period: str
    now: int | str | None
    before: int | None  # the month before
    year_before: int | str | None


@dataclass(frozen=True, slots=True)
class BriefingTold:
    """All that an edition says, in its language; it is kept as it was sent."""

    language: str
    centre: str
    number: int
    day: str
    title: str
    intro: str
    uses: Sequence[UseTold]
    rises: Sequence[RiseTold]
    references: Sequence[ReferenceTold]

    @property
    def kept(self) -> dict[str, Any]:
        return asdict(self)


def digest(told: Mapping[str, Any]) -> str:
    """Return a digest of what an edition says: the same words are the same digest."""
    return sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()
