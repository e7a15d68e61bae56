"""The child's side: set the limits, read the octets, work, answer.

It inherits no environment and no open file but its pipes; what it imports decides what else it
knows.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn

LATER = 10  # a person before a file: pages have the processor first
ANSWERED, REFUSED, OUT_OF_MEMORY = 0, 65, 71  # exit statuses; any other means that it died


class CannotWork(Exception):
    """What was given cannot be worked on; `code` says why, in letters, digits and hyphens."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def main() -> None:
    """Do what the arguments say, and end with an exit status that tells the result."""
    module, function, cpu, memory, time = sys.argv[1:]
    os.nice(LATER)
    limit(int(cpu), int(memory), float(time))
    worked(module, function)


def worked(module: str, function: str, octets: bytes | None = None) -> NoReturn:
    """Work on octets, those of the standard input where none are given; answer, and end."""
    try:
        work: Callable[[bytes], bytes] = getattr(import_module(module), function)
        given = sys.stdin.buffer.read() if octets is None else octets
        answer, status = work(given), ANSWERED
    except CannotWork as refusal:
        answer, status = refusal.code.encode(), REFUSED
    except MemoryError:
        answer, status = b"", OUT_OF_MEMORY
    except BaseException:
        if octets is None:
            raise
        os._exit(1)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(status)  # frees nothing first: the system does that


def limit(cpu: int, memory: int, time: float) -> None:
    """Let this process use so many seconds of processor, octets of memory and seconds in all."""
    # SIGXCPU at the soft limit ends the process; the hard one ends what ignores the signal.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold what was sent
    signal.setitimer(signal.ITIMER_REAL, time)  # ends it where no parent is left to do so
