"""scripts/mutants breaks a small rule: it says what no test sees, and ends as it found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.extra  # beside mutmut, which set-up leaves out

SCRIPTS = Path(__file__).parents[1] / "scripts"
RULE = '''"""A rule with a table, a loop, words for people and a code."""

from enum import StrEnum
from gettext import gettext as _

MOST = 3


class Size(StrEnum):
    SMALL = "small"


class Refused(Exception):
    pass


def check(number: int) -> int:
    """Return the sum of the numbers up to one; refuse a large one."""
    if number > MOST:
        raise Refused(_("Three at most."))
    total = 0
    while number > 0:
        total += number
        number -= 1
    return total


def nobody_asks(number: int) -> bool:
    return number == 7
'''
TESTS = """import pytest
import rule

@pytest.mark.parametrize(("number", "total"), [(-1, 0), (0, 0), (1, 1), (3, 6)])
def test_sums(number, total):
    assert rule.check(number) == total

def test_refuses():
    with pytest.raises(rule.Refused):
        rule.check(4)

def test_that_needs_what_is_not_there(database):
    assert rule.nobody_asks(7)
"""
LIST = """minutes = 5
least = {least}
[groups.small]
"src/rule.py" = ["src/test_rule.py"]
[[survives]]
file = "src/rule.py"
was = "{was}"
now = "{now}"
why = "Nothing below zero is counted."
"""
WAS, NOW = "while number > 0:", "while number >= 0:"


def run(home: Path, *, least: int = 70, now: str = NOW, tests: str = TESTS) -> tuple[int, str]:
    """Return how a checkout of one rule ends, and what it says."""
    for name in ("scripts", "src"):
        (home / name).mkdir()
    for name in ("mutants.py", "asking.py", "breaking.py", "swapping.py"):
        shutil.copy(SCRIPTS / name, home / "scripts" / name)
    (home / "src/rule.py").write_text(RULE)
    (home / "src/test_rule.py").write_text(tests)
    (home / "scripts/mutants.toml").write_text(LIST.format(least=least, was=WAS, now=now))
    done = subprocess.run(  # noqa: S603 - a script of ours
        [sys.executable, home / "scripts/mutants.py"],
        env={"PYTHONPATH": str(home / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (home / "src/rule.py").read_text() == RULE
    if not done.stderr:
        assert (home / "var/tests/mutants.txt").read_text() in done.stdout
    return done.returncode, done.stdout + done.stderr


def test_says_what_survives_and_why(tmp_path: Path) -> None:
    code, said = run(tmp_path)
    assert code == 0, said
    assert f"  - {WAS}\n  + {NOW}\n  Nothing below zero is counted." in said
    assert "  + return number != 7\n  no reason is listed" in said
    # A table, a loop that never ends and a refusal that is gone are seen.
    for seen in ("MOST = 4", "number += 1", "(number > MOST) and False"):
        assert seen not in said
    # Words for people and codes are not broken.
    for left in ("Three at most", "SMALL"):
        assert left not in said


def test_a_group_under_its_share_and_a_reason_for_nothing_are_faults(tmp_path: Path) -> None:
    code, said = run(tmp_path, least=99, now="while number > 1:")
    assert code == 1
    assert "% killed, 99 at least" in said
    assert f"this one no longer survives\n  - {WAS}\n  + while number > 1:" in said


def test_tests_of_which_none_passes_are_no_proof(tmp_path: Path) -> None:
    code, said = run(tmp_path, tests="def test_fails():\n    assert False\n")
    assert code == 1
    assert "none passes" in said
