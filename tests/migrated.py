"""A migrated, empty SQLite database, kept in `var/tests` and copied wherever one is begun with.

Three hundred migrations take longer than most tests. `python -m tests.migrated FILE` copies it to
a file: so a checkout begins, too. The file's name is a hash of all that could
change it: our migrations, what is installed, the settings. Of several processes that begin at the
same time one migrates; the others wait for what it keeps.
"""

import os
import shutil
import subprocess
import sys
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path

from tests import temporary
from tests.architecture.reading import ROOT, SOURCE

PLACE = ROOT / "var" / "tests"
MIGRATE = "from balise.config.management.commands.setup import migrate; migrate()"
KEEP = "from django.db import connection; connection.cursor().execute('VACUUM INTO %s', ['{}'])"


def lay_out() -> bool:
    """Copy the kept database to where the tests' is, and return whether they begin with it."""
    from django.db import connection  # noqa: PLC0415 - `python -m` comes without settings

    if connection.vendor != "sqlite":
        return False
    test = connection.settings_dict["TEST"]
    copy_to(Path(test["NAME"]))
    test["MIGRATE"] = False
    return True


def copy_to(place: Path) -> None:
    """Copy the database to where a centre, or a run of the tests, is to begin with it."""
    shutil.copy(kept(), place)


def kept() -> Path:
    """Return the database that is kept; where there is none, make it in the place of older ones."""
    found = PLACE / f"{_hash()}.sqlite3"
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if found.exists():
            return found
        for older in PLACE.glob("*.sqlite3"):
            older.unlink()
        part = PLACE / f"{os.getpid()}.part"
        with temporary.folder() as home:
            env = temporary.environment() | {
                "BALISE_HOME": str(home),
                "DATABASE_URL": f"sqlite:///{home}/tests.sqlite3",
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "PYTHONPATH": str(ROOT),
            }
            words = f"import django; django.setup(); {MIGRATE}; {KEEP.format(part)}"
            subprocess.run([sys.executable, "-c", words], env=env, check=True)  # noqa: S603 - our own
        part.rename(found)
    return found


def _hash() -> str:
    decisive = [ROOT / "uv.lock", *SOURCE.glob("config/*.py"), *SOURCE.glob("**/migrations/*.py")]
    found = sha256()
    for path in sorted(decisive):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:32]


if __name__ == "__main__":
    copy_to(Path(sys.argv[1]))
