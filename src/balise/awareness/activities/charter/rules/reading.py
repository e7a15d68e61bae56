"""Reading what a family's file or form says, strictly. Each raises ValueError or TypeError."""

import re
from typing import Any, Final

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_MOST: Final = 60
# What breaks a line, or turns the writing round; the joiner inside an emoji stays.
_NO_LINE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


def line(words: str, longest: int) -> str:
    """Return words on one line, with no control character, no longer than may be."""
    return " ".join(_NO_LINE.sub(" ", words).split())[:longest].strip()


def text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError("a text is expected")
    return said


def number(said: Any, most: int) -> int:
    if type(said) is not int or not 0 <= said <= most:
        raise ValueError("a number that none has")
    return said


def code(said: Any) -> str:
    if not _CODE.fullmatch(text(said)):
        raise ValueError("a code is expected")
    return str(said)


def codes(said: Any) -> tuple[str, ...]:
    if not isinstance(said, list) or len(said) > _MOST:
        raise ValueError("a list of codes is expected")
    return tuple(dict.fromkeys(code(each) for each in said))
