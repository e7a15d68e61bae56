"""`balise demonstrate`: make the accounts and the past of a demonstration, as `setup` asks."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from balise.demonstration import filling


class Command(BaseCommand):
    help = "Make the accounts and the past of a demonstration. Safe to call again."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("This is a real centre: nothing is invented in it.", returncode=2)
        filling.fill()
