"""System checks of what prevents dossiers: authorities, keys, the timestamp."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from balise.foundation.encryption.age import RecipientFaulty, check_recipient
from balise.foundation.encryption.timestamps import TimestampRefused, check_certificates
from balise.foundation.packs import PackFaulty
from balise.takedown.onward.dossiers.rules.authorities import authorities


@register()
def dossiers_can_be_made(**_kwargs: Any) -> list[CheckMessage]:
    """Return what is wrong: E421 the pack, E422 a key, E423 an address, E424 to E426 timestamps."""
    try:
        known = {"*", *(one.code for one in authorities(settings.COUNTRY))}
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E421", hint="See takedown/onward/dossiers/packs.")]
    return [*_keys(known), *_addresses(known), *_timestamps()]


@register(deploy=True)
def dossiers_are_dated(**_kwargs: Any) -> list[CheckMessage]:
    """Warn of a centre whose dossiers nobody dates."""
    if settings.TSA:
        return []
    return [
        Warning(
            "Dossiers for the police will have no trusted timestamp.",
            hint="Let BALISE_TSA name an authority, and BALISE_TSA_ROOTS its certificates.",
            id="balise.W425",
        )
    ]


def _keys(known: set[str]) -> Iterator[CheckMessage]:
    for code, recipient in settings.AUTHORITY_KEYS.items():
        try:
            check_recipient(recipient)
            fault = "" if code in known else "there is no such authority"
        except RecipientFaulty as error:
            fault = str(error)
        if fault:
            hint = f"Write BALISE_AUTHORITY_KEYS as code=age1…; known: {', '.join(sorted(known))}."
            yield Error(f"The key of {code!r}: {fault}.", hint=hint, id="balise.E422")


def _addresses(known: set[str]) -> Iterator[CheckMessage]:
    for code, address in settings.AUTHORITY_MAIL.items():
        try:
            validate_email(address)
            is_good = code in known
        except ValidationError:
            is_good = False
        if not is_good:
            hint = (
                f"Write BALISE_AUTHORITY_MAIL as code=address; known: {', '.join(sorted(known))}."
            )
            yield Error(f"The mail address of {code!r} is none.", hint=hint, id="balise.E423")


def _timestamps() -> Iterator[CheckMessage]:
    if not settings.TSA:
        return
    if settings.TSA.startswith("file:"):
        if not settings.DEMONSTRATION:
            yield Error(
                "The timestamp authority is a demonstration's own: nobody trusts it.",
                hint="Let BALISE_TSA name a timestamp authority, or leave it out.",
                id="balise.E426",
            )
        return  # it makes its certificates when it is first asked
    try:
        check_certificates(settings.TSA_ROOTS.read_bytes())
    except (OSError, TimestampRefused) as error:
        hint = "Let BALISE_TSA_ROOTS name a PEM file with its root and intermediate certificates."
        yield Error(f"The timestamp authority's roots: {error}.", hint=hint, id="balise.E424")
