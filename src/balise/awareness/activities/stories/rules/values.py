"""Values of a story's variables, as JSON holds them in a save, and back. Pure."""

import math
from typing import Any, Final

from inkpython.engine.ink_list import InkList, InkListItem
from inkpython.engine.list_definitions_origin import ListDefinitionsOrigin
from inkpython.engine.path import Path
from inkpython.engine.value import (
    BoolValue,
    DivertTargetValue,
    FloatValue,
    IntValue,
    ListValue,
    StringValue,
)

from balise.awareness.activities.stories.rules.saves import Told

LARGEST: Final = 1 << 53  # beyond, the two engines do not count alike
LONGEST: Final = 2_000  # characters of a text that a variable or an expression holds


def told(value: Any) -> Told:
    """Return a value of the engine as JSON holds it."""
    match value:
        case BoolValue() | IntValue() | StringValue():
            plain: Told = value.value
            return plain
        case FloatValue():
            return {"float": value.value if math.isfinite(value.value) else 0.0}
        case ListValue():
            items = map(InkListItem.fromSerializedKey, value.value)
            return {"list": sorted(item.fullName for item in items)}
        case _:
            return {"to": str(value.targetPath)}


def read(told: Any, *, like: Any, lists: ListDefinitionsOrigin, places: frozenset[str]) -> Any:
    """Return a value for the engine, of the kind that `like` is; None where it no longer is one.

    Items of a list that are gone are left out. A target is kept where it is a place of the story.
    """
    match told, like:
        case bool() | int() | {"float": _}, IntValue() | FloatValue() | BoolValue():
            return _number(told)
        case str(), StringValue():
            return StringValue(told)
        case {"list": names}, ListValue():
            return _list(names, like, lists)
        case {"to": path}, DivertTargetValue() if path in places:
            return DivertTargetValue(Path(path))
    return None


def is_over(value: Any) -> bool:
    """Return whether a value is larger than a story may make it."""
    match value:
        case StringValue():
            return len(value.value) > LONGEST
        case IntValue() | FloatValue():
            return not abs(value.value) <= LARGEST  # not a number is over too
    return False


def _number(told: Any) -> Any:
    if isinstance(told, bool):
        return BoolValue(told)
    return IntValue(told) if isinstance(told, int) else FloatValue(told["float"])


def _list(names: list[str], like: ListValue, lists: ListDefinitionsOrigin) -> ListValue:
    found = InkList()
    for name in names:
        single = lists.FindSingleItemListWithName(name)
        if single is not None:
            for item, number in single.value.items():
                found[item] = number
    found.SetInitialOriginNames(like.value.originNames)
    return ListValue(found)
