import os
import subprocess
import sys
from argparse import ArgumentTypeError
from pathlib import Path

import polib
import pytest

from balise.config.management.addresses import Address, address
from balise.config.management.commands.setup import compile_messages

OURS = ("BALISE_", "DATABASE_URL", "DJANGO_", "VALKEY_URL")


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mode & 0o777, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_sets_up_once_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    home = tmp_path / "home"
    env = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    env["BALISE_HOME"] = str(home)
    balise = [sys.executable, "-m", "balise"]
    subprocess.run([*balise, "setup"], env=env, check=True, capture_output=True)  # noqa: S603
    assert home.stat().st_mode & 0o777 == 0o700
    first = contents(home)
    assert first["secret-key"][0] == 0o400
    assert all(mode & 0o077 == 0 for name, (mode, _) in first.items() if "private" in name)
    subprocess.run([*balise, "setup"], env=env, check=True, capture_output=True)  # noqa: S603
    second = contents(home)
    database = {name for name in {*first, *second} if "sqlite3" in name}
    assert {name: second[name] for name in second.keys() - database} == {
        name: first[name] for name in first.keys() - database
    }
    done = subprocess.run([*balise, "check"], env=env, check=False)  # noqa: S603
    assert done.returncode == 0


def test_compiles_what_is_newer(tmp_path: Path) -> None:
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Hello", msgstr="Bonjour"))
    catalogue.save(str(source))
    compile_messages(tmp_path)
    compiled = source.with_suffix(".mo")
    assert polib.mofile(str(compiled))[0].msgstr == "Bonjour"
    written_at = compiled.stat().st_mtime_ns
    compile_messages(tmp_path)
    assert compiled.stat().st_mtime_ns == written_at


class TestAddress:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("127.0.0.1:8000", Address("127.0.0.1", 8000)),
            ("[::1]:80", Address("::1", 80)),
            ("8000", Address("127.0.0.1", 8000)),
        ],
    )
    def test_reads_what_an_operator_types(self, text: str, meant: Address) -> None:
        assert address(text) == meant
        assert address(str(meant)) == meant

    @pytest.mark.parametrize("text", ["", "host", "host:", "host:0", "host:65536", "host:²"])
    def test_refuses_the_rest(self, text: str) -> None:
        with pytest.raises(ArgumentTypeError):
            address(text)
