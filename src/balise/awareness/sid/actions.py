"""What people do with the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.partnership.campaigns.queries import require_known
from balise.awareness.sid import access, events
from balise.awareness.sid.models import CONTACT, LINE, Activity, Edition
from balise.awareness.sid.queries import report_of
from balise.awareness.sid.rules import (
    ActivityGone,
    Band,
    EditionOver,
    Method,
    Reason,
    Sort,
    Wall,
    as_frozen,
    check_day,
    check_embargo,
    check_message,
    check_met,
    is_open,
)
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import keep, new_key
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused

# Declare an activity, and what its own link may do: correct it, say who came, take it back.


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


# Read messages before they are on the wall; leave out what is no activity.


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


# Plan an edition, change it, publish what came of it.


class YearTaken(Refused, code="year-taken"):
    field = "year"


class NotOver(Refused, code="not-over"):
    pass


class Reported(Refused, code="reported"):
    pass


def plan(*, year: int, day: date, by: Actor) -> UUID:
    """Give a year's edition its date. Refuses a second edition of a year, a date in another."""
    access.require(by, access.MANAGE)
    check_day(year, day)
    edition = Edition(year=year, day=day)
    try:
        with transaction.atomic():
            edition.save(force_insert=True)
            record(events.EditionPlanned(subject=edition.id, year=year, day=day), by=by)
    except IntegrityError:
        raise YearTaken(_("There is an edition of this year already.")) from None
    return edition.id


@transaction.atomic
def change(
    *,
    edition_id: UUID,
    day: date,
    theme: Mapping[str, str],
    release: Mapping[str, str],
    embargo_until: datetime | None,
    kit: str,
    campaign: str,
    by: Actor,
) -> None:
    """Change what an edition says; its date may move as long as nothing was published of it."""
    access.require(by, access.MANAGE)
    edition = Edition.locked(edition_id)
    check_day(edition.year, day)
    check_embargo(embargo_until, day)
    if edition.reported_at and day != edition.day:
        raise Reported(_("The report of this edition is public: its date stays."))
    edition.day, edition.embargo_until = day, embargo_until
    edition.theme, edition.release = dict(theme), dict(release)
    edition.kit, edition.campaign = kit, require_known(campaign)
    edition.save()
    record(events.EditionChanged(subject=edition.id, year=edition.year, day=day), by=by)


@transaction.atomic
def publish_report(*, edition_id: UUID, by: Actor) -> None:
    """Publish the figures as they are now; they stay so. Refused before the day is over."""
    access.require(by, access.REPORT)
    edition = Edition.locked(edition_id)
    if today() <= edition.day:
        raise NotOver(_("The day is not over."))
    if edition.reported_at:
        raise Reported(_("The report of this edition is public already."))
    edition.report, edition.reported_at = as_frozen(report_of(edition)), now()
    edition.save(update_fields=("report", "reported_at"))
    record(events.ReportPublished(subject=edition.id, year=edition.year), by=by)
