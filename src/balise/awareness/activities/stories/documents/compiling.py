"""Compiling ink by inkjs under Node, in a child with limits. A host without Node cannot."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from balise.foundation.limited.calling import Answered, Limit, Limits, OverLimit, Refused, call
from balise.foundation.limited.child import CannotWork

LONGEST: Final = 600_000  # octets of a story's source, all files together
MOST_FILES: Final = 50
_SCRIPT: Final = Path(__file__).with_name("compile.mjs")
# Addresses: Node's machine reserves far more than it uses, which its own option holds to 256 MB.
_LIMITS: Final = Limits(processor=20, memory=8 << 30, time=60, answer=8_000_000)
_NODE_TIME: Final = 50.0
_SAID: Final = re.compile(
    r"(?:WARNING|ERROR|TODO): (?:'(?P<file>[^']+)' )?line (?P<line>\d+): (?P<message>.*)", re.DOTALL
)


class NotCompiled(Exception):
    """A story could not be compiled here; `code` says why, the message in words."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Said:
    """What the compiler says of a line; a story with an error is not compiled."""

    where: str
    message: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled story, as JSON; nothing where there is an error."""

    text: str
    said: tuple[Said, ...]


def compiled(files: Mapping[str, str], *, main: str = "main.ink", library: Path) -> Compiled:
    """Return a story compiled from its own files. `library` is inkjs with its compiler.

    Raises NotCompiled: `no-node` where the host has no Node or no inkjs, `too-large`, `endless`.
    """
    node = shutil.which("node")
    if node is None or not library.is_file():
        raise NotCompiled("no-node", "Node with inkjs is not installed here: it compiles stories.")
    length = sum(len(text.encode()) for text in files.values())
    if length > LONGEST or len(files) > MOST_FILES:
        raise NotCompiled("too-large", f"a story has at most {LONGEST} octets of source")
    if main not in files:
        raise NotCompiled("no-main", f"a story begins with the file {main}")
    head = {"node": node, "library": str(library)}
    told = {"head": head, "given": {"main": main, "files": dict(files)}}
    match call(run, orjson.dumps(told), limits=_LIMITS):
        case Answered(octets):
            answer = orjson.loads(octets)
            return Compiled(answer["compiled"], tuple(_said(each, main) for each in answer["said"]))
        case OverLimit(Limit.PROCESSOR | Limit.TIME) | Refused("endless"):
            raise NotCompiled("endless", "the compiler did not come to an end")
        case outcome:
            raise NotCompiled("died", f"the compiler failed: {outcome}")


def run(octets: bytes) -> bytes:
    """Run the compiler, which inherits this child's limits; return what it wrote."""
    told: dict[str, Any] = orjson.loads(octets)
    head = told["head"]
    command = [head["node"], "--max-old-space-size=256", str(_SCRIPT), f"file://{head['library']}"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            input=orjson.dumps(told["given"]),
            capture_output=True,
            env={"LC_ALL": "C.UTF-8"},
            timeout=_NODE_TIME,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotWork("endless") from None
    if done.returncode:
        raise CannotWork("endless" if done.returncode < 0 else "failed")
    return done.stdout


def _said(told: Mapping[str, str], main: str) -> Said:
    found = _SAID.fullmatch(told["message"])
    where = f"{found['file'] or main}:{found['line']}" if found else main
    message = found["message"] if found else told["message"]
    return Said(where, message.strip(), told["kind"] == "error")
