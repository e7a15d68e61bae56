"""`balise bank`: bring hashes into a bank, take a bank out, ask the banks."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import batched
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import orjson
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.foundation.accounts.queries import account_named, actor_of, person
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.finding import NotHere
from balise.foundation.refusals import Refused
from balise.hotline.matching.banks.actions import finding, keeping
from balise.hotline.matching.banks.actions.keeping import Brought
from balise.hotline.matching.banks.actions.looking import LookedUp, look_up
from balise.hotline.matching.banks.rules import lines
from balise.hotline.matching.banks.rules.asking import Asker, QuestionTooLong
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.banks.rules.lines import LineFaulty

_AT_ONCE = 5_000  # lines in one transaction: memory holds so many, however long the file
_TOLD = 1_000  # refused lines that are named

type Numbered = tuple[int, bytes]


class Command(BaseCommand):
    help = "Import, export and ask banks of hashes, as JSON Lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True, metavar="ORDER")
        bring = orders.add_parser("import", help="add the hashes of a file to a bank")
        bring.add_argument("bank", metavar="BANK", help="its code")
        bring.add_argument("file", metavar="FILE", type=Path, help="or -: standard input")
        bring.add_argument("--opinion", choices=[*Opinion], default=Opinion.SEED)
        take = orders.add_parser("export", help="write the hashes of a bank, one a line")
        take.add_argument("bank", metavar="BANK", help="its code")
        take.add_argument("--as", dest="account", required=True, metavar="EMAIL", help="who asks")
        match = orders.add_parser("match", help="ask whether the hash on each line is known")
        match.add_argument("file", metavar="FILE", type=Path, help="or -: standard input")
        for order in (bring, take, match):
            order.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        orders = {"import": self._import, "export": self._export, "match": self._match}
        try:
            orders[options["order"]](options)
        except NotHere:
            raise CommandError("There is no such bank.", returncode=2) from None
        except PermissionDenied:
            raise CommandError("This account may not do that.", returncode=2) from None

    def _import(self, options: dict[str, Any]) -> None:
        count, refused = 0, _Refused()
        for some in batched(_numbered(options["file"]), _AT_ONCE, strict=False):
            brought = list(_brought(some, refused, Opinion(options["opinion"])))
            ids = keeping.add_each(bank=options["bank"], brought=brought, by=SYSTEM)
            count += len(ids)
        told = {"entries": count, "refused": refused.many, "refused_lines": refused.told}
        if options["json"]:
            self.stdout.write(orjson.dumps(told).decode())
        else:
            self.stdout.write(f"{count} entries, {refused.many} lines refused")
            for one in refused.told:
                self.stderr.write(f"line {one['line']}: {one['reason']}")
        if refused.many:
            sys.exit(1)

    def _export(self, options: dict[str, Any]) -> None:
        for line in finding.export(bank=options["bank"], by=_account(options["account"])):
            self.stdout.write(orjson.dumps(line).decode())

    def _match(self, options: dict[str, Any]) -> None:
        refused = _Refused()
        for number, octets in _numbered(options["file"]):
            try:
                signal = lines.signal_of(lines.read_line(octets))
                answer = look_up(signals=[signal], asker=Asker.COMMAND, by=SYSTEM)
            except (LineFaulty, QuestionTooLong) as fault:
                refused.add(number, fault)
                told: dict[str, Any] = {"line": number, "error": fault.message}
            else:
                told = {"line": number} | _told(answer)
            self.stdout.write(orjson.dumps(told).decode() if options["json"] else _words(told))
        if refused.many:
            sys.exit(1)


class _Refused:
    """The lines that cannot be read: how many, and the first of them with their reasons."""

    def __init__(self) -> None:
        self.many = 0
        self.told: list[dict[str, Any]] = []

    def add(self, line: int, fault: Refused) -> None:
        self.many += 1
        if len(self.told) < _TOLD:
            self.told.append({"line": line, "reason": fault.message})


def _numbered(path: Path) -> Iterator[Numbered]:
    """Yield the lines of a file that hold something, with their numbers; one too long is cut."""
    if path == Path("-"):
        yield from _lines(sys.stdin.buffer)
        return
    try:
        with path.open("rb") as file:
            yield from _lines(file)
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}", returncode=2) from None


def _lines(file: BinaryIO) -> Iterator[Numbered]:
    number = 0
    while octets := file.readline(lines.LONGEST + 2):
        number += 1
        rest = octets
        while len(rest) == lines.LONGEST + 2 and not rest.endswith(b"\n"):
            rest = file.readline(lines.LONGEST + 2)
        if octets.strip():
            yield number, octets


def _brought(some: Iterable[Numbered], refused: _Refused, opinion: Opinion) -> Iterator[Brought]:
    for number, octets in some:
        try:
            found = lines.read_line(octets)
            yield Brought(lines.signal_of(found), *lines.said_of(found, opinion=opinion))
        except LineFaulty as fault:
            refused.add(number, fault)


def _told(answer: LookedUp) -> dict[str, Any]:
    """Return an answer without a hash."""
    return {
        "id": str(answer.id),
        "known": answer.is_known,
        "partial": answer.is_partial,
        "rule": answer.verdict.rule if answer.verdict else None,
        "hits": [
            {
                "entry": hit.entry,
                "bank": hit.bank,
                "opinion": hit.opinion,
                "labels": hit.labels,
                "distance": hit.distance,
                "turn": hit.turn.name.lower(),
                "quality": hit.quality,
                "second": hit.second,
                "state": hit.state,
            }
            for hit in answer.hits
        ],
    }


def _words(told: dict[str, Any]) -> str:
    if "error" in told:
        return f"line {told['line']}: {told['error']}"
    if told["partial"]:
        return f"line {told['line']}: part of the index did not answer, ask again"
    rule = f" ({told['rule']})" if told["rule"] else ""
    return f"line {told['line']}: {'known' if told['known'] else 'not known'}{rule}"


def _account(email: str) -> Actor:
    account_id: UUID | None = account_named(email)
    account = person(account_id, seen_by=SYSTEM) if account_id else None
    if account is None or not account.is_active:
        raise CommandError(f"Nobody works here under {email}.", returncode=2)
    return actor_of(account)
