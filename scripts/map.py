"""Print the programme: each module's promise and what it offers, then the ways through it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "balise"
APPS = {"__init__.py", "apps.py"}  # where an application of Django stands
# What a reader looks for, in the order in which a module is read.
KINDS = (
    "rules",
    "events",
    "models",
    "queries",
    "actions",
    "measures",
    "retention",
    "ports",
    "module",
)


def modules() -> Iterator[Path]:
    """Yield the folder of each module: a Django app of ours."""
    for package in sorted(SOURCE.glob("*/**/*.py")):
        if package.name in APPS and "class App(AppConfig):" in package.read_text():
            yield package.parent


def promise(folder: Path) -> str:
    """Return the first line of a package's docstring."""
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""
    return docstring.partition("\n")[0]


def names(folder: Path, kind: str) -> list[str]:
    """Return the public functions and classes of one kind, in the order of the source."""
    package = folder / kind
    files = sorted(package.glob("*.py")) if package.is_dir() else [folder / f"{kind}.py"]
    return [
        node.name
        for file in files
        if file.exists()
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]


class Step(NamedTuple):
    """A step of a way: a function or class of a file, and what it does there."""

    file: str
    name: str
    does: str


class Part(NamedTuple):
    """A part of a way that one request, job or process does, with all that it sets off."""

    way: str
    title: str
    steps: list[Step]


def ways() -> list[Part]:
    """Return the ways that ARCHITECTURE.md lists, part by part."""
    way, found = "", list[Part]()
    for line in (ROOT / "ARCHITECTURE.md").read_text().splitlines():
        if line.startswith("#"):
            way = line.strip("# ") if line.startswith("### The way of") else ""
        elif way and (title := re.fullmatch(r"\*\*(.+)\*\*", line)):
            found.append(Part(way, title[1], []))
        elif way and (step := re.fullmatch(r"\d+\. `(\S+\.py)::(\w+)` (.+)", line)):
            found[-1].steps.append(Step(*step.groups()))
        elif way and line:
            raise ValueError(f"ARCHITECTURE.md: neither a part nor a step: {line}")
    return found


def main() -> None:
    print_modules()
    way = ""
    for part in ways():
        if part.way != way:
            way = part.way
            print(f"\n{way.upper()}")
        print(f"\n  {part.title}")
        for step in part.steps:
            print(f"    {step.file}::{step.name}  {step.does}")


def print_modules() -> None:
    line = ""
    for folder in modules():
        if folder.name == "config":
            continue
        path = folder.relative_to(SOURCE)
        if path.parts[0] != line:
            line = path.parts[0]
            print(f"\n{line.upper()}  {promise(SOURCE / line)}")
        print(f"\n  {path}  {promise(folder)}")
        for kind in KINDS:
            if found := names(folder, kind):
                print(f"    {kind:10} {', '.join(found)}")


if __name__ == "__main__":
    main()
