"""The ways that ARCHITECTURE.md lists are those that the code goes."""

import re
from importlib import import_module
from inspect import isclass, unwrap
from types import ModuleType
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver
from scripts.map import SOURCE, Part, Step, ways

from balise.foundation.journal.book import SUBSCRIPTIONS
from balise.foundation.journal.events import Event
from balise.foundation.tasks.schedule import SCHEDULE
from tests.walks import of_each

WAYS = ways()


def module(step: Step) -> ModuleType:
    path = "balise/" + step.file.removesuffix(".py").removesuffix("/__init__")
    return import_module(path.replace("/", "."))


def found(step: Step) -> Any:
    return getattr(module(step), step.name, None)


def views(resolver: URLResolver) -> set[Any]:
    return {
        each
        for one in resolver.url_patterns
        for each in (views(one) if isinstance(one, URLResolver) else {callback(one)})
    }


def callback(pattern: URLPattern) -> Any:
    return unwrap(pattern.callback)


def events(step: Step) -> set[str]:
    """Return the names of the events that a step's file knows."""
    named = vars(module(step)).values()
    return {one.name for one in named if isclass(one) and issubclass(one, Event) and one != Event}


def begins(step: Step) -> bool:
    """Return whether a page, the schedule or a process begins with a step."""
    one = found(step)
    return (
        unwrap(one) in views(get_resolver())
        or one in [schedule.job for schedule in SCHEDULE.values()]
        or (isclass(one) and issubclass(one, BaseCommand))
        or step.file == "config/asgi.py"
    )


def leads(before: Step, after: Step) -> bool:
    """Return whether a step's file names the other one, or records what it hears of."""
    wanted = found(after)
    is_named = re.search(rf"\b{after.name}\b", (SOURCE / before.file).read_text()) and any(
        each is wanted or (isinstance(each, ModuleType) and vars(each).get(after.name) is wanted)
        for each in vars(module(before)).values()
    )
    hears = [one.events for one in SUBSCRIPTIONS.values() if one.handler is wanted]
    return bool(is_named) or any(events(before) & each for each in hears)


def test_a_report_a_notice_and_a_message_have_their_way() -> None:
    assert {part.way for part in WAYS} == {
        f"The way of a {what}" for what in ("report", "notice", "message")
    }


@of_each("part", WAYS, ids=lambda part: part.title)
def test_each_step_is_there_and_is_reached_from_one_before_it(part: Part) -> None:
    for step in part.steps:
        assert (SOURCE / step.file).is_file(), step
        assert found(step) is not None, step
    assert begins(part.steps[0]), part.steps[0]
    for place, step in enumerate(part.steps[1:], 1):
        assert any(leads(before, step) for before in part.steps[:place]), step


def test_a_step_that_nothing_leads_to_is_refused() -> None:
    first, *_, last = WAYS[0].steps
    assert not leads(last, first)


def test_each_folder_of_the_tree_that_is_drawn_is_there() -> None:
    text = (SOURCE.parents[1] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders: set[str] = set()
    above: list[str] = []
    for indent, name in re.findall(r"^((?:│   |    )*)[├└]── (\w+)/", text, re.MULTILINE):
        above = [*above[: len(indent) // 4], name]
        folders.add("/".join(above))
    assert len(folders) > len(WAYS)
    assert {each for each in folders if not (SOURCE / each).is_dir()} == set()
