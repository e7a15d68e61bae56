"""A test that passes by silence fails, and says which loop reached none of its asserts."""

import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.reading import ROOT

ASKED = '''
import pytest
from hypothesis import given, strategies as st
from tests.walks import of_each


def test_an_empty_loop_is_silence():
    assert True
    for each in []:
        assert each


def test_a_loop_whose_condition_never_holds_is_silence():
    for each in [1, 2]:
        if each > 2:
            assert each


def test_a_while_is_a_loop():
    waiting = []
    while waiting:
        assert waiting.pop()


def test_a_loop_within_an_empty_one_is_silence():
    for each in []:
        for one in each:
            assert one


def test_an_early_return_is_silence():
    if ASKS_NOTHING:
        return
    assert False


@pytest.mark.parametrize("some", [[1], []])
def test_each_parameter_is_judged_alone(some):
    for each in some:
        assert each


class TestInAClass:
    def test_an_empty_loop_is_silence(self):
        words = """
at the edge
"""
        for each in []:
            with pytest.raises(ValueError):
                int(words)


@of_each("some", [[], []])
def test_a_walk_is_judged_over_all_cells_silent(some):
    for each in some:
        assert each


@given(st.just([]))
def test_examples_are_judged_silent(some):
    for each in some:
        assert each


ASKS_NOTHING = True


def test_passes_one_reached_is_enough():
    for each in [0, 1]:
        if each:
            assert each, (
                "a long message"
            )
        else:
            assert not each


def test_passes_without_an_assert():
    for each in []:
        print(each)


def test_passes_over_several_lines():
    for each in [1]:
        assert (
            each
            == 1
        ), "each"
    if not ASKS_NOTHING:
        return


def test_passes_what_is_defined_inside():
    def helper():
        assert False
    if not ASKS_NOTHING:
        helper()


def test_passes_where_it_expects_an_error():
    for each in ["x"]:
        with pytest.raises(ValueError):
            int(each)
    for each in []:
        print(each)


@of_each("some", [[], [1]])
def test_passes_a_walk_one_of_whose_cells_asks(some):
    for each in some:
        assert each


@given(st.lists(st.just(1), min_size=1))
def test_passes_with_examples(some):
    for each in some:
        assert each


@pytest.mark.xfail(strict=True, raises=ValueError)
def test_passes_what_is_expected_to_fail():
    for each in int("x"):
        assert each


def test_passes_what_is_skipped():
    pytest.skip("not here")
    assert False
'''


def run(folder: Path, *told: str) -> str:
    """Return what pytest prints of a file of tests."""
    (folder / "test_silence.py").write_text(ASKED, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own program
        [
            *(sys.executable, "-m", "pytest", "-q", "-rA", "--rootdir", folder, "-c", "/dev/null"),
            *("-p", "tests.asked", "-p", "no:django", "-p", "no:cacheprovider"),
            *(*told, folder / "test_silence.py"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_silence_is_told_from_what_was_asked(tmp_path: Path) -> None:
    told = run(tmp_path)
    outcomes = re.findall(r"^(PASSED|FAILED|XFAIL|SKIPPED) \S+?::(\S+)", told, re.MULTILINE)
    failed = {name for outcome, name in outcomes if outcome == "FAILED"}
    passed = {name for outcome, name in outcomes if outcome in {"PASSED", "XFAIL"}}

    assert failed == {
        "test_an_empty_loop_is_silence",
        "test_a_loop_whose_condition_never_holds_is_silence",
        "test_a_while_is_a_loop",
        "test_a_loop_within_an_empty_one_is_silence",
        "test_an_early_return_is_silence",
        "test_each_parameter_is_judged_alone[some1]",
        "TestInAClass::test_an_empty_loop_is_silence",
        "test_a_walk_is_judged_over_all_cells_silent",
        "test_examples_are_judged_silent",
    }, told
    assert passed == {
        "test_each_parameter_is_judged_alone[some0]",
        *re.findall(r"def (test_passes\w+)", ASKED),
    } - {"test_passes_what_is_skipped"}


def test_it_is_said_where_and_why(tmp_path: Path) -> None:
    told = run(tmp_path, "-k", "an_empty_loop and not InAClass or an_early")

    lines = ASKED.splitlines()
    loop = lines.index("    for each in []:") + 1
    assert f"the loop of line {loop} passed by silence" in told
    assert f"(test_silence.py, line {loop + 1})" in told
    assert "a test passed by silence: nothing that it asks was reached" in told
