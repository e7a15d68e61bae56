"""XARF v4: the abuse report that programs read (xarf.org, schema 4.x), as far as notices need it.

Two of its types are a hotline's: `csam`, images of child sexual abuse, and `csem`, exploitation of
children. A report of either never carries a payload: an address, and hashes where there are any.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import Any
from uuid import UUID

from balise.foundation import moments
from balise.takedown.notices.rules.completeness import is_email
from balise.takedown.notices.rules.letters import SeenBy, Sighting
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

VERSION = "4.2.0"
MAX_DESCRIPTION = 1_000
MAX_ORGANISATION = 200
MAX_EVIDENCE = 50
MAX_TAGS = 20

CSAM, CSEM = "csam", "csem"
CLASSIFICATIONS = ("baseline", "A1", "A2", "B1", "B2")
EXPLOITATIONS = (
    *("grooming", "solicitation", "sextortion", "trafficking"),
    *("distribution", "production", "possession"),
)
TYPES = {
    "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL": CSAM,
    "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE": CSAM,
    "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS": CSEM,
}

_CATEGORIES = frozenset(
    {
        *("messaging", "content", "copyright", "connection"),
        *("vulnerability", "infrastructure", "reputation"),
    }
)
_REQUIRED = (
    *("xarf_version", "report_id", "timestamp", "reporter", "sender"),
    *("source_identifier", "category", "type"),
)
_PERSON = frozenset({"org", "contact", "domain"})
_DETECTED = {
    CSAM: frozenset(
        {"hash_match", "ai_detection", "manual_review", "user_report", "automated_scan"}
    ),
    CSEM: frozenset(
        {
            *("behavioral_analysis", "keyword_detection", "user_report", "ai_detection"),
            *("manual_review", "law_enforcement_referral"),
        }
    ),
}
_KIND_FIELD = {CSAM: "classification", CSEM: "exploitation_type"}
_KINDS = {CSAM: frozenset(CLASSIFICATIONS), CSEM: frozenset(EXPLOITATIONS)}
_VERIFIED = frozenset(
    {"manual", "automated_crawler", "user_report", "honeypot", "threat_intelligence"}
)
_VERIFIED_BY = {
    SeenBy.LOOKED: "manual",
    SeenBy.ANALYST: "manual",
    SeenBy.WATCH: "automated_crawler",
    SeenBy.REPORTED: "user_report",
    SeenBy.REPORTER: "user_report",
}
_VERSION = re.compile(r"4\.[0-9]+\.[0-9]+")
_TAG = re.compile(r"[a-z0-9][a-z0-9_+-]*:[a-z0-9][a-z0-9_+.-]*")
_HASH = re.compile(r"(?:md5|sha1|sha256|sha512):[a-fA-F0-9]+")
_HASHES = {"md5": 32, "sha1": 40, "sha256": 64}
_HOSTNAME = re.compile(
    r"(?=.{1,253}$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9-]+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a report says of one address. `kind` is a classification (csam) or a form (csem)."""

    notice: UUID
    number: str
    type: str
    kind: str
    url: str
    sighting: Sighting
    description: str
    organisation: str
    email: str
    domain: str
    country: str = ""


def report(about: Reported) -> dict[str, Any]:
    """Return the XARF report of one address; the same address of a notice has the same id."""
    person = {"org": about.organisation, "contact": about.email, "domain": about.domain}
    address = read_address(about.url)
    sighting = about.sighting
    at = sighting.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    made = {
        "xarf_version": VERSION,
        "report_id": str(_report_id(about.notice, about.url)),
        "timestamp": at,
        "reporter": person,
        "sender": person,
        "source_identifier": address.host.strip("[]"),
        "category": "content",
        "type": about.type,
        "url": about.url,
        "verification_method": _VERIFIED_BY[sighting.by],
        "evidence_source": "researcher_analysis" if sighting.is_ours else "user_report",
        "detection_method": "manual_review" if sighting.is_ours else "user_report",
        _KIND_FIELD[about.type]: about.kind,
        "description": about.description,
        "tags": ["dsa:article-16", "dsa:good-faith", f"notice:{about.number.lower()}"],
    }
    if sighting.is_ours:
        made["verified_at"] = at
    if not address.is_ip:
        made["domain"] = address.host
    if about.country:
        made["country_code"] = about.country
    return made


def described(explanation: str, law: str, good_faith: str) -> str:
    """Return at most 1000 characters; the explanation gives way, law and good faith never do."""
    rest = f" {law} {good_faith}"
    room = MAX_DESCRIPTION - len(rest)
    words = " ".join(explanation.split())
    return (words if len(words) <= room else f"{words[: room - 1].rstrip()}…") + rest


def faults(made: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with a report, by the rules of the schema's core, content and types.

    Transcribed from the published schema 4.x: required fields, patterns, enumerations and sizes.
    Two rules are ours: nothing internal leaves, and no payload about children ever does.
    """
    return (*_envelope(made), *_content(made), *_type(made))


def _envelope(made: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name} is missing" for name in _REQUIRED if not made.get(name))
    if not _VERSION.fullmatch(str(made.get("xarf_version", ""))):
        yield "xarf_version is 4.x.y"
    if not _is_uuid(made.get("report_id")):
        yield "report_id is a UUID"
    for name in ("timestamp", "verified_at"):
        if name in made and not _is_moment(made[name]):
            yield f"{name} is a moment with its zone"
    for name in ("reporter", "sender"):
        yield from (f"{name}: {fault}" for fault in _person(made.get(name)))
    if made.get("category") not in _CATEGORIES:
        yield "category is not one of the schema's"
    if len(str(made.get("description", ""))) > MAX_DESCRIPTION:
        yield f"description is longer than {MAX_DESCRIPTION}"
    tags = made.get("tags", [])
    if len(tags) > MAX_TAGS or not all(_TAG.fullmatch(str(tag)) for tag in tags):
        yield "tags are at most 20, each namespace:value"
    if "_internal" in made:
        yield "_internal never leaves"
    yield from _evidence(made.get("evidence", []))


def _person(person: Any) -> Iterator[str]:
    if not isinstance(person, Mapping):
        return
    if set(person) != _PERSON:
        yield "org, contact and domain, and nothing else"
        return
    if not 0 < len(str(person["org"])) <= MAX_ORGANISATION:
        yield "org has a name"
    if not is_email(str(person["contact"])):
        yield "contact is an e-mail address"
    if not _HOSTNAME.fullmatch(str(person["domain"])):
        yield "domain is a host name"


def _evidence(items: Any) -> Iterator[str]:
    if not isinstance(items, list) or len(items) > MAX_EVIDENCE:
        yield f"evidence is a list of at most {MAX_EVIDENCE}"
        return
    for item in items:
        if not isinstance(item, Mapping) or not {"content_type", "payload"} <= item.keys():
            yield "evidence has a content_type and a payload"
        elif "hash" in item and not _HASH.fullmatch(str(item["hash"])):
            yield "evidence: hash is algorithm:hex"


def _content(made: Mapping[str, Any]) -> Iterator[str]:
    if made.get("category") != "content":
        return
    try:
        read_address(str(made.get("url", "")))
    except AddressRefused:
        yield "url is an address"
    if "domain" in made and not _HOSTNAME.fullmatch(str(made["domain"])):
        yield "domain is a host name"
    if made.get("verification_method", "manual") not in _VERIFIED:
        yield "verification_method is not one of the schema's"
    if not re.fullmatch(r"[A-Z]{2}", str(made.get("country_code", "FR"))):
        yield "country_code is two capital letters"


def _type(made: Mapping[str, Any]) -> Iterator[str]:
    of = made.get("type")
    if of not in _KIND_FIELD:
        return
    if made.get(_KIND_FIELD[of]) not in _KINDS[of]:
        yield f"{_KIND_FIELD[of]} is not one of the schema's"
    if made.get("detection_method") not in _DETECTED[of]:
        yield "detection_method is not one of the schema's"
    if made.get("evidence"):
        yield "a report about children carries no payload"
    hashes = made.get("hash_values", {})
    for name, length in _HASHES.items():
        if name in hashes and not re.fullmatch(rf"[a-fA-F0-9]{{{length}}}", str(hashes[name])):
            yield f"{name} has {length} hexadecimal digits"


def _report_id(notice: UUID, url: str) -> UUID:
    return UUID(bytes=sha256(notice.bytes + url.encode()).digest()[:16], version=4)


def _is_uuid(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _is_moment(value: Any) -> bool:
    try:
        moments.read(value)
    except ValueError:
        return False
    return True
