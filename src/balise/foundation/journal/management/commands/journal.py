"""`balise journal`: note the heads of the chains, and verify the chains against them."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from balise.foundation.journal import verifying
from balise.foundation.journal.verifying import Head, Verdict


class Command(BaseCommand):
    help = "Note the heads of the journal's chains, or compute the chains again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        head = orders.add_parser("head", help="show where each chain ends; keep it elsewhere")
        head.add_argument("--json", action="store_true", dest="as_json")
        verify = orders.add_parser("verify", help="name the first bad entry of each chain")
        verify.add_argument("--line", help="this line alone")
        verify.add_argument("--head", metavar="SEQ:HASH", help="a head noted earlier, of --line")
        verify.add_argument("--heads", type=Path, help="heads of all lines, from `head --json`")
        verify.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, order: str, as_json: bool, **options: Any) -> None:
        if order == "head":
            self._head(as_json=as_json)
        else:
            self._verify(options["line"], _noted(options), as_json=as_json)

    def _head(self, *, as_json: bool) -> None:
        heads = verifying.heads()
        if as_json:
            document = {line: head._asdict() for line, head in heads.items()}
            self.stdout.write(json.dumps(document, indent=2))
            return
        for line, head in heads.items():
            self.stdout.write(f"{line} {head.seq}:{head.hash}")

    def _verify(self, line: str | None, noted: dict[str, Head], *, as_json: bool) -> None:
        lines = [line] if line else sorted({*verifying.lines(), *noted})
        shown = sys.stderr.isatty()
        verdicts = []
        for one in lines:
            total = verifying.length(one) if shown else None
            with tqdm(total=total, desc=one, unit=" entries", disable=not shown) as bar:
                verdicts.append(verifying.verify(one, noted=noted.get(one), seen=bar.update))
        if as_json:
            self.stdout.write(json.dumps([_document(one) for one in verdicts], indent=2))
        else:
            for verdict in verdicts:
                self.stdout.write(_sentence(verdict))
        if any(verdict.finding for verdict in verdicts):
            raise CommandError("The journal is not what it was.")


def _noted(options: dict[str, Any]) -> dict[str, Head]:
    if options["head"] and not options["line"]:
        raise CommandError("--head is the head of one line: say which with --line.")
    try:
        if options["head"]:
            return {options["line"]: verifying.read_head(options["head"])}
        if options["heads"]:
            return verifying.read_heads(json.loads(options["heads"].read_text(encoding="utf-8")))
    except (ValueError, OSError) as error:
        raise CommandError(f"This head cannot be read: {error}") from error
    return {}


def _document(verdict: Verdict) -> dict[str, object]:
    finding = verdict.finding
    return {
        "line": verdict.line,
        "holds": finding is None,
        "verified_up_to": verdict.head._asdict(),
        "unlinked": {
            "facts": verdict.waiting.facts,
            "oldest": verdict.waiting.oldest and verdict.waiting.oldest.isoformat(),
        },
        "first_bad": finding
        and {
            "seq": finding.seq,
            "entry": finding.entry,
            "fault": finding.fault,
            "says": verifying.SENTENCES[finding.fault],
        },
    }


def _sentence(verdict: Verdict) -> str:
    if verdict.finding:
        return str(verdict.finding)
    holds = f"{verdict.line}: {verdict.head.seq} entries hold, up to {verdict.head.hash}"
    waiting = verdict.waiting
    if not waiting.facts:
        return holds
    oldest = f"{waiting.oldest:%Y-%m-%d %H:%M:%S %Z}"
    return f"{holds}\n{verdict.line}: {waiting.facts} not linked yet, the oldest of {oldest}"
