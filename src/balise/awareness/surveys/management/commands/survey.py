"""`balise survey check`: a questionnaire as a file, before it is brought in."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, no_translations

from balise.awareness.surveys.documents.reading import read_told
from balise.awareness.surveys.rules import promises, weighting
from balise.awareness.surveys.rules.promises import LONGEST, Audience, WordingFaulty
from balise.foundation import apart
from balise.foundation.apart import Unreadable
from balise.foundation.faults import Checked, Fault, line_of, missing, of_unreadable, tell


class Command(BaseCommand):
    help = "Check a questionnaire."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        check = acts.add_parser("check", help="exit status 0 without faults, 1 with some")
        check.add_argument("file", metavar="FILE", type=Path, help=".toml or .json")
        check.add_argument("--json", action="store_true", help="one line of JSON")
        check.add_argument(
            "--audience",
            choices=Audience.values,
            default=Audience.ADULTS.value,
            help="minors are asked in shorter sentences, and without free text (default: adults)",
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        asked = Namespace(**options)
        found = _checked(asked.file, Audience(asked.audience))
        tell(self, found, of="questions", as_json=asked.json)


def _checked(file: Path, audience: Audience) -> Checked:
    try:
        octets = apart.octets_of(file, most=LONGEST)
        source = read_told(octets)
    except Unreadable as fault:
        return Checked(str(file), [of_unreadable(fault)])
    except OSError as error:
        return Checked(str(file), [missing(error)])
    except WordingFaulty as refused:
        return Checked(str(file), [Fault(None, refused.code, str(refused))])
    text = octets.decode("utf-8", "replace")
    faults, remarks = list[Fault](), list[Fault]()
    for each in promises.findings(source, audience=audience, languages=_languages(source)):
        told = Fault(line_of(text, each.where), each.code, each.message, each.where)
        (faults if each.stops else remarks).append(told)
    many = len(weighting.questionnaire(source).questions)
    return Checked(str(file), faults, remarks, many)


def _languages(source: weighting.Source) -> list[str]:
    """Return the languages in which some question is asked."""
    found: set[str] = set()
    for section in source["sections"]:
        for question in section["questions"]:
            asks: Mapping[str, str] = question["asks"]
            found |= {str(each) for each in asks}
    return sorted(found)
