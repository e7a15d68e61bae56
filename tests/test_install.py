"""What the page on installing a centre names is there: units, files, commands, variables."""

import os
import re
import shutil
import subprocess
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
OPERATIONS = ROOT / "docs" / "operations"
PAGE = (OPERATIONS / "install.md").read_text(encoding="utf-8")
CODE = "\n".join(
    block or words for block, words in re.findall(r"(?s)```sh\n(.*?)```|`([^`\n]+)`", PAGE)
)
COMMANDS = sorted(
    {found.strip() for found in re.findall(r"(?m)(?:^|/bin/)balise ([a-z_][^\n>]*)", CODE)}
)
FILES = re.findall(r"(?m)(?:^|[\s/])((?:deploy|scripts|docs|src)/[\w./*-]*\w|[\w-]+\.md)", CODE)
UNITS = sorted(path.stem for path in (DEPLOY / "systemd").glob("*.service"))
ENVIRONMENTS = {path.name: path.read_text() for path in (DEPLOY / "environment").glob("*.env")}
SYSUSERS = (DEPLOY / "sysusers.conf").read_text(encoding="utf-8")
EXPOSURE = 20  # in tenths, as the page promises

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not on this machine"
)


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units, with this checkout in the place of /opt/balise."""
    shutil.copytree(DEPLOY / "systemd", tmp_path, dirs_exist_ok=True)
    found = [*tmp_path.glob("*.service"), *tmp_path.glob("*.target")]
    for unit in found:
        unit.write_text(unit.read_text().replace("/opt/balise/", f"{ROOT}/"))
    return found


def analyze(word: str, *words: str | Path, units: list[Path]) -> str:
    """Return what `systemd-analyze` says of the units, and fail if it refuses them."""
    program = shutil.which("systemd-analyze") or ""
    done = subprocess.run(  # noqa: S603 - our own units
        [program, word, *words, *units],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{units[0].parent}:", "SYSTEMD_PAGER": "cat"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


def settings_of(unit: str, name: str) -> list[str]:
    """Return the values of one setting of a unit."""
    text = (DEPLOY / "systemd" / f"{unit}.service").read_text(encoding="utf-8")
    return re.findall(rf"(?m)^{name}=(.*)$", text)


def options_of(parser: ArgumentParser, words: list[str]) -> Iterator[str]:
    """Yield the options that a command knows, down the subcommands that `words` name."""
    yield from parser._option_string_actions
    below = [each for each in parser._actions if isinstance(each, _SubParsersAction)]
    for each in below:
        assert words, f"{parser.prog} needs a subcommand"
        assert words[0] in each.choices, f"{parser.prog} has no {words[0]}"
        yield from options_of(each.choices[words[0]], words[1:])


def test_who_keeps_files_shares_them_and_nobody_else_is_told_where() -> None:
    sharing = {name for name, text in ENVIRONMENTS.items() if "BALISE_STORAGE=" in text}
    assert sharing == {"public.env", "staff.env", "worker.env"}
    for unit in UNITS:
        shares = f"{unit.removeprefix('balise-')}.env" in sharing
        assert (settings_of(unit, "Group") == ["balise-files"]) == shares


def test_no_user_is_refused_for_its_description() -> None:
    described = re.findall(r'(?m)^u (\S+) +- "(.*?)"', SYSUSERS)
    assert len(described) == 8
    assert not [user for user, says in described if ":" in says]  # as /etc/passwd has it


def test_the_page_was_read() -> None:
    assert {"setup", "journal head", "accounts new --help"} <= set(COMMANDS)
    assert {"deploy/roles.sql", "journal.md", "scripts/setup"} <= set(FILES)


@pytest.mark.parametrize("file", sorted(set(FILES)))
def test_a_file_that_is_named_is_there(file: str) -> None:
    place = ROOT if "/" in file else OPERATIONS
    assert list(place.glob(file)), file


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_named_is_there(command: str) -> None:
    name, *words = command.split()
    app = get_commands().get(name)
    assert app is not None, f"no command {name}"
    parser = load_command_class(str(app), name).create_parser("balise", name)
    known = set(options_of(parser, [word for word in words if not word.startswith("-")]))
    assert {word for word in words if word.startswith("--")} <= known


def test_a_check_that_is_named_is_there() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    for check in set(re.findall(r"balise\.[EW]\d{3}", PAGE)):
        assert any(check in source for source in sources), check


def test_every_unit_is_in_the_table_and_in_the_target() -> None:
    assert sorted(re.findall(r"(?m)^\| `(balise-\w+)` \|", PAGE)) == UNITS
    target = (DEPLOY / "systemd" / "balise.target").read_text(encoding="utf-8")
    assert sorted(re.findall(r"(balise-\w+)\.service", target)) == UNITS


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_has_its_user_and_its_environment(unit: str) -> None:
    assert settings_of(unit, "User") == [unit]
    assert re.search(rf"(?m)^u {unit} ", SYSUSERS)
    files = [Path(path) for path in settings_of(unit, "EnvironmentFile")]  # one unit has none
    assert {path.parent for path in files} <= {Path("/etc/balise")}
    assert {path.name for path in files} <= set(ENVIRONMENTS)


def test_users_that_are_named_are_made() -> None:
    made = set(re.findall(r"(?m)^[ug] (balise\S*)", SYSUSERS))
    assert set(re.findall(r"(?<![\w/])balise-[a-z]+\b", CODE)) <= made


@pytest.mark.parametrize("name", sorted(ENVIRONMENTS))
def test_a_variable_that_is_set_is_explained(name: str) -> None:
    explained = (OPERATIONS / "run.md").read_text(encoding="utf-8")
    for variable in re.findall(r"(?m)^(\w+)=", ENVIRONMENTS[name]):
        assert f"`{variable.removesuffix('_FILE')}" in explained, variable


@needs_systemd
def test_systemd_takes_the_units(units: list[Path]) -> None:
    said = analyze("verify", units=units)
    assert not [line for line in said.splitlines() if "balise" in line]


@needs_systemd
def test_the_units_are_as_confined_as_the_page_says(units: list[Path]) -> None:
    services = [unit for unit in units if unit.suffix == ".service"]
    analyze("security", "--offline=true", f"--threshold={EXPOSURE}", units=services)
