from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from balise.foundation.mail.mailers import mailers_from
from balise.foundation.mail.tests.makers import Postmaster, a_mail_server


@pytest.fixture
def office(settings: Settings) -> Iterator[Postmaster]:
    """A mail server of ours, that answers leave by."""
    settings.HELPLINE_SENDER = "ecoute@centre.example"
    postmaster = Postmaster()
    with a_mail_server(postmaster) as url:
        settings.MAILERS = mailers_from(url)
        yield postmaster
