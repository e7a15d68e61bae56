"""`balise demo`: make a past season of an invented centre, in a database of its own."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from balise.config.management.commands.setup import make_home, make_secret_key
from balise.demonstration.events import SeasonMade
from balise.demonstration.season2023 import making
from balise.demonstration.season2023.plan import ENDS, Plan
from balise.demonstration.season2023.telling import moment
from balise.foundation import clock, rows
from balise.foundation.accounts.demonstration import is_mixed_with_real_people
from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.turning import create_key_ring
from balise.foundation.journal import clerk
from balise.foundation.journal.book import record
from balise.foundation.journal.models import Entry
from balise.foundation.loading import loading

SEASONS = (2023,)


class Command(BaseCommand):
    help = (
        "Make a past season of an invented centre. DATABASE_URL names its database, which is empty "
        "or holds this season already."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--season", type=int, choices=SEASONS, required=True)
        parser.add_argument("--scale", type=_scale, default=1.0, help="above 0, up to 1")

    def handle(self, *args: Any, season: int, scale: float, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("This is a real centre: nothing is invented in it.", returncode=2)
        self._open()
        made = Entry.objects.filter(event=SeasonMade.name).first()
        if made is not None:
            self.stdout.write(
                f"The season of {made.facts['year']} is here already, "
                f"at a scale of {made.facts['per_mille'] / 1_000:g}."
            )
            return
        if Entry.objects.exists() or is_mixed_with_real_people():
            raise CommandError(
                "This database is not empty. A season is made in one of its own: name it with "
                "DATABASE_URL.",
                returncode=2,
            )
        self._make(season, scale)

    def _open(self) -> None:
        """Make keys and tables where they are missing, as `balise setup` does."""
        make_home(settings.HOME)
        make_secret_key(settings.HOME / "secret-key")
        create_key_ring()
        with loading():
            call_command("migrate", interactive=False, verbosity=0)

    def _make(self, season: int, scale: float) -> None:
        with rows.few_cycles(), ThreadPoolExecutor(max_workers=1) as beside:
            found = making.make(
                Plan(scale=scale), tell=self._tell, beside=beside, verified=making.verified
            )
        with clock.at(moment(ENDS, 23 * 3600)), transaction.atomic():
            made = SeasonMade(subject=uuid4(), year=season, per_mille=round(scale * 1_000))
            record(made, by=SYSTEM)
        clerk.link()
        self._tell("in all", sum(found.seconds.values()), time.process_time())
        for name, many in found.many.items():
            self.stdout.write(f"{many:>10,} {name}")

    def _tell(self, name: str, seconds: float, processor: float) -> None:
        self.stdout.write(f"{name:<20}{seconds:>8.1f} s{processor:>8.1f} s of the processor")


def _scale(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= 1:
        raise ArgumentTypeError("above 0, up to 1")
    return found
