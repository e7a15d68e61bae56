"""`balise deck`: kept files, and why one that is drawn again is another."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from balise.foundation.clock import today
from balise.steering.editions.models import File
from balise.steering.published.tests.makers import make_published

pytestmark = pytest.mark.django_db
THERE = "https://there.example"


def test_a_site_that_moved_is_named_and_its_old_address_gives_the_same_bytes(
    tmp_path: Path,
) -> None:
    make_published(drawn=True)
    asked = ("deck", f"--edition={today()}", f"--out={tmp_path}")
    call_command(*asked, "--again")
    name = f"committee-{today()}-public-fr.pdf"
    kept = bytes(File.objects.get(is_public=True, form="pdf", language="fr").octets)
    assert (tmp_path / name).read_bytes() == kept
    here = settings.PUBLIC_ADDRESS
    with override_settings(PUBLIC_ADDRESS=THERE):
        with pytest.raises(CommandError) as refused:
            call_command(*asked, "--again")
        assert f"The site was {here}, is {THERE}" in str(refused.value)
        call_command(*asked, "--as-then")
    assert (tmp_path / name).read_bytes() == kept


@pytest.mark.parametrize("wrong", ["2031-02-30", "nothing", "2001-01-01", "2001-01-01-2"])
def test_an_edition_that_is_not_there_is_named(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(CommandError, match=wrong):
        call_command("deck", f"--edition={wrong}", f"--out={tmp_path}")
