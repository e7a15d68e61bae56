"""An internet of our own for the tests that trace live."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from balise.takedown.tracing.doubles.registers import Ports
from balise.takedown.tracing.tests.makers import an_internet, in_a_thread


@pytest.fixture
def place(tmp_path: Path, settings: Settings) -> Path:
    """Where the tracer listens, in a demonstration: it may speak of what is invented."""
    settings.TRACER_SOCKET = tmp_path / "tracer.sock"
    settings.DEMONSTRATION = True
    settings.RDAP_BOOTSTRAP = str(tmp_path)  # a folder without lists: nobody real is asked
    return tmp_path / "tracer.sock"


@pytest.fixture
def internet(place: Path, settings: Settings) -> Iterator[Ports]:
    """Registers of ours that answer well, and a tracer that reaches only them."""
    with in_a_thread(lambda: an_internet(place)) as ports:
        settings.TRACER_LOOPBACK = ports.by_name
        yield ports
