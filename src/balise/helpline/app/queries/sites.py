"""The sites that show our button: for staff, and as the list that we signed."""

from collections.abc import Mapping
from typing import Final

from balise.foundation.actors import Actor
from balise.foundation.encryption.signatures import published
from balise.foundation.finding import NotHere
from balise.helpline.app import access
from balise.helpline.app.models import ButtonSite, SignedSites
from balise.helpline.app.rules.sites import Site

LINE: Final = "helpline"  # whose key signs the list


def as_site(row: ButtonSite) -> Site:
    """Return what the list says of a row."""
    return Site(row.name, row.address, row.platform, row.since, row.until)


def sites(*, seen_by: Actor) -> list[ButtonSite]:
    """Return all sites, those that show the button first, then by name."""
    access.require(seen_by, access.SITES)
    found = ButtonSite.objects.all()
    return sorted(found, key=lambda one: (one.until is not None, one.name.casefold()))


def is_signed() -> bool:
    """Return whether there is a list: there is none before the first site."""
    return SignedSites.objects.exists()


def signed() -> bytes:
    """Return the exact bytes that were signed. Raises NotHere before the first site."""
    return _signed().document.encode()


def signature() -> Mapping[str, str]:
    """Return the signature of `signed` in base64, the id of its key, and that key as PEM.

    Raises NotHere.
    """
    found = _signed()
    return {
        "algorithm": "Ed25519",
        "key": found.key,
        "signature": found.signature,
        "public_key": published(LINE)[found.key].decode(),
    }


def _signed() -> SignedSites:
    found = SignedSites.objects.first()
    if found is None:
        raise NotHere
    return found
