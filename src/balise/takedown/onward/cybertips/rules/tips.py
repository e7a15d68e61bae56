"""From a dossier's facts to NCMEC's report. What the hotline does not know is left out."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.takedown.law.rules import Offence
from balise.takedown.onward.cybertips.rules.schema import INCIDENT_TYPES
from balise.takedown.onward.cybertips.rules.shapes import Element, Shape, ShapeKind
from balise.takedown.onward.dossiers.rules.facts import Account, DossierFacts, Place

# Write a document from what is known, in the schema's order; what the schema lacks is refused.
#
# What is known is a mapping: `name: value` for a child (a list where it comes several times),
# `@name` for an attribute, `#` for the text beside attributes. None and an empty list are left
# out.


type Value = str | bool | int | float | date | Known | Sequence["Value"] | None
type Known = Mapping[str, "Value"]

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# XML 1.0 has no way to write these.
_FORBIDDEN = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


class TipFaulty(ValueError):
    """What is known has no place in the document."""


def written(document: Element, known: Known) -> bytes:
    """Return the document as UTF-8, indented, each element where the schema wants it."""
    lines = _element(document, known, depth=0)
    return (HEAD + "\n".join(lines) + "\n").encode()


def _element(element: Element, value: Value, *, depth: int) -> list[str]:
    shape, pad = element.holds, "  " * depth
    if not isinstance(value, Mapping):
        if shape.text is None:
            raise TipFaulty(f"{element.name} holds elements, not {value!r}")
        if shape.text.kind is ShapeKind.FLAG:
            return [f"{pad}<{element.name}/>"] if value else []
        return [f"{pad}<{element.name}>{escape(_said(value))}</{element.name}>"]
    begin = f"{pad}<{element.name}{_attributes(shape, value, element.name)}"
    if shape.text is not None:
        return [f"{begin}>{escape(_said(value.get('#')))}</{element.name}>"]
    inner = _children(element, value, depth=depth + 1)
    if not inner:
        return [f"{begin}/>"]
    return [f"{begin}>", *inner, f"{pad}</{element.name}>"]


def _children(element: Element, value: Known, *, depth: int) -> list[str]:
    known = {child.name for child in element.holds.children}
    strangers = [name for name in value if not name.startswith(("@", "#")) and name not in known]
    if strangers:
        raise TipFaulty(f"{element.name} has no {', '.join(strangers)}")
    lines: list[str] = []
    for child in element.holds.children:
        given = value.get(child.name)
        each = [given] if isinstance(given, str) or not isinstance(given, Sequence) else given
        for one in each:
            if one is not None:
                lines += _element(child, one, depth=depth)
    return lines


def _attributes(shape: Shape, value: Known, name: str) -> str:
    known = [one.name for one in shape.attributes]
    strangers = [key for key in value if key.startswith("@") and key[1:] not in known]
    if strangers:
        raise TipFaulty(f"{name} has no {', '.join(strangers)}")
    given = ((one, value.get(f"@{one}")) for one in known)
    return "".join(f" {one}={quoteattr(_said(said))}" for one, said in given if said is not None)


def _said(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case str():
            return value.translate(_FORBIDDEN)
        case int() | float():
            return str(value)
    raise TipFaulty(f"{value!r} is no text")


_MATERIAL, _TRAFFICKING, _ENTICEMENT = INCIDENT_TYPES[0], INCIDENT_TYPES[1], INCIDENT_TYPES[6]
# By what kind of exploitation an offence is (`Offence.exploitation`): its type, its annotation.
_INCIDENTS = {
    "distribution": (_MATERIAL, ""),
    "production": (_MATERIAL, ""),
    "possession": (_MATERIAL, ""),
    "grooming": (_ENTICEMENT, ""),
    "solicitation": (_ENTICEMENT, "csamSolicitation"),
    "sextortion": (_ENTICEMENT, "sextortion"),
    "trafficking": (_TRAFFICKING, ""),
}


class NotForNcmec(Refused, code="not-for-ncmec"):
    """NCMEC takes reports of sexual offences against children only."""


class Reporter(Protocol):
    """Who reports: the centre, never a person."""

    @property
    def organisation(self) -> str: ...
    @property
    def notice_email(self) -> str: ...
    @property
    def postal_address(self) -> str: ...


def report_of(
    facts: DossierFacts,
    *,
    offence: Offence,
    centre: Reporter,
    country: str,
    agency: str = "",
    case_number: str = "",
) -> Known:
    """Return what the document `report` says of a dossier.

    `agency` and `case_number` name the authority that has the dossier already. Refuses
    (NotForNcmec) an offence that is no sexual offence against a child.
    """
    incident, annotation = incident_of(offence)
    known: dict[str, Any] = {
        "incidentSummary": {
            "incidentType": incident,
            "platform": _platform(facts),
            "escalateToHighPriority": _urgency(facts),
            "reportAnnotations": {annotation: True} if annotation else None,
            "incidentDateTime": min(
                (one.at for one in facts.sightings), default=facts.first_received_at
            ),
            "incidentDateTimeDescription": "When the content was first seen by, or reported to, "
            "the hotline.",
        },
        "internetDetails": [_incident(place) for place in facts.places],
        "reporter": _reporter(centre, country),
        "personOrUserReported": _users(facts.accounts),
        "additionalInfo": _narrative(facts, offence),
    }
    if agency:
        known["lawEnforcement"] = {
            "@fleaCountry": country.upper(),
            "agencyName": agency,
            "caseNumber": case_number or None,
            "reportedToLe": True,
        }
    return known


def incident_of(offence: Offence) -> tuple[str, str]:
    """Return NCMEC's type of an offence and the report's annotation ("" for none), or refuse it."""
    found = _INCIDENTS.get(offence.exploitation)
    if found is None:
        raise NotForNcmec(_("NCMEC only receives sexual offences against children."))
    return found


def _platform(facts: DossierFacts) -> str | None:
    hosts = (place.host for place in facts.places if place.host)
    return next(hosts, None)


def _urgency(facts: DossierFacts) -> str | None:
    return "The hotline believes that someone may be in danger now." if facts.urgent else None


def _incident(place: Place) -> Known:
    """Return the incident at one place: a page of the web, or something said elsewhere."""
    if place.address.startswith(("http://", "https://")):
        where = [
            f"{label}: {value}"
            for label, value in (
                ("IP address", place.ip),
                ("Country of the network", place.country),
                ("Network", f"AS{place.network}" if place.network else ""),
            )
            if value
        ]
        return {
            "webPageIncident": {
                "@thirdPartyHostedContent": True,
                "url": [place.address],
                "additionalInfo": "; ".join(where) or None,
            }
        }
    return {"chatImIncident": {"chatClient": place.host or None, "additionalInfo": place.address}}


def _reporter(centre: Reporter, country: str) -> Known:
    return {
        "reportingPerson": {
            "email": [{"@type": "Business", "#": centre.notice_email}],
            "address": [
                {
                    "@type": "Business",
                    "address": centre.postal_address[:255],
                    "country": country.upper(),
                }
            ],
        },
        "companyTemplate": centre.organisation,
    }


def _users(accounts: tuple[Account, ...]) -> Known | None:
    """Return the first account as the one reported, the others as associated with it."""
    if not accounts:
        return None
    first, *others = accounts
    return {
        "personOrUserReportedPerson": {
            "phone": list(first.phones),
            "email": list(first.emails),
        }
        if first.phones or first.emails
        else None,
        "espService": first.service[:100] or None,
        "screenName": first.screen_name or None,
        "displayName": list(first.names),
        "profileUrl": list(first.profiles),
        "profileBio": first.said or None,
        "associatedAccount": [
            {
                "@accountType": "Other",
                "phone": list(one.phones),
                "email": list(one.emails),
                "espService": one.service or None,
                "profileUrl": list(one.profiles),
                "screenName": one.screen_name or None,
                "displayName": list(one.names),
                "profileBio": one.said or None,
            }
            for one in others
        ],
    }


def _narrative(facts: DossierFacts, offence: Offence) -> str:
    """Return what an investigator reads first: what it is, by which law, in the analyst's words."""
    looked = "two analysts" if facts.decided_twice else "an analyst"
    lines = [
        f"{offence.words.in_language('en')} ({offence.article.in_language('en')})",
        f"Found by {looked} of the hotline on {facts.decided_at:%Y-%m-%d}.",
        facts.rationale,
    ]
    for item in facts.items:
        hashes = ", ".join(f"{one.digest.upper()} {one.value}" for one in item.fingerprints)
        lines += [hashes] if hashes else []
    return "\n".join(lines)
