"""A partner sends reports, over the API or at its desk: one for each idempotency key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.queries import has_members
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import blind
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.hotline.matching.signals.documents import reading
from balise.hotline.matching.signals.documents.apart import NotHashed
from balise.hotline.matching.signals.rules.kinds import Signal
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting, intake
from balise.hotline.reports.actions.intake import Received
from balise.hotline.reports.events import ContentFingerprinted, PictureRead
from balise.hotline.reports.models import LINE, Content, Fingerprint, Recognition, Report
from balise.hotline.reports.queries.receipts import identity_key, import_keys
from balise.hotline.reports.rules.completeness import Completeness, completeness
from balise.hotline.reports.rules.fingerprints import Brought, by_place
from balise.hotline.reports.rules.given import Answers, Given, Incoming, Note, notes_of, read
from balise.hotline.reports.rules.imports.lines import Understood
from balise.hotline.reports.rules.known import HELD_BACK, Source, Standing, check_room
from balise.hotline.reports.rules.words import Channel, ContentState

# A content's fingerprints, as a trusted source tells them. The banks are asked afterwards.
#
# A hash that anyone else sends is not taken: one could attach a known hash to an innocent address
# and have it removed (decision 80).


_ASKED_OF = {
    ActorKind.STAFF: (access.ASSESS, Source.ANALYST),
    ActorKind.PARTNER: (access.FINGERPRINT, Source.PARTNER),
    ActorKind.SYSTEM: (access.ASSESS, Source.HASHER),
}


def add_fingerprints(*, content_id: UUID, signals: Sequence[Signal], by: Actor) -> int:
    """Keep hashes of what a content shows, and have the banks asked; return how many are new.

    Analysts, the centre's own process and tokens with the scope are trusted, nobody else. Refuses
    more than one content may have. A hash that it has already changes nothing.
    """
    ability, source = _ASKED_OF.get(by.kind, (access.FINGERPRINT, Source.PARTNER))
    access.require(by, ability)
    moment = now()
    with transaction.atomic():
        content = find(Content.objects.only("id"), id=content_id)
        known = {
            (kind, bytes(value))
            for kind, value in content.fingerprints.values_list("kind", "value")
        }
        fresh = {(one.kind.value, one.value): one for one in signals}
        fresh = {key: one for key, one in fresh.items() if key not in known}
        check_room(len(known) + len(fresh))
        if not fresh:
            return 0
        Fingerprint.objects.bulk_create(
            Fingerprint(
                content=content,
                kind=one.kind.value,
                value=one.value,
                quality=one.quality,
                turns=b"".join(one.turns),
                is_trimmed=one.is_trimmed,
                source=source,
                by=by.key,
                at=moment,
            )
            for one in fresh.values()
        )
        asked = {"held_back_until": moment + HELD_BACK, "ask_again_at": moment, "tries": 0}
        if not Recognition.objects.filter(content=content).update(
            standing=Standing.ASKED, at=moment, **asked
        ):
            Recognition.objects.create(content=content, first_asked_at=moment, at=moment, **asked)
        fact = ContentFingerprinted(subject=content.id, source=source, count=len(fresh))
        record(fact, by=by)
    return len(fresh)


def read_picture(*, content_id: UUID, by: Actor) -> int:
    """Have the hasher read the picture at a content's address; return how many hashes are new.

    The picture stays in its process; that it was read is written down. Nothing is read of what is
    decided, has fingerprints, or has no address. Raises `HasherOff` (decision 74).
    """
    access.require(by, access.ASSESS)
    place = consulting.place_of(content_id=content_id, by=by)
    waits = Content.objects.filter(id=content_id, state=ContentState.WAITING, fingerprints=None)
    if not (place.canonical and waits.exists()):
        return 0
    try:
        signals = reading.hash_at(place.canonical).asked
    except NotHashed:
        signals = ()
    with transaction.atomic():
        record(PictureRead(subject=content_id, hashes=len(signals)), by=by)
        if not signals:
            return 0
        return add_fingerprints(content_id=content_id, signals=signals, by=by)


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


# Take in the lines of a file, batch by batch: what was taken in before is left as it is.


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many reports are new, how many had been taken in before."""

    new: int
    known: int


def take_in(
    *, lines: Sequence[Understood], file: str, partner: UUID | None = None, by: Actor
) -> Taken:
    """Take in lines of a file (its SHA-256, hexadecimal), in one transaction.

    A line of the same file that was taken in before is left as it is. With a partner, the reports
    are the partner's: it may follow them.
    """
    access.require(by, access.IMPORT)
    keys = import_keys(file, [line.number for line in lines])
    received = intake.receive_many(
        incoming=[
            Incoming(
                key=key,
                channel=Channel.IMPORT,
                answers=line.answers,
                language="",
                received_at=line.received_at,
                is_finished=True,
                partner=partner,
            )
            for key, line in zip(keys, lines, strict=True)
        ],
        by=by,
    )
    new = sum(one.is_new for one in received)
    return Taken(new, len(received) - new)
