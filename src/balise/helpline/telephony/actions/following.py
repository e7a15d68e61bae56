"""What an exchange's own line tells; it may be cut: nothing twice, no call left open."""

import hashlib
from collections.abc import Collection
from contextlib import suppress

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.telephony import access
from balise.helpline.telephony.actions.telling import CallTold, EventDiffers, take_event, tell_gone
from balise.helpline.telephony.models import Call
from balise.helpline.telephony.queries import index_of
from balise.helpline.telephony.rules.calls import OVER, CallFact, Happening
from balise.helpline.telephony.rules.exchanges import Heard, Present


def hear(*, heard: Heard, source: str, by: Actor) -> bool:
    """Save what was received, each once; False for a call that is not ours (yet).

    An exchange reports every telephone of the building: a call is ours once it enters the queue.
    """
    access.require(by, access.TELL)
    is_ours = Call.objects.filter(source=source, ref_index=index_of(source, heard.ref)).exists()
    if not is_ours and heard.happening is not Happening.QUEUED:
        return False
    told = CallFact(heard.happening, min(heard.at, now()), heard.ended_by)
    digest = hashlib.sha256(
        f"{heard.happening}|{heard.at.isoformat()}|{heard.ended_by}|{heard.number}".encode()
    ).digest()
    event = CallTold(source, heard.event_id, heard.ref, told, digest, heard.number)
    with suppress(EventDiffers):  # told twice of one moment: the first counts
        take_event(event=event, by=by)
    return True


def settle_present(
    *, present: Collection[Present], heard_since: Collection[str], source: str, by: Actor
) -> int:
    """Settle what was missed while the line was cut, from the calls that the exchange has now.

    Who is there and unknown waits; who is there and talks was answered; who is gone has ended, and
    nobody knows by whom. What was received since the list was asked for (`heard_since`) stays: it
    is newer than the list. Returns how many calls changed.
    """
    access.require(by, access.TELL)
    moment = now()
    changed = 0
    there = {one.ref: one for one in present}
    index = {ref: index_of(source, ref) for ref in {*there, *heard_since}}
    ours = Call.objects.filter(source=source)
    known = {bytes(call.ref_index): call for call in ours.filter(ref_index__in=index.values())}
    for ref, one in there.items():
        if ref in heard_since:
            continue
        call = known.get(index[ref])
        if call is None and one.in_queue:
            told = CallFact(Happening.QUEUED, min(one.since, moment))
            changed += _tell(source, ref, "found", told, one.number, by)
        answered = call is not None and (call.answered_at is not None or call.state in OVER)
        if one.talks and not answered and (call is not None or one.in_queue):
            told = CallFact(Happening.ANSWERED, moment)
            changed += _tell(source, ref, "found-talking", told, "", by)
    left = ours.exclude(state__in=OVER).exclude(ref_index__in=index.values())
    for call_id in list(left.values_list("id", flat=True)):
        changed += tell_gone(call_id=call_id, by=by)
    return changed


def _tell(source: str, ref: str, why: str, told: CallFact, number: str, by: Actor) -> bool:
    digest = hashlib.sha256(f"{ref}|{why}".encode()).digest()
    event = CallTold(source, f"{ref}/{why}", ref, told, digest, number)
    with transaction.atomic():
        return not take_event(event=event, by=by).is_known
