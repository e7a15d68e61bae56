"""Print the programme as it stands: each module's promise and what one can ask of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "balise"
# What a reader looks for, in the order in which a module is read.
KINDS = ("rules", "events", "models", "queries", "actions", "measures", "retention", "ports")


def modules() -> Iterator[Path]:
    """Yield the folder of each module: a Django app of ours."""
    for apps in sorted(SOURCE.glob("*/**/apps.py")):
        yield apps.parent


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


def main() -> None:
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
