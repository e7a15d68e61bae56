"""What a hostile answer costs the process that asks: ours, and the library's plain client.

A gzip of some 300 KiB that opens to 300 MiB, and an answer that comes one byte at a time. Each runs
in a process of its own; prints how much memory grew and how long it took, at most 60 seconds.

    .venv/bin/python bench/outgoing.py
"""

import resource
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable

SECONDS = 20.0  # the limit that both are given
MOST = 60.0  # seconds after which the dripping server stops


def bomb(connection: socket.socket) -> None:
    squeezed = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join(squeezed.compress(bytes(1 << 20)) for _each in range(300)) + squeezed.flush()
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    until = time.monotonic() + MOST
    while time.monotonic() < until:
        time.sleep(1)
        connection.sendall(b"x")


def ours(address: str) -> None:
    from balise.foundation.outgoing import Bounds, request  # noqa: PLC0415

    request("GET", address, bounds=Bounds(seconds=SECONDS))


def plain(address: str) -> None:
    import httpx  # noqa: PLC0415

    _all = httpx.get(address, timeout=SECONDS, trust_env=False).content


def serve(speaks: Callable[[socket.socket], None]) -> str:
    listening = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        connection, _address = listening.accept()
        with connection:
            connection.recv(65_536)
            try:
                speaks(connection)
            except OSError:
                return  # the client has left

    threading.Thread(target=run, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}/"


def ask(who: str, address: str) -> None:
    """Ask as one of the two, and print what it cost this process."""
    asks = {"ours": ours, "plain": plain}[who]
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    try:
        asks(address)
        ended = "taken"
    except Exception as error:  # noqa: BLE001 - printed
        ended = f"refused: {error}" if who == "ours" else type(error).__name__
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{grown:7.1f} MiB  {time.monotonic() - began:6.2f} s  {ended}")


def main() -> None:
    for name, speaks in (("bomb", bomb), ("drip", drip)):
        for who in ("plain", "ours"):
            print(f"{name}  {who:6}", end=" ", flush=True)
            subprocess.run([sys.executable, __file__, who, serve(speaks)], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        ask(*sys.argv[1:])
    else:
        main()
