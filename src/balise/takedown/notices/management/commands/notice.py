"""`balise notice check`: what a notice lacks of Article 16(2) of the DSA, whatever its form."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, no_translations

from balise.takedown.law.rules import all_offences
from balise.takedown.notices.management.reading_apart import read_notices_apart
from balise.takedown.notices.rules.completeness import completeness
from balise.takedown.notices.rules.reading import NoticeUnreadable, Read

STDIN = "-"


class Command(BaseCommand):
    help = "Look at notices of illegal content: check what the law asks of them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        check = commands.add_parser("check", help="say which of the elements (a) to (d) is missing")
        check.add_argument(
            "files", nargs="+", metavar="FILE", help="JSON, XARF, mail or plain text; - for stdin"
        )
        check.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        for file in options["files"]:
            for found in _checked(file):
                self.stdout.write(
                    orjson.dumps(found).decode() if options["json"] else _in_words(found)
                )


def _checked(file: str) -> Iterator[dict[str, Any]]:
    """Yield what each notice of a file lacks, or why the file cannot be read."""
    omittable = frozenset(
        offence.code for offence in all_offences(settings.COUNTRY) if offence.notifier_optional
    )
    try:
        content = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
        notices = read_notices_apart(content, name=file, omittable=omittable)
    except OSError as error:
        yield {"file": file, "error": error.strerror or str(error)}
        return
    except NoticeUnreadable as refusal:
        yield {"file": file, "error": refusal.message}
        return
    for number, notice in enumerate(notices, 1):
        item = {"item": number} if len(notices) > 1 else {}
        yield {"file": file, **item, **_found(notice)}


def _found(notice: Read) -> dict[str, Any]:
    score = completeness(notice.stated)
    return {
        "form": notice.form.value,
        "complete": score.is_complete,
        "missing": list(score.missing),
        "score": score.points,
        "elements": {
            element.letter: {
                "met": element.is_met,
                "standing": element.standing.value,
                "why": element.says,
            }
            for element in score.elements
        },
    }


def _in_words(found: dict[str, Any]) -> str:
    name = f"{found['file']} ({found['item']})" if "item" in found else found["file"]
    if "error" in found:
        return f"{name}\tunreadable\t{found['error']}"
    if found["complete"]:
        return f"{name}\tcomplete\t{found['score']}"
    lacks = "; ".join(f"({each}) {found['elements'][each]['why']}" for each in found["missing"])
    return f"{name}\tincomplete\t{found['score']}\t{lacks}"
