"""Whether a table tells what it withholds: asked of the auditor, a process of its own."""

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

log = logging.getLogger("balise.statistics")

ANSWERS_WITHIN: Final = 60.0  # seconds, its start and a busy machine included
_COMMAND: Final = (sys.executable, "-m", "balise.foundation.statistics.auditor")


@dataclass(frozen=True, slots=True)
class Problem:
    """What the auditor reads, as its own docstring says."""

    fewest: int
    parts: int
    atoms: int
    overlaps: bool
    given: Sequence[tuple[int, Sequence[int], int]]
    shown: Sequence[tuple[int, int, Sequence[int], int]]
    targets: Sequence[tuple[int, Sequence[int], int]]


def audit(problem: Problem) -> frozenset[int]:
    """Return which rows of a table must be withheld as well; all of them where no answer comes."""
    if not problem.targets or not problem.shown:
        return frozenset()
    try:
        found = subprocess.run(  # noqa: S603 - our own program
            _COMMAND,
            input=json.dumps(asdict(problem)).encode(),
            capture_output=True,
            timeout=ANSWERS_WITHIN,
            check=True,
            env={"LC_ALL": "C.UTF-8"},  # no secret of ours reaches it
        )
        return frozenset(json.loads(found.stdout)["withheld"])
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        log.exception("statistics: the auditor gave no answer, so that all rows are withheld")
        return frozenset(row for row, *_rest in problem.shown)
