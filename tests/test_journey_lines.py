"""The rule of `make check` for the steps of journeys finds what it is for."""

import pytest
from scripts.journeys import faults


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("page.wait_for_timeout(500)", ["wait_for_timeout"]),
        ('page.wait_for_load_state("networkidle")', ["networkidle"]),
        ("page.wait_for_load_state()", []),
        ("time.sleep(1)", ["sleep"]),
        ("from time import monotonic, sleep", ["sleep"]),
        ("works.sleep(b'')", []),
        ('page.get_by_role("button", name="On").click()', ["click"]),
        ('page.get_by_role("button").filter(has_text="On").first.click()', ["click"]),
        ("page.locator(f'form button[value={way}]').nth(1).click()", ["click"]),
        ('on = page.locator("[type=submit]").first\non.click()', ["click"]),
        ('on = page.locator("[type=submit]")\non.last.click()', ["click"]),
        ('send(page.get_by_role("button", name="On"))', []),
        ('page.get_by_role("link", name="On").click()', []),
        ('page.get_by_role("button").get_by_text("words").click()', []),
        ('with page.expect_download():\n    page.get_by_role("button").click()', []),
        (
            'with page.expect_popup():\n    pass\npage.get_by_role("button").click()',
            ["click"],
        ),
        ('with pytest.raises(Error):\n    page.get_by_role("button").click()', ["click"]),
    ],
)
def test_a_journey_waits_for_what_comes(text: str, found: list[str]) -> None:
    assert [word for _line, word in faults(text)] == found


def test_a_fault_has_its_line() -> None:
    assert faults("x = 1\n\ntime.sleep(x)\n") == [(3, "sleep")]
