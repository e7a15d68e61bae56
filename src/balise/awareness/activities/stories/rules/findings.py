"""What a check finds wrong with a story: each stops its publication. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault: its code, where it is (`main.ink:12`, a scene, a line's id), and in words."""

    code: str
    where: str
    message: str

    def told(self) -> dict[str, str]:
        """Return it as JSON holds it."""
        return {"code": self.code, "where": self.where, "message": self.message}

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Self:
        """Return what `told` wrote."""
        return cls(told["code"], told["where"], told["message"])
