"""Take in someone whom another line refers."""

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import keep, new_key
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.cases.events import ReferralReceived
from balise.helpline.cases.models import LINE, WORDS, Referral
from balise.helpline.cases.rules import received as rules


def take_in(
    *, origin_line: str, origin: UUID, contact: str, age_band: str, words: str, by: Actor
) -> UUID:
    """Return the referral of someone another line refers: one, however often it is asked for.

    The other line has checked who may, and that the person agreed. The words are sealed to the
    helpline's key, which the process that calls this need not hold.
    """
    known = _known(origin_line, origin)
    if known:
        return known
    try:
        with transaction.atomic():
            return _receive(origin_line, origin, contact, age_band, words, by)
    except IntegrityError:  # another process referred the same person at the same moment
        known = _known(origin_line, origin)
        if known is None:
            raise
        return known


def _receive(origin_line: str, origin: UUID, contact: str, age: str, words: str, by: Actor) -> UUID:
    key = new_key(LINE, uuid4())
    band = rules.age_band(age)
    Referral.objects.create(
        id=key.record,
        origin_line=origin_line,
        origin=origin,
        sealed=key.seal(
            {"contact": contact[: rules.LONGEST_CONTACT], "words": words[: rules.LONGEST_WORDS]},
            where=WORDS,
            row=key.record,
        ),
        age_band=band,
        is_child=rules.is_child(band),
        received_at=now(),
    )
    keep(key)
    record(
        ReferralReceived(subject=key.record, origin=Code(origin_line), age_band=Code(band)), by=by
    )
    return key.record


def _known(origin_line: str, origin: UUID) -> UUID | None:
    return (
        Referral.objects.filter(origin_line=origin_line, origin=origin)
        .values_list("id", flat=True)
        .first()
    )
