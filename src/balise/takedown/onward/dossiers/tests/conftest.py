from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from balise.foundation.encryption.doubles.timestamp_authority import (
    Authority,
    Desk,
    at_work,
    open_authority,
)
from balise.foundation.mail.mailers import mailers_from
from balise.foundation.mail.tests.makers import Postmaster, a_mail_server
from balise.takedown.onward.dossiers.tests.makers import RECIPIENT


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


@pytest.fixture
def police(settings: Settings) -> str:
    """An authority that takes mail sealed to its key; returns its mail address."""
    settings.AUTHORITY_KEYS = {"pharos": RECIPIENT}
    settings.AUTHORITY_MAIL = {"pharos": "dossiers@autorite.example"}
    return "dossiers@autorite.example"


@pytest.fixture
def office(settings: Settings) -> Iterator[Postmaster]:
    """A mail server of ours, that the authority's mail is sent to."""
    postmaster = Postmaster()
    with a_mail_server(postmaster) as url:
        settings.MAILERS = mailers_from(url)
        yield postmaster
