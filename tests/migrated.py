"""A migrated, empty SQLite database, kept in `var/tests` and copied for each run of the tests.

Two hundred migrations take longer than most tests. The file's name is a hash of all that could
change it: our migrations, what is installed, the settings. Of several processes that begin at the
same time one migrates; the others wait for what it keeps.
"""

import os
import shutil
from contextlib import ExitStack
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path

from django.db import connection

from tests.architecture.reading import ROOT, SOURCE

PLACE = ROOT / "var" / "tests"
_waits = ExitStack()


def lay_out() -> bool:
    """Copy the kept database to where the tests' is, and return whether there was one.

    Where there is none, others wait until `keep`, or the end of this process.
    """
    if connection.vendor != "sqlite":
        return False
    PLACE.mkdir(parents=True, exist_ok=True)
    lock = _waits.enter_context((PLACE / "lock").open("w"))
    flock(lock, LOCK_EX)
    if not _kept().exists():
        return False
    test = connection.settings_dict["TEST"]
    shutil.copy(_kept(), test["NAME"])
    test["MIGRATE"] = False
    _waits.close()
    return True


def keep() -> None:
    """Keep the database that was just made, in the place of older ones."""
    if connection.vendor != "sqlite":
        return
    part = PLACE / f"{os.getpid()}.part"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(part)])
    for older in PLACE.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    part.rename(_kept())
    _waits.close()


def _kept() -> Path:
    decisive = [ROOT / "uv.lock", *SOURCE.glob("config/*.py"), *SOURCE.glob("**/migrations/*.py")]
    found = sha256()
    for path in sorted(decisive):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return PLACE / f"{found.hexdigest()[:32]}.sqlite3"
