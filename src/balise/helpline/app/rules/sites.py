"""The sites that show our button: what is said of one, and the list that we sign. Pure."""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.url import split_url

VERSION: Final = 1
LONGEST_NAME: Final = 120
LONGEST_ADDRESS: Final = 200


class SiteFaulty(Refused, code="button-site-faulty"):
    """An address, a platform or a day that cannot be."""

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class SiteEnded(Refused, code="button-site-ended"):
    """The site was ended before."""


@dataclass(frozen=True, slots=True)
class Site:
    """One site: `until` is the last day on which it shows the button."""

    name: str
    address: str
    platform: str
    since: date
    until: date | None = None


def check(site: Site, *, platforms: Container[str], others: Container[str], today: date) -> None:
    """Raise SiteFaulty unless a site may be put on the list beside the addresses of `others`.

    Its address is of https, without user, query or fragment: the list is public.
    """
    parts = split_url(site.address)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise SiteFaulty(_("Enter an address that begins with https://."), "address")
    if parts.query or parts.fragment:
        raise SiteFaulty(_("Enter the address without “?” and “#”: the list is public."), "address")
    if site.address in others:
        raise SiteFaulty(_("This address is on the list already."), "address")
    if site.platform not in platforms:
        raise SiteFaulty(_("This platform is not on the list."), "platform")
    if site.since > today:
        raise SiteFaulty(_("Enter today or a day before."), "since")


def ended(site: Site, until: date, *, today: date) -> Site:
    """Return a site that shows the button until a day, not before it began and not ahead.

    Raises SiteEnded, SiteFaulty.
    """
    if site.until is not None:
        raise SiteEnded(_("This site was ended before."))
    if not site.since <= until <= today:
        raise SiteFaulty(_("Enter a day between the first one and today."), "until")
    return Site(site.name, site.address, site.platform, site.since, until)


def document(sites: Iterable[Site], *, centre: str, made_at: datetime, on: date) -> str:
    """Return the list as JSON, the same for the same sites: oldest first, then by address.

    `counts` are the sites of each platform that show the button on the day `on`.
    """
    listed = sorted(sites, key=lambda one: (one.since, one.address))
    told: Mapping[str, Any] = {
        "version": VERSION,
        "centre": centre,
        "made_at": made_at.isoformat(timespec="seconds"),
        "counts": _counts(listed, on=on),
        "sites": [
            {
                "name": one.name,
                "address": one.address,
                "platform": one.platform,
                "since": one.since.isoformat(),
                "until": one.until.isoformat() if one.until else None,
            }
            for one in listed
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _counts(sites: Iterable[Site], *, on: date) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in sites:
        if one.until is None or one.until >= on:
            found[one.platform] = found.get(one.platform, 0) + 1
    return dict(sorted(found.items()))
