"""The proof itself: what needed a second try is named, what nobody asked is said."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import proof
from tests.architecture.reading import ROOT
from tests.reporting import Failure

LUCK = """
import pathlib, pytest
tries = pathlib.Path(__file__).with_name("tries")

@pytest.mark.parametrize("number", range({unlucky}))
def test_passes_the_second_time(number):
    seen = tries.with_name(f"tries-{{number}}")
    if not seen.exists():
        seen.touch()
        raise AssertionError("there was no luck")

def test_passes():
    assert True
"""
SKIPPED = """
import pytest

@pytest.mark.skipif(True, reason={reason!r})
def test_is_skipped():
    assert True
"""


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder of the checkout for tests that are run, and for what is said of them."""
    place = ROOT / "var" / "tests" / "tried"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    monkeypatch.setattr(proof, "PLACE", place)
    monkeypatch.setattr(proof, "LOGS", place)
    yield place
    shutil.rmtree(place)


def lane(place: Path, code: str, **more: str) -> proof.Lane:
    """Write a file of tests, and return a lane of it that knows nothing of ours."""
    (place / "test_tried.py").write_text(code, encoding="utf-8")
    alone = f"-c /dev/null --rootdir {ROOT} -p tests.reporting -p no:cacheprovider"
    env = {"PYTEST_ADDOPTS": alone, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}
    words = str(place / "test_tried.py")
    return proof.pytest("Tried", words, env=env | more, is_tried_twice=True)


def test_what_passes_the_second_time_is_named(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert proof.prove([[lane(place, LUCK.format(unlucky=2))]], of_days="Today.") == 0
    said = capsys.readouterr().out
    assert said.count("second try: ") == 2
    assert "there was no luck" in said
    assert said.endswith("Proof: 3 passed, 0 failed, 0 skipped\n")
    assert (place / "proof.txt").read_text("utf-8").endswith("0 failed, 0 skipped\n")


def test_three_second_tries_fail_the_run(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert proof.prove([[lane(place, LUCK.format(unlucky=3))]], of_days="Today.") == 1
    assert "3 second tries in one run are no accident." in capsys.readouterr().out


def test_what_fails_twice_fails_the_run(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = "def test_is_wrong():\n    assert 1 == 2\n"
    assert proof.prove([[lane(place, wrong)]], of_days="Today.") == 1
    assert "failed: var/tests/tried/test_tried.py::test_is_wrong" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("reason", "status"), [("SQLite has no roles", 0), ("chromium is not installed", 1)]
)
def test_a_skip_that_no_list_knows_fails_on_a_server(
    place: Path, capsys: pytest.CaptureFixture[str], reason: str, status: int
) -> None:
    given = lane(place, SKIPPED.format(reason=reason), CI="true")
    assert proof.prove([[given]], of_days="Today.") == status
    assert reason in capsys.readouterr().out


def test_a_lane_that_ends_without_a_report_has_failed(place: Path) -> None:
    status = proof.prove([[proof.Lane("Nothing", ("false",))]], of_days="Today.")
    assert status == 1


class TestAWholeProofThatWasStopped:
    """It goes on where it was, as long as no file changed."""

    @pytest.fixture
    def of(self, monkeypatch: pytest.MonkeyPatch, place: Path) -> Callable[[str], proof.Kept]:
        def opened(tree: str) -> proof.Kept:
            monkeypatch.setattr(proof, "tree", lambda: tree)
            return proof.Kept(place / "whole.json")

        return opened

    def proved(self, kept: proof.Kept, *commands: str) -> int:
        rounds = [[proof.Lane(f"Lane {each}", (each,))] for each in commands]
        return proof.prove(rounds, of_days="Today.", kept=kept)

    def test_what_passed_is_not_asked_again(
        self, of: Callable[[str], proof.Kept], place: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.proved(of("a"), "true", "false") == 1
        capsys.readouterr()
        assert self.proved(of("a"), "true", "false") == 1
        said = capsys.readouterr().out
        assert "— Lane false" in said
        assert "— Lane true" not in said
        assert said.count("Lane true") == 1  # its line of the table

    @pytest.mark.parametrize("tree", ["b", ""])
    def test_other_files_are_asked_from_the_start(
        self, of: Callable[[str], proof.Kept], capsys: pytest.CaptureFixture[str], tree: str
    ) -> None:
        self.proved(of("a"), "true")
        capsys.readouterr()
        self.proved(of(tree), "true")
        assert "— Lane true" in capsys.readouterr().out


def test_a_promise_of_safety_that_needed_luck_is_a_fault_by_name() -> None:
    outcome = proof.Outcome(proof.Lane("Journeys", ()), 0, 1.0, 1.0)
    outcome.second_tries = [Failure("tests/x.py::test_danger", "no luck", is_safety=True)]
    said = list(proof.remarks([outcome], "Today."))
    assert said[0] == "second try of a promise of safety: tests/x.py::test_danger: no luck"
