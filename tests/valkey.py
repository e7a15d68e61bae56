"""A Valkey of our own, for the tests that ask for `valkey`."""

import shutil
from collections.abc import Iterator

import pytest

from tests import temporary


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    """Start Valkey (or Redis) on a port of its own and give its address."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        pytest.fail("Valkey is missing: apt install valkey-server")
    port = temporary.free_port()
    with temporary.folder() as home:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--appendonly", "no", "--dir", str(home)]
        answers = lambda: temporary.listens(port)  # noqa: E731
        with temporary.server(command, answers=answers, log=home / "log"):
            yield f"redis://127.0.0.1:{port}/0"
