"""A content's fingerprints, as a trusted source tells them. The banks are asked afterwards.

A hash that anyone else sends is not taken: one could attach a known hash to an innocent address and
have it removed (decision 80).
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.hotline.matching.signals.documents import reading
from balise.hotline.matching.signals.documents.apart import NotHashed
from balise.hotline.matching.signals.rules.kinds import Signal
from balise.hotline.reports import access
from balise.hotline.reports.actions import consulting
from balise.hotline.reports.events import ContentFingerprinted, PictureRead
from balise.hotline.reports.models import Content, Fingerprint, Recognition
from balise.hotline.reports.rules.known import HELD_BACK, Source, Standing, check_room
from balise.hotline.reports.rules.words import ContentState

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
