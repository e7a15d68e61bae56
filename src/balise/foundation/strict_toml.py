"""TOML of people, bounded before it is parsed: `tomllib` keeps every beginning of a dotted key, so
that a key of 100,000 parts in 200 kB takes 21 GB.
"""

import re
import tomllib
from typing import Any, Final

MOST_OCTETS: Final = 600_000
MOST_PARTS: Final = 16  # of one dotted key
DEEPEST: Final = 40  # brackets open at the same place

# Strings first, for what is in them is no key; then comments, and what is counted. A string that
# does not end goes to the end of its line, or of the text: each sign is passed once.
_PIECES: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|\'\'\'(?:[^\']|\'(?!\'\'))*+(?:\'\'\')?'
    r'|"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?'
    r"|\#[^\n]*+|[\w-]++|\s++|[^\w\s]",
    re.DOTALL,
)


class TomlFaulty(ValueError):
    """It is no TOML that is read here; the message says why, and where."""


def loads(text: str) -> dict[str, Any]:
    """Return what a text in TOML 1.0 says. Raises TomlFaulty.

    Refuses more than 600,000 octets, a key of more than 16 parts and more than 40 levels.
    """
    if len(text) > MOST_OCTETS or len(text.encode("utf-8", "surrogatepass")) > MOST_OCTETS:
        raise TomlFaulty(f"it is longer than {MOST_OCTETS} octets")
    _measure(text)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TomlFaulty("it is nested too deeply") from None
    except ValueError as fault:  # a number of more digits than Python reads is one too
        raise TomlFaulty(str(fault)) from None


def _measure(text: str) -> None:
    """Refuse what is deeper than a file of people, by its signs alone."""
    parts, level, follows, at = 1, 0, False, 0
    while found := _PIECES.match(text, at):
        piece, at = found[0], found.end()
        if piece.isspace():
            continue
        match piece[0]:
            case ".":
                follows = True
                continue
            case "[" | "{":
                level += 1
            case "]" | "}":
                level = max(level - 1, 0)
            case _:
                parts = parts + 1 if follows else 1
        follows = False
        if parts > MOST_PARTS or level > DEEPEST:
            what = "a key of more parts" if parts > MOST_PARTS else "more levels"
            line = text.count("\n", 0, found.start()) + 1
            raise TomlFaulty(f"{what} than are read here (at line {line})")
