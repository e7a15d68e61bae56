"""Cloudflare's abuse reports: the body of a request to its API, by the fields of its client.

`act` says which form it is. The API needs an entitlement on the centre's account.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from balise.takedown.notices.rules.completeness import is_email
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

CHILDREN, INTIMATE, THREAT, GENERAL = (
    *("abuse_children", "abuse_ncsei"),
    *("abuse_threat", "abuse_general"),
)
# Forms for other matters than a hotline's.
OTHERS = frozenset({"abuse_dmca", "abuse_trademark", "abuse_phishing", "abuse_registrar_whois"})
ACTS = OTHERS | {CHILDREN, INTIMATE, THREAT, GENERAL}

_BY_KEYWORD = {
    "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL": CHILDREN,
    "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE": CHILDREN,
    "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS": CHILDREN,
    "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING": INTIMATE,
    "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE": INTIMATE,
    "KEYWORD_TERRORIST_CONTENT": THREAT,
    "KEYWORD_INCITEMENT_VIOLENCE_HATRED": THREAT,
}
_REQUIRED = ("act", "email", "email2", "name", "urls", "justification", "host_notification")
_TOLD = frozenset({"send", "send-anon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a report says."""

    keyword: str
    urls: tuple[str, ...]
    justification: str
    comments: str
    organisation: str
    email: str
    country: str
    reported_country: str = ""
    is_named: bool = True


def act_for(keyword: str) -> str:
    """Return Cloudflare's form for a keyword of the DSA Transparency Database."""
    return _BY_KEYWORD.get(keyword, GENERAL)


def report(about: Reported) -> dict[str, Any]:
    """Return the body of a report. The site's owner is never told: who is behind it may be warned.

    The form always asks for a name; where the notice leaves it out, the host is told without it.
    """
    act = act_for(about.keyword)
    told = "send" if about.is_named else "send-anon"
    made: dict[str, Any] = {
        "act": act,
        "name": about.organisation,
        "company": about.organisation,
        "email": about.email,
        "email2": about.email,
        "country": about.country,
        "urls": "\n".join(about.urls),
        "justification": about.justification,
        "comments": about.comments,
        "host_notification": told,
        "owner_notification": "none",
    }
    if about.reported_country:
        made["reported_country"] = about.reported_country
    if act == CHILDREN:
        made["ncmec_notification"] = told
    if act == INTIMATE:
        made["ncsei_subject_representation"] = False  # we do not act for the person in the image
    return made


def faults(made: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with a report, by the fields that Cloudflare's client requires."""
    return tuple(_faults(made))


def _faults(made: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name} is missing" for name in _REQUIRED if not made.get(name))
    if made.get("act") not in ACTS:
        yield "act is not one of Cloudflare's"
    if made.get("email") != made.get("email2") or not is_email(str(made.get("email", ""))):
        yield "email is an address, and email2 the same"
    for url in str(made.get("urls", "")).split("\n"):
        try:
            read_address(url)
        except AddressRefused:
            yield "urls are addresses, one a line"
            break
    if made.get("host_notification") not in _TOLD:
        yield "host_notification is send or send-anon"
    if made.get("owner_notification", "none") not in _TOLD | {"none"}:
        yield "owner_notification is send, send-anon or none"
    if made.get("act") == CHILDREN and made.get("ncmec_notification") not in _TOLD:
        yield "ncmec_notification is send or send-anon"
    if made.get("act") == INTIMATE and not isinstance(
        made.get("ncsei_subject_representation"), bool
    ):
        yield "ncsei_subject_representation is true or false"
