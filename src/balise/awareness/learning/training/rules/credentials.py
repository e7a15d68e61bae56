"""Badges as Open Badges 3.0 (1EdTech) and Verifiable Credentials 2.0 (W3C) have them. Pure.

The recipient is a random `urn:uuid`: whoever has the file holds the badge, and nobody is named in
it. The signature is Data Integrity, `eddsa-rdfc-2022` (W3C, vc-di-eddsa).
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote
from uuid import NAMESPACE_OID, UUID, uuid5
from xml.sax.saxutils import escape

from balise.foundation.url import split_url

CONTEXTS: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
CARRIER: Final = "https://purl.imsglobal.org/ob/v3p0"  # of a credential in a picture (OB 3.0, 5.3)
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs: the centre's name, and the address of its public pages."""

    name: str
    address: str

    @property
    def did(self) -> str:
        """Return our identifier (did:web), whose document is at `/badges/did.json`."""
        return f"did:web:{quote(split_url(self.address).netloc, safe='')}:badges"

    @property
    def standing(self) -> str:
        """Return where the list of revoked badges is."""
        return f"{self.address}/badges/revoked.json"

    def key(self, key_id: str) -> str:
        """Return how a proof names one of our keys."""
        return f"{self.did}#{key_id}"

    def profile(self) -> dict[str, Any]:
        """Return who we are, as each badge says it."""
        return {"id": self.did, "type": ["Profile"], "name": self.name, "url": self.address}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one badge says, in the words of a language."""

    id: UUID
    place: int
    name: str
    criteria: str
    about: str
    language: str
    since: datetime
    until: datetime


def credential(given: Given, issuer: Issuer) -> dict[str, Any]:
    """Return a badge, not signed yet."""
    return {
        "@context": list(CONTEXTS),
        "id": given.id.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": given.name,
        "issuer": issuer.profile(),
        "validFrom": stamp(given.since),
        "validUntil": stamp(given.until),
        "credentialSubject": {
            "id": uuid5(NAMESPACE_OID, f"{given.id}/holder").urn,
            "type": ["AchievementSubject"],
            "achievement": {
                "id": given.about,
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": given.name,
                "description": given.criteria,
                "criteria": {"narrative": given.criteria},
                "inLanguage": given.language,
            },
        },
        "credentialStatus": {
            "id": f"{issuer.standing}#{given.place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(given.place),
            "statusListCredential": issuer.standing,
        },
    }


def proof(method: str, at: datetime) -> dict[str, Any]:
    """Return the options of a proof, without its value."""
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": stamp(at),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }


def signed(document: Mapping[str, Any], options: Mapping[str, Any], value: bytes) -> dict[str, Any]:
    """Return a document with its proof: 64 bytes of Ed25519, in multibase base58btc."""
    return {**document, "proof": {**options, "proofValue": f"z{base58(value)}"}}


def base58(octets: bytes) -> str:
    """Return octets in base58btc (draft-msporny-base58)."""
    number, letters = int.from_bytes(octets), ""
    while number:
        number, rest = divmod(number, 58)
        letters = _BASE58[rest] + letters
    return "1" * (len(octets) - len(octets.lstrip(b"\0"))) + letters


def baked(picture: str, document: str) -> bytes:
    """Return the picture of a badge (SVG) with its credential in it (Open Badges 3.0, 5.3)."""
    opening, _sep, rest = picture.partition(">")
    carried = (
        f'<openbadges:credential xmlns:openbadges="{CARRIER}">{escape(document)}'
        "</openbadges:credential>"
    )
    return f"{opening}>{carried}{rest}".encode()


def keys_document(issuer: Issuer, multikeys: Mapping[str, str]) -> dict[str, Any]:
    """Return our DID document: each key with which we ever signed (W3C DID 1.0, Multikey)."""
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer.did,
        "verificationMethod": [
            {
                "id": issuer.key(key_id),
                "type": "Multikey",
                "controller": issuer.did,
                "publicKeyMultibase": multikey,
            }
            for key_id, multikey in multikeys.items()
        ],
        "assertionMethod": [issuer.key(key_id) for key_id in multikeys],
    }


def multikey(public: bytes) -> str:
    """Return 32 bytes of an Ed25519 public key as a Multikey (multicodec 0xed)."""
    return f"z{base58(b'\xed\x01' + public)}"


def after_months(at: datetime, months: int) -> datetime:
    """Return the same time of day so many months later; the last day of a month that is shorter."""
    years, month = divmod(at.month - 1 + months, 12)
    year = at.year + years
    return at.replace(
        year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]), microsecond=0
    )


def stamp(at: datetime) -> str:
    """Return a moment as these documents write it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
