"""`balise serve`: answer requests at one address."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from balise.awareness.usage.tasks import keep_writing
from balise.config import asgi, editing, server
from balise.config.management.addresses import Address, address
from balise.config.management.readiness import make_sure, make_sure_free
from balise.foundation import patience
from balise.helpline.queue.tasks import watch_seats


class Command(BaseCommand):
    help = "Answer requests at one address, through the doors that BALISE_DOORS opens."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--address", type=address, default=Address("127.0.0.1", 8000), metavar="HOST:PORT"
        )
        parser.add_argument("--socket", type=Path, help="listen on a socket file instead")
        parser.add_argument(
            "--workers", type=int, default=1, help="processes that answer; more only on PostgreSQL"
        )

    def handle(self, **options: Any) -> None:
        make_sure(self)
        if options["socket"] is None:
            make_sure_free(options["address"])
        serve(options["address"], socket=options["socket"], workers=options["workers"])


def serve(
    where: Address, *, socket: Path | None = None, workers: int = 1, shows_edits: bool = False
) -> None:
    """Serve the pages and the streams until told to stop; as they are edited, if asked to."""
    patience.wait_as(patience.PAGES)
    is_staff = "staff" in settings.DOORS

    def load() -> Any:
        if is_staff:  # this process receives the listeners' signs of life
            watch_seats()
        if "public" in settings.DOORS:
            keep_writing()
        if shows_edits:
            editing.show_edits()
        return asgi.application

    server.serve(
        load,
        host=where.host,
        port=where.port,
        socket=socket,
        workers=workers,
    )
