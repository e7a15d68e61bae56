"""`balise watch` looks and counts, and says so to programs."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from balise.takedown.watch.models import Removal
from balise.takedown.watch.rules.schedule import APART
from balise.takedown.watch.tests.makers import GONE, look, make_watched

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("watch", *arguments, stdout=out)
    return out.getvalue()


def test_run_tells_a_pass(tmp_path: Path, settings: Settings) -> None:
    settings.TRACER_SOCKET = tmp_path / "nobody.sock"
    make_watched()
    told = json.loads(said("run", "--once", "--json"))
    assert told["unknown"] == 1
    assert "unknown 0" in said("run", "--once")


def test_recount_makes_the_table_anew() -> None:
    watched = make_watched()
    for place in range(3):
        look(watched, GONE, at=watched.started_at + place * APART)
    assert json.loads(said("recount", "--json")) == {"differing": 1}
    assert Removal.objects.count() == 1
    assert said("recount") == "0 rows were not as the journal says\n"
