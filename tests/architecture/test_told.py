"""What a module declares is what it tells the house: nothing of it is passed over in silence."""

from importlib import import_module
from importlib.util import find_spec
from itertools import product
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from balise.config.modules import modules
from balise.foundation.retention.rules import RULES
from tests.architecture.reading import SOURCE
from tests.walks import of_each

NAMES = list(modules())
# What a module declares, by the file that it stands in: the names of both.
DECLARED = {
    "measures": ("MEASURES", "measures"),
    "figures": ("FIGURES", "figures"),
    "retention": ("RULES", "retention"),
    "tasks": ("SCHEDULE", "schedule"),
    "grants": ("GRANTS", "grants"),
}
# What is binary in these is no person's words, or goes with a record that has its own end.
NEEDS_NO_RULE = {
    "takedown_directory.Holding": "indexes of the domains of organisations",
    "takedown_watch.Site": "indexes of the sites of hosts, counted and never opened",
    "referrals_exchange.PeerCard": "the public keys of hotlines abroad, four eyes on each",
    "accounts.PartnerOrganisation": "the secret of an organisation's webhook",
    "accounts.ApiToken": "digests of an organisation's tokens",
    "steering_editions.File": "masked files of frozen editions, which stay",
    "journal.Link": "hashes of the chain",
    "journal.Chain": "the hash that a chain ends with",
    "encryption.KeyWrap": "wrapped keys, which go with their record",
}
# Abilities of machines that sign what they bring, and of the centre's own commands.
HELD_BY_NO_ROLE = {
    "helpline.telephony.tell",
    "helpline.channels.bring",
    "takedown.exchange.bring",
    "takedown.law.import-labels",
    "takedown.tracing.note",
    "accounts.people.open",
}


def test_every_module_is_listed() -> None:
    apps_of_ours = {
        ".".join(("balise", *path.parent.relative_to(SOURCE).parts))
        for path in SOURCE.glob("*/**/*.py")
        if path.name in {"__init__.py", "apps.py"} and "class App(AppConfig):" in path.read_text()
    }
    assert apps_of_ours - {"balise.config", "balise.demonstration"} == set(NAMES)


@of_each(("name", "what"), product(NAMES, DECLARED))
def test_what_a_module_declares_it_tells(name: str, what: str) -> None:
    constant, field = DECLARED[what]
    told = getattr(modules()[name], field)
    for file in files_of(f"{name}.{what}"):
        declared = getattr(file, constant, ())
        # The foundation's own registries have the same names.
        for one in declared if isinstance(declared, tuple) else ():
            assert one in told, f"{file.__name__} declares {one}"


def files_of(name: str) -> list[ModuleType]:
    """Return a file of a module, or all files of a package; none where there is no such thing."""
    if find_spec(name) is None:
        return []
    top = import_module(name)
    inner = walk_packages(getattr(top, "__path__", ()), prefix=f"{name}.")
    return [top, *(import_module(each.name) for each in inner)]


@of_each("name", NAMES)
def test_each_ability_is_held_by_some_role_or_token(name: str) -> None:
    held = {ability for each in modules().values() for ability in sum(each.abilities.values(), ())}
    held |= HELD_BY_NO_ROLE | {scope.code for each in modules().values() for scope in each.scopes}
    for file in files_of(f"{name}.access"):
        assert {one for key, one in vars(file).items() if is_ability(key, one)} <= held


def is_ability(name: str, value: object) -> bool:
    return name.isupper() and isinstance(value, str) and value.count(".") == 2


def sealed() -> list[Any]:
    """Return each model of ours that holds something binary."""
    return [
        pytest.param(model, id=model._meta.label)
        for model in apps.get_models()
        if model.__module__.startswith("balise.")
        and model._meta.label not in NEEDS_NO_RULE
        and any(isinstance(field, models.BinaryField) for field in model._meta.get_fields())
    ]


@of_each("model", sealed())
def test_what_is_sealed_is_forgotten_one_day(model: type[models.Model]) -> None:
    forgotten = {rule.forgets for rule in RULES.values()}
    assert any(each in forgotten for each in (model, *goes_with(model))), "no rule forgets it"


def goes_with(model: type[models.Model]) -> list[type[models.Model]]:
    """Return the models whose records take records of this one with them."""
    found: list[type[models.Model]] = []
    for field in model._meta.get_fields():
        remote = getattr(field, "remote_field", None)
        if field.auto_created or getattr(remote, "on_delete", None) is not models.CASCADE:
            continue
        if isinstance(field.related_model, type) and field.related_model is not model:
            found += [field.related_model, *goes_with(field.related_model)]
    return found


def test_what_needs_no_rule_is_still_there() -> None:
    assert NEEDS_NO_RULE.keys() <= {model._meta.label for model in apps.get_models()}
