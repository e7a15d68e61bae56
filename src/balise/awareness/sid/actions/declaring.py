"""Declare an activity, and what its own link may do: correct it, say who came, take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.sid import events
from balise.awareness.sid.models import CONTACT, LINE, Activity, Edition
from balise.awareness.sid.rules.declaring import (
    ActivityGone,
    EditionOver,
    check_message,
    check_met,
)
from balise.awareness.sid.rules.editions import is_open
from balise.awareness.sid.rules.words import Band, Method, Sort, Wall
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import keep, new_key
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a form says of an activity; `area` is empty abroad."""

    sort: Sort
    channel: str
    name: str
    area: str
    on: date
    expected: int
    says: str


def declare(
    *, key: UUID, edition_id: UUID, said: Declared, contact: str, language: str, by: Actor
) -> UUID:
    """Keep an activity, once for its key however often it is sent; return its id. Anyone may.

    Refuses a message that leads to someone, and an edition that is over.
    """
    check_message(said.says)
    edition = find(Edition, id=edition_id)
    if not is_open(edition.day, today=today()):
        raise EditionOver(_("This edition is over: nothing more can be declared for it."))
    sealing = new_key(LINE, uuid4())
    activity = Activity(
        id=sealing.record,
        key=key,
        edition=edition,
        language=language,
        declared_at=now(),
        contact=sealing.seal({"mail": contact}, where=CONTACT, row=sealing.record),
        wall=Wall.WAITING if said.says else Wall.NONE,
        **_columns(said),
    )
    try:
        with transaction.atomic():
            activity.save(force_insert=True)
            keep(sealing)
            record(
                events.ActivityDeclared(
                    subject=activity.id,
                    year=edition.year,
                    sort=Code(said.sort),
                    channel=Code(said.channel),
                    area=Code(said.area),
                    expected=said.expected,
                ),
                by=by,
            )
    except IntegrityError:
        return find(Activity.objects.only("id"), key=key).id
    return activity.id


@transaction.atomic
def correct(*, activity_id: UUID, said: Declared, by: Actor) -> None:
    """Change what an activity says; words that changed wait to be read again, its name too."""
    check_message(said.says)
    activity = _open(activity_id)
    if (said.name, said.says) != (activity.name, activity.says):
        activity.wall = Wall.WAITING if said.says else Wall.NONE
    for column, value in _columns(said).items():
        setattr(activity, column, value)
    activity.save(update_fields=(*_columns(said), "wall"))
    record(events.ActivityCorrected(subject=activity.id), by=by)


@transaction.atomic
def say_met(*, activity_id: UUID, met: Mapping[Band, int], method: Method, by: Actor) -> None:
    """Say how many came, by band; a second time corrects the first."""
    activity = _open(activity_id)
    check_met(met, on=activity.on, today=today())
    for band in Band:
        change = met.get(band, 0) - activity.met.get(band.value, 0)
        if change:
            record(
                events.PeopleMet(
                    subject=activity.id,
                    day=activity.on,
                    band=Code(band),
                    channel=Code(activity.channel),
                    amount=change,
                ),
                by=by,
            )
    activity.met = {band.value: number for band, number in met.items() if number}
    activity.method = method
    activity.save(update_fields=("met", "method"))


@transaction.atomic
def withdraw(*, activity_id: UUID, by: Actor) -> None:
    """Take an activity back: it is on no page, and counts in no report."""
    activity = _open(activity_id)
    activity.withdrawn_at, activity.wall, activity.says = now(), Wall.NONE, ""
    activity.save(update_fields=("withdrawn_at", "wall", "says"))
    record(events.ActivityWithdrawn(subject=activity.id), by=by)


def _open(activity_id: UUID) -> Activity:
    """Return an activity that may change, locked. Raises NotHere, ActivityGone, EditionOver."""
    # Without what is sealed: the public door does not read it.
    rows = Activity.objects.defer("contact").select_for_update(of=("self",))
    activity = find(rows, id=activity_id)
    if activity.withdrawn_at or activity.voided:
        raise ActivityGone(_("This activity no longer counts."))
    edition = Edition.objects.only("day").get(id=activity.edition_id)
    if not is_open(edition.day, today=today()):
        raise EditionOver(_("This edition is over: nothing more can change."))
    return activity


def _columns(said: Declared) -> dict[str, object]:
    return {
        "sort": said.sort,
        "channel": said.channel,
        "name": said.name,
        "area": said.area,
        "on": said.on,
        "expected": said.expected,
        "says": said.says,
    }
