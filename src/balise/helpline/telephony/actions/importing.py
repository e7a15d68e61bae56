"""Import calls that are over: they are counted, and never wait in the queue."""

import hashlib

from django.db import IntegrityError

from balise.foundation.actors import Actor
from balise.helpline.telephony import access
from balise.helpline.telephony.actions.telling import CallTold, take_past
from balise.helpline.telephony.models import Call
from balise.helpline.telephony.rules.calls import Told
from balise.helpline.telephony.rules.records import Record

_LONGEST_ID = 100  # of an event, as its column holds


def import_record(*, record: Record, source: str, by: Actor) -> bool:
    """Import one record; False for a call that is known already."""
    access.require(by, access.TELL)
    known = Call.objects.filter(source=source, ref=record.ref)
    if known.exists():
        return False
    try:
        take_past(events=[_told(record.ref, told, source) for told in record.told], by=by)
    except IntegrityError:  # the same file may be taken in twice at this very moment
        if known.exists():
            return False
        raise
    return True


def _told(ref: str, told: Told, source: str) -> CallTold:
    name = f"{ref}/{told.happening}"
    digest = hashlib.sha256(f"{name}|{told.at.isoformat()}".encode()).digest()
    event_id = name if len(name) <= _LONGEST_ID else digest.hex()
    return CallTold(source, event_id, ref, told, digest)
