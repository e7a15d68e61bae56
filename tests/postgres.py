"""A PostgreSQL of our own: in a temporary folder, on a socket of its own, gone at the end.

`python -m tests.postgres COMMAND…` runs a command with `DATABASE_URL` set to it. With `--durable`
first, it is as a centre runs it: it waits for the disk. Beside the empty database it has one that
is migrated: its files are a copy of those that `tests/migrated.py` keeps.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests import migrated, temporary

SYSTEM_USER = "postgres"
# Nothing here outlives the run, so nothing waits for the disk. No table is analysed while a test
# holds all its rows in a transaction: plans for a table without rows took minutes.
QUICK = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    *("autovacuum=off", "max_connections=60"),
)
SMALL = ("min_wal_size=32MB", "max_wal_size=64MB")  # few files are left to copy
DURABLE = "--durable"
EMPTY, MIGRATED = "balise", "migrated"  # the databases of a new one


class PostgresMissing(RuntimeError):
    """No PostgreSQL server is installed on this machine."""


def programs() -> Path:
    """Return the folder of the newest PostgreSQL server installed here."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    if debian:
        return debian[-1].parent
    on_path = shutil.which("initdb")
    if not on_path:
        raise PostgresMissing("PostgreSQL is missing: apt install postgresql-17")
    return Path(on_path).parent


@dataclass(frozen=True)
class Cluster:
    """The files of a PostgreSQL, which can be started several times."""

    home: Path
    user: str  # "" where it runs as whoever started it
    settings: Sequence[str]

    @property
    def address(self) -> str:
        """Return where the empty database answers, as `DATABASE_URL` takes it."""
        return self.address_of(EMPTY)

    def address_of(self, database: str) -> str:
        """Return where a database answers, as `DATABASE_URL` takes it."""
        return f"postgres://balise@{quote(str(self.home), safe='')}/{database}"

    def make(self, kept: Path) -> None:
        """Copy the files of another one, which does not run; it is called once."""
        shutil.copytree(kept, self.files)
        if self.user:
            for path in (self.files, *self.files.rglob("*")):
                shutil.chown(path, self.user)

    def make_new(self) -> None:
        """Write the files of one that nothing is known of, and migrate a database in it."""
        place = ("-D", self.files, "-U", "balise", "-A", "trust")
        _run(_as(self.user, programs() / "initdb", *place), self.home)
        with self.running():
            for database in (EMPTY, MIGRATED):
                where = ("-h", self.home, "-U", "balise", database)
                _run([programs() / "createdb", *where], self.home)
            migrated.migrate(self.address_of(MIGRATED))

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """Start it, and stop it at the end unless it was killed."""
        chosen = [part for setting in self.settings for part in ("-c", setting)]
        place = ("-D", self.files, "-k", self.home, "-h", "")
        ready = [programs() / "pg_isready", "-q", "-h", self.home, "-U", "balise"]
        with temporary.server(
            _as(self.user, programs() / "postgres", *place, *chosen),
            answers=lambda: (
                subprocess.run([*ready, "-d", "postgres"], check=False).returncode == 0  # noqa: S603
            ),
            log=self.home / "postgres.log",
        ) as process:
            yield process

    @property
    def files(self) -> Path:
        """Return the folder of the files."""
        return self.home / "cluster"


@contextmanager
def cluster(*, settings: Sequence[str] = (), kept: Path | None = None) -> Iterator[Cluster]:
    """Make a PostgreSQL that does not run yet, and remove it at the end.

    It has the databases of the one whose files are `kept`; without it, an empty and a migrated one.
    """
    with _place(settings) as made:
        made.make(kept or migrated.kept(f"postgresql-{programs().parent.name}", _made))
        yield made


@contextmanager
def _place(settings: Sequence[str]) -> Iterator[Cluster]:
    # PostgreSQL refuses to run as root.
    user = SYSTEM_USER if os.geteuid() == 0 else ""
    with temporary.folder(owner=user) as home:
        yield Cluster(home, user, settings)


def _made(place: Path) -> None:
    """Write the files that new ones are a copy of."""
    with _place((*QUICK, *SMALL)) as made:
        made.make_new()
        shutil.copytree(made.files, place)


@contextmanager
def postgres(*, settings: Sequence[str] = QUICK) -> Iterator[str]:
    """Start PostgreSQL and give its address, as `DATABASE_URL` takes it."""
    with cluster(settings=settings) as made, made.running():
        yield made.address


def _as(user: str, *command: str | Path) -> list[str | Path]:
    if not user:
        return list(command)
    # setpriv becomes the command, so its pid is the server's.
    numbers = pwd.getpwnam(user)
    return [
        "setpriv",
        f"--reuid={numbers.pw_uid}",
        f"--regid={numbers.pw_gid}",
        "--init-groups",
        *command,
    ]


def _run(command: Sequence[str | Path], folder: Path) -> None:
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        list(command), cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.strip()}")


def main(command: list[str]) -> int:
    """Run a command against a PostgreSQL of its own and return its exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped too
    settings = QUICK
    if command[:1] == [DURABLE]:
        settings, command = (), command[1:]
    with postgres(settings=settings) as address:
        environment = {**os.environ, "DATABASE_URL": address, migrated.TEMPLATE: MIGRATED}
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
