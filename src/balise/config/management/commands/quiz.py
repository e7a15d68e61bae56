"""`balise quiz check` and `outcome`: a quiz of awareness, and the rule of the app’s own."""

from argparse import ArgumentParser, Namespace
from typing import Any, Final

from django.core.management.base import BaseCommand, no_translations

from balise.awareness.activities.quizzes.management import checking
from balise.helpline.app.management import outcome

_ACTS: Final = {"check": checking, "outcome": outcome}  # two lines have a quiz


class Command(BaseCommand):
    help = "Check a quiz, or try the rule of the app’s quiz on answer sets."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        for name, act in _ACTS.items():
            act.add_arguments(acts.add_parser(name, help=act.HELP))

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        asked = Namespace(**options)
        _ACTS[asked.act].tell(self, asked)
