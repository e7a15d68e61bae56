"""What waits in cases and referrals, for the home of who follows them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.web.navigation import Due, Part
from balise.helpline.cases import access
from balise.helpline.cases.queries import duties, files
from balise.helpline.cases.queries.received import Which, pile


def of_referrals(actor: Actor) -> Iterable[Due]:
    """Return the referrals that one has taken, and those that nobody has."""
    for says, part, which in (
        (_("Referrals that you have taken"), Part.MINE, Which.MINE),
        (_("Referrals received"), Part.WAITS, Which.WAITING),
    ):
        found = pile(which, seen_by=actor)
        since = min((row.received_at for row in found.rows), default=None)
        yield Due(says=says, part=part, count=found.count, since=since)


def of_cases(actor: Actor) -> Iterable[Due]:
    """Return one's follow-ups by day; for a supervisor, what waits for a second person."""
    on, rows = today(), files.own_due(seen_by=actor)
    late = [row.due_on for row in rows if row.is_overdue]
    yield Due(
        says=_("Case follow-ups"),
        part=Part.LATE,
        count=len(late),
        since=late[0] if late else None,
    )
    now = sum(row.due_on == on for row in rows)
    yield Due(says=_("Case follow-ups for today"), part=Part.MINE, count=now)
    later = [row.due_on for row in rows if row.due_on > on]
    if later:
        yield Due(says=_("Next case follow-up"), on=later[0])
    if not actor.may(access.SUPERVISE):
        return
    waiting = duties.to_sign(seen_by=actor)
    yield Due(
        says=_("Duties to report to sign"),
        count=len(waiting),
        since=waiting[0].decided_at if waiting else None,
    )
    yield Due(
        says=_("Emergency accesses to review"), count=len(files.unseen_glasses(seen_by=actor))
    )
