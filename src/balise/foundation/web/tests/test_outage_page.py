"""The page for the proxy stands alone."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command


def test_needs_nothing_from_the_server(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("outage_page")
    page = capsys.readouterr().out
    assert "<style>" in page
    assert "--paper" in page
    assert "3018" in page
    assert not re.search(r'(?:src|href)="/static/|url\(', page)
    assert "<script src" not in page
    assert "sendBeacon" in page  # three presses of Shift leave here too
    assert f'class="exit-button" href="{settings.CENTRE.quick_exit}"' in page
