"""What children do in the tests: work, or misbehave."""

import json
import os
import signal
import sys
import threading
from pathlib import Path

from balise.foundation.limited.child import CannotWork


def turn_round(octets: bytes) -> bytes:
    return octets[::-1]


def refuse(_octets: bytes) -> bytes:
    raise CannotWork("not-a-picture")


def spin(_octets: bytes) -> bytes:
    while True:
        pass


def gorge(_octets: bytes) -> bytes:
    eaten = []
    while True:
        eaten.append(bytearray(1 << 20))


def sleep(_octets: bytes) -> bytes:
    threading.Event().wait(600)
    return b""


def sleep_on(_octets: bytes) -> bytes:
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    threading.Event().wait(600)
    return b""


def answer_and_stay(_octets: bytes) -> bytes:
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    os.close(sys.stdout.fileno())
    threading.Event().wait(600)
    return b""


def babble(_octets: bytes) -> bytes:
    while True:
        sys.stdout.buffer.write(b"x" * 65_536)


def crash(_octets: bytes) -> bytes:
    raise ZeroDivisionError


def kill_itself(_octets: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def read_nothing(_octets: bytes) -> bytes:
    os._exit(3)


def write_a_file(octets: bytes) -> bytes:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        Path(octets.decode()).write_text("kept", encoding="utf-8")
    except OSError:
        return b"refused"
    return b"written"


def tell_what_it_sees(_octets: bytes) -> bytes:
    seen = {
        "environment": sorted(os.environ),
        "files": sorted(one.name for one in Path("/proc/self/fd").iterdir()),
        "modules": sorted(name for name in sys.modules if name.startswith(("django", "crypto"))),
    }
    return json.dumps(seen).encode()


def warm() -> None:
    """Import what a kept child needs: nothing more."""


def fail_to_warm() -> None:
    raise ImportError("what it needs is not there")
