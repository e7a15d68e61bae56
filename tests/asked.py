"""A test that passes has asked something: no assert of a loop that was empty is taken for a yes.

Of a test function that passed, at least one of what it asks was reached, and so was at least one in
each of its `for` and `while` loops that ask. To ask is `assert`, `with pytest.raises` and the
`expect` of a browser. What a test calls is not looked into, nor what it defines within itself.

Each parameter of a test is judged alone: what workers share out, or what is chosen by hand, would
else decide whether a test passes. A walk of `tests/walks.py` is one test, judged over its cells.

The lines of the function alone are noted (`sys.monitoring`), each once; its source is read only
where one of them was not reached. A test that is expected to fail is not judged.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import pytest

_watch = sys.monitoring
TOOL = 4  # no tool of Python's own has it
ASKS = {"raises", "warns", "expect"}

_reached: set[int] = set()


class Group(NamedTuple):
    """What is to be reached at least once: a test, or a loop in it."""

    what: str
    lines: frozenset[int]


def pytest_configure() -> None:
    """Begin to hear of lines."""
    if _watch.get_tool(TOOL) is None:
        _watch.use_tool_id(TOOL, "asked")
        _watch.register_callback(TOOL, _watch.events.LINE, _note)


def _note(_code: CodeType, line: int) -> object:
    _reached.add(line)
    return _watch.DISABLE


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that passed and asked nothing."""
    code = _code_of(getattr(item, "function", None))
    if code is None or item.get_closest_marker("xfail"):
        return (yield)
    _reached.clear()
    _watch.set_local_events(TOOL, code, _watch.events.LINE)
    try:
        given = yield
    finally:
        _watch.set_local_events(TOOL, code, _watch.events.NO_EVENTS)
    if not lines_of(code) <= _reached:
        for group in groups_of(code):
            if not group.lines & _reached:
                where = ", ".join(map(str, sorted(group.lines)))
                pytest.fail(
                    f"{group.what} passed by silence: nothing that it asks was reached"
                    f" ({Path(code.co_filename).name}, line {where})",
                    pytrace=False,
                )
    return given


def _code_of(function: Callable[..., object] | None) -> CodeType | None:
    """Return the code of a test as it was written, within what decorators made of it."""
    found = function
    while found is not None:
        inner = getattr(found, "__wrapped__", None) or getattr(
            getattr(found, "hypothesis", None), "inner_test", None
        )
        if inner is None:
            break
        found = inner
    return getattr(found, "__code__", None)


@cache
def lines_of(code: CodeType) -> frozenset[int]:
    """Return the lines that are reached where all of a function is."""
    return frozenset(line for _start, _end, line in code.co_lines() if line) - {code.co_firstlineno}


@cache
def groups_of(code: CodeType) -> tuple[Group, ...]:
    """Return the loops of a function that ask, outermost first, and last the function."""
    block, first = inspect.getsourcelines(code)
    tree = ast.parse("if True:\n" + "".join(block) if block[0][0].isspace() else "".join(block))
    ast.increment_lineno(tree, first - 1 - block[0][0].isspace())
    function = next(
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    loops = [
        Group(f"the loop of line {node.lineno}", _asked_in(node.body))
        for node in _within(function.body)
        if isinstance(node, ast.For | ast.While | ast.AsyncFor)
    ]
    return tuple(
        group for group in (*loops, Group("a test", _asked_in(function.body))) if group.lines
    )


def _asked_in(body: list[ast.stmt]) -> frozenset[int]:
    """Return each line on which something is asked."""
    found: set[int] = set()
    for node in _within(body):
        if isinstance(node, ast.Assert):
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        elif isinstance(node, ast.Call) and _name_of(node.func) in ASKS:
            found.add(node.lineno)
    return frozenset(found)


def _within(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Return what is in a body, from its beginning, without what is defined in it."""
    waiting: list[ast.AST] = list(reversed(body))
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield node
            waiting += reversed(list(ast.iter_child_nodes(node)))


def _name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
