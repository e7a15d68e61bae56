"""A promise that is asked of each of many cells, as one test that names every cell it fails for."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import Enum
from functools import wraps
from inspect import signature
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.reading import shown

LONGEST = 300  # signs of what is said of a cell

type Promise = Callable[..., None]
type Named = Callable[[Any], object]
Param = type(pytest.param())


def of_each(
    names: str | tuple[str, ...],
    cells: Iterable[Any],
    *,
    ids: Named | Iterable[str] | None = None,
    apart: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Callable[[Promise], Promise]:
    """Ask a promise of each cell; what is given is what `pytest.mark.parametrize` takes.

    Each cell that fails is said on a line, and the first with all that pytest says of it; where
    there is no cell, the test fails. A test of its own for each would take longer to gather and to
    begin than to run: what takes longer, or needs fixtures of its own, is better parametrised.
    Cells share their fixtures. What asks the database is `apart=rolled_back`: a cell leaves nothing
    to the next, and a statement that fails breaks no transaction but its own.
    """
    known = (names,) if isinstance(names, str) else names
    named = repeat(ids) if ids is None or callable(ids) else ids
    all_of_them = [_read(cell, known, how) for cell, how in zip(cells, named, strict=False)]

    def held(promise: Promise) -> Promise:
        @wraps(promise)
        def test(*given: Any, **fixtures: Any) -> None:
            __tracebackhide__ = True
            broken: list[tuple[str, BaseException]] = []
            for name, values in all_of_them:
                try:
                    with apart():
                        promise(*given, **fixtures, **values)
                except (Exception, pytest.fail.Exception) as fault:  # noqa: BLE001 - is told below
                    broken.append((name, fault))
            assert all_of_them, "there is no cell to ask"
            if broken:
                told = [f"{name}: {_said(fault)}" for name, fault in broken]
                told.append(f"{len(broken)} of {len(all_of_them)} cells fail")
                raise AssertionError("\n".join(told)) from broken[0][1]

        asked = signature(promise)
        left = [one for name, one in asked.parameters.items() if name not in known]
        test.__signature__ = asked.replace(parameters=left)  # type: ignore[attr-defined]
        return test

    return held


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo at the end what was written inside, within the transaction of the test."""
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _read(cell: Any, names: tuple[str, ...], ids: Named | str | None) -> tuple[str, dict[str, Any]]:
    """Return the name of a cell, and what it gives to the promise."""
    name = ids if isinstance(ids, str) else None
    if isinstance(cell, Param):
        assert not cell.marks, "a cell bears no mark"
        cell, name = cell.values, cell.id
    elif len(names) == 1:
        cell = (cell,)
    named = (str(ids(value)) if callable(ids) else _name(value) for value in cell)
    return name or " · ".join(named), dict(zip(names, cell, strict=True))


def _name(value: object) -> str:
    if isinstance(value, Path):
        return shown(value)
    if isinstance(value, Enum):
        return str(value)
    return getattr(value, "__name__", None) or str(value)[:LONGEST]


def _said(fault: BaseException) -> str:
    """Return the first line of a fault; what is no assertion has its class before it."""
    first = str(fault).strip().partition("\n")[0][:LONGEST]
    return first if isinstance(fault, AssertionError) else f"{type(fault).__name__}: {first}"
