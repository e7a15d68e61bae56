"""Decisions have one format, so that a reader finds the same parts in each."""

import re
from pathlib import Path

from tests.walks import of_each

DECISIONS = sorted((Path(__file__).parents[2] / "docs" / "decisions").glob("*.md"))


@of_each("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_number_and_its_parts_in_order(path: Path) -> None:
    text = path.read_text()
    assert text.startswith(f"# {int(path.stem[:4])}. ")
    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
    if not path.stem.endswith("-withdrawn"):
        assert parts in (
            ["Context", "Decision", "Consequences"],
            ["Context", "Decision", "Consequences", "Rejected"],
        )


def test_no_number_is_missing() -> None:
    assert [int(path.stem[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
