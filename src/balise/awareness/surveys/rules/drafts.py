"""Answers that are not sent yet: what was given, and when each was given last. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Given:
    """Answers by question, and at which version of the draft each was given."""

    answers: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)

    def elsewhere(self, new: Mapping[str, str], *, seen: int) -> list[str]:
        """Return the questions that another tab answered otherwise after version `seen`."""
        return [
            code
            for code, answer in new.items()
            if self.versions.get(code, 0) > seen and self.answers.get(code) != answer
        ]

    def with_more(self, new: Mapping[str, str], *, version: int) -> Self:
        """Return these answers with more; what is the same keeps its version."""
        changed = {code for code, answer in new.items() if self.answers.get(code) != answer}
        return type(self)(
            {**self.answers, **new}, {**self.versions, **dict.fromkeys(changed, version)}
        )

    def told(self) -> dict[str, Any]:
        """Return what `read` takes."""
        return {"answers": dict(self.answers), "versions": dict(self.versions)}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Return what `told` wrote."""
        return cls(told["answers"], told["versions"])
