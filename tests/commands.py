"""Operators' commands of one centre, at once: each is a fork of a process that imported all of it.

`balise` takes some two seconds of a processor to start, and the journeys call it more than a
hundred times. Each command still is a process of its own, which opens its own database.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]


class Commands:
    """What answers for a centre; it starts with the first command."""

    def __init__(self, env: dict[str, str]) -> None:
        self._env = env
        self._ready: subprocess.Popen[str] | None = None

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, as `subprocess.run` does."""
        if self._ready is None:
            self._ready = subprocess.Popen(
                [sys.executable, "-m", "tests.commands"],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
            asks, answers = _ends(self._ready)
            asks.write(json.dumps([words, out.name, err.name]) + "\n")
            asks.flush()
            status = int(answers.readline())
            said, complained = (Path(each.name).read_text("utf-8") for each in (out, err))
        return subprocess.CompletedProcess(words, status, said, complained)

    def close(self) -> None:
        """End it, once what it runs has ended."""
        if self._ready is not None:
            self._ready.communicate()


def _ends(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def _serve() -> None:
    import django  # noqa: PLC0415 - the parent needs none of it

    os.environ["DJANGO_SETTINGS_MODULE"] = "balise.config.settings"
    django.setup()
    for line in sys.stdin:
        words, *files = json.loads(line)
        child = os.fork()
        if not child:
            _become(words, files)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(status, flush=True)  # noqa: T201 - the answer


def _become(words: Sequence[str], files: Sequence[str]) -> None:
    """Run a command in this process, and end it."""
    from balise.__main__ import main  # noqa: PLC0415 - as above

    nothing = os.open(os.devnull, os.O_RDONLY)
    opened = [nothing, *(os.open(file, os.O_WRONLY | os.O_TRUNC) for file in files)]
    for place, file in enumerate(opened):
        os.dup2(file, place)
    sys.argv = ["balise", *words]
    main()
    sys.exit()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        _serve()
