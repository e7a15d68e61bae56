"""Quotas: how many answers of a kind are wanted, as the wording says. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from balise.awareness.surveys.rules.wordings import Source


@dataclass(frozen=True, slots=True)
class Quota:
    """So many answers at most to a question of one choice, of those that chose this letter."""

    question: str
    letter: str
    most: int

    @property
    def key(self) -> str:
        """Return by what it is counted."""
        return f"{self.question}:{self.letter}"

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Return whether it counts for someone with these answers."""
        return answers.get(self.question) == self.letter


def quotas(source: Source) -> list[Quota]:
    """Return the quotas of a wording."""
    rows: Sequence[Mapping[str, Any]] = source.get("quotas", ())
    return [Quota(str(each["question"]), str(each["is"]), int(each["most"])) for each in rows]
