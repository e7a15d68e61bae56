"""JSON of strangers, read strictly: an object that has a key twice says two things at once."""

import json
from typing import Any, Final

import orjson


class KeyTwice(ValueError):
    """An object has the same key twice; `key` is which."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


# What `loads` raises.
FAULTS: Final = (orjson.JSONDecodeError, KeyTwice)


def loads(text: bytes | str) -> Any:
    """Return what a JSON text (RFC 8259, UTF-8) says.

    Raises orjson.JSONDecodeError for what is no JSON, KeyTwice for an object with a key twice.
    """
    found = orjson.loads(text)
    try:
        _PAIRS.decode(text if isinstance(text, str) else text.decode())
    except RecursionError:
        raise orjson.JSONDecodeError("nested too deeply", "", 0) from None
    return found


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Refuse a key given twice; orjson would silently take the last one."""
    if len(dict(pairs)) < len(pairs):
        seen: set[str] = set()
        # The first that comes again: to count each among all would take the square of their number.
        for key, _value in pairs:
            if key in seen:
                raise KeyTwice(key)
            seen.add(key)


# Numbers stay texts: only the keys are looked at.
_PAIRS = json.JSONDecoder(object_pairs_hook=_once, parse_int=str, parse_float=str)
