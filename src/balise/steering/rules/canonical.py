"""Values as canonical JSON, and their digest: the same value is always the same text."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any, Final, cast

from pydantic import TypeAdapter

_adapter: Final[Callable[[Any], TypeAdapter[Any]]] = cache(TypeAdapter)


def canonical[T](kind: type[T], value: T) -> str:
    """Return a value of a frozen class as JSON: names in order, no spaces, moments in UTC."""
    plain = _adapter(kind).dump_python(value)
    return json.dumps(
        plain, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )


def read[T](kind: type[T], text: str) -> T:
    """Return the value that `canonical` wrote; raise ValueError for anything else."""
    return cast("T", _adapter(kind).validate_json(text))


def digest_of[T](kind: type[T], value: T) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal."""
    return sha256(canonical(kind, value).encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
