"""Make an empty module that passes `make check`, with its line where that is new.

    scripts/new-module awareness/libraries "Who brings the centre's tools to the young."

CONTRIBUTING.md says what comes next.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = re.compile(r"([a-z][a-z0-9]*)/([a-z][a-z0-9]*)")
LAST_LINE = '    "balise.steering.boards",\n'  # what the lines read stands behind them
CONTAINERS = 'containers = ["balise.hotline.*", '
ALONE = ' | steering",'
FILES = {
    "__init__.py": '''\
"""{promise}"""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.{line}.{module}"
    label = "{line}_{module}"
''',
    "urls.py": '''\
"""The addresses of this module, by door."""

from django.urls import URLPattern

app_name = "{module}"
staff: list[URLPattern] = []
''',
    "module.py": '''\
"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.modules import Module, Mount

MODULE = Module(
    staff=(Mount("{line}/{module}/", "{module}"),),
)
''',
    "tests/__init__.py": "",
    "tests/test_card.py": """\
from balise.config.modules import modules
from balise.{line}.{module}.module import MODULE


def test_the_house_reads_its_card() -> None:
    assert modules()["balise.{line}.{module}"] is MODULE
""",
}


def make(line: str, module: str, promise: str, *, root: Path) -> None:
    """Write the module's files, and add it where the house lists its modules."""
    folder = root / "src" / "balise" / line / module
    if not folder.parent.exists():
        _add_line(line, root=root)
    words = {"line": line, "module": module, "promise": promise}
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.format(**words))
    listed = root / "src" / "balise" / "config" / "modules.py"
    entry = f'    "balise.{line}.{module}",\n'
    siblings = re.findall(rf'    "balise\.{line}\.[\w.]+",\n', listed.read_text())
    if siblings:
        _replace(listed, siblings[-1], siblings[-1] + entry)
    else:
        _replace(listed, LAST_LINE, entry + LAST_LINE)
    contracts = root / "pyproject.toml"
    order = f'containers = ["balise.{line}"]\nlayers = [\n'
    if order in contracts.read_text():  # above all others of its line, until someone says where
        _replace(contracts, order, f'{order}  "{module}",\n')
    _raise(f"files.{line}.{module}", sum("tests/" not in name for name in FILES), root=root)
    lines = sum(text.count("\n") for name, text in FILES.items() if "tests/" not in name)
    _raise(f"lines.{line} {module}", lines, root=root)


def _add_line(line: str, *, root: Path) -> None:
    """Make a line that knows none of the others."""
    package = root / "src" / "balise" / line / "__init__.py"
    package.parent.mkdir()
    package.write_text(f'"""The line {line}."""\n')
    contracts = root / "pyproject.toml"
    _replace(contracts, ALONE, f" | {line}{ALONE}")
    _replace(contracts, CONTAINERS, f'{CONTAINERS}"balise.{line}.*", ')
    for name in ("files", "lines"):
        _raise(f"{name}.{line}", 1, root=root)


def _raise(limit: str, by: int, *, root: Path) -> None:
    """Let the house be larger by what is made here."""
    with (root / "scripts" / "size.toml").open("a", encoding="utf-8") as limits:
        limits.write(f'"{limit}" = [{by}, "A new module."]\n')


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    if text.count(old) != 1:
        raise SystemExit(f"{file}: {old.strip()!r} is not there once")
    file.write_text(text.replace(old, new))


def main() -> None:
    place = PLACE.fullmatch(sys.argv[1]) if len(sys.argv) in {2, 3} else None
    if place is None:
        raise SystemExit(__doc__)
    line, module = place.groups()
    if (ROOT / "src" / "balise" / line / module).exists():
        raise SystemExit(f"{line}/{module} is there already.")
    make(line, module, *(sys.argv[2:] or [f"The {module} of {line}."]), root=ROOT)
    print(f"src/balise/{line}/{module}: `make map` shows it; CONTRIBUTING.md says what comes next.")


if __name__ == "__main__":
    main()
