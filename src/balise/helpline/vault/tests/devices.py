"""A device that calls the vault's addresses, at the public origin and at the app's own."""

import json
import secrets
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.helpline.vault.rules.bounds import PADDED

AT = "/app/vault/"
PIECE = b"\x07" * PADDED[0]


def asked(device: Client, address: str, **fields: Any) -> Any:
    answer = device.post(AT + address, json.dumps(fields), content_type="application/json")
    assert not answer.cookies
    return answer


def sent(device: Client, address: str, files: dict[str, bytes], **fields: Any) -> Any:
    given = {name: SimpleUploadedFile(name, octets) for name, octets in files.items()}
    return device.post(AT + address, {**fields, **given})


def put(device: Client, where: str, auth: str, octets: bytes = PIECE) -> Any:
    return device.put(
        f"{AT}backup/{where}",
        octets,
        content_type="application/octet-stream",
        headers={"Authorization": f"Bearer {auth}"},
    )


def brought(device: Client, octets: bytes) -> dict[str, Any]:
    """Return the place of an upload that a device made for one item."""
    where, auth, size = secrets.token_hex(32), secrets.token_hex(32), PADDED[0]
    pieces = -(-len(octets) // size)
    for nth in range(pieces):
        part = octets[nth * size : (nth + 1) * size].ljust(size, b"\0")
        put(device, f"{where}/{nth}?of={pieces}&passing", auth, part)
    named = {"first": 0, "skip": 0, "pieces": pieces, "bytes": len(octets)}
    return {"locator": where, "auth": auth, **named}
