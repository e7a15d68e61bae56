"""The register of partners in the season: networks with their countries, platforms that agreed."""

from datetime import date
from functools import partial
from typing import Final

from balise.awareness.partnership.partners.actions import register
from balise.awareness.partnership.partners.actions.register import About
from balise.awareness.partnership.partners.rules.days import read
from balise.awareness.partnership.partners.rules.mandates import (
    AgreementKind,
    PartnerKind,
    Role,
    Sector,
)
from balise.demonstration.season2023.awareness.acts import DAY, NOON, Act
from balise.demonstration.season2023.plan import BEGINS
from balise.demonstration.season2023.removals import PLATFORMS
from balise.demonstration.season2023.telling import Cast, moment

_COUNTRIES: Final = (
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT"),
    *("LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "NO", "GB"),
    "UA",
)
_AGREED: Final = 47 * DAY  # from one platform to the next


def agree(acts: list[Act], cast: Cast) -> None:
    """Note the networks, then let the platforms agree one after the other; one has left."""
    acts.append((moment(BEGINS, NOON), partial(_join, cast)))
    for place, name in enumerate((*PLATFORMS, "Rocaille")):
        day = BEGINS + (place + 1) * _AGREED
        left = day + 90 * DAY if name not in PLATFORMS else None
        acts.append((moment(day, NOON), partial(_sign, name, day, left, cast)))


def _join(cast: Cast) -> None:
    by = cast.by_role["coordinator"]
    networks = [
        register.add(
            about=About(
                name=name,
                kind=PartnerKind.NETWORK,
                sector=Sector.ASSOCIATION,
                country="BE",
                founded=year,
            ),
            by=by,
        )
        for name, year in (("Réseau Phare Europe", 2005), ("Alliance des balises", 1999))
    ]
    for network, countries in zip(networks, (_COUNTRIES, _COUNTRIES[:24]), strict=True):
        register.note_members(
            organisation_id=network, countries=countries, since=read("2005"), by=by
        )
    register.note_mandate(
        organisation_id=networks[1], role=Role.PRESIDENCY, since=read("2020-07"), by=by
    )


def _sign(name: str, day: date, until: date | None, cast: Cast) -> None:
    by = cast.by_role["coordinator"]
    platform = register.add(
        about=About(name=name, kind=PartnerKind.PARTNER, sector=Sector.COMPANY, country="IE"), by=by
    )
    register.sign(
        organisation_id=platform,
        kind=AgreementKind.REMOVALS,
        signed=day,
        until=until,
        by=by,
    )
