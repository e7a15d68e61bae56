"""Where the edits in force come from. Rules know no database: `queries.words` says it at start."""

from collections.abc import Callable
from dataclasses import dataclass

from balise.helpline.queue.rules.danger_words.editing import Edit

type Ask = Callable[[], tuple[Edit, ...]]


def none() -> tuple[Edit, ...]:
    """Return no edit: the words are those of the pack."""
    return ()


@dataclass(slots=True)
class Source:
    """What is asked for the edits in force."""

    ask: Ask = none


SOURCE = Source()
