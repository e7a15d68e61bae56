"""What is told of an edition: its own numbers, their bounds, and those of others beside. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from balise.awareness.sid.rules.declaring import Reach


@dataclass(frozen=True, slots=True)
class Beside:
    """A number that another part of the centre counted; None: it was too small to be told."""

    label: str
    number: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of an edition. Codes are those of the pack; None in `bands` is withheld.

    `told` is of how many activities it is known who came; `reach` is None where it is of none.
    """

    activities: int
    expected: int
    areas: Mapping[str, int]
    channels: Mapping[str, int]
    sorts: Mapping[str, int]
    told: int
    reach: Reach | None
    bands: Mapping[str, int | None]
    methods: Mapping[str, int]
    messages: int
    beside: Sequence[Beside]


def as_frozen(report: Report) -> dict[str, Any]:
    """Return a report as it is kept once it is public."""
    return asdict(report)


def read_frozen(kept: Mapping[str, Any]) -> Report:
    """Return a report as it was published."""
    reach = kept["reach"]
    return Report(
        **{
            **kept,
            "reach": Reach(**reach) if reach else None,
            "beside": [Beside(**each) for each in kept["beside"]],
        }
    )
