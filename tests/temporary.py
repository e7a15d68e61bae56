"""Real servers that a test run starts for itself, on this machine, and stops by their own pid."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import IO

from tests.waiting import until

GRACE = 30.0  # seconds a server may take to stop


def free_port() -> int:
    """Return a TCP port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def folder(*, owner: str = "") -> Iterator[Path]:
    """Give a folder outside the checkout, of one system user, and remove it afterwards."""
    path = Path(tempfile.mkdtemp(prefix="balise-"))
    try:
        if owner:
            shutil.chown(path, owner)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def once(shared: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is made once for all workers of a run: they copy it.

    `shared` is the folder of temporary files of one of them.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    found = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not found.exists():
            unfinished = shared / f"{name}.part"
            shutil.rmtree(unfinished, ignore_errors=True)  # of one that failed
            unfinished.mkdir(mode=0o700)
            make(unfinished)
            unfinished.rename(found)
    return found


@contextmanager
def server(
    command: Sequence[str | Path],
    *,
    answers: Callable[[], bool],
    log: Path,
    env: dict[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a server, wait until it answers, and stop it afterwards; its words go to `log`."""
    with log.open("ab") as words:
        process = _started(command, env, words)
        try:
            _wait(process, answers, log)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _started(
    command: Sequence[str | Path], env: dict[str, str] | None, words: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - the tests' own commands
        list(command),
        env=env or dict(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=words,
        stderr=subprocess.STDOUT,
        # Ctrl-C reaches the tests; they stop what they started.
        start_new_session=True,
    )


def _wait(process: subprocess.Popen[bytes], answers: Callable[[], bool], log: Path) -> None:
    with suppress(AssertionError):
        if until(lambda: answers() or process.poll() is not None) and process.poll() is None:
            return
    message = f"{process.args!r} does not answer:\n{log.read_text(errors='replace')}"
    raise RuntimeError(message)


def listens(port: int) -> bool:
    """Return whether somebody listens on this port of the loopback."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def environment() -> dict[str, str]:
    """Return the environment without what is set of Balise in it."""
    ours = ("BALISE_", "DJANGO_", "DATABASE_URL", "VALKEY_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
