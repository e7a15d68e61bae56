from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from balise.foundation.encryption.turning import create_key_ring
from balise.foundation.journal.models import Entry


@pytest.mark.django_db
class TestKeyTurned:
    def test_every_act_at_the_console_is_in_the_journal(
        self, tmp_path: Path, settings: Settings
    ) -> None:
        settings.KEYS = tmp_path / "keys"
        create_key_ring()
        made = StringIO()
        call_command("keys", "new", line="hotline", stdout=made, stderr=StringIO())
        key_id = made.getvalue().strip()
        call_command("keys", "activate", key_id, line="hotline", stdout=StringIO())
        entries = Entry.objects.filter(event="oversight.key.turned").order_by("pk")
        assert [(entry.facts["act"], entry.facts["key"]) for entry in entries] == [
            ("new", key_id),
            ("activate", key_id),
        ]
