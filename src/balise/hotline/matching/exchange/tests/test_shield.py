"""A second opinion of Project Arachnid, by command."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from balise.config.hashes import HashSources
from balise.hotline.matching.exchange.doubles.lists import Manner
from balise.hotline.matching.exchange.doubles.sources import Sources
from balise.hotline.matching.exchange.tests.makers import make_entry, make_signal

pytestmark = pytest.mark.django_db


def test_what_it_says_of_each_entry(server: Sources) -> None:
    known, other = make_entry(make_signal(1)), make_entry(make_signal(2))
    server.known[make_signal(1).value.hex()] = "csam"
    out = StringIO()
    call_command("shield", str(known), str(other), "0", "--json", stdout=out)
    assert json.loads(out.getvalue()) == [
        {"entry": known, "classification": "csam"},
        {"entry": other, "classification": "no-known-match"},
        {"entry": 0, "classification": None},
    ]


@pytest.mark.parametrize("manner", [Manner.GARBAGE, Manner.REFUSING, Manner.FAILING])
def test_no_answer_is_said(server: Sources, manner: Manner) -> None:
    server.lists["arachnid"].manners = {manner}
    with pytest.raises(CommandError, match="no answer"):
        call_command("shield", str(make_entry()))


def test_nothing_leaves_where_the_centre_does_not_ask_it(settings: Settings) -> None:
    settings.HASHES = HashSources()
    with pytest.raises(CommandError, match="no answer"):
        call_command("shield", "1")
