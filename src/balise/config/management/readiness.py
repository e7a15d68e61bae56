"""What must be right before a process serves or works."""

import socket
from collections.abc import Sequence

from django.core.checks import CheckMessage
from django.core.management.base import BaseCommand, CommandError, SystemCheckError
from django.db import connections

from balise.config import checks
from balise.config.management.addresses import Address


def make_sure(command: BaseCommand) -> None:
    """Refuse to go on while anything is wrong: the database, its tables, then every setting."""
    refuse(checks.the_database_answers(databases=["default"]))
    refuse(checks.tables_are_made())
    command.check(databases=["default"])
    connections.close_all()  # a process that comes of this one opens its own


def make_sure_free(where: Address) -> None:
    """Refuse to go on where someone listens already, or nobody may."""
    fault = fault_of(where)
    if fault is not None:
        raise CommandError(f"Cannot listen at {where}: {fault.strerror}.") from fault


def fault_of(where: Address, *, by: socket.SocketKind = socket.SOCK_STREAM) -> OSError | None:
    """Return why nobody could listen at a place now, or None where one could."""
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    with socket.socket(family, by) as probe:
        if by is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except OSError as error:
            return error
    return None


def refuse(messages: Sequence[CheckMessage]) -> None:
    """End the command with these messages and their hints, if there are any."""
    if messages:
        raise SystemCheckError("\n".join(str(message) for message in messages))
