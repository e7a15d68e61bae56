"""What waits in the room, for the home of a listener and of a supervisor."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due, Part
from balise.helpline.console import access
from balise.helpline.console.queries.late import late
from balise.helpline.console.queries.rail import unfinished
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries.words import edits
from balise.helpline.queue.rules import LIVE


def of_console(actor: Actor) -> Iterable[Due]:
    """Return whom one has, the records that one has to finish, and who waits."""
    seat = queue.own_seat(seen_by=actor)
    held = queue.items(seat.items if seat else ())
    begun = [one.first_held_at for one in held if one.first_held_at is not None]
    yield Due(
        says=_("People with you now"),
        part=Part.MINE,
        count=len(held),
        since=min(begun) if begun else None,
    )
    records = [one for one in unfinished(seen_by=actor) if one.is_mine]
    yield Due(
        says=_("Records to finish"),
        part=Part.MINE,
        count=len(records),
        since=records[0].begun_at if records else None,
        url=reverse("staff:console:records"),
    )
    waiting = queue.waiting(seen_by=actor)
    for says, rows in (
        (_("People waiting now"), [one for one in waiting if one.kind in LIVE]),
        (_("Written and later work waiting"), [one for one in waiting if one.kind not in LIVE]),
    ):
        since = min((one.waiting_since for one in rows), default=None)
        yield Due(says=says, count=len(rows), since=since)


def of_wallboard(actor: Actor) -> Iterable[Due]:
    """Return what is past its promise, and the team's records to finish, for a supervisor."""
    if not actor.may(access.SUPERVISE):
        return
    over = [one for one in late(seen_by=actor) if one.is_over]
    yield Due(
        says=_("Team work past its time"),
        part=Part.LATE,
        count=len(over),
        since=over[0].due if over else None,
    )
    others = [one for one in unfinished(seen_by=actor) if not one.is_mine]
    yield Due(
        says=_("Records of the team to finish"),
        count=len(others),
        since=others[0].begun_at if others else None,
        url=reverse("staff:console:records"),
    )


def of_words(actor: Actor) -> Iterable[Due]:
    """Return the edits of the words of danger that wait for another person than who asks."""
    if not actor.may(access.SUPERVISE):
        return
    others = [one for one in edits(seen_by=actor)[0] if not one.is_own]
    yield Due(
        says=_("Edits of the words of danger to decide"),
        count=len(others),
        since=others[0].proposed_at if others else None,
    )
