"""The rule of `make check` for lines of templates finds what it is for."""

import pytest
from scripts.templates import MOST_CHARACTERS, faults


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("<p>One <strong>word</strong> of two.</p>", 0),
        ("</li><li>", 0),
        ('<path d="M0 0"/><thing>', 0),
        ('<tr><th scope="row">Country</th>', 1),
        ("<ul>{% for one in all %}<li>{{ one }}</li>{% endfor %}</ul>", 1),
        ("<h{{ level }}>", 0),
        (f"<p>{'x' * MOST_CHARACTERS}</p>", 1),
    ],
)
def test_a_line_begins_one_element(line: str, count: int) -> None:
    assert len(faults(line)) == count
