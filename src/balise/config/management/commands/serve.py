"""`balise serve`: answer requests at one address."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from balise.config import asgi, editing, server
from balise.config.management.addresses import Address, address
from balise.config.management.readiness import make_sure, make_sure_free
from balise.config.modules import modules
from balise.foundation import patience


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

    def load() -> Any:
        for module in modules().values():
            for door, begin in module.threads.items():
                if door in settings.DOORS:
                    begin()
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
