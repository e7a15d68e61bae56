"""`balise release make`, `sign` and `key`: what a phone checks each file of the app against."""

import base64
import json
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from django.core.management.base import BaseCommand, CommandError

from balise.foundation import clock
from balise.foundation.encryption.signatures import published
from balise.helpline.app.documents.gathering import Gathering
from balise.helpline.app.queries import release as queries
from balise.helpline.app.rules import release as rules
from balise.helpline.app.rules.release import ReleaseFaulty

_LINE = "helpline"


class Command(BaseCommand):
    help = "List the app's files with their hashes; sign the list, away from every server."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        make = acts.add_parser("make", help="list the files as this centre serves them")
        sign = acts.add_parser("sign", help="sign a list, where the private key is")
        sign.add_argument("--key", type=Path, required=True, metavar="FILE", help="private key")
        key = acts.add_parser("key", help="make a pair: the private half never goes to a server")
        for each in (make, sign):
            each.add_argument(
                "--release", type=Path, metavar="FILE", help="the list; that of this centre if none"
            )
        key.add_argument("--out", type=Path, required=True, metavar="FILE", help="private half")
        for each in (make, sign, key):
            each.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = Namespace(**options)
        acts: dict[str, Callable[[Namespace], dict[str, Any]]] = {
            "make": make,
            "sign": sign,
            "key": make_key,
        }
        try:
            told = acts[asked.act](asked)
        except (ReleaseFaulty, OSError) as error:
            raise CommandError(str(error)) from None
        if asked.json:
            self.stdout.write(json.dumps({"format": 1, **told}))
        else:
            for name, value in told.items():
                self.stdout.write(f"{name}: {value}")


def make(asked: Namespace) -> dict[str, Any]:
    """Write the list of files; what was signed before holds until this one is signed."""
    found = Gathering()
    files = found.files()
    told = rules.manifest(
        files, made_at=clock.now(), headers=found.headers, keys={"sharing": _sharing()}
    )
    at = _place(asked)
    at.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    at.write_bytes(told)
    version = rules.version_of(told)
    size = sum(len(each.content) for each in files)
    return {"release": str(at), "version": version, "files": len(files), "bytes": size}


def sign(asked: Namespace) -> dict[str, Any]:
    """Write the signature beside the list, and the public half of the key."""
    at = _place(asked)
    told, private = at.read_bytes(), asked.key.read_bytes()
    at.with_suffix(".sig").write_text(rules.sign(told, private))
    at.with_suffix(".key").write_text(rules.public_half(private))
    return {"signature": str(at.with_suffix(".sig")), "version": rules.version_of(told)}


def make_key(asked: Namespace) -> dict[str, Any]:
    """Write a new private key, for its owner alone; refuse to write over a file."""
    private = rules.new_key()
    asked.out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(asked.out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(private)
    return {"key": str(asked.out), "public": rules.public_half(private)}


def _place(asked: Namespace) -> Path:
    return asked.release or queries.folder() / queries.MANIFEST


def _sharing() -> str:
    """Return the newest key that signs the keys of cases, as base64 of its SPKI."""
    pems = published(_LINE)
    newest = max(pems, key=lambda name: int(name.rpartition("-")[2]))
    key = serialization.load_pem_public_key(pems[newest])
    octets = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(octets).decode()
