"""The changelog is read by people who decide on an upgrade: short lines, under known headings."""

import re
from pathlib import Path

CHANGELOG = (Path(__file__).parents[2] / "CHANGELOG.md").read_text()
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
LONGEST = 25  # words


def test_a_version_has_known_headings() -> None:
    assert set(re.findall(r"^### (.+)$", CHANGELOG, re.MULTILINE)) <= KINDS


def test_a_line_begins_with_its_area_and_is_short() -> None:
    lines = re.findall(r"^- (.+(?:\n  .+)*)$", CHANGELOG, re.MULTILINE)
    assert [one for one in lines if len(one.split()) > LONGEST] == []
    assert [one for one in lines if not re.match(r"[A-Z][\w -]+: ", one)] == []
