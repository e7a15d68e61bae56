"""The browser that the journeys share, where it does not do as it is told."""

import os
import signal

import pytest

from tests.browser import Chromium

pytestmark = [pytest.mark.journey, pytest.mark.whole]


def test_one_that_closes_no_page_is_ended_and_another_is_there(
    chromium: Chromium, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.browser.CLOSING", 1.0)
    first = chromium.browser()
    context = first.new_context()
    context.new_page()
    os.kill(chromium.pid, signal.SIGSTOP)

    chromium.close(context.close)

    assert not first.is_connected()
    page = chromium.browser().new_page()
    page.set_content("<h1>Here</h1>")
    assert page.get_by_text("Here").is_visible()
