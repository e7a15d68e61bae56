from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from balise.foundation.mail.mailers import mailers_from
from balise.foundation.mail.tests.makers import Postmaster, a_mail_server
from balise.helpline.removals.doubles.platforms import Platforms, platforms
from balise.takedown.directory import actions as directory


@pytest.fixture
def office(settings: Settings) -> Iterator[Postmaster]:
    """A mail server of ours, that platforms' mail is sent to."""
    postmaster = Postmaster()
    with a_mail_server(postmaster) as url:
        settings.MAILERS = mailers_from(url)
        yield postmaster


@pytest.fixture
def seventeen(settings: Settings, db: None) -> Iterator[Platforms]:
    """The seventeen invented platforms: in the directory, and running."""
    directory.load_demonstration(country="fr")
    with platforms(hurry=1_000) as served:
        settings.PLATFORMS_LOOPBACK = served.port
        yield served
