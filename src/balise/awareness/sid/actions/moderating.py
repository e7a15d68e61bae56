"""Read messages before they are on the wall; leave out what is no activity."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.sid import access, events
from balise.awareness.sid.models import Activity
from balise.awareness.sid.rules.words import Reason, Wall
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused


class MessageChanged(Refused, code="message-changed"):
    pass


@transaction.atomic
def show(*, activity_id: UUID, read: str, by: Actor) -> None:
    """Put a message on the wall, as it was `read`. Refuses one that has changed since."""
    activity = _waiting(activity_id, read, by=by)
    activity.wall = Wall.SHOWN
    activity.save(update_fields=("wall",))
    record(events.MessageShown(subject=activity.id), by=by)


@transaction.atomic
def refuse(*, activity_id: UUID, read: str, reason: Reason, by: Actor) -> None:
    """Keep a message off the wall; the activity counts all the same."""
    activity = _waiting(activity_id, read, by=by)
    activity.wall = Wall.REFUSED
    activity.save(update_fields=("wall",))
    record(events.MessageRefused(subject=activity.id, reason=Code(reason)), by=by)


@transaction.atomic
def void(*, activity_id: UUID, reason: Reason, by: Actor) -> None:
    """Leave an activity out of pages and reports; a second time changes nothing."""
    access.require(by, access.MODERATE)
    activity = Activity.locked(activity_id)
    if activity.voided:
        return
    activity.voided, activity.wall = reason, Wall.NONE
    activity.save(update_fields=("voided", "wall"))
    record(events.ActivityVoided(subject=activity.id, reason=Code(reason)), by=by)


def _waiting(activity_id: UUID, read: str, *, by: Actor) -> Activity:
    access.require(by, access.MODERATE)
    activity = Activity.locked(activity_id)
    if activity.on_the_wall is Wall.NONE or activity.words != read:
        raise MessageChanged(_("The message has changed since you read it."))
    return activity
