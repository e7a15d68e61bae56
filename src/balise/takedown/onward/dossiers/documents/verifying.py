"""Check a package as a stranger would: hashes, signature, timestamp. Nothing is believed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from balise.foundation import strict_json
from balise.foundation.encryption import age
from balise.foundation.encryption.envelope import SealBroken
from balise.foundation.encryption.keyring import KeysFaulty
from balise.foundation.encryption.signatures import published, verify_with
from balise.foundation.encryption.timestamps import TimestampRefused, timestamped_at
from balise.takedown.onward.dossiers.rules import parts as names
from balise.takedown.onward.dossiers.rules.numbers import is_number
from balise.takedown.onward.dossiers.rules.parts import PackageFaulty
from balise.takedown.onward.dossiers.rules.stated import FORMAT, canonical

A_KEY_GIVEN = "the key that was given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What the one who checks trusts.

    `key` is the centre's public key as PEM; without one, the keys of this centre's own ring are
    trusted. `roots` are certificates of timestamp authorities (PEM). `identity` opens what is
    sealed.
    """

    key: bytes | None = None
    roots: bytes | None = None
    identity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found. `problems` are sentences; without any, the dossier holds.

    `signed_by` is the id of the key, "" if nobody who is trusted signed; `timestamped_at` is None
    without a timestamp that holds. `sealed`: only the authority can read the content.
    """

    number: str
    problems: tuple[str, ...]
    signed_by: str
    timestamped_at: datetime | None
    sealed: bool

    @property
    def valid(self) -> bool:
        return not self.problems


def examined(package: bytes, *, trust: Trust) -> Finding:
    """Return what is true of a package, whatever it is."""
    try:
        parts = names.unzipped(package)
        manifest_bytes = _part(parts, names.MANIFEST)
        manifest = names.read_manifest(manifest_bytes)
        signature = _part(parts, names.SIGNATURE)
    except PackageFaulty as fault:
        return unreadable(str(fault))
    problems: list[str] = []
    is_sealed = any(name not in parts for name in names.CONTENT)
    if trust.identity:
        parts |= _opened(parts, trust.identity, problems)
    problems += names.hash_problems(parts, manifest)
    about = _about(parts, problems)
    signed_by = _signed_by(parts, manifest_bytes, signature, about, trust, problems)
    dated = _timestamped_at(parts, signature, about, trust, problems)
    _check_content(parts, about, problems)
    return Finding(
        number=str(about.get("number", "")),
        problems=tuple(problems),
        signed_by=signed_by,
        timestamped_at=dated,
        sealed=is_sealed,
    )


def unreadable(problem: str) -> Finding:
    """Return the finding on what is no package at all."""
    return Finding(number="", problems=(problem,), signed_by="", timestamped_at=None, sealed=False)


def _part(parts: dict[str, bytes], name: str) -> bytes:
    if name not in parts:
        raise PackageFaulty(f"{name} is missing")
    return parts[name]


def _opened(parts: dict[str, bytes], identity: str, problems: list[str]) -> dict[str, bytes]:
    opened = {}
    for name in names.SEALABLE:
        sealed = parts.get(f"{name}{names.SEALED}")
        if sealed is None:
            continue
        try:
            found = age.open_sealed(sealed, identity=identity)
        except (SealBroken, age.RecipientFaulty) as error:
            problems.append(f"{name}{names.SEALED} does not open: {error}")
            continue
        if parts.get(name, found) != found:
            problems.append(f"{name} is not what is sealed beside it")
        opened[name] = found
    return opened


def _about(parts: dict[str, bytes], problems: list[str]) -> dict[str, Any]:
    about = _object(parts.get(names.ABOUT, b""))
    if about.get("format") != FORMAT or not is_number(about.get("number")):
        problems.append(f"{names.ABOUT} does not tell of a dossier that is known here")
        return {}
    return about


def _signed_by(
    parts: dict[str, bytes],
    manifest: bytes,
    signature: bytes,
    about: dict[str, Any],
    trust: Trust,
    problems: list[str],
) -> str:
    trusted = {A_KEY_GIVEN: trust.key} if trust.key is not None else _own_keys(about)
    signer = next(
        (key_id for key_id, pem in trusted.items() if verify_with(pem, manifest, signature)), ""
    )
    if signer and trust.key is None and parts.get(names.KEY) != trusted[signer]:
        problems.append(f"{names.KEY} is not the key that signed")
    if signer:
        return signer
    if verify_with(parts.get(names.KEY, b""), manifest, signature):
        problems.append("it is signed by a key that is not trusted here")
    else:
        problems.append("the signature is not of this manifest")
    return ""


def _own_keys(about: dict[str, Any]) -> dict[str, bytes]:
    try:
        return published(str(about.get("line", "")))
    except KeysFaulty:
        return {}


def _timestamped_at(
    parts: dict[str, bytes],
    signature: bytes,
    about: dict[str, Any],
    trust: Trust,
    problems: list[str],
) -> datetime | None:
    answer = parts.get(names.TIMESTAMP)
    if answer is None:
        if about.get("timestamp"):
            problems.append(f"{names.TIMESTAMP} is missing: the dossier was timestamped")
        return None
    try:
        return timestamped_at(answer, message=signature, trusted=trust.roots or b"")
    except TimestampRefused as refusal:
        problems.append(str(refusal))
        return None


def _check_content(parts: dict[str, bytes], about: dict[str, Any], problems: list[str]) -> None:
    octets = parts.get(names.DOSSIER)
    if octets is None:
        return
    dossier = _object(octets)
    if dossier.get("number") != about.get("number") or dossier.get("format") != FORMAT:
        problems.append(f"{names.DOSSIER} tells of another dossier than {names.ABOUT}")
    elif canonical(dossier) != octets:
        problems.append(f"{names.DOSSIER} is not in its canonical form")


def _object(octets: bytes) -> dict[str, Any]:
    try:
        found = strict_json.loads(octets)
    except strict_json.FAULTS:
        return {}
    return found if isinstance(found, dict) else {}
