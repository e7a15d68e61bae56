"""Several programs as one: started together, started again when one ends, stopped together.

A program is a command of its own, or a part of Balise: then it begins as a copy of this process,
which has everything loaded and checked already.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol

from balise.config.server import end_with_parent
from balise.foundation.modules import Begins

FIRST_PAUSE = 1.0  # seconds before a program that ended is started again, doubled each time
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0  # seconds a program runs before its pauses begin again
GRACE = 8.0  # seconds a program may take to stop
LOOK_EVERY = 0.2  # seconds


class Process(Protocol):
    """What is asked of a process, wherever it came from."""

    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def ends_within(self, seconds: float) -> bool: ...


@dataclass(frozen=True, slots=True)
class Program:
    """One program of Balise: its name for people, and how to start it."""

    name: str
    begins: Begins

    def start(self) -> Process:
        """Start it, in a process group of its own, so that Ctrl-C reaches only `balise run`."""
        return _Copy(self.begins) if callable(self.begins) else _Command(self.begins)


class _Command(subprocess.Popen[bytes]):
    def __init__(self, command: Sequence[str]) -> None:
        super().__init__(
            command,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=end_with_parent,
        )

    def ends_within(self, seconds: float) -> bool:
        try:
            self.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


class _Copy:
    def __init__(self, work: Callable[[], object]) -> None:
        self._process = get_context("fork").Process(target=_work_apart, args=(work,))
        self._process.start()

    def poll(self) -> int | None:
        return self._process.exitcode

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()

    def ends_within(self, seconds: float) -> bool:
        self._process.join(seconds)
        return self._process.exitcode is not None


def _work_apart(work: Callable[[], object]) -> None:
    os.setpgid(0, 0)
    end_with_parent()
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, signal.SIG_DFL)
    work()


class _Running:
    """A program that ought to be running, and its process while it is."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.pause = FIRST_PAUSE
        self.start_at = 0.0
        self.process: Process | None = None
        self.started_at = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = self.program.start()

    def look_after(self, say: Callable[[str], None]) -> None:
        """Start the program when its time has come; see whether it has ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
        elif (status := self.process.poll()) is not None:
            if now - self.started_at > STEADY_AFTER:
                self.pause = FIRST_PAUSE
            say(f"{self.program.name} ended ({_how(status)}); starting again in {self.pause:.0f} s")
            self.process = None
            self.start_at = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)


def run_together(
    programs: Sequence[Program],
    *,
    say: Callable[[str], None],
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Keep programs running until SIGINT or SIGTERM, then stop each by its pid.

    `meanwhile` is called once they are started. Must be called in the main thread.
    """
    stop = threading.Event()
    before = {
        told: signal.signal(told, lambda *_: stop.set()) for told in (signal.SIGINT, signal.SIGTERM)
    }
    running = [_Running(program) for program in programs]
    try:
        for each in running:
            each.start()
        if not stop.is_set():
            meanwhile()
        while not stop.wait(LOOK_EVERY):
            for each in running:
                each.look_after(say)
    finally:
        _stop([each.process for each in running if each.process is not None])
        for told, handler in before.items():
            signal.signal(told, handler)


def _stop(processes: Sequence[Process]) -> None:
    for process in processes:
        process.terminate()
    patience_ends = time.monotonic() + GRACE
    for process in processes:
        if not process.ends_within(max(0.1, patience_ends - time.monotonic())):
            process.kill()
            process.ends_within(GRACE)


def _how(status: int) -> str:
    return f"exit {status}" if status >= 0 else signal.Signals(-status).name
