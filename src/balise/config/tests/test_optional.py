"""What a centre has not turned on is not there: no address, ability, duty or right of it."""

import json
import os
import subprocess
import sys
from functools import cache

import pytest
from tests.architecture.reading import ROOT

from balise.config.modules import OPTIONAL

# What another process says of the house that it builds.
ASKED = """
import json
import sys
import django
from balise.foundation.loading import loading

with loading():
    django.setup()
from django.core.management import CommandError, call_command
from django.urls import get_resolver
from balise.config.grants import roles_sql
from balise.config.roles import roles_of_the_centre
from balise.foundation.encryption.turning import lines_with_keys
from balise.foundation.journal.book import SUBSCRIPTIONS
from balise.foundation.retention.rules import RULES
from balise.foundation.tasks.schedule import SCHEDULE
from balise.foundation.web import navigation, pages

call_command("check")
refused = []
for words in sys.argv[1:]:
    try:
        call_command(*words.split())
    except CommandError as refusal:
        refused.append(str(refusal))
resolver = get_resolver()
print(json.dumps({
    "addresses": [*resolver.namespace_dict["staff"][1].namespace_dict,
                  *resolver.namespace_dict["api"][1].reverse_dict],
    "abilities": [one for role in roles_of_the_centre() for one in role.abilities],
    "ways": [entry.url_name for entry in navigation._staff],
    "parts": [fill.__module__ for fills in pages._FILLS.values() for fill in fills],
    "subscribers": [one.handler.__module__ for one in SUBSCRIPTIONS.values()],
    "scheduled": list(SCHEDULE),
    "keys": lines_with_keys(),
    "rights": roles_sql(),
    "forgotten": list(RULES),
    "refused": refused,
}, default=str))
"""
# Of the optional modules: asked where both are off.
COMMANDS = ("exchange letters", "cybertip validate nowhere.xml")
EXCHANGE = {
    "addresses": ["exchange", "abroad", "letters", "letters-taken"],
    "abilities": ["takedown.exchange.read", "takedown.exchange.send"],
    "ways": ["staff:exchange:transfers"],
    "parts": ["balise.hotline.abroad.web.staff"],
    "subscribers": ["balise.hotline.abroad.tasks"],
    "scheduled": ["balise.takedown.onward.exchange.tasks.carrying.carry_due"],
    "keys": ["exchange"],
    "rights": ["referrals_exchange_peer"],
}
CYBERTIPS = {
    "addresses": ["cybertips"],
    "abilities": ["takedown.cybertips.export"],
    "parts": ["balise.takedown.onward.cybertips.web.staff"],
}
PICTURES = {
    "addresses": ["pictures"],
    "abilities": ["helpline.pictures.see", "helpline.pictures.decide"],
    "ways": ["staff:pictures:sealed"],
    "parts": ["balise.helpline.pictures.web.staff"],
    "subscribers": ["balise.helpline.pictures.tasks"],
    "rights": ["helpline_pictures_picture"],
}
BRINGS = {"cybertips": CYBERTIPS, "exchange": EXCHANGE, "pictures": PICTURES}


def run(*command: str, turned_on: str) -> str:
    """Run something of the house in a process where these modules are on; return what it says."""
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, *command],
        env=os.environ | {"BALISE_MODULES": turned_on, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
    return done.stdout


@cache
def house(turned_on: str) -> dict[str, list[str]]:
    commands = COMMANDS if turned_on == "none" else ()
    said = run("-c", ASKED, *commands, turned_on=turned_on)
    found: dict[str, list[str]] = json.loads(said.splitlines()[-1])
    return found


def test_each_optional_module_is_asked_about() -> None:
    assert BRINGS.keys() == OPTIONAL.keys()


# With both, all other tests run.
TURNED_ON = ["none", *(pytest.param(one, marks=pytest.mark.whole) for one in OPTIONAL)]


@pytest.mark.parametrize("turned_on", TURNED_ON)
def test_what_is_off_brings_nothing(turned_on: str) -> None:
    found = house(turned_on)
    for word, brought in BRINGS.items():
        is_on = word in turned_on.split(",")
        for what, names in brought.items():
            assert [name in found[what] for name in names] == [is_on] * len(names), (word, what)


def test_what_was_stored_is_forgotten_all_the_same() -> None:
    forgotten = set(house("none")["forgotten"])
    assert {"takedown.exchange.letters", "takedown.exchange.iccam"} <= forgotten


def test_a_command_says_that_its_module_is_off() -> None:
    refused = house("none")["refused"]
    assert ["is off" in each for each in refused] == [True] * len(COMMANDS)


@pytest.mark.whole
def test_pages_that_others_add_to_are_whole_without_them() -> None:
    pages = (
        "takedown/onward/dossiers/tests/test_staff.py",
        "takedown/notices/tests/test_staff.py",
        "hotline/reports/tests/test_staff.py",
    )
    run(
        *("-m", "pytest", "-q", "-p", "no:xdist", "-k", "shows or shown or says or page"),
        *(f"src/balise/{page}" for page in pages),
        turned_on="none",
    )
