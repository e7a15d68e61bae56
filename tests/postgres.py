"""A PostgreSQL of our own: in a temporary folder, on a socket of its own, gone at the end.

`python -m tests.postgres COMMAND…` runs a command with `DATABASE_URL` set to it. With `--durable`
first, it is as a centre runs it: it waits for the disk.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests import temporary

SYSTEM_USER = "postgres"
# Nothing here outlives the run, so nothing waits for the disk.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
DURABLE = "--durable"


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


@contextmanager
def postgres(*, settings: Sequence[str] = QUICK) -> Iterator[str]:
    """Start PostgreSQL and give its address, as `DATABASE_URL` takes it."""
    # PostgreSQL refuses to run as root.
    user = SYSTEM_USER if os.geteuid() == 0 else ""
    bin_folder = programs()
    with temporary.folder(owner=user) as home:
        cluster = home / "cluster"
        _run(_as(user, bin_folder / "initdb", "-D", cluster, "-U", "balise", "-A", "trust"), home)
        chosen = [part for setting in settings for part in ("-c", setting)]
        command = _as(user, bin_folder / "postgres", "-D", cluster, "-k", home, "-h", "", *chosen)
        ready = [bin_folder / "pg_isready", "-q", "-h", home, "-U", "balise", "-d", "postgres"]
        log = home / "postgres.log"
        log.touch()
        with temporary.server(
            command,
            answers=lambda: subprocess.run(ready, check=False).returncode == 0,  # noqa: S603
            log=log,
        ):
            _run([bin_folder / "createdb", "-h", home, "-U", "balise", "balise"], home)
            yield f"postgres://balise@{quote(str(home), safe='')}/balise"


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
        environment = {**os.environ, "DATABASE_URL": address}
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
