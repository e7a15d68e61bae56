from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.own import HERE, own_origin

from balise.foundation.encryption.doubles.timestamp_authority import (
    Authority,
    Desk,
    at_work,
    open_authority,
)


@pytest.fixture(scope="session")
def timestamping(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A timestamp authority of ours, made once."""
    return open_authority(tmp_path_factory.mktemp("timestamps"))


@pytest.fixture
def desk(settings: Settings, timestamping: Authority) -> Iterator[Desk]:
    """The authority at work on the loopback, and the centre set up to ask it."""
    with at_work(timestamping) as (address, found):
        settings.TSA, settings.TSA_ROOTS = address, timestamping.root
        yield found


@pytest.fixture(params=["public", "own"])
def device(request: pytest.FixtureRequest) -> Iterator[Client]:
    """Give a device at the public origin, and at the app's own, with the rights of that process."""
    if request.param == "public":
        yield Client(enforce_csrf_checks=True)
        return
    with own_origin():
        yield Client(enforce_csrf_checks=True, headers=HERE)
