"""One centre's commands, at once: each is a fork of a process that has imported all of it.

`balise` takes some two seconds of a processor to start, and the journeys call it several hundred
times. Each command still is a process of its own, which opens its own database.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[1]
GRACE = 30.0  # seconds a program may take to stop
WORKER = "worker"  # the program of a house that a journey may have without


class Commands:
    """What answers for a centre; it starts with the first command, once the home is there."""

    def __init__(self, env: dict[str, str]) -> None:
        self._env = env
        self._ready: subprocess.Popen[str] | None = None

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, as `subprocess.run` does."""
        with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
            status = self._ask("run", words, [out.name, err.name])
            said, complained = (Path(each.name).read_text("utf-8") for each in (out, err))
        return subprocess.CompletedProcess(words, status, said, complained)

    def start(self, *words: str, log: Path, without: Sequence[str] = ()) -> int:
        """Start a command that goes on, and return its pid; its words are added to `log`.

        A house (`run`) begins without the programs named.
        """
        return self._ask("start", words, [str(log), str(log)], list(without))

    def is_running(self, pid: int) -> bool:
        """Return whether what was started has not ended."""
        return self._ask("look", pid) == 1

    def stop(self, pid: int) -> None:
        """Stop what was started, and wait until it has ended."""
        self._ask("stop", pid)

    def close(self) -> None:
        """End it, with all that goes on."""
        if self._ready is not None:
            self._ready.communicate()

    def _ask(self, *what: object) -> int:
        if self._ready is None:
            self._ready = subprocess.Popen(
                [sys.executable, "-m", "tests.commands"],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._ready.stdin is not None
        assert self._ready.stdout is not None
        self._ready.stdin.write(json.dumps(what) + "\n")
        self._ready.stdin.flush()
        return int(self._ready.stdout.readline())


class _Serving:
    """The process that is forked: each method answers one question with a number."""

    def __init__(self) -> None:
        self._started: set[int] = set()

    def run(self, words: Sequence[str], files: Sequence[str]) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self._fork(words, files), 0)[1])

    def start(self, words: Sequence[str], files: Sequence[str], without: Sequence[str]) -> int:
        pid = self._fork(words, files, without=without, goes_on=True)
        self._started.add(pid)
        return pid

    def look(self, pid: int) -> int:
        if pid in self._started and os.waitpid(pid, os.WNOHANG)[0]:
            self._started.remove(pid)
        return int(pid in self._started)

    def stop(self, pid: int) -> int:
        if self.look(pid):
            os.kill(pid, signal.SIGTERM)
            ended = os.pidfd_open(pid)
            if not select.select([ended], [], [], GRACE)[0]:
                os.kill(pid, signal.SIGKILL)
                select.select([ended], [], [])
            os.close(ended)
        return self.look(pid)

    def end(self) -> None:
        for pid in list(self._started):
            self.stop(pid)

    def _fork(
        self,
        words: Sequence[str],
        files: Sequence[str],
        *,
        without: Sequence[str] = (),
        goes_on: bool = False,
    ) -> int:
        child = os.fork()
        if not child:
            self._started.clear()  # they are not its own
            if goes_on:
                from balise.config.server import end_with_parent  # noqa: PLC0415 - as below

                os.setsid()  # Ctrl-C reaches the tests; they stop what they started
                end_with_parent()
            _become(words, files, without=without)
        return child


def _serve() -> None:
    import django  # noqa: PLC0415 - the parent needs none of it

    os.environ["DJANGO_SETTINGS_MODULE"] = "balise.config.settings"
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    django.setup()
    _import_all()
    serving = _Serving()
    answers, sys.stdout = sys.stdout, sys.stderr  # what a fork says is no answer
    try:
        for line in sys.stdin:
            method, *words = json.loads(line)
            print(getattr(serving, method)(*words), file=answers, flush=True)
    finally:
        serving.end()


def _import_all() -> None:
    """Import what a house asks for with its first page, which each would import again."""
    import balise.config.urls  # noqa: PLC0415
    from balise.config import asgi  # noqa: PLC0415
    from balise.config.management.commands import run  # noqa: PLC0415

    assert asgi.application
    assert balise.config.urls.urlpatterns
    assert run.Command


def _become(words: Sequence[str], files: Sequence[str], *, without: Sequence[str]) -> NoReturn:
    """Run a command in this process, and end it."""
    from balise.__main__ import main  # noqa: PLC0415 - as above
    from balise.config import editing  # noqa: PLC0415
    from balise.config.management.commands import run  # noqa: PLC0415

    nothing = os.open(os.devnull, os.O_RDONLY)
    opened = [nothing, *(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND) for file in files)]
    for place, file in enumerate(opened):
        os.dup2(file, place)
    sys.stdout = sys.__stdout__ or sys.stdout
    sys.argv = ["balise", *words]
    editing.show_edits = lambda: None  # nobody edits: looking for it takes a part of each second
    if without:
        everything = run.programs

        def others(*given: Any) -> Any:
            return (each for each in everything(*given) if each.name not in without)

        run.programs = others
    main()
    sys.exit()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        _serve()
