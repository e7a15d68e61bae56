"""Entries that stand for one picture are stopped, and let on again, as one."""

from collections.abc import Sequence

from django.db import transaction

from balise.foundation.actors import Actor
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.models import Change, Counter, Entry
from balise.hotline.matching.banks.rules.opinions import EntryState


def bring(*, entries: Sequence[int], by: Actor) -> int:
    """Bring entries to where the one stands that changed last; return how many moved.

    Where it is on, the others are let on; where it is on hold or in quarantine, those that are on
    are held. One that was withdrawn for good says nothing of the others.
    """
    access.require(by, access.MANAGE)
    with transaction.atomic():
        Counter.objects.select_for_update().first()  # no entry changes until this ends
        left = Entry.objects.filter(id__in=entries).exclude(state=EntryState.WITHDRAWN)
        states = dict(left.values_list("id", "state"))
        last = Change.objects.filter(entry__in=list(states)).order_by("-seq").first()
        if last is None:
            return 0
        if states[last.entry_id] == EntryState.ON:
            return keeping.release(entries=list(states), by=by)
        on = [entry for entry, state in states.items() if state == EntryState.ON]
        return keeping.hold(entries=on, by=by)
