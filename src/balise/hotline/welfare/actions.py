"""Looking begins, goes on, and is enough; and the team's sums are told by night."""

from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from balise.foundation import clock
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.refusals import Refused
from balise.hotline.welfare import access
from balise.hotline.welfare.events import BreaksCounted, ContentRevealed, ExposureCounted
from balise.hotline.welfare.models import Exposure, Shift
from balise.hotline.welfare.queries import limits_here, sums_of
from balise.hotline.welfare.rules.enough import Ruling, Why, looked, looking, ruling
from balise.hotline.welfare.rules.limits import Limits, Severity


class Enough(Refused):
    """A limit that protects who looks is reached."""

    code = "enough"


class NotOpen(Refused):
    """What is told to be shown is not what was opened last."""

    code = "not-open"


def begin(*, content_id: UUID, category: str, by: Actor) -> None:
    """Count that someone is shown a content, or raise Enough: a break or the day's end is due.

    The content that was shown last is not counted again.
    """
    account = access.require_person(by)
    here = limits_here()
    severity = here.severity_of(category)
    with transaction.atomic():
        shift = _shift(account)
        _check(shift, severity, here)
        shift.put(looking(shift.so_far, at=clock.now(), limits=here))
        is_new = shift.content != content_id
        shift.content, shift.severity = content_id, severity.code
        shift.save()
        if is_new:
            _add(shift, items=1)
            record(ContentRevealed(subject=content_id, severity=Code(severity.code)), by=by)


def go_on(*, content_id: UUID, begins: bool, by: Actor) -> None:
    """Count the seconds since the last sign that it is shown; raise Enough when it has to end.

    `begins` is the first sign after it was covered: it adds nothing. The seconds that were spent
    count even where the sign is the last one.
    """
    account = access.require_person(by)
    here = limits_here()
    with transaction.atomic():
        shift = _shift(account)
        if shift.content != content_id:
            raise NotOpen(_("Another content was opened since. Open this one again."))
        severity = here.severity(shift.severity)
        if begins:
            _check(shift, severity, here)
            shift.put(looking(shift.so_far, at=clock.now(), limits=here))
        else:
            so_far, seconds = looked(shift.so_far, at=clock.now(), severity=severity)
            shift.put(so_far)
            _add(shift, seconds=seconds)
        shift.save()
    # After the transaction: what was spent is kept, whatever is said now.
    _check(shift, severity, here)


def tell_team(*, by: Actor) -> int:
    """Write down the sums of the days that ended, of all people together; return how many days.

    Where they are of fewer people than the centre asks for, they wait for more.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise PermissionDenied(access.READ_TEAM)
    here = limits_here()
    with transaction.atomic():
        ended = Shift.objects.filter(counted_at__isnull=True, day__lt=clock.today())
        shifts = list(ended.select_for_update().order_by("day"))
        people = len({shift.account for shift in shifts})
        if people < here.fewest_people:
            return 0
        ended_on = shifts[-1].day
        rows = Exposure.objects.filter(shift__in=[shift.id for shift in shifts])
        sums = sums_of(rows.values_list("severity", "seconds", "items"))
        facts: list[Event] = [
            ExposureCounted(
                subject=uuid4(),
                severity=Code(severity),
                seconds=seconds,
                items=items,
                people=people,
                ended_on=ended_on,
            )
            for severity, (seconds, items) in sorted(sums.items())
        ]
        breaks = sum(shift.breaks for shift in shifts)
        facts.append(
            BreaksCounted(subject=uuid4(), breaks=breaks, people=people, ended_on=ended_on)
        )
        record_many(facts, by=by)
        Shift.objects.filter(id__in=[shift.id for shift in shifts]).update(
            counted_at=clock.now(), content=None
        )
    return len(shifts)


def _shift(account: UUID) -> Shift:
    """Return someone's day, locked."""
    Shift.objects.get_or_create(account=account, day=clock.today())
    return Shift.objects.select_for_update().get(account=account, day=clock.today())


def _add(shift: Shift, *, seconds: int = 0, items: int = 0) -> None:
    row, _created = Exposure.objects.get_or_create(shift=shift, severity=shift.severity)
    Exposure.objects.filter(id=row.id).update(
        seconds=F("seconds") + seconds, items=F("items") + items
    )


def _check(shift: Shift, severity: Severity, here: Limits) -> None:
    at = timezone.localtime(clock.now())
    found = ruling(shift.so_far, at=at, severity=severity, limits=here)
    if not found.allows:
        raise Enough(_kindly(found))


def _kindly(found: Ruling) -> str:
    if found.why is Why.PAUSE and found.until is not None:
        at = date_format(timezone.localtime(found.until), "TIME_FORMAT")
        return _("Time for a break: you have looked for an hour. From %(at)s on, it opens.") % {
            "at": at
        }
    return {
        Why.HOURS: _("The hours of looking are over. It will still be here tomorrow."),
        Why.DAY: _("You have looked enough for today. It will still be here tomorrow."),
        Why.COOL_DOWN: _("Your day ends gently: the gravest contents wait until tomorrow."),
    }.get(found.why or Why.HOURS, _("Time for a break."))
