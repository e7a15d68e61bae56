"""What the source says of each module, whichever of its files says it."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from tests.architecture.reading import SOURCE, nodes, sources, tree

# Raised beside the family of `Refused`.
_BESIDE = {"Refused", "PermissionDenied", "NotHere", "NotYours"}
_CALLS = {
    "asks": re.compile(r"require\w*|found|may|may_\w+"),
    "locks": re.compile(r"locked|lock_\w+|select_for_update"),
    "facts": re.compile(r"record|record_(each|many|past)"),
    "seals": re.compile(r"seal"),
    "forgets": re.compile(r"forget\w*"),
    "constraints": re.compile(r"\w+Constraint"),
    "transactions": re.compile(r"atomic"),
}


def module_of(thing: object) -> str:
    """Return the module of a class or function: `steering.press`; a library's as it is named."""
    named = str(getattr(thing, "__module__", ""))
    if not named.startswith("balise."):
        return named
    return _module(Path(str(sys.modules[named].__file__)))


def _module(path: Path) -> str:
    """Return the module that a file is in: an app, or a folder of a line that is none."""
    folders = [path.parent, *path.parent.parents]
    homes = {Path(each.path) for each in apps.get_app_configs()}
    line = SOURCE.joinpath(*_parts(path.parent)[:2])
    found = next((each for each in folders if each in homes), line)
    return ".".join(_parts(found))


def _parts(folder: Path) -> tuple[str, ...]:
    return folder.relative_to(SOURCE).parts


def _said() -> Iterator[tuple[str, ast.AST]]:
    """Yield all that is in our files, each with its module."""
    for path in sources():
        module = _module(path)
        for node in nodes(path):
            yield module, node


def names() -> list[str]:
    """Return the public classes and functions of each module."""
    return [
        f"{_module(path)}\t{node.name}"
        for path in sources()
        for node in tree(path).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
    ]


def counts() -> list[str]:
    """Return how often each module refuses, asks, locks, records, seals, forgets or constrains."""
    found = Counter[tuple[str, str]]()
    refusals = _refusals()
    for module, node in _said():
        name = _called(node)
        if name in refusals:
            found[module, "refusals"] += 1
        for what, of in _CALLS.items():
            if name and of.fullmatch(name):
                found[module, what] += 1
    return [f"{module}\t{what}\t{times}" for (module, what), times in found.items()]


def _called(node: ast.AST) -> str:
    """Return what is called, decorates, or is raised as it is; "" for anything else."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
        case ast.Raise(exc=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
        case ast.FunctionDef(decorator_list=listed):
            plain = [each.attr for each in listed if isinstance(each, ast.Attribute)]
            return "atomic" if "atomic" in plain else ""
    return ""


def _refusals() -> set[str]:
    """Return the names of the classes that refuse."""
    bases = {
        node.name: {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
        for _of, node in _said()
        if isinstance(node, ast.ClassDef)
    }
    found = set(_BESIDE)
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found


def refusals() -> list[str]:
    """Return each class that refuses, after its own code and the field that it is about."""
    known = _refusals()
    found = []
    for module, node in _said():
        if isinstance(node, ast.ClassDef) and node.name in known:
            said = {each.arg: _text(each.value) for each in node.keywords}
            for line in node.body:
                if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                    said[line.targets[0].id] = _text(line.value)
            code, field = said.get("code", ""), said.get("field", "")
            found.append(f"{code}\t{field}\t{node.name}\t{module}")
    return found


def _text(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


def ports() -> list[str]:
    """Return the names of the questions that a line asks through a port."""
    return [
        str(node.args[0].value)
        for _of, node in _said()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Subscript)
        and getattr(node.func.value, "id", "") == "Port"
        and isinstance(node.args[0], ast.Constant)
    ]


def jobs() -> list[str]:
    """Return the path of each job."""
    return [
        f"balise.{'.'.join(_parts(path.with_suffix('')))}.{node.name}"
        for path in sources()
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and "job" in map(_called, node.decorator_list)
    ]


def sealed() -> list[str]:
    """Return the columns that the source names as sealed: `<app>.<model>.<field>`."""
    found = {
        node.value
        for _of, node in _said()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_column(node.value)
    }
    return sorted(found)


def _is_column(text: str) -> bool:
    match text.split("."):
        case [label, model, field] if label in apps.app_configs:
            try:
                apps.get_model(label, model)._meta.get_field(field)
            except (LookupError, FieldDoesNotExist):
                return False
            return True
    return False
