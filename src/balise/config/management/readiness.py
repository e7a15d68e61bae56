"""What must be right before a process serves or works."""

from collections.abc import Sequence

from django.core.checks import CheckMessage
from django.core.management.base import BaseCommand, SystemCheckError
from django.db import connections

from balise.config import checks


def make_sure(command: BaseCommand) -> None:
    """Refuse to go on while anything is wrong: the database, its tables, then every setting."""
    refuse(checks.the_database_answers(databases=["default"]))
    refuse(checks.tables_are_made())
    command.check(databases=["default"])
    connections.close_all()  # a process that comes of this one opens its own


def refuse(messages: Sequence[CheckMessage]) -> None:
    """End the command with these messages and their hints, if there are any."""
    if messages:
        raise SystemCheckError("\n".join(str(message) for message in messages))
