from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from balise.foundation.mail.mailers import mailers_from
from balise.foundation.mail.tests.makers import Postmaster, a_mail_server

TEXT = """{% load i18n %}{% translate "Thank you" %} – {{ reference }}

{{ greeting }} {{ name }}
"""


@pytest.fixture
def templates(tmp_path: Path, settings: Settings) -> Path:
    """A folder of mail templates with `desk/note` in it."""
    folder = tmp_path / "templates"
    (folder / "mail" / "desk").mkdir(parents=True)
    (folder / "mail" / "desk" / "note.txt").write_text(TEXT)
    (one,) = settings.TEMPLATES
    settings.TEMPLATES = [{**one, "DIRS": [folder]}]
    return folder / "mail" / "desk"


@pytest.fixture
def postmaster(settings: Settings) -> Iterator[Postmaster]:
    """A mail server that runs, and that mail is sent to."""
    postmaster = Postmaster()
    with a_mail_server(postmaster) as url:
        postmaster.url = settings.MAIL_URL = url
        settings.MAILERS = mailers_from(url)
        yield postmaster
