"""What tests of the exchange use: the invented sources, on a port of the loopback."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from balise.config.hashes import HashSources
from balise.hotline.matching.exchange.doubles.sources import Sources, running


@pytest.fixture
def server(settings: Settings) -> Iterator[Sources]:
    """Return the invented sources, served, and where our clients ask."""
    made = Sources()
    settings.HASHES = HashSources(keys={"ncmec": "centre:secret"}, loopback=made.port)
    yield from running(made)
