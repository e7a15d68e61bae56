"""Banks of our own are called in the language of the page, those of people as they said."""

from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.translation import override

from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.models import Bank
from balise.hotline.matching.banks.queries.banks import banks
from balise.hotline.matching.banks.queries.exchanging import bank_names
from balise.hotline.matching.banks.rules.owned import CENTRE, LABORATORY
from balise.hotline.matching.banks.tests.makers import LEAD

pytestmark = pytest.mark.django_db


def shown(language: str) -> list[str]:
    with override(language):
        cards = [one.name for one in banks(seen_by=LEAD)]
        assert list(bank_names().values()) == cards
        return cards


@pytest.mark.parametrize("made_in", ["fr", "en"])
def test_a_bank_of_ours_is_called_in_the_language_of_the_page(made_in: str) -> None:
    with override(made_in):
        keeping.add_bank(code=LABORATORY, by=LEAD)
        keeping.add_bank(code=CENTRE, by=LEAD)
    for language, laboratory in (("fr", "Laboratoire"), ("en", "Laboratory")):
        with override(language):
            centre = str(settings.CENTRE.name)
        assert shown(language) == sorted([laboratory, centre], key=str.casefold)


def test_the_name_that_a_person_gave_stays() -> None:
    keeping.add_bank(code=LABORATORY, name="Pictures of victims", by=LEAD)
    keeping.add_bank(code="nameless", by=LEAD)
    assert shown("fr") == shown("en") == ["nameless", "Pictures of victims"]


def test_banks_of_before_lose_the_name_that_we_gave_them_and_no_other() -> None:
    keeping.add_bank(code=LABORATORY, name="Laboratory", source="Laboratory", by=LEAD)
    keeping.add_bank(code=CENTRE, name="Ours", by=LEAD)
    keeping.add_bank(code="theirs", name="Laboratory", source="Laboratory", by=LEAD)
    migration = import_module(f"{Bank.__module__.rpartition('.')[0]}.migrations.{NAME}")
    migration.unname(apps, None)
    found = Bank.objects.order_by("code").values_list("code", "name", "source")
    assert list(found) == [
        (LABORATORY, "", ""),
        (CENTRE, "Ours", ""),
        ("theirs", "Laboratory", "Laboratory"),
    ]


NAME = "0003_own_banks_have_no_name"
