"""What steering's own records ask of those who keep campaigns."""

from typing import Protocol

from balise.foundation.ports import Port


class Known(Protocol):
    """Answered by those who keep campaigns: a code as it is kept; Refused where there is none."""

    def __call__(self, code: str) -> str: ...


campaign = Port[Known]("steering.campaign")
