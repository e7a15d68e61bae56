"""What the running of the centre waits for, for the home of who looks after it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.oversight import queries
from balise.foundation.web.navigation import Due


def of_tasks(actor: Actor) -> Iterable[Due]:
    """Return the tasks that failed for good, the mails not read, and the subscribers stuck."""
    dead = queries.dead_letters(seen_by=actor)
    yield Due(
        says=_("Tasks that failed"), count=len(dead), since=dead[-1].died_at if dead else None
    )
    yield Due(
        says=_("Mails that could not be read"), count=len(queries.mails_set_aside(seen_by=actor))
    )
    yield Due(says=_("Audit log readers stopped"), count=len(queries.work(seen_by=actor).stuck))


def of_retention(actor: Actor) -> Iterable[Due]:
    """Return the deletion that was stopped because the system clock jumped."""
    refused = queries.refused_run(seen_by=actor)
    yield Due(
        says=_("Nightly deletion stopped: check the date"),
        count=int(refused is not None),
        since=refused.started_at if refused else None,
    )
