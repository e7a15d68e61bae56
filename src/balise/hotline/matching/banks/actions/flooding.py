"""Put hashes that match more than their own past explains in quarantine; a person reviews them."""

from datetime import datetime, time

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import today, zone
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.models import Change, Matches
from balise.hotline.matching.banks.rules import floods
from balise.hotline.matching.banks.rules.opinions import EntryState


def quarantine_floods(*, by: Actor = SYSTEM) -> int:
    """Put the entries of today's floods in quarantine, and return how many they were.

    One that was stopped today already, and released by a person, is left alone until tomorrow.
    """
    access.require(by, access.MANAGE)
    day, many = today(), 0
    often = Matches.objects.filter(day=day, many__gt=floods.FLOOR, entry__state=EntryState.ON)
    began = datetime.combine(day, time(), zone())
    stopped = Change.objects.filter(state=EntryState.QUARANTINED, at__gte=began)
    often = often.exclude(entry__in=stopped.values("entry"))
    for entry, count in often.values_list("entry", "many"):
        past = Matches.objects.filter(entry=entry, day__lt=day, day__gte=day - floods.PAST)
        if floods.is_flood(count, list(past.values_list("many", flat=True))):
            many += keeping.quarantine(entry=entry, many=count, by=by)
    return many
