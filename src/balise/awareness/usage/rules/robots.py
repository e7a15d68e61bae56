"""Programs that read pages for nobody, by what they call themselves."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from balise.foundation.packs import load

PACKAGE: Final = "balise.awareness.usage"


def is_robot(agent: str) -> bool:
    """Return whether a User-Agent is a program's, by our list; none at all is one too."""
    said = agent.lower()
    return not said or any(word in said for word in _words())


@cache
def _words() -> Sequence[str]:
    return tuple(str(word) for word in load(PACKAGE, country="world", name="robots")["words"])
