"""Put the code of a broken function in the place of a live one, without loading its file again."""

import inspect
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

type Place = tuple[str, ...]


def swapped(was: CodeType, now: CodeType) -> tuple[Place, CodeType] | None:
    """Return the one function that differs between two codes of a file, by name, and its new code.

    None where what differs runs while the file is loaded: its tables, defaults and decorators.
    """
    found = list(_differ(was, now, ()))
    return found[0] if len(found) == 1 and found[0] is not None else None


def put(module: str, place: Place, code: CodeType) -> bool:
    """Give a live function its new code; return whether it was found."""
    one: Any = sys.modules.get(module)
    for name in place:
        one = vars(one).get(name) if one is not None else None
    if one is None:
        return False
    one = getattr(one, "fget", None) or getattr(one, "__func__", None) or one
    function = inspect.unwrap(one)
    if not isinstance(function, FunctionType) or function.__code__.co_name != place[-1]:
        return False
    function.__code__ = code
    return True


def _differ(was: CodeType, now: CodeType, place: Place) -> Iterator[tuple[Place, CodeType] | None]:
    if _key(was) != _key(now):
        yield None
        return
    for one, other in zip(_inner(was), _inner(now), strict=True):
        name = (*place, one.co_name)
        if not one.co_flags & inspect.CO_OPTIMIZED:  # the body of a class
            yield from _differ(one, other, name)
        elif _whole(one) != _whole(other):
            yield (name, other) if one.co_name.isidentifier() else None


def _inner(code: CodeType) -> list[CodeType]:
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def _key(code: CodeType) -> object:
    """Return what a code does by itself, without where it stands and what is defined in it."""
    consts = [repr(one) for one in code.co_consts if not isinstance(one, CodeType)]
    names = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    return code.co_code, consts, names, code.co_argcount, code.co_flags, len(_inner(code))


def _whole(code: CodeType) -> object:
    return _key(code), [_whole(one) for one in _inner(code)]
