"""`balise demo`: what it refuses before it makes anything."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import Settings

from balise.demonstration.events import SeasonMade
from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.book import record
from balise.foundation.journal.models import Entry
from balise.hotline.reports.tests.makers import make_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    settings.DEMONSTRATION = True


def demo(*options: str) -> str:
    out = StringIO()
    call_command("demo", "--season", "2023", *options, stdout=out)
    return out.getvalue()


def test_a_real_centre_refuses(settings: Settings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="real centre"):
        demo()
    assert not Entry.objects.exists()


def test_a_database_in_which_something_happened_is_refused() -> None:
    make_report()
    before = Entry.objects.count()
    with pytest.raises(CommandError, match="not empty"):
        demo()
    assert Entry.objects.count() == before


def test_a_database_with_a_real_person_is_refused() -> None:
    make_account("listener")
    with pytest.raises(CommandError, match="not empty"):
        demo()


def test_a_season_that_is_here_is_not_made_again() -> None:
    with transaction.atomic():
        record(SeasonMade(subject=uuid4(), year=2023, per_mille=100), by=SYSTEM)
    assert "2023 is here already, at a scale of 0.1" in demo()
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("scale", ["0", "-1", "1.5", "much"])
def test_a_scale_is_above_nothing_and_up_to_one(scale: str) -> None:
    with pytest.raises(CommandError, match="above 0"):
        demo(f"--scale={scale}")
