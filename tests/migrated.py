"""Migrated, empty databases, kept in `var/tests` and copied wherever one is begun with.

Three hundred migrations take longer than most tests. `python -m tests.migrated FILE` copies that of
SQLite to a file: so a checkout begins, too. `tests/postgres.py` copies that of PostgreSQL. Each is
named by a hash of all that could change it: our migrations, what is installed, the settings. Of
several processes that begin at the same time one migrates; the others wait for what it keeps.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path

from tests import temporary
from tests.architecture.reading import ROOT, SOURCE

PLACE = ROOT / "var" / "tests"
TEMPLATE = "TESTS_TEMPLATE"  # names the database of a PostgreSQL that the tests' is a copy of
MIGRATE = "from balise.config.management.commands.setup import migrate; migrate()"
KEEP = "from django.db import connection; connection.cursor().execute('VACUUM INTO %s', ['{}'])"


def lay_out() -> bool:
    """Let the tests begin with a kept database; return whether it lies where theirs is already."""
    from django.db import connection  # noqa: PLC0415 - `python -m` comes without settings

    test = connection.settings_dict["TEST"]
    if connection.vendor != "sqlite":
        if TEMPLATE in os.environ:
            test |= {"TEMPLATE": os.environ[TEMPLATE], "MIGRATE": False}
        return False
    copy_to(Path(test["NAME"]))
    test["MIGRATE"] = False
    return True


def copy_to(place: Path) -> None:
    """Copy SQLite's to where a centre, or a run of the tests, is to begin with it."""
    shutil.copy(kept("sqlite3", _on_sqlite), place)


def kept(kind: str, make: Callable[[Path], None], *, name: str = "") -> Path:
    """Return what is kept of a kind; where there is none, let it be made instead of older ones.

    Its name says what it is true of: without one, the code that makes tables.
    """
    found = PLACE / f"{name or hash_of(_decisive())}.{kind}"
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / f"{kind}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if found.exists():
            return found
        for older in PLACE.glob(f"*.{kind}"):
            _remove(older)
        part = PLACE / f"{os.getpid()}-{kind}.part"  # one may need another
        make(part)
        part.rename(found)
    return found


def migrate(address: str, *, then: str = "") -> None:
    """Bring a database up to date in a process of its own, as the tests' settings have it."""
    with temporary.folder() as home:
        env = temporary.environment() | {
            "BALISE_HOME": str(home),
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": str(ROOT),
        }
        words = f"import django; django.setup(); {MIGRATE}; {then}"
        subprocess.run([sys.executable, "-c", words], env=env, check=True)  # noqa: S603 - our own


def _on_sqlite(place: Path) -> None:
    with temporary.folder() as folder:
        migrate(f"sqlite:///{folder}/tests.sqlite3", then=KEEP.format(place))


def _remove(older: Path) -> None:
    if older.is_dir():
        shutil.rmtree(older)
    else:
        older.unlink()


def _decisive() -> list[Path]:
    return [ROOT / "uv.lock", *SOURCE.glob("config/*.py"), *SOURCE.glob("**/migrations/*.py")]


def hash_of(files: Iterable[Path]) -> str:
    """Return a hash of the names and contents of files of this checkout."""
    found = sha256()
    for path in sorted(files):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:32]


if __name__ == "__main__":
    copy_to(Path(sys.argv[1]))
