"""`balise quiz outcome`: what the rule of the app’s quiz says of answer sets in a file."""

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Final

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from balise.helpline.app.rules.outcome import Case, CasesFaulty, cases
from balise.helpline.app.rules.quiz import quiz

HELP: Final = "what the rule of the app’s quiz says of each answer set, tab-separated"
_BAD: Final = 2


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="columns id, version, answers (0 to 4 for each sentence), imbalance (yes or -)",
    )
    parser.add_argument("--json", action="store_true", help="a JSON list")


def tell(command: BaseCommand, asked: Namespace) -> None:
    """Write what follows from each row; end with a status of 2 where one is faulty."""
    found: list[Case] = []
    faults: list[CasesFaulty] = []
    try:
        lines = asked.file.read_text(encoding="utf-8-sig").splitlines()
        for one in cases(lines, quiz(settings.COUNTRY)):
            if isinstance(one, Case):
                found.append(one)
            else:
                faults.append(one)
    except UnicodeDecodeError:
        raise CommandError(f"{asked.file} is not UTF-8 text.", returncode=_BAD) from None
    except (CasesFaulty, OSError) as fault:
        raise CommandError(f"{asked.file}: {fault}", returncode=_BAD) from None
    if asked.json:
        told = orjson.dumps([asdict(one) for one in found], option=orjson.OPT_INDENT_2)
        command.stdout.write(told.decode())
    else:
        for one in found:
            command.stdout.write(f"{one.id}\t{one.outcome}\t{one.first_help}")
    for wrong in faults:
        command.stderr.write(str(wrong))
    if faults:
        sys.exit(_BAD)
