"""Look at what is due, through the tracer."""

from datetime import timedelta

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.takedown.tracing.queries import check_many
from balise.takedown.watch import actions, queries

AT_ONCE = 200
ROUNDS = 20


@job(attempts=1, outside=True)
def check_due() -> None:
    """Look at the contents whose time has come; what the tracer does not say stays unknown."""
    for _round in range(ROUNDS):
        found = actions.claim_due(limit=AT_ONCE, by=SYSTEM)
        if not found:
            return
        addresses = queries.addresses(found)
        checks = check_many(list(addresses.values()))
        for watched_id, check in zip(addresses, checks, strict=True):
            actions.note_check(watched_id=watched_id, check=check, at=now(), by=SYSTEM)


SCHEDULE = (Every(timedelta(minutes=5), check_due),)
