"""`balise deck --edition 2023-10-18 --out DIR`: the files of an edition, for the operator."""

from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.foundation.clock import now
from balise.foundation.finding import NotHere
from balise.steering.editions.documents import FORMS
from balise.steering.editions.queries import making, showing
from balise.steering.editions.queries.drawing import drawn_file
from balise.steering.editions.rules.kinds import COMMITTEE, TEMPLATES
from balise.steering.editions.rules.life import read_mark, was_published
from balise.steering.editions.rules.preparing import file_name


class Command(BaseCommand):
    help = (
        "Write the files of an edition into a folder: of a published one those for everyone; "
        "a draft is drawn as it was last made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--edition",
            type=str,
            required=True,
            metavar="DATE",
            help="its day, as 2023-10-18; 2023-10-18-2 is its second version",
        )
        parser.add_argument("--template", choices=TEMPLATES, default=COMMITTEE.code)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument(
            "--again",
            action="store_true",
            help="draw a frozen edition again, and say whether the bytes are those that are kept",
        )
        parser.add_argument(
            "--as-then",
            action="store_true",
            help="draw it again with the address of the site that the kept files name",
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Write each file and print its name and SHA-256; with `--again`, ends with 1 on others."""
        template, mark, out = options["template"], options["edition"], options["out"]
        try:
            day, version = read_mark(mark)
            edition, deck, kept = showing.deck_of_day(day, template, version=version)
        except NotHere:
            raise CommandError(f"there is no {template} edition of {mark}") from None
        is_public = was_published(edition.life, now())
        out.mkdir(parents=True, exist_ok=True)
        files = {
            (one.form, one.language): bytes(one.octets)
            for one in kept
            if one.is_public == is_public
        }
        site = next((one.address for one in kept if one.is_public), "") if is_public else ""
        is_again = options["again"] or options["as_then"]
        draft = "" if edition.frozen_at else "draft-"
        others = []
        for language in deck.languages:
            for form in FORMS:
                octets = files.get((form, language))
                if octets is None or is_again:
                    drawn = drawn_file(
                        deck,
                        is_public=is_public,
                        form=form,
                        language=language,
                        mark=mark,
                        site=site if options["as_then"] else "",
                    )
                    if octets is not None and drawn != octets:
                        others.append(f"{form} {language}")
                    octets = drawn
                name = draft + file_name(
                    template, mark, form=form, language=language, is_public=is_public
                )
                (out / name).write_bytes(octets)
                told = {"file": name, "sha256": sha256(octets).hexdigest(), "bytes": len(octets)}
                words = f"{told['sha256']}  {name}"
                self.stdout.write(orjson.dumps(told).decode() if options["json"] else words)
        if others:
            why = _why(deck.versions) + ("" if options["as_then"] else _moved(site))
            raise CommandError(f"{', '.join(others)}: not the bytes that are kept.{why}")


def _why(drawn_with: Any) -> str:
    """Return which programs have another version than those that drew what is kept."""
    known = making.versions()
    changed = [
        f" {name} was {version}, is {known.get(name, 'gone')}."
        for name, version in drawn_with.items()
        if known.get(name) != version
    ]
    return "".join(changed)


def _moved(site: str) -> str:
    """Return that the site has another address than the one that kept files name, if it has."""
    if site in {"", settings.PUBLIC_ADDRESS}:
        return ""
    return f" The site was {site}, is {settings.PUBLIC_ADDRESS}: --as-then draws with that one."
