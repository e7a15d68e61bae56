"""The hashing that a browser does: its tests under Node, against the same vectors as Python's."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

_JS: Final = Path(__file__).with_name("js")
_PROGRAMS: Final = sorted(each.name for each in _JS.glob("*.test.mjs"))


@pytest.mark.parametrize("program", _PROGRAMS)
def test_the_scripts_pass_their_own_tests(program: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own programs
        [str(shutil.which("node")), "--test", str(_JS / program)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_tests_of_pdq() -> None:
    assert "pdq.test.mjs" in _PROGRAMS
