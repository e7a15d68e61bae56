"""A Ray cluster of three nodes on this machine, with a token and TLS, for tests.

Each node is started by Ray's own command, as in a centre (docs/operations/figures.md). The first is
the head, and the one that the process of the tests belongs to.
"""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests import temporary

_STARTED = b"Ray runtime started"
_PROGRAM = Path(sys.executable).with_name("ray")
# Ray gives up a node that did not answer five times, and asks each 3 s; who lost the head waits
# for it for a minute. These do so sooner.
SOON = {"RAY_health_check_period_ms": "500", "RAY_gcs_rpc_server_reconnect_timeout_s": "5"}


class Nodes:
    """The nodes that run: `address` of the head, `variables` of whoever uses them."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self._stack = folder, stack
        self.address = f"127.0.0.1:{temporary.free_port()}"
        self.stored = folder / "files"  # BALISE_STORAGE of each node
        self.stored.mkdir()
        self.variables = secured(folder)
        self._started: list[subprocess.Popen[bytes]] = []

    def complete(self) -> None:
        """Start what is missing of three."""
        tries = 4
        while len(self._started) < 3:
            try:
                self._started.append(self._start())
            except RuntimeError:  # Ray gives a node 30 seconds, also on a busy machine
                tries -= 1
                if not tries:
                    raise

    def _start(self) -> subprocess.Popen[bytes]:
        place = ["--address", self.address]
        if not self._started:
            port = self.address.rpartition(":")[2]
            place = ["--head", "--port", port, "--include-dashboard", "false"]
            place += ["--temp-dir", str(self.folder / "ray"), "--disable-usage-stats"]
        size = ("--num-cpus", "1", "--memory", "2000000000", "--object-store-memory", "80000000")
        log = self.folder / f"node-{secrets.token_hex(4)}.log"
        own = {"BALISE_STORAGE": str(self.stored), "PYTHONPATH": os.pathsep.join(sys.path)}
        started = temporary.server(
            [_PROGRAM, "start", "--block", "--node-ip-address", "127.0.0.1", *size, *place],
            answers=lambda: log.exists() and _STARTED in log.read_bytes(),
            log=log,
            env=temporary.environment() | self.variables | SOON | own,
        )
        return self._stack.enter_context(started)

    def last(self) -> list[int]:
        """Return the processes of the node that was started last, its tasks' included."""
        return _below(self._started[-1].pid)

    def kill_all(self) -> None:
        """Kill every node, the head last: also that of the process of the tests."""
        while self._started:
            self.kill_one()

    def kill_one(self) -> None:
        """Kill the node that was started last, as a power cut does."""
        for process in [*self.last(), self._started.pop().pid]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def _below(process: int) -> list[int]:
    """Return the children of a process, and theirs; those first that have others below them."""
    found = []
    with suppress(OSError):
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
        for child in map(int, text.split()):
            found += [child, *_below(child)]
    return found


@pytest.fixture(scope="session")
def _ray_nodes() -> Iterator[Nodes]:
    with temporary.folder() as folder, ExitStack() as stack:
        made = Nodes(folder, stack)
        yield made
        made.kill_all()  # asked to stop, each takes half a minute


@pytest.fixture
def ray_nodes(_ray_nodes: Nodes, monkeypatch: pytest.MonkeyPatch) -> Nodes:
    """Give three nodes, and this process the token and the certificates to use them."""
    _ray_nodes.complete()
    for name, value in _ray_nodes.variables.items():
        monkeypatch.setenv(name, value)
    return _ray_nodes


def secured(folder: Path) -> dict[str, str]:
    """Make a token and a certificate; return the variables by which Ray knows them."""
    token, certificate, key = (folder / name for name in ("token", "node.pem", "node.key"))
    token.write_text(secrets.token_hex(32))
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    # Ray puts the machine's own address in the place of the loopback's.
    asked = "from ray._private.services import get_node_ip_address as own; print(own())"
    own = subprocess.check_output([sys.executable, "-c", asked], text=True).strip()  # noqa: S603
    names = ("-subj", "/CN=node", "-addext", f"subjectAltName=IP:127.0.0.1,IP:{own}")
    files = ("-keyout", str(key), "-out", str(certificate))
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)  # noqa: S603
    return {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN_PATH": str(token),
        "RAY_USE_TLS": "1",
        "RAY_TLS_SERVER_CERT": str(certificate),
        "RAY_TLS_SERVER_KEY": str(key),
        "RAY_TLS_CA_CERT": str(certificate),
    }
