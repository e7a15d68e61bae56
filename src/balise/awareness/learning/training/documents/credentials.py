"""Work on credentials with `openbadgeslib`, in a child with limits: octets in, octets out.

The library brings JSON-LD in its canonical form (RDFC-1.0) with contexts that it has with it, never
from the network, and checks that what is signed is what is read. It never has a private key.
"""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from balise.foundation import strict_json
from balise.foundation.limited.child import CannotWork

_PNG: Final = b"\x89PNG"


def warm() -> None:
    """Import what reading a badge needs, so that a fork of this process has it."""
    from openbadgeslib import baking  # noqa: F401, PLC0415
    from openbadgeslib.ob3 import OB3LdpVerifier  # noqa: F401, PLC0415
    from openbadgeslib.ob3.contexts import document_loader  # noqa: PLC0415
    from pyld import jsonld  # noqa: F401, PLC0415

    document_loader()


def digests(octets: bytes) -> bytes:
    """Return the 64 bytes to sign of each of `[document, proof]` (vc-di-eddsa, 3.3.4)."""
    return b"".join(_digest(document, proof) for document, proof in json.loads(octets))


def standing(octets: bytes) -> bytes:
    """Return a list of revoked places as `[document, bytes to sign]`, these as hexadecimal digits.

    W3C, Bitstring Status List 1.0.
    """
    from openbadgeslib.ob3.status_list import build_status_list_credential  # noqa: PLC0415

    told = json.loads(octets)
    since, until = (datetime.fromisoformat(told[name]) for name in ("since", "until"))
    listed = build_status_list_credential(
        told["issuer"],
        told["address"],
        "revocation",
        told["places"],
        size_bits=told["size"],
        issued=since,
        valid_until=until,
    )
    return json.dumps([listed, _digest(listed, told["proof"]).hex()]).encode()


def _digest(document: dict[str, Any], proof: dict[str, Any]) -> bytes:
    # Each process would pay a sixth of a second and 18 MB for what the child alone needs.
    from openbadgeslib.ob3.contexts import document_loader  # noqa: PLC0415
    from pyld import jsonld  # noqa: PLC0415

    options = {
        "algorithm": "URDNA2015",  # the former name of RDFC-1.0
        "format": "application/n-quads",
        "documentLoader": document_loader(),
    }
    both = ({**proof, "@context": document["@context"]}, document)
    return b"".join(sha256(jsonld.normalize(each, options).encode()).digest() for each in both)


def read(octets: bytes) -> bytes:
    """Return what a badge says, whose signature is right; refuse it with the code of a
    reason (`rules.verdicts`, which this process does not import).

    The first line tells our own `did`, our public `keys` and the moment; the rest is what a
    stranger sent.
    """
    head, _sep, sent = octets.partition(b"\n")
    told = json.loads(head)
    document = _document(sent)
    key = _key(document, told)
    since, until = (_moment(document, name) for name in ("validFrom", "validUntil"))
    is_past = until < datetime.fromisoformat(told["at"])
    if not _holds(document, key.encode(), is_past=is_past):
        raise CannotWork("changed")
    achievement = document["credentialSubject"]["achievement"]
    found = {
        "id": document["id"],
        "name": achievement["name"],
        "criteria": achievement["criteria"]["narrative"],
        "since": since.isoformat(),
        "until": until.isoformat(),
    }
    return json.dumps(found).encode()


def _document(sent: bytes) -> dict[str, Any]:
    """Return the credential that was sent, alone or in a picture. Raises CannotWork."""
    from openbadgeslib import baking  # noqa: PLC0415

    text = sent.removeprefix(b"\xef\xbb\xbf").strip()
    if text.startswith(_PNG):
        raise CannotWork("not-json")
    if text.startswith(b"<"):
        try:
            carried = baking.extract_svg(text, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
        except Exception:  # noqa: BLE001 - whatever a parser of XML says of a stranger's file
            raise CannotWork("not-json") from None
        if not carried:
            raise CannotWork("no-badge")
        text = carried.encode()
    if text.startswith(b"ey"):
        raise CannotWork("other-proof")  # a badge as a token (VC-JWT): we give none
    try:
        found = strict_json.loads(text)
    except (ValueError, RecursionError):
        raise CannotWork("not-json") from None
    if not isinstance(found, dict):
        raise CannotWork("not-json")
    return found


def _key(document: dict[str, Any], told: dict[str, Any]) -> str:
    """Return the key of ours that the proof names (PEM). Raises CannotWork."""
    issuer, proof = document.get("issuer"), document.get("proof")
    whose = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(whose, str):
        raise CannotWork("no-credential")
    if whose != told["did"]:
        raise CannotWork("other-issuer")
    if not isinstance(proof, dict) or proof.get("cryptosuite") != "eddsa-rdfc-2022":
        raise CannotWork("other-proof")
    method = proof.get("verificationMethod")
    key = told["keys"].get(method) if isinstance(method, str) else None
    if key is None:
        raise CannotWork("unknown-key")
    return str(key)


def _moment(document: dict[str, Any], name: str) -> datetime:
    said = document.get(name)
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise CannotWork("no-credential")
    if moment.tzinfo is None:
        raise CannotWork("date-without-zone")
    return moment


def _holds(document: dict[str, Any], key: bytes, *, is_past: bool) -> bool:
    """Return whether we signed exactly this. The library refuses what has expired as well."""
    from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError, verify_data_integrity_proof  # noqa: PLC0415

    try:
        if is_past:
            verify_data_integrity_proof(document, key)
        else:
            OB3LdpVerifier(pubkey_pem=key).verify(document)
    except (OB3VerificationError, OverflowError):
        return False
    return True
