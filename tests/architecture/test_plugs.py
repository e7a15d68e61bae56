"""Nothing that has to be plugged in is left hanging."""

import pytest
from django.apps import apps
from django.db import models

from balise.foundation.ports import PORTS
from tests.architecture.reading import line_of

# What is binary there is no person's words: hashes of chains, wrapped keys that go with their
# record, digests and secrets that go with their account.
NEEDS_NO_RULE = {"journal", "encryption", "accounts"}


@pytest.mark.parametrize("port", PORTS, ids=lambda port: port.name)
def test_a_port_is_plugged(port: object) -> None:
    assert getattr(port, "is_plugged", False)


def lines_that_seal() -> list[str]:
    found = set()
    for model in apps.get_models():
        if model.__module__.startswith("balise.") and any(
            isinstance(field, models.BinaryField) for field in model._meta.get_fields()
        ):
            found.add(line_of(model.__module__) or model._meta.app_label)
    return sorted(found - NEEDS_NO_RULE)


@pytest.mark.parametrize("line", lines_that_seal())
def test_what_is_sealed_is_forgotten_one_day(line: str) -> None:
    from balise.foundation.retention import rules  # noqa: PLC0415

    assert line in {rule.line for rule in rules.RULES.values()}
