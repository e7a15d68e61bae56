"""A partner sends reports, over the API or at its desk: one for each idempotency key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.queries import has_members
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import blind
from balise.foundation.refusals import Refused
from balise.hotline.matching.signals.rules.kinds import Signal
from balise.hotline.reports import access
from balise.hotline.reports.actions import intake
from balise.hotline.reports.actions.fingerprinting import add_fingerprints
from balise.hotline.reports.actions.intake import Received
from balise.hotline.reports.models import LINE, Content, Report
from balise.hotline.reports.queries.keys import identity_key
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.completeness import Completeness, completeness
from balise.hotline.reports.rules.fingerprints import Brought, by_place
from balise.hotline.reports.rules.given import Given, Note, notes_of, read
from balise.hotline.reports.rules.incoming import Incoming
from balise.hotline.reports.rules.words import Channel


class KeyUsedOtherwise(Refused, code="idempotency-key-used"):
    """The idempotency key was used for a report that said something else."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: the report, whether it is new, what each place is recognised by.

    `known` of its contents had been reported before, by anyone; `lacks` is what the police would
    still need; `notes` is what was understood of the addresses.
    """

    report_id: UUID
    is_new: bool
    identities: tuple[bytes, ...]
    known: int
    lacks: Completeness
    notes: tuple[Note, ...]


def submit(
    *,
    given: Given,
    idempotency_key: str,
    language: str,
    fingerprints: Sequence[Brought] = (),
    by: Actor,
) -> Sent:
    """Take in a partner's report. The same key with the same answers is the same report.

    `fingerprints` are of what it reports, from a token that is trusted with them. Refuses
    (AnswersFaulty) what cannot be read, and a key that was used for other answers.
    """
    partner = access.require_partner(by, access.SUBMIT)
    if fingerprints:
        access.require(by, access.FINGERPRINT)
    has_reader = has_members(partner)
    answers = read(given, country=settings.COUNTRY, today=today())
    signals = by_place(fingerprints, places=len(answers.places))
    incoming = _incoming(
        answers, partner, idempotency_key, language, has_reader=has_reader, more=_hashes(signals)
    )
    received = intake.receive(incoming=incoming, by=by)
    if not received.is_new:
        before = Report.objects.values_list("said_key", flat=True).get(id=received.report_id)
        if bytes(before) != incoming.said_key:
            raise KeyUsedOtherwise(str(_("This idempotency key was used for another report.")))
    sent = _sent(received, answers)
    for place, those in signals.items():
        content = Content.objects.only("id").get(identity_key=sent.identities[place])
        add_fingerprints(content_id=content.id, signals=those, by=by)
    return sent


def submit_many(*, answers: Sequence[tuple[str, Answers]], language: str, by: Actor) -> list[Sent]:
    """Take in many reports of a partner, each under its idempotency key, in one transaction.

    A key that was used before returns that report, whatever this one says.
    """
    partner = access.require_partner(by, access.SUBMIT)
    has_reader = has_members(partner)
    incoming = [
        _incoming(one, partner, key, language, has_reader=has_reader) for key, one in answers
    ]
    received = intake.receive_many(incoming=incoming, by=by)
    return [_sent(one, said) for one, (_key, said) in zip(received, answers, strict=True)]


def _incoming(
    answers: Answers,
    partner: UUID,
    key: str,
    language: str,
    *,
    has_reader: bool,
    more: str = "",
) -> Incoming:
    named = f"{partner}:{key}"
    return Incoming(
        key=blind(LINE, "partner", named),
        channel=Channel.API,
        answers=answers,
        language=language,
        received_at=now(),
        is_finished=True,
        partner=partner,
        has_reader=has_reader,
        # Bound to the key: equal words of two reports are not equal here.
        said_key=blind(LINE, "said", f"{named}:{language}:{_canonical(answers)}{more}"),
    )


def _sent(received: Received, answers: Answers) -> Sent:
    return Sent(
        received.report_id,
        received.is_new,
        tuple(identity_key(place.identity_in(received.report_id)) for place in answers.places),
        received.known,
        completeness(answers),
        notes_of(answers.places),
    )


def _canonical(answers: Answers) -> str:
    return orjson.dumps(answers.to_fields(), option=orjson.OPT_SORT_KEYS).decode()


def _hashes(signals: Mapping[int, Sequence[Signal]]) -> str:
    return "".join(
        f":{place}:{one.kind}:{one.value.hex()}" for place in signals for one in signals[place]
    )
