"""`balise danger`: what the words of danger of this centre find in a file of phrases."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, no_translations

from balise.helpline.queue.rules.danger_words import read

_NONE = "none"
_WRONG_USE = 2  # the exit status of a file that cannot be read


class Command(BaseCommand):
    help = "Say what the words of danger find."

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        words = orders.add_parser(
            "words",
            help="read a file, a phrase a line: level (A to D, or none), category, rule",
        )
        words.add_argument("file", metavar="FILE", help="- is the standard input")
        words.add_argument(
            "--json",
            action="store_true",
            dest="as_json",
            help="a list of phrase, level, category, rule; level and category are “none” "
            "where nothing is found",
        )

    @no_translations
    def handle(self, *args: Any, file: str, as_json: bool, **options: Any) -> None:
        try:
            raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as fault:
            self.stderr.write(f"{file}: {fault.strerror or fault}")
            sys.exit(_WRONG_USE)
        found = [_told(phrase) for phrase in _phrases(raw)]
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for one in found:
            self.stdout.write(
                f"{one['level']:5}{one['category']:18}{one['phrase']}  ({one['rule']})"
            )


def _phrases(raw: bytes) -> list[str]:
    """Return the phrases of a file, as they are written; blank lines are none.

    A file that is not in UTF-8 is read as Windows writes it.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return [line for line in lines if line.strip()]


def _told(phrase: str) -> dict[str, str]:
    found = read(phrase, country=settings.COUNTRY)
    return {
        "phrase": phrase,
        "level": found.level.value if found else _NONE,
        "category": found.category.value if found else _NONE,
        "rule": found.rule.in_language(settings.LANGUAGE_CODE) if found else "",
    }
