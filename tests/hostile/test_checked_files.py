"""`balise story|quiz|survey check` on what an author, or somebody worse, may hand it.

Answered are words and a status of 1, in seconds, with little memory. Each file is made here.
"""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any, Final

import orjson
import pytest

pytestmark = pytest.mark.safety

MOST_SECONDS: Final = 60
MOST_MEMORY: Final = 400_000  # KB
DOTS: Final = b".".join([b"a"] * 90_000) + b" = 1"
BOMB: Final = (
    b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
    + b"".join(b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n) * 10) for n in range(9))
    + b"]><assessmentItem>&k;</assessmentItem>"
)


def package(*, size: int) -> bytes:
    """Return an archive of one item, which unpacks to `size` octets."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("item.xml", b" " * size)
    return written.getvalue()


# The command, the file's name, what is in it, the code of the fault.
HOSTILE: Final[dict[str, tuple[str, str, bytes, str]]] = {
    "quiz: a key of many parts": ("quiz", "a.toml", DOTS, "toml"),
    "quiz: no UTF-8": ("quiz", "a.toml", "é = 1".encode("latin-1"), "text"),
    "quiz: a key twice": ("quiz", "a.toml", b"a = 1\n\na = 2", "toml"),
    "quiz: too heavy": ("quiz", "a.toml", b"#" * 3_000_000, "heavy"),
    "quiz: QTI that swells": ("quiz", "a.xml", BOMB, "file-faulty"),
    "quiz: a package that swells": ("quiz", "a.zip", package(size=80_000_000), "file-faulty"),
    "quiz: GIFT without an end": ("quiz", "a.gift", b"::a:: b {" * 20_000, "unreadable"),
    "quiz: GIFT that is no UTF-8": ("quiz", "a.gift", b"::\xe9:: Oui {T}", "file-faulty"),
    "survey: a key of many parts": ("survey", "a.toml", DOTS, "toml"),
    "survey: no UTF-8": ("survey", "a.toml", b"\xff\xfe", "text"),
    "survey: a key twice": ("survey", "a.json", b'{"sections": [], "sections": 1}', "key-twice"),
    "survey: JSON of many levels": ("survey", "a.json", b'{"a":' * 70_000, "json"),
    "survey: too heavy": ("survey", "a.json", b"{" + b" " * 3_000_000, "heavy"),
    "story: a key of many parts": ("story", "story.toml", DOTS, "toml"),
    "story: no UTF-8": ("story", "story.toml", b"\xff\xfe", "text"),
    "story: too heavy": ("story", "main.ink", b"x" * 3_000_000, "too-large"),
    "story: JSON of many levels": ("story", "a.json", b"[" * 1_000_000, "unreadable"),
    "story: Twee of nothing": ("story", "a.twee", b"::[[[[" * 50_000, "twee"),
}


# A process begins with the peak of the one that it is a fork of: this one is small.
WATCHED: Final = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""


def asked(what: str, file: Path) -> tuple[bytes, int, int]:
    """Return what the command writes, its status, and the most memory of it and its children."""
    command = [sys.executable, "-m", "balise", what, "check", str(file), "--json"]
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", WATCHED, *command], capture_output=True, check=True
    )
    status, memory = done.stderr.split(b"\n")[-2].split()
    return done.stdout, int(status), int(memory)


@pytest.mark.parametrize("family", HOSTILE)
def test_a_hostile_file_is_refused_in_words(family: str, tmp_path: Path) -> None:
    what, name, octets, code = HOSTILE[family]
    file = tmp_path / name
    file.write_bytes(octets)
    began = monotonic()
    said, status, memory = asked(what, file)
    took = monotonic() - began
    assert status == 1
    assert said.count(b"\n") == 1
    told: dict[str, Any] = orjson.loads(said)
    assert (told["file"], told["ok"]) == (str(file), False)
    assert code in {each["code"] for each in told["faults"]}
    assert all(each["words"] for each in told["faults"])
    assert took < MOST_SECONDS
    assert memory < MOST_MEMORY


def test_a_line_is_named_where_it_is_known(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text("a = 1\n\na = 2\n")
    (fault,) = orjson.loads(asked("survey", file)[0])["faults"]
    assert fault["line"] == 3


def test_a_file_that_is_not_there_is_said_to_programs_too(tmp_path: Path) -> None:
    for what in ("quiz", "survey", "story"):
        said, status, _memory = asked(what, tmp_path / "nowhere.toml")
        (fault,) = orjson.loads(said)["faults"]
        assert (fault["code"], status) == ("file", 1)
