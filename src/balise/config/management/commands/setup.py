"""`balise setup`: make what is missing of a centre; change nothing that is there."""

import json
import os
import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from balise.config import checks, environment
from balise.config.catalogues import compile_messages
from balise.config.management.readiness import refuse
from balise.config.modules import modules
from balise.foundation.encryption.turning import create_key_ring
from balise.foundation.journal import clerk
from balise.foundation.loading import loading

SECRET_BYTES = 48


class Command(BaseCommand):
    help = "Make the keys, the database and, in a demonstration, its centre. Safe to call again."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        make_home(settings.HOME)
        make_secret_key(settings.HOME / "secret-key")
        create_key_ring()
        self.tell("Keys are in place.")
        compile_messages(*settings.LOCALE_PATHS)
        refuse(checks.the_database_answers(databases=["default"]))
        migrate()
        self.tell("The database is up to date.")
        if collect_static(settings.STATIC_ROOT.with_suffix(".sha256")):
            self.tell("Static files are collected.")
        for module in reversed(modules().values()):  # what others stand on comes first
            if module.set_up and (said := module.set_up()):
                self.tell(said)
        if settings.DEMONSTRATION:
            call_command("demonstrate", skip_checks=True)
            self.tell("The demonstration centre is open.")
        clerk.open_from_now()
        self.check(databases=["default"])

    def tell(self, what: str) -> None:
        self.stdout.write(f"· {what}")


def migrate() -> None:
    """Bring the database up to date; each migration makes the classes of all tables anew."""
    with loading():
        call_command("migrate", interactive=False, verbosity=0)


def make_home(home: Path) -> None:
    """Make the folder that holds all that a centre keeps on this machine, closed to others."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_secret_key(file: Path) -> None:
    """Write a secret key, once, unless the environment brings one."""
    if settings.SECRET_KEY != environment.NOT_SET_UP:
        return
    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
    with os.fdopen(descriptor, "w") as key:
        key.write(secrets.token_urlsafe(SECRET_BYTES))
    settings.SECRET_KEY = file.read_text()


def collect_static(stamp: Path) -> bool:
    """Collect the static files if one has changed since, and return whether it did."""
    seen = sha256(json.dumps(sorted(_static_sources())).encode()).hexdigest()
    if settings.STATIC_ROOT.is_dir() and stamp.exists() and stamp.read_text() == seen:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(seen)
    return True


def _static_sources() -> Iterator[tuple[str, int, int]]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            yield path, found.st_size, found.st_mtime_ns
