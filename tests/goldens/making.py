"""What Balise shows to the outside, as lines; `python -m tests.goldens.making NAME…` writes them.

A line names things by their module, never by their file, so that a file may move.
"""

import dataclasses
import subprocess
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from inspect import getclosurevars, isclass, isfunction, unwrap
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

import orjson
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.db import models
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override
from scripts import map as programme

from balise.config import api
from balise.config.modules import modules
from balise.foundation.encryption.turning import lines_with_keys
from balise.foundation.journal.book import SUBSCRIPTIONS
from balise.foundation.tasks.schedule import SCHEDULE, Daily, Every
from tests import temporary
from tests.architecture.reading import ROOT
from tests.architecture.test_events import every_event
from tests.goldens import reading
from tests.goldens.reading import module_of

type Lines = list[str]

HERE = Path(__file__).parent
_PLAIN = (str, int, float, bool, type(None))
# What a column is; words for people, choices and validators are the code's.
_OPTIONS = {
    *("max_length", "null", "unique", "db_index", "primary_key", "to", "through", "related_name"),
    *("db_column", "max_digits", "decimal_places", "default", "unique_for_date", "on_delete"),
}


def addresses() -> Lines:
    """Return each address in the order in which it is tried: the first that fits is taken."""
    with override(settings.LANGUAGE_CODE):
        return [
            line
            for conf in (settings.ROOT_URLCONF, "balise.config.own_urls")
            for line in _below(get_resolver(conf), conf.rpartition(".")[2])
        ]


def _below(resolver: URLResolver, route: str, spaces: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        path = f"{route} {entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _below(entry, path, f"{spaces}{entry.namespace or ''}:".lstrip(":"))
        elif isinstance(entry, URLPattern):
            view = entry.callback
            methods = ",".join(_methods(view)) or "any"
            door = str(getattr(view, "door", "none"))
            yield f"{path}\t{spaces}{entry.name or ''}\t{methods}\t{door}\t{_view(view)}"


def _view(view: Any) -> str:
    found = unwrap(view, stop=lambda each: hasattr(each, "view_class"))
    found = getattr(found, "view_class", found)
    return f"{module_of(found)} {getattr(found, '__name__', type(found).__name__)}"


def _methods(view: Any) -> Lines:
    """Return the methods that a view answers, where what is wrapped around it says so."""
    found: set[str] = set()
    while view is not None:
        held = getclosurevars(view).nonlocals if isfunction(view) else {}
        found.update(held.get("request_method_list", ()))
        for each in (*held.values(), getattr(view, "__self__", None)):
            for operation in getattr(each, "operations", ()):
                found.update(operation.methods)
        view = getattr(view, "__wrapped__", None)
    return sorted(found)


def abilities() -> Lines:
    """Return what each role and each token may do."""
    found = [
        f"{name.removeprefix('balise.')}\trole {role}\t{ability}"
        for name, module in modules().items()
        for role, held in module.abilities.items()
        for ability in held
    ]
    found += [
        f"{name.removeprefix('balise.')}\ttoken\t{scope.code}"
        for name, module in modules().items()
        for scope in module.scopes
    ]
    return sorted(found)


def schema() -> Lines:
    """Return our tables, their columns, constraints and indexes."""
    found: Lines = []
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if not model.__module__.startswith("balise."):
            continue
        found.append(f"{meta.label}\ttable {meta.db_table}\tordering {list(meta.ordering)}")
        found += [f"{meta.label}\t{_column(field)}" for field in meta.local_fields]
        found += [f"{meta.label}\t{_column(field)}" for field in meta.local_many_to_many]
        for made in (*meta.constraints, *meta.indexes):
            given = made.deconstruct()[2]
            said = ", ".join(f"{name}={_word(given[name])}" for name in sorted(given))
            found.append(f"{meta.label}\t{type(made).__name__} {said}")
    return sorted(found)


def _column(field: Any) -> str:
    given = field.deconstruct()[3]
    said = [f"{name}={_word(value)}" for name, value in sorted(given.items()) if name in _OPTIONS]
    return f"{field.name}\t{field.column}\t{type(field).__name__}\t{' '.join(said)}"


def _word(value: object) -> str:
    """Return a value without an address, nor the file of a function."""
    if isinstance(value, Enum):
        return repr(value.value)
    if isinstance(value, models.Q):
        return f"{'not ' * value.negated}{value.connector}{_word(value.children)}"
    if isinstance(value, list | tuple | set | frozenset):
        return f"[{', '.join(_word(each) for each in value)}]"
    if callable(value):
        return str(getattr(value, "__qualname__", type(value).__name__))
    return repr(value)


def events() -> Lines:
    """Return what the journal holds, who hears of it, lines with keys, and the schedule."""
    ours = (each for each in every_event() if ".tests." not in each.__module__)
    found = [f"event {each.name}\t{_facts(each)}" for each in ours]
    found += [
        f"subscriber {each.name}\t{'from now' if each.from_now else 'from the first'}\t"
        f"{', '.join(sorted(each.events))}"
        for each in SUBSCRIPTIONS.values()
    ]
    found += [f"key line {line}" for line in lines_with_keys()]
    found += [f"scheduled {path}\t{_when(each)}" for path, each in SCHEDULE.items()]
    return sorted(found)


def _when(one: Every | Daily) -> str:
    return f"daily at {one.at}" if isinstance(one, Daily) else f"every {one.period}"


def _facts(event: Any) -> str:
    hints = get_type_hints(event)
    told = sorted(field.name for field in dataclasses.fields(event))
    return ", ".join(f"{name}: {_hint(hints[name])}" for name in told)


def _hint(hint: Any) -> str:
    if isinstance(hint, UnionType):
        return " | ".join(sorted(map(_hint, get_args(hint))))
    if isclass(hint) and issubclass(hint, Enum):
        return f"({'|'.join(str(each.value) for each in hint)})"
    if of := get_args(hint):
        return f"{hint.__origin__.__name__}[{', '.join(map(_hint, of))}]"
    return str(getattr(hint, "__name__", hint))


def kept() -> Lines:
    """Return what the source names that tables and other modules hold on to."""
    found = [f"sealed {column}" for column in reading.sealed()]
    found += [f"port {name}" for name in reading.ports()]
    found += [f"job {path}" for path in reading.jobs()]  # the queue keeps it by its path
    return sorted(found)


def refusals() -> Lines:
    """Return the codes of what is refused: problem documents and forms carry them."""
    return sorted(reading.refusals())


def commands() -> Lines:
    """Return the commands of `balise`, each with its words."""
    found = []
    for name, app in get_commands().items():
        if str(app).startswith("balise."):
            parser = load_command_class(str(app), name).create_parser("balise", name)
            words = {"/".join(each.option_strings) or each.dest for each in parser._actions}
            found.append(f"{name}\t{str(app).removeprefix('balise.')}\t{' '.join(sorted(words))}")
    return sorted(found)


def programme_map() -> Lines:
    """Return what `make map` says that each module can do, count, forget and ask."""
    return sorted(
        {
            f"{'.'.join(folder.relative_to(programme.SOURCE).parts)}\t{name}"
            for folder in programme.modules()
            for kind in programme.KINDS
            if kind not in {"rules", "models"}  # these are among the names
            for name in programme.names(folder, kind)
        }
    )


def openapi() -> Lines:
    """Return what the API says of itself."""
    told = orjson.loads(api.document(RequestFactory().get("/api/v1/openapi.json")).content)
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
    return orjson.dumps(told, option=options).decode().splitlines()


def names() -> Lines:
    """Return the public classes and functions of each module."""
    return sorted(reading.names())


def counts() -> Lines:
    """Return how often each module refuses, asks, locks, records, seals, forgets or constrains."""
    return sorted(reading.counts())


def home(address: str = "") -> Lines:
    """Return what is read in the centre that an earlier commit left, once it is migrated.

    On SQLite, or from the same rows in the empty database that is at the address.
    """
    with temporary.folder() as place:
        said = _told_by("read", place, f"sqlite:///{place}/balise.sqlite3")
        return _told_by("copy", place, address) if address else said


def _told_by(order: str, place: Path, address: str) -> Lines:
    env = temporary.environment() | {"BALISE_HOME": str(place), "DATABASE_URL": address}
    command = [sys.executable, "-m", "tests.goldens.homes", order]
    done = subprocess.run(  # noqa: S603 - our own program
        command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.splitlines()


GOLDENS: dict[str, Callable[[], Lines]] = {
    made.__name__: made
    for made in (
        *(addresses, abilities, schema, events, commands, openapi),
        *(kept, refusals, programme_map, names, counts, home),
    )
}


def place(name: str) -> Path:
    """Return the file of a golden."""
    return HERE / f"{name}.txt"


def main(wanted: Lines) -> None:
    for name in wanted or GOLDENS:
        place(name).write_text("\n".join(GOLDENS[name]()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
