"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.age import RecipientFaulty, check_recipient
from balise.foundation.encryption.timestamps import TimestampRefused, check_certificates
from balise.foundation.modules import Module, Mount
from balise.foundation.packs import PackFaulty
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.onward.dossiers import access
from balise.takedown.onward.dossiers.actions import drafting
from balise.takedown.onward.dossiers.events import DossierHandedOver
from balise.takedown.onward.dossiers.models import Dossier, Hold
from balise.takedown.onward.dossiers.queries import open_count, to_approve
from balise.takedown.onward.dossiers.rules.stated import authorities
from balise.takedown.onward.dossiers.rules.states import DossierState
from balise.takedown.onward.dossiers.tasks import SCHEDULE
from balise.takedown.onward.dossiers.web.due import SEARCHES, of_dossiers

# What is counted about dossiers: how long they took to reach the police.


MEASURES = (
    # The median is read from the bands: the time from the first report to the police.
    Measure("takedown.time-to-police", counts=DossierHandedOver, by=("band",), amount="seconds"),
    Measure("takedown.days-to-police", counts=DossierHandedOver, by_days="seconds"),
)


# What is deleted of dossiers, and when. Defaults for the data protection officer to confirm.


_ENDED = timedelta(days=365)
# An authority may ask for the dossier as long as it has not given its outcome.
_UNANSWERED = timedelta(days=3 * 365)
_LEFT = timedelta(days=90)


def dossiers_due(at: datetime) -> QuerySet[Dossier]:
    """Return the dossiers whose words are no longer needed: ended, left, or never answered."""
    ended = Q(ended_at__lte=at - _ENDED)
    left = Q(state=DossierState.DRAFT, drafted_at__lte=at - _LEFT)
    unanswered = Q(drafted_at__lte=at - _UNANSWERED)
    return Dossier.objects.filter(ended | left | unanswered).exclude(sealed=b"")


def erase_dossiers(dossier_ids: Sequence[UUID]) -> int:
    """Empty dossiers; what was never sent is cancelled with it."""
    return drafting.forget_dossiers(dossier_ids=dossier_ids, by=SYSTEM)


RULES = (
    Rule(
        name="takedown.dossiers",
        forgets=Dossier,
        says=_(
            "The text of a police dossier: one year after it ended, three years after it was "
            "written if it never did, three months after an abandoned draft"
        ),
        due=dossiers_due,
        erase=erase_dossiers,
    ),
    Rule(
        name="takedown.holds",
        forgets=Hold,
        says=_("The fact that the police asked to go first: one year after it ended"),
        due=past(Hold, "lifted_at", _ENDED),
        erase=deleted(Hold),
    ),
)


MODULE = Module(
    staff=(Mount("takedown/dossiers/", "dossiers"),),
    abilities={
        "analyst": (access.READ, access.DRAFT, access.APPROVE, access.HAND_OVER, access.RECORD),
        "listener": (access.BRING,),
    },
    searches=SEARCHES,
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Police"),
            says=_("Police dossiers and their answers."),
            url_name="staff:dossiers:dossiers",
            icon="shield",
            ability=access.READ,
            count=open_count,
            tabs="hotline",
            late=to_approve,
            late_says=pgettext_lazy("tab", "to approve"),
            due=of_dossiers,
        ),
    ),
    measures=MEASURES,
    retention=RULES,
    schedule=SCHEDULE,
)


# System checks of what prevents dossiers: authorities, keys, the timestamp.


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
