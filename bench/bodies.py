"""What large and slow bodies cost a serving process: 20 connections of 48 MiB, and one that drips.

Starts `balise serve` in a home of its own, announces 20 bodies of 48 MiB to a page that takes files
and sends as much of them as it takes, and prints how far the server's memory grew. Then one byte a
second, until the server cuts it or two minutes are over.

    .venv/bin/python bench/bodies.py
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import temporary  # noqa: E402

MANY, EACH = 20, 48 << 20
PATIENCE = 60.0
LONGEST_DRIP = 120.0
BALISE = str(ROOT / ".venv/bin/balise")


def memory(pid: int) -> int:
    """Return the resident memory of a process and its children, in KiB."""
    group = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    lines = (line for one in group for line in Path(f"/proc/{one}/status").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def head(path: str, length: int) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
    ).encode()


def pour(port: int, answers: list[bytes]) -> None:
    """Send all but the last byte of a large body, as far as the server takes it."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(head("/staff/hotline/desk/batches/new/", EACH))
            for _each in range(EACH // 65_536 - 1):
                connection.sendall(bytes(65_536))
            connection.settimeout(5)
            answers.append(connection.recv(12))
        except TimeoutError:
            answers.append(b"still waits")
        except OSError:
            answers.append(b"closed")


def drip(port: int) -> float:
    """Return after how many seconds the server ends a body of which a byte comes each second."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        connection.sendall(head("/fr/report/", 10_000))
        while time.monotonic() < began + LONGEST_DRIP:
            try:
                connection.sendall(b"a")
                if connection.recv(1):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    return time.monotonic() - began


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        port = temporary.free_port()
        env = os.environ | {"BALISE_HOME": home, "BALISE_DEMONSTRATION": "0"}
        env |= {"BALISE_HOSTS": "127.0.0.1", "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}"}
        subprocess.run([BALISE, "setup"], env=env, check=True, stdout=subprocess.DEVNULL)
        command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
        log = Path(home) / "serve.log"
        with temporary.server(
            command, answers=lambda: temporary.listens(port), log=log, env=env
        ) as served:
            before = most = memory(served.pid)
            answers: list[bytes] = []
            senders = [threading.Thread(target=pour, args=(port, answers)) for _ in range(MANY)]
            for sender in senders:
                sender.start()
            while any(sender.is_alive() for sender in senders):
                most = max(most, memory(served.pid))
                time.sleep(0.02)
            told = {one.decode(): answers.count(one) for one in set(answers)}
            print(f"{MANY} bodies of 48 MiB: +{(most - before) / 1024:.0f} MiB, answered {told}")
            print(f"a byte a second: cut after {drip(port):.0f} s")


if __name__ == "__main__":
    main()
