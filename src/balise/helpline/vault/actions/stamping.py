"""A device asks for a timestamp of a commitment: noted here, brought by the worker."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.timestamps import Dating, timestamped_at
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.helpline.vault.events import StampAsked, Stamped
from balise.helpline.vault.models import Stamp
from balise.helpline.vault.rules.bounds import MOST_STAMPS, Malformed, TooMany, read_secret


class StampsOff(Refused, code="stamps-off"):
    """The centre has no timestamp authority."""


@dataclass(frozen=True, slots=True)
class Answered:
    """When a commitment came here, and the whole answer of the authority; b"" while it is out."""

    received_at: datetime
    answer: bytes


def ask(*, commitment: object, by: Actor = ANYONE) -> Answered:
    """Return what is known of a commitment (64 hexadecimal digits); the first time, it is asked.

    The public door asks nobody: the worker does. Refuses (StampsOff) without an authority.
    """
    octets = read_secret(commitment)
    if not settings.TSA:
        raise StampsOff(_("The centre has no timestamp authority."))
    known = Stamp.objects.filter(commitment=octets).first()
    if known is None:
        try:
            with transaction.atomic():
                known = Stamp.objects.create(commitment=octets, received_at=now())
                record(StampAsked(subject=known.id), by=by)
        except IntegrityError:  # asked twice at this very moment
            known = Stamp.objects.get(commitment=octets)
    return Answered(known.received_at, bytes(known.answer))


def ask_each(*, commitments: object, by: Actor = ANYONE) -> dict[str, Answered]:
    """Return what is known of each commitment of a list, in its order, as `ask` does.

    Refuses (Malformed) what is no list of them before any is asked, (TooMany) more than fifty.
    """
    if not isinstance(commitments, list) or not commitments:
        raise Malformed(_("64 hexadecimal digits are needed."))
    if len(commitments) > MOST_STAMPS:
        raise TooMany("Ask for fewer at once.")
    for commitment in commitments:
        read_secret(commitment)
    return {commitment: ask(commitment=commitment, by=by) for commitment in commitments}


def stamp(*, stamp_id: UUID, dating: Dating | None, by: Actor = SYSTEM) -> bool:
    """Bring the timestamp of a commitment; return whether it was brought now.

    The message is the 32 bytes of the commitment. What the authority's way raises is passed on; one
    that does not hold is refused (TimestampRefused), and nothing is stored.
    """
    known = Stamp.objects.filter(id=stamp_id, answer=b"").first()
    if known is None or dating is None:
        return False
    message = bytes(known.commitment)
    answer = dating.stamp(message)
    timestamped_at(answer, message=message, trusted=dating.roots)
    with transaction.atomic():
        if not Stamp.objects.filter(id=stamp_id, answer=b"").update(answer=answer):
            return False
        record(Stamped(subject=stamp_id), by=by)
    return True
