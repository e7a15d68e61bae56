"""`balise release make`, `sign` and `key`: what a phone checks each file of the app against."""

import json
import os
import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from balise.foundation import clock
from balise.foundation.encryption import p256
from balise.foundation.encryption.p256 import KeyFaulty
from balise.foundation.encryption.signatures import published
from balise.helpline.app.documents.gathering import Gathering
from balise.helpline.app.queries import release as queries
from balise.helpline.app.rules import release as rules
from balise.helpline.app.rules.release import Listed, ReleaseFaulty

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
        except (ReleaseFaulty, KeyFaulty, OSError) as error:
            raise CommandError(str(error)) from None
        if asked.json:
            self.stdout.write(json.dumps({"format": 1, **told}))
        else:
            for name, value in told.items():
                self.stdout.write(f"{name}: {value}")


def make(asked: Namespace) -> dict[str, Any]:
    """Write the list of files; what was signed before holds until this one is signed.

    Where the app has an origin of its own, also the files, and the list of the public door.
    """
    at = _place(asked)
    at.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _keep_before(at.parent)
    found = Gathering()
    files = found.files()
    told = _list(found, files)
    if settings.APP_ADDRESS:
        _write(files, at.parent / queries.FILES, also_of=at.parent / queries.BEFORE)
        old = Gathering(is_old_home=True)
        at.with_name(queries.OLD).write_bytes(_list(old, old.files()))
    at.write_bytes(told)
    version = rules.version_of(told)
    size = sum(len(each.content) for each in files)
    return {"release": str(at), "version": version, "files": len(files), "bytes": size}


def sign(asked: Namespace) -> dict[str, Any]:
    """Write the signature beside each list, and the public half of the key."""
    at = _place(asked)
    private = asked.key.read_bytes()
    version = rules.version_of(at.read_bytes())
    for each in (at, at.with_name(queries.OLD)):
        if each.exists():
            each.with_suffix(".sig").write_text(p256.sign(each.read_bytes(), private))
    at.with_suffix(".key").write_text(p256.public_half(private))
    return {"signature": str(at.with_suffix(".sig")), "version": version}


def _list(found: Gathering, files: Sequence[Listed]) -> bytes:
    origins = {"app": settings.APP_ADDRESS, "public": settings.PUBLIC_ADDRESS}
    return rules.manifest(
        files,
        made_at=clock.now(),
        headers=found.headers,
        keys={"sharing": _sharing()},
        origins=origins if settings.APP_ADDRESS else None,
    )


def _keep_before(folder: Path) -> None:
    """Keep the lists that are signed: they hold until the new ones are."""
    if queries.signed() is None or not (folder / queries.KEY).exists():
        return
    before = folder / queries.BEFORE
    before.mkdir(mode=0o700, exist_ok=True)
    for name in (queries.MANIFEST, queries.OLD):
        file = folder / name
        for each in (file, file.with_suffix(".sig")):
            if each.exists():
                shutil.copyfile(each, before / each.name)
    shutil.copyfile(folder / queries.KEY, before / queries.KEY)


def _write(files: Sequence[Listed], folder: Path, *, also_of: Path) -> None:
    """Write each file under its hash, and remove those of no list that holds."""
    folder.mkdir(mode=0o700, exist_ok=True)
    stays = {str(each.told["sha256"]): each.content for each in files}
    for digest, content in stays.items():
        (folder / digest).write_bytes(content)
    old = also_of / queries.MANIFEST
    held = (
        {each["sha256"] for each in json.loads(old.read_bytes())["files"]}
        if old.exists()
        else set()
    )
    for file in folder.iterdir():
        if file.name not in stays and file.name not in held:
            file.unlink()


def make_key(asked: Namespace) -> dict[str, Any]:
    """Write a new private key, for its owner alone; refuse to write over a file."""
    private = p256.new_key()
    asked.out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(asked.out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(private)
    return {"key": str(asked.out), "public": p256.public_half(private)}


def _place(asked: Namespace) -> Path:
    return asked.release or queries.folder() / queries.MANIFEST


def _sharing() -> str:
    """Return the newest key that signs the keys of cases, as base64 of its SPKI."""
    pems = published(_LINE)
    newest = max(pems, key=lambda name: int(name.rpartition("-")[2]))
    return "".join(pems[newest].decode().splitlines()[1:-1])  # between the lines of the armour
