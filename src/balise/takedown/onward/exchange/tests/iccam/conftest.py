from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from balise.takedown.onward.exchange.tasks.iccam import client
from balise.takedown.onward.exchange.tests.iccam.double import PASSWORD, USER, IccamDouble, an_iccam


@pytest.fixture
def double(settings: Settings) -> Iterator[IccamDouble]:
    """An ICCAM of our own that this centre is connected to."""
    with an_iccam() as running:
        settings.ICCAM_URL = running.url
        settings.ICCAM_USER, settings.ICCAM_PASSWORD = USER, PASSWORD
        client.disconnect()
        yield running
        client.disconnect()
