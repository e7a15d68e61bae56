"""Take in calls that are over: they are counted, and never wait in the queue."""

import hashlib

from django.db import transaction

from balise.foundation.actors import Actor
from balise.helpline.telephony import access
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.models import Call
from balise.helpline.telephony.rules.calls import Happening
from balise.helpline.telephony.rules.records import Record


def import_record(*, record: Record, source: str, by: Actor) -> bool:
    """Take one record in; False for a call that is known already."""
    access.require(by, access.TELL)
    if Call.objects.filter(source=source, ref=record.ref).exists():
        return False
    # That it waited is told last: a call that is over never enters the queue.
    with transaction.atomic():
        for told in sorted(record.told, key=lambda one: one.happening is Happening.QUEUED):
            name = f"{record.ref}/{told.happening}"
            digest = hashlib.sha256(f"{name}|{told.at.isoformat()}".encode()).digest()
            take_event(event=CallTold(source, name[:100], record.ref, told, digest), by=by)
    return True
