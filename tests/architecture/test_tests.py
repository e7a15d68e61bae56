"""Tests that would pass by silence cannot be written this way again."""

from pathlib import Path

from tests.architecture.reading import ROOT, SOURCE, sources
from tests.walks import of_each

SIGNS_IN = SOURCE / "foundation" / "accounts" / "tests" / "makers.py"
HERE = Path(__file__)
TESTS = [
    path
    for path in (*sources(tests=True), *ROOT.glob("tests/**/*.py"))
    if "tests" in path.parts and path not in {SIGNS_IN, HERE}
]


@of_each("path", TESTS)
def test_staff_are_signed_in_with_their_second_factor(path: Path) -> None:
    """Without it each page behind the staff door is a redirect, in which no words are found."""
    assert "force_login" not in path.read_text(encoding="utf-8"), "sign_in of the makers does it"
