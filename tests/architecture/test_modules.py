"""Promises of each module that import contracts cannot express."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from balise.config.modules import OPTIONAL, modules
from balise.foundation.actors import Actor
from tests.architecture.reading import (
    ROOT,
    SOURCE,
    imported,
    imports,
    kind,
    line_of,
    nodes,
    shown,
    sources,
    tree,
)
from tests.walks import of_each

LONGEST = 400  # lines
# Rules decide: they take words from Django, and never the database, the clock or the settings.
RULES_MAY_IMPORT = re.compile(
    r"django\.db\.models\.(Text|Integer)Choices|django\.utils\.(translation|functional|formats|text|html)\b.*"
    r"|django\.core\.(exceptions|validators)\..*"
)
RULES_MAY_NOT_IMPORT = re.compile(
    r"balise\.foundation\.clock\b.*|balise\..*\.models\b.*|time\.time|random\b.*|os\.environ"
)
BANNED = re.compile(
    "utils?|helpers?|common|core|misc|base|managers?|handlers?|services?|processors?|data|info"
)
# What doors lend each other: all else of a door is its module's own.
LENT = {
    "balise.awareness.questions.web.fields": "the form of whoever asks questions",
    "balise.awareness.usage.web.public": "an answer counts as a use, by how it was asked for",
    "balise.helpline.channels.web.forms": "the seat answers letters on its own page",
    "balise.helpline.contacts.web.back": "the way back to the person at the seat",
    "balise.helpline.contacts.web.fields": "a field of a country’s form, as a control",
    "balise.helpline.conversations.web.forms": "what is said, on pages around a conversation",
    "balise.helpline.conversations.web.pane": "a conversation, on pages around it",
    "balise.helpline.conversations.web.talk": "who talks, on pages that a conversation opens",
    "balise.hotline.reports.web.forms.content": "an answer to a partner’s question",
    "balise.steering.editions.web.staff": "a file of an edition, as it leaves",
    "balise.steering.imports.web.forms": "numbers, files and withdrawals, as all of steering asks",
    "balise.takedown.law.web.forms": "an offence and its day, in the form of a line",
}
# Names that a library gives and asks for.
GIVEN = {
    "handle_data",
    "handle_DATA",
    "get_context_data",
    "receive_data_chunk",
    "PlainUploadHandler",
    "SealingUploadHandler",
}


@of_each("path", kind("rules"))
def test_rules_are_pure(path: Path) -> None:
    names = [f"{module}.{name}" if name else module for module, name in imports(path)]
    wrong = [
        name
        for name in names
        if (name.startswith("django") and not RULES_MAY_IMPORT.fullmatch(name))
        or RULES_MAY_NOT_IMPORT.fullmatch(name)
    ]
    assert not wrong


@of_each("path", kind("actions"))
def test_an_action_says_who_and_is_called_by_name(path: Path) -> None:
    module = imported(path)
    for name, action in inspect.getmembers(module, inspect.isfunction):
        if action.__module__ != module.__name__ or name.startswith("_"):
            continue
        parameters = inspect.signature(action).parameters
        by_name = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
        assert all(each.kind in by_name for each in parameters.values()), (
            f"{name} takes positional arguments"
        )
        assert "by" in parameters, f"{name} does not say who acts"
        assert parameters["by"].annotation is Actor, f"{name}: `by` is not an Actor"
        assert inspect.getdoc(action), f"{name} has no docstring"


@of_each(
    "model",
    [model for model in apps.get_models() if model.__module__.startswith("balise.")],
    ids=lambda model: model._meta.label,
)
def test_no_foreign_key_crosses_a_line(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        other = field.related_model
        if field.auto_created or not isinstance(other, type):
            continue
        if other.__module__.startswith("balise."):
            here, there = line_of(model.__module__), line_of(other.__module__)
            assert there in {here, ""}, f"{field.name} points into {there}"


def test_tables_are_in_the_models_of_their_module() -> None:
    ours = [one.__module__ for one in apps.get_models() if one.__module__.startswith("balise.")]
    assert not [name for name in ours if "models" not in name.split(".")]


@of_each("path", sources())
def test_only_its_module_imports_a_table(path: Path) -> None:
    """A foreign key names a sibling's table by its label; the foundation's are for any line."""
    here = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
    owners = {home(module, name).partition(".models.") for module, name in imports(path)}
    foreign = {owner for owner, found, _table in owners if found and line_of(f"{owner}.")}
    assert not {owner for owner in foreign if not here.startswith(f"{owner}.")}


def home(module: str, name: str) -> str:
    """Return where an imported name is from: of a table, its own module, whoever passes it on."""
    thing = getattr(import_module(module), name, None) if module.startswith("balise.") else None
    is_table = isinstance(thing, type) and issubclass(thing, models.Model)
    return f"{thing.__module__}." if is_table else f"{module}.{name}."


@of_each("path", sources())
def test_no_module_opens_the_door_of_another(path: Path) -> None:
    here = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
    doors = {door_of(f"{module}.{name}") for module, name in imports(path)}
    opened = {".web.".join(each) for each in doors if each and not here.startswith(f"{each[0]}.")}
    assert not {each for each in opened if not each.startswith(tuple(LENT))}


def door_of(name: str) -> tuple[str, str] | None:
    """Return a module above the foundation, and what an import names of its door."""
    owner, found, door = name.partition(".web.")
    is_above = owner in modules() and not owner.startswith("balise.foundation.")
    return (owner, door) if found and is_above else None


def test_what_a_door_lends_is_still_taken() -> None:
    taken = {f"{module}.{name}" for path in sources() for module, name in imports(path)}
    assert not {each for each in LENT if not any(name.startswith(each) for name in taken)}


@of_each("path", sources())
def test_names_say_what_a_thing_is(path: Path) -> None:
    names = [path.stem]
    names += [
        node.name
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    vague = [
        name for name in names if name not in GIVEN and any(map(BANNED.fullmatch, words_of(name)))
    ]
    assert not vague


def words_of(name: str) -> list[str]:
    """Return the words of a name: `read_HTTPBase` is read, http, base."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_", " ", name)
    return spaced.lower().split()


@of_each(
    "path",
    [
        *sources(tests=True),
        *sources("**/*.html"),
        *ROOT.glob("tests/**/*.py"),
        *ROOT.glob("bench/**/*.py"),
        *ROOT.glob("scripts/*"),
    ],
)
def test_a_file_can_be_read_in_one_go(path: Path) -> None:
    if path.is_file():
        count = len(path.read_text(encoding="utf-8").splitlines())
        assert count <= LONGEST, "split it by story into a package"


@of_each("path", sources("**/__init__.py"))
def test_a_package_says_what_is_in_it(path: Path) -> None:
    if path.parent.name in {"management", "commands", "templatetags", "web"}:
        return
    assert ast.get_docstring(tree(path)), "one to three lines: what is here, what it promises"


@pytest.mark.parametrize("word", OPTIONAL)
def test_no_line_elsewhere_knows_an_optional_module(word: str) -> None:
    folders = [SOURCE.parent / name.replace(".", "/") for name in OPTIONAL[word]]
    spaces = [mount.namespace for name in OPTIONAL[word] for mount in modules()[name].staff]
    known = [*OPTIONAL[word], *(f"staff:{space}:" for space in spaces)]
    known += [f"onward import {word}", *(f'"{folder.relative_to(SOURCE)}/' for folder in folders)]
    listed = SOURCE / "config" / "modules.py"
    for path in (*sources(), *sources("**/*.html")):
        if path != listed and not any(path.is_relative_to(folder) for folder in folders):
            text = path.read_text(encoding="utf-8")
            assert not [name for name in known if name in text], shown(path)
