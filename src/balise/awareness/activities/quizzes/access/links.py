"""How far someone is in a quiz, in the address of a page, signed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from balise.awareness.activities.quizzes.rules import Path
from balise.foundation.signed import SignedState

_path: Final = SignedState("balise.awareness.quizzes.path")
_words: Final = SignedState("balise.awareness.quizzes.words", lasts=timedelta(hours=1))


def carried(path: Path) -> str:
    """Return a token that has all of a path in it."""
    return _path.token(path.told())


def read(token: str) -> Path:
    """Return the path that a token has. Raises NotHere."""
    return Path.read(_path.read(token))


def shown(quiz: str, words: Sequence[str]) -> str:
    """Return six words of a quiz as the page that shows them once has them in its address."""
    return _words.token({"quiz": quiz, "words": list(words)})


def read_shown(token: str) -> tuple[str, list[str]]:
    """Return the quiz and the six words of an address, within the hour. Raises NotHere."""
    told = _words.read(token)
    return told["quiz"], told["words"]
