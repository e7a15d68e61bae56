"""A module is made by one command and told in one place: a throw-away line shows it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from balise.foundation.modules import Module, Mount
from tests import temporary
from tests.architecture.reading import ROOT

BIN = Path(sys.executable).parent
# What the module brings beside what the command wrote: a page that plays, and may be kept.
PAGE = '''\
"""The door of the garden."""

from django.http import HttpRequest, HttpResponse

from balise.foundation.web import doors


@doors.public.get
def beds(_request: HttpRequest) -> HttpResponse:
    """Say that beds are in bloom."""
    return HttpResponse("in bloom")
'''
URLS = """
from django.urls import path
from balise.garden.beds.web import public as door

app_name = "beds"
public = [path("beds/", door.beds, name="beds")]
staff = []
"""
ACCESS = 'READ = "garden.beds.read"\n'
MODULE = """
from balise.foundation.modules import Module, Mount
from balise.garden.beds import access

MODULE = Module(
    public=(
        Mount(namespace="beds", sources={"beds": {"media-src": ("blob:",)}}, kept={"beds": 3600}),
    ),
    staff=(Mount("garden/beds/", "beds"),),
    abilities={"steering": (access.READ,)},
)
"""
ASKS = """
import django
django.setup()
from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from balise.foundation.encryption.turning import create_key_ring
create_key_ring()
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
faults = [one.id for one in run_checks() if one.level >= ERROR and not one.is_silenced()]
call_command("makemigrations", "--check", "--dry-run")
page = Client().get("/fr/beds/")
from balise.config.urls import kept
policy = page["Content-Security-Policy"]
print(page.status_code, kept()["/fr/beds/"], policy, *faults, sep="|")
"""


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """Give a copy of the programme with a line of its own."""
    with temporary.folder() as folder:
        # With what Python has compiled: a copy of a file is as old as the file.
        away = shutil.ignore_patterns(".git", ".uv", ".venv", ".mypy_cache", "node_modules", "var")
        shutil.copytree(ROOT, folder, ignore=away, dirs_exist_ok=True)
        (folder / "var").mkdir()
        command().make("garden", "beds", "What grows, and when it is in bloom.", root=folder)
        command().make("steering", "seasons", "What comes back each year.", root=folder)
        yield folder


def command() -> ModuleType:
    """Return what `scripts/new-module` runs."""
    spec = spec_from_file_location("new_module", ROOT / "scripts" / "new_module.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program of ours in the copy."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("BALISE_")}
    env = ours | {"PYTHONPATH": f"{folder / 'src'}:{folder}", **more}
    return subprocess.run(  # noqa: S603 - our own programs
        words, cwd=folder, env=env, capture_output=True, text=True, check=False
    )


WRITTEN = ("src/balise/garden", "src/balise/steering/seasons", "src/balise/config/modules.py")


@pytest.mark.parametrize(
    "words",
    [
        ("lint-imports",),
        ("ruff", "check", *WRITTEN),
        ("ruff", "format", "--check", *WRITTEN),
        ("mypy", *WRITTEN),
        ("deptry", "src"),
        ("codespell", *WRITTEN),
    ],
    ids=" ".join,
)
@pytest.mark.whole
def test_what_it_makes_keeps_the_rules_of_the_house(checkout: Path, words: tuple[str, ...]) -> None:
    checked = run(checkout, str(BIN / words[0]), *words[1:])
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("line", ["garden", "helpline"])
def test_it_writes_what_the_house_lets_in(line: str, tmp_path: Path) -> None:
    for name in ("pyproject.toml", "README.md", "src/balise/config/modules.py", "scripts/size.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "scripts" / "size.toml", tmp_path / "scripts")
    for package in {"", "config", "foundation", line} - {"garden"}:
        (tmp_path / "src" / "balise" / package).mkdir(exist_ok=True)
        (tmp_path / "src" / "balise" / package / "__init__.py").write_text('"""Here."""\n')
    command().make(line, "beds", "What grows.", root=tmp_path)
    written = (f"src/balise/{line}", "src/balise/config/modules.py")
    for words in (("check",), ("format", "--check")):
        checked = run(tmp_path, str(BIN / "ruff"), *words, *written)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    sized = run(tmp_path, sys.executable, "scripts/size.py")
    assert sized.returncode == 0, sized.stdout


TOLD = "tests/architecture/test_told.py"
BY_THIS_FILE = "--ignore=tests/architecture/test_new_module.py"
OWN = ("src/balise/garden/beds", "src/balise/steering/seasons")


@pytest.fixture(scope="module")
def told(checkout: Path) -> str:
    """Return what the house says of the module as the command wrote it."""
    assert not (checkout / "src" / "balise" / "garden" / "beds" / "web").exists(), "it was touched"
    asked = ("tests/architecture", *OWN, BY_THIS_FILE)
    return run(checkout, sys.executable, "-m", "pytest", "-q", "-rA", *asked).stdout


@pytest.mark.whole
def test_the_module_it_makes_is_listed(told: str) -> None:
    assert f"PASSED {TOLD}::test_every_module_is_listed" in told, told


@pytest.mark.whole
def test_the_module_it_makes_passes_untouched(told: str) -> None:
    """All of the architecture, and its own tests; below, the card is another one."""
    for folder in OWN:
        assert f"PASSED {folder}/tests/test_card.py::test_the_house_reads_its_card" in told, told
    assert not [line for line in told.splitlines() if line.startswith(("FAILED", "ERROR"))], told


@pytest.mark.whole
def test_a_line_and_its_module_are_told_in_one_place(checkout: Path) -> None:
    beds = checkout / "src" / "balise" / "garden" / "beds"
    (beds / "web").mkdir()
    (beds / "web" / "__init__.py").touch()
    (beds / "web" / "public.py").write_text(PAGE)
    (beds / "urls.py").write_text(URLS)
    (beds / "access.py").write_text(ACCESS)
    (beds / "module.py").write_text(MODULE)

    asked = run(checkout, sys.executable, "-c", ASKS, DJANGO_SETTINGS_MODULE="tests.settings")

    assert asked.returncode == 0, asked.stderr
    status, kept, policy, *faults = asked.stdout.splitlines()[-1].split("|")
    # A role of steering that reaches into the garden is refused: no role spans two lines.
    assert faults == ["balise.E201"]
    assert (status, kept) == ("200", "3600")
    assert "media-src blob:" in policy
    assert "default-src 'none'" in policy


def test_a_staff_page_may_not_be_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    from balise.config import urls  # noqa: PLC0415 - all that is mounted

    cached = Module(staff=(Mount("garden/beds/", "beds", kept={"beds": 60}),))
    monkeypatch.setattr(urls, "modules", lambda: {"balise.garden.beds": cached})
    with pytest.raises(ValueError, match="only pages of the public door may be kept"):
        list(urls.behind("staff"))


@pytest.mark.parametrize("given", [(), ("network",), ("awareness/Net work",), ("hotline/desk",)])
def test_a_place_that_cannot_be_is_refused(given: tuple[str, ...]) -> None:
    made = run(ROOT, sys.executable, str(ROOT / "scripts" / "new_module.py"), *given)
    assert made.returncode == 1
    assert made.stderr
