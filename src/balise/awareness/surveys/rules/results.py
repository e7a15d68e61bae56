"""Results as they are published: frozen, of codes and numbers alone, and small numbers withheld."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from balise.awareness.surveys.rules.weighting import Weights

MEAN: Final = "mean"


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole percentage, or a mean, between its bounds at 95 %."""

    value: float
    low: float
    high: float

    @property
    def margin(self) -> float:
        """Return the wider side; never 0, for no sample is that sure."""
        wider = max(self.high - self.value, self.value - self.low)
        return round(wider, 1) or (1 if isinstance(self.value, int) else 0.1)


@dataclass(frozen=True, slots=True)
class Part:
    """Figures of those who answered, or of one group of them; None is withheld.

    They are keyed by the letter of a choice, by two of what was matched, or by `MEAN`.
    """

    base: int | None
    figures: Mapping[str, Figure | None]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """The results of a question: of everyone, and by group of the questions that it is crossed by.

    `versions` are the numbers of the wordings that asked it in these words.
    """

    code: str
    whole: Part
    crossed: Mapping[str, Mapping[str, Part]]
    versions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighting:
    """How far weights went: rounds, the smallest and largest, how many at a bound, the effect."""

    rounds: int
    least: float
    most: float
    bounded: int
    effect: float
    effective: int

    @classmethod
    def of(cls, weights: Weights) -> "Weighting":
        return cls(
            weights.rounds,
            round(weights.least, 2),
            round(weights.most, 2),
            weights.bounded,
            round(weights.effect, 2),
            round(weights.effective),
        )


@dataclass(frozen=True, slots=True)
class Results:
    """All results of a survey as they are published; `weighting` is None where none was done."""

    answers: int
    weighting: Weighting | None
    questions: tuple[QuestionResult, ...]

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "answers": self.answers,
            "weighting": self.weighting and asdict(self.weighting),
            "questions": [
                {
                    "code": each.code,
                    "versions": list(each.versions),
                    "whole": _told(each.whole),
                    "crossed": {
                        by: {group: _told(part) for group, part in groups.items()}
                        for by, groups in each.crossed.items()
                    },
                }
                for each in self.questions
            ],
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Results":
        """Return what `told` wrote."""
        return cls(
            told["answers"],
            Weighting(**told["weighting"]) if told["weighting"] else None,
            tuple(
                QuestionResult(
                    each["code"],
                    _read(each["whole"]),
                    {
                        by: {group: _read(part) for group, part in groups.items()}
                        for by, groups in each["crossed"].items()
                    },
                    tuple(each["versions"]),
                )
                for each in told["questions"]
            ),
        )


def _told(part: Part) -> Sequence[Any]:
    figures = part.figures.items()
    return [
        part.base,
        {code: one and [one.value, one.low, one.high] for code, one in figures},
    ]


def _read(told: Sequence[Any]) -> Part:
    base, figures = told
    return Part(base, {code: Figure(*one) if one else None for code, one in figures.items()})
