"""`balise deck --edition 2023-10-18 --out DIR`: the files of an edition, for the operator."""

from argparse import ArgumentParser
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.foundation.finding import NotHere
from balise.steering.editions.documents import FORMS
from balise.steering.editions.queries import making, showing
from balise.steering.editions.queries.drawing import drawn_file
from balise.steering.editions.rules.kinds import COMMITTEE, TEMPLATES
from balise.steering.editions.rules.preparing import file_name


class Command(BaseCommand):
    help = (
        "Write the files of an edition into a folder: of a published one those for everyone; "
        "a draft is drawn as it was last made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--edition", type=_day, required=True, metavar="DATE")
        parser.add_argument("--template", choices=TEMPLATES, default=COMMITTEE.code)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument(
            "--again",
            action="store_true",
            help="draw a frozen edition again, and say whether the bytes are those that are kept",
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Write each file and print its name and SHA-256; with `--again`, ends with 1 on others."""
        template, day, out = options["template"], options["edition"], options["out"]
        try:
            edition, deck, kept = showing.deck_of_day(day, template)
        except NotHere:
            raise CommandError(f"there is no {template} edition of {day}") from None
        is_public = edition.published_at is not None
        out.mkdir(parents=True, exist_ok=True)
        files = {
            (one.form, one.language): bytes(one.octets)
            for one in kept
            if one.is_public == is_public
        }
        draft = "" if edition.frozen_at else "draft-"
        others = []
        for language in deck.languages:
            for form in FORMS:
                octets = files.get((form, language))
                if octets is None or options["again"]:
                    drawn = drawn_file(deck, is_public=is_public, form=form, language=language)
                    if octets is not None and drawn != octets:
                        others.append(f"{form} {language}")
                    octets = drawn
                name = draft + file_name(template, day, form=form, language=language)
                (out / name).write_bytes(octets)
                told = {"file": name, "sha256": sha256(octets).hexdigest(), "bytes": len(octets)}
                words = f"{told['sha256']}  {name}"
                self.stdout.write(orjson.dumps(told).decode() if options["json"] else words)
        if others:
            raise CommandError(
                f"{', '.join(others)}: not the bytes that are kept.{_why(deck.versions)}"
            )


def _why(drawn_with: Any) -> str:
    """Return which programs have another version than those that drew what is kept."""
    now = making.versions()
    changed = [
        f" {name} was {version}, is {now.get(name, 'gone')}."
        for name, version in drawn_with.items()
        if now.get(name) != version
    ]
    return "".join(changed)


def _day(words: str) -> date:
    return date.fromisoformat(words)
