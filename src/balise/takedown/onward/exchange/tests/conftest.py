from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from balise.takedown.onward.exchange.tests.makers import Door, Neighbour, an_open_door


@pytest.fixture
def neighbour(tmp_path: Path) -> Neighbour:
    """A hotline abroad that nobody has approved yet."""
    cache.clear()  # how often each hotline asked in this minute
    return Neighbour(tmp_path / "neighbour")


@pytest.fixture
def door(neighbour: Neighbour, settings: Settings) -> Iterator[Door]:
    """Its door, where letters of ours are brought."""
    settings.DEMONSTRATION = True
    with an_open_door() as opened:
        neighbour.address = opened.address
        yield opened
