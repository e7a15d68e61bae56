"""What every test stands on: no network but this machine, and the real Balise for the journeys."""

import pytest
from django.test import Client

pytest_plugins = ["tests.live", "tests.browser", "tests.valkey"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the journeys last: a running browser leaves an event loop that the ORM refuses."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


@pytest.fixture(scope="session", autouse=True)
def _the_journal_can_be_emptied() -> None:
    """Between two tests that really commit, Django empties what the journal's triggers keep."""
    from balise.foundation.journal.testing import let_the_flush_through  # noqa: PLC0415

    let_the_flush_through()


@pytest.fixture(scope="session", autouse=True)
def _the_keys_are_there() -> None:
    """Every test seals with real keys, made once for the run."""
    from balise.foundation.encryption.turning import create_key_ring  # noqa: PLC0415

    create_key_ring()


@pytest.fixture
def client() -> Client:
    """Read each page that a test asks for, strictly."""
    from balise.foundation.web.testing import StrictClient  # noqa: PLC0415

    return StrictClient()
