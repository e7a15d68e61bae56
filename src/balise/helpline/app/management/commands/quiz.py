"""`balise quiz outcome`: what the rule of the quiz says of answer sets in a file."""

import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.helpline.app.rules.cases import Case, CasesFaulty, cases
from balise.helpline.app.rules.quiz import quiz

_BAD = 2


class Command(BaseCommand):
    help = "Try the rule of the quiz on answer sets: tab-separated, with columns by their names."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        outcome = acts.add_parser("outcome", help="say what follows from each row")
        outcome.add_argument(
            "file",
            type=Path,
            metavar="FILE",
            help="columns id, version, answers (0 to 4 for each sentence), imbalance (yes or -)",
        )
        outcome.add_argument("--json", action="store_true", help="a JSON list")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        found: list[Case] = []
        faults: list[CasesFaulty] = []
        try:
            lines = options["file"].read_text(encoding="utf-8-sig").splitlines()
            for one in cases(lines, quiz(settings.COUNTRY)):
                if isinstance(one, Case):
                    found.append(one)
                else:
                    faults.append(one)
        except UnicodeDecodeError:
            raise CommandError(f"{options['file']} is not UTF-8 text.", returncode=_BAD) from None
        except (CasesFaulty, OSError) as fault:
            raise CommandError(f"{options['file']}: {fault}", returncode=_BAD) from None
        if options["json"]:
            told = orjson.dumps([asdict(one) for one in found], option=orjson.OPT_INDENT_2)
            self.stdout.write(told.decode())
        else:
            for one in found:
                self.stdout.write(f"{one.id}\t{one.outcome}\t{one.first_help}")
        for wrong in faults:
            self.stderr.write(str(wrong))
        if faults:
            sys.exit(_BAD)
