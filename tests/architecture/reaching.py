"""What a function of ours reaches by the names that it knows: calls, classes, functions passed on.

Not followed are ports, events and templates; a class reaches what its methods reach. What is given
to a child with limits (`call(work, …)`, `kept.call(work, …)`) is not reached: it runs elsewhere.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.architecture.reading import SOURCE, nodes, tree

type Place = tuple[str, str]  # a module, and a name at its top

APART = frozenset(
    {("balise.foundation.limited.calling", "call"), ("balise.foundation.apart", "answered")}
)


@cache
def file_of(module: str) -> Path | None:
    """Return the file of a module of ours."""
    path = SOURCE.parent.joinpath(*module.split("."))
    return next(
        (each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file()), None
    )


@cache
def known(module: str) -> Mapping[str, Place]:
    """Return what each name of a module means: of its own, or imported anywhere in it."""
    file = file_of(module)
    if file is None:
        return {}
    found: dict[str, Place] = {}
    for node in nodes(file):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                place = (inside, "") if file_of(inside) else (node.module, alias.name)
                found[alias.asname or alias.name] = place
        elif isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name.partition(".")[0]] = (alias.name, "")
    return found | {name: (module, name) for name in defined(module)}


@cache
def defined(module: str) -> Mapping[str, ast.stmt]:
    """Return what stands at the top of a module by name."""
    file = file_of(module)
    found: dict[str, ast.stmt] = {}
    for node in tree(file).body if file else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign):
            found |= {each.id: node for each in node.targets if isinstance(each, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = node
    return found


def settled(place: Place) -> Place:
    """Return where a name comes from, through what packages pass on."""
    module, name = place
    while name and name not in defined(module) and name in known(module):
        after = known(module)[name]
        if after == (module, name):
            break
        module, name = after
    return module, name


@cache
def steps(place: Place) -> frozenset[Place]:
    """Return what a name reaches at once."""
    module, name = place
    node = defined(module).get(name)
    return frozenset(_named(module, node)) if node is not None else frozenset()


def _named(module: str, whole: ast.AST) -> Iterator[Place]:
    line = [whole]
    while line:
        node = line.pop()
        place = _place(module, node)
        if place is not None:
            yield place
        elif isinstance(node, ast.Call):
            is_kept = isinstance(node.func, ast.Attribute) and node.func.attr == "call"
            is_apart = is_kept or _place(module, node.func) in APART
            line += [node.func, *node.args[is_apart:], *(one.value for one in node.keywords)]
        else:
            line += _inside(node)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a node; what a value is, as an annotation says, does nothing."""
    for each in ast.iter_child_nodes(node):
        is_said = each in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if not is_said:
            yield each


def _place(module: str, node: ast.AST) -> Place | None:
    """Return what a name means, or one after points; nothing for any other node."""
    names = known(module)
    if isinstance(node, ast.Name):
        return settled(names[node.id]) if node.id in names else None
    if not isinstance(node, ast.Attribute):
        return None
    root = node.value
    first = node.attr
    while isinstance(root, ast.Attribute):
        first, root = root.attr, root.value
    if not isinstance(root, ast.Name) or root.id not in names:
        return None
    of, inside = names[root.id]
    return settled((of, inside or first))


def ways(starts: Iterable[Place]) -> dict[Place, Place]:
    """Return all that is reached from some places, each with the place before it."""
    line = list(starts)
    before: dict[Place, Place] = {start: start for start in line}
    while line:
        place = line.pop()
        for each in steps(place):
            if each not in before:
                before[each] = place
                line.append(each)
    return before


def told(before: Mapping[Place, Place], end: Place) -> str:
    """Return the way to a place in words."""
    found = [end]
    while before[found[-1]] != found[-1]:
        found.append(before[found[-1]])
    return " > ".join(f"{module.removeprefix('balise.')}.{name}" for module, name in found[::-1])
