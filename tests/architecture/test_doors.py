"""Each view stands behind the door whose address tree it is in, and asks no table itself."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.reading import nodes, shown, sources
from tests.walks import of_each

TREES = {"staff/": "staff", "cms/": "staff", "api/v1/": "api"}
SAFE = {"GET", "HEAD"}
WEB = [path for path in sources() if "web" in path.parts]


def views(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from views(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


@of_each(("route", "view"), [pytest.param(*each, id=each[0]) for each in views()])
def test_a_view_stands_behind_its_door(route: str, view: Any) -> None:
    expected = next((door for tree, door in TREES.items() if route.startswith(tree)), "public")
    assert getattr(view, "door", None) == expected, f"{route} is not behind the {expected} door"


@of_each("path", WEB)
def test_a_door_touches_no_table(path: Path) -> None:
    touched = [
        f"{shown(path)}:{node.lineno} .{node.attr}"
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "filter", "exclude"}
    ]
    # `@register.filter` is the template language's own.
    lines = path.read_text(encoding="utf-8").splitlines()
    touched = [
        each for each in touched if "register.filter" not in lines[int(_line_number(each)) - 1]
    ]
    assert not touched, "a door asks queries and actions"


# The doors of machines, and what is counted or cut for GET alone.
TELL_HEAD = {
    "awareness/usage/web/public.py",
    "foundation/web/ranges.py",
    "helpline/channels/web/api.py",
    "takedown/onward/exchange/web/network.py",
}


@of_each("path", [path for path in WEB if shown(path) not in TELL_HEAD])
def test_a_page_answers_head_as_it_answers_get(path: Path) -> None:
    """The walk of the staff addresses asks by GET alone what each role is answered."""
    told = [
        node.lineno
        for node in nodes(path)
        if isinstance(node, ast.Compare | ast.MatchValue)
        and any(isinstance(part, ast.Constant) and part.value in SAFE for part in ast.walk(node))
    ]
    assert not told, "a page asks only whether it is sent a form"


def _line_number(place: str) -> str:
    return place.partition(":")[2].partition(" ")[0]
