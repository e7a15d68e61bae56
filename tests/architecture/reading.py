"""Reading our own source."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import balise

SOURCE = Path(balise.__file__).parent
ROOT = SOURCE.parents[1]


def lines() -> tuple[str, ...]:
    """Return the lines, and what they share, from the contract that keeps them apart."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (programme,) = (
        each
        for each in contracts["tool"]["importlinter"]["contracts"]
        if each.get("containers") == ["balise"]
    )
    layers = programme["layers"]
    between = layers[layers.index("config") + 1 : layers.index("foundation")]
    return tuple(name.strip() for layer in between for name in layer.split("|"))


LINES = lines()


def sources(pattern: str = "**/*.py", *, tests: bool = False) -> list[Path]:
    """Return our files, without migrations and, unless asked for, tests."""
    return sorted(
        path
        for path in SOURCE.glob(pattern)
        if "migrations" not in path.parts and (tests or "tests" not in path.parts)
    )


def kind(name: str) -> list[Path]:
    """Return the files of one kind: each `rules.py` and all of each package `rules/`."""
    return sources(f"**/{name}.py") + sources(f"**/{name}/**/*.py")


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return all that is in a file's syntax tree: to walk it takes half as long as to parse it."""
    return tuple(ast.walk(tree(path)))


def imported(path: Path) -> ModuleType:
    """Return the module that a file of ours is."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return import_module(".".join(["balise", *(part for part in parts if part != "__init__")]))


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what a file imports, as (module, name); the name is "" for a whole module."""
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def shown(path: Path) -> str:
    """Return a file's place in the source, or in the whole, for a test's name."""
    return str(path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT))


def line_of(module: str) -> str:
    """Return the line that a module belongs to, or "" for the foundation and the config."""
    second = module.split(".")[1]
    return second if second in LINES else ""
