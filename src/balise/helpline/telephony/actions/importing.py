"""Import calls that are over: they are counted, and never wait in the queue."""

import hashlib
from collections.abc import Sequence
from itertools import batched

from django.db import IntegrityError

from balise.foundation.actors import Actor
from balise.helpline.telephony import access
from balise.helpline.telephony.actions.telling import CallTold, take_past
from balise.helpline.telephony.models import Call
from balise.helpline.telephony.queries import index_of
from balise.helpline.telephony.rules.calls import CallFact
from balise.helpline.telephony.rules.records import Record

_AT_ONCE = 500


def import_records(*, records: Sequence[Record], source: str, by: Actor) -> int:
    """Import records and return how many calls are new; one that is known is left as it is."""
    access.require(by, access.TELL)
    return sum(_import(some, source, by) for some in batched(records, _AT_ONCE, strict=False))


def _import(records: Sequence[Record], source: str, by: Actor) -> int:
    new = _unknown(records, source)
    if not new:
        return 0
    try:
        take_past(calls=[told_by(record=one, source=source, by=by) for one in new], by=by)
    except IntegrityError:  # the same file may be taken in twice at this very moment
        if len(_unknown(new, source)) == len(new):
            raise
        return _import(new, source, by)
    return len(new)


def _unknown(records: Sequence[Record], source: str) -> list[Record]:
    """Return the records whose call is not known, each call once: the first that tells of it."""
    first: dict[str, Record] = {}
    for one in records:
        first.setdefault(one.ref, one)
    by_index = {index_of(source, ref): one for ref, one in first.items()}
    known = Call.objects.filter(source=source, ref_index__in=by_index)
    for index in known.values_list("ref_index", flat=True):
        del by_index[bytes(index)]
    return list(by_index.values())


def told_by(
    *,
    record: Record,
    source: str,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> list[CallTold]:
    """Return what an exchange would have told of a call, event by event."""
    return [_event(record.ref, told, source) for told in record.told]


def _event(ref: str, told: CallFact, source: str) -> CallTold:
    name = f"{ref}/{told.happening}"
    digest = hashlib.sha256(f"{name}|{told.at.isoformat()}".encode()).digest()
    return CallTold(source, name, ref, told, digest)
