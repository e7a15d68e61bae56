"""Platforms of the directory, and the ways to each for one item."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.helpline.removals.models import LINE, Item
from balise.takedown.directory import queries as directory
from balise.takedown.directory.rules.choosing import Wanted
from balise.takedown.directory.rules.contacts import ContactKind, OrganisationKind
from balise.takedown.law.rules import Facts, offence_on


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: whether it is one of the centre's own, and whether someone there can be told."""

    id: UUID
    name: str
    is_ours: bool
    is_verified: bool
    is_open: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a platform, in its place, with its why or what bars it."""

    id: UUID
    kind: ContactKind
    address: str
    is_usable: bool
    is_verified: bool
    says: tuple[str, ...]


def platforms() -> tuple[Platform, ...]:
    """Return the platforms of the directory: those of the centre first, then by name."""
    found = directory.of_kind(OrganisationKind.PLATFORM)
    read = [
        Platform(
            id=one.id,
            name=one.name,
            is_ours=one.first_circle,
            is_verified=one.checked_on is not None,
            is_open=any(contact.is_open for contact in one.contacts.all()),
            evidence=one.evidence,
        )
        for one in found
    ]
    return tuple(sorted(read, key=lambda one: (not one.is_ours, one.name.casefold())))


def platform(platform_id: UUID) -> Platform | None:
    """Return one platform, or None."""
    return next((one for one in platforms() if one.id == platform_id), None)


def names_of(platform_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of platforms; one that the directory has lost is left out."""
    wanted = set(platform_ids)
    return {one.id: one.name for one in platforms() if one.id in wanted}


def platform_names() -> dict[str, object]:
    """Return the names of all platforms by the code that figures know them by."""
    return {str(one.id): one.name for one in platforms()}


def ways(item: Item) -> tuple[Way, ...]:
    """Return the ways to an item's platform, in the order in which to try them."""
    wanted = Wanted(line=LINE)
    try:
        offence = offence_on(item.offence, on=item.days.last, country=settings.COUNTRY)
    except Refused:
        pass
    else:
        offence = offence.about_minor() if item.about_minor else offence
        wanted = Wanted(line=LINE, category=offence.dsa_category, keyword=offence.dsa_keyword)
    return tuple(
        Way(
            id=option.contact.id,
            kind=option.contact.contact_kind,
            address=option.contact.address,
            is_usable=option.ranked.is_usable,
            is_verified=option.contact.checked_on is not None,
            says=(str(option.ranked.bar.label),)
            if option.ranked.bar
            else tuple(str(reason.label) for reason in option.reasons),
        )
        for option in directory.ways_to(item.request.platform, wanted=wanted)
    )


def ways_of(item_id: UUID) -> tuple[Way, ...]:
    """Return the ways for an item by its id; none where it is not there."""
    item = Item.objects.select_related("request").filter(id=item_id).first()
    return ways(item) if item is not None else ()


def offence_words(code: str, days: Facts) -> str:
    """Return what the law of the facts calls an offence, its article, and whether it was verified.

    "" for one that it does not know.
    """
    try:
        offence = offence_on(code, on=days.last, country=settings.COUNTRY)
    except Refused:
        return ""
    said = f"{offence.words} ({offence.article})"
    return said if offence.verified else f"{said} – {_('to be verified')}"


def other_ways(item: Item) -> tuple[Way, ...]:
    """Return the ways that can be used and were not: for a second try."""
    return tuple(way for way in ways(item) if way.is_usable and way.id != item.way)
