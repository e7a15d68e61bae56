"""Looking begins, continues, ends, and reaches its limit; the team's sums are made at night."""

from datetime import timedelta
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
from balise.hotline.welfare.models import Exposure, Preference, Shift
from balise.hotline.welfare.queries import Wish, limits_here, limits_of, sums_of
from balise.hotline.welfare.rules import (
    Limits,
    Ruling,
    Severity,
    Why,
    glanced,
    looked,
    looking,
    ruling,
)


class Enough(Refused, code="enough"):
    """A limit that protects the analyst is reached."""


class LeftOpen(Enough, code="left-open"):
    """A page was left open and nobody touched it."""


class NotOpen(Refused, code="not-open"):
    """The content that a page says it shows is not the one that was opened last."""


def begin(*, content_id: UUID, category: str, by: Actor, ends_by_itself: bool = False) -> None:
    """Count that someone is shown a content, or raise Enough: a break or the day's end is due.

    The content that was shown last is not counted again. A page without script, which hides the
    content itself, counts in full at once, because it sends no sign later.
    """
    account = access.require_person(by)
    here = limits_of(account)
    severity = here.severity_of(category)
    with transaction.atomic():
        shift = _shift(account)
        is_new = shift.content != content_id
        refusal = _refusal(shift, severity, here, goes_on=not is_new)
        if refusal is not None:
            raise refusal
        _count_open(shift, here)
        so_far = looking(shift.so_far, at=clock.now(), severity=severity, limits=here)
        seconds = 0
        if ends_by_itself:
            so_far, seconds = glanced(so_far, severity=severity, limits=here)
        shift.put(so_far)
        shift.content, shift.severity = content_id, severity.code
        shift.touched_at = None if ends_by_itself else clock.now()
        shift.save()
        _add(shift, items=int(is_new), seconds=seconds)
        if is_new:
            record(ContentRevealed(subject=content_id, severity=Code(severity.code)), by=by)


def go_on(*, content_id: UUID, is_touched: bool, by: Actor) -> None:
    """Count the seconds since the last sign that it is shown; raise Enough when it has to end.

    `is_touched` is whether someone moved, typed or scrolled since. The seconds that were spent
    count even where the sign is the last one.
    """
    account = access.require_person(by)
    here = limits_of(account)
    with transaction.atomic():
        shift = _shift(account)
        if shift.content != content_id or shift.touched_at is None:
            raise NotOpen(_("Hidden. Open it again when you need it."))
        severity = here.severity(shift.severity)
        _count(shift, severity)
        shift.touched_at = clock.now() if is_touched else shift.touched_at
        refusal = _refusal(shift, severity, here, goes_on=True)
        if refusal is None and clock.now() - shift.touched_at > here.left_open:
            refusal = LeftOpen(_("No activity on the page: it is hidden, and no longer counts."))
        if refusal is not None:
            shift.touched_at = None
        shift.save()
    # After the transaction: the time spent is kept, even where this refuses.
    if refusal is not None:
        raise refusal


def end(*, content_id: UUID, by: Actor) -> None:
    """Count the last seconds of a look; nothing happens where it is not shown any more."""
    account = access.require_person(by)
    here = limits_of(account)
    with transaction.atomic():
        shift = _shift(account)
        if shift.content != content_id or shift.touched_at is None:
            return
        _count(shift, here.severity(shift.severity))
        shift.touched_at = None
        shift.save()


def take_break(*, by: Actor) -> None:
    """Hide what is open and open nothing for the length of a break. There is no journal entry."""
    account = access.require_person(by)
    here = limits_of(account)
    with transaction.atomic():
        shift = _shift(account)
        _count_open(shift, here)
        shift.touched_at = None
        shift.break_ends_at = clock.now() + here.pause
        shift.save()


def end_break(*, by: Actor) -> None:
    """End a break that one took oneself; a break that is due continues."""
    account = access.require_person(by)
    with transaction.atomic():
        shift = _shift(account)
        shift.break_ends_at = None
        shift.save()


def choose(*, wish: Wish, by: Actor) -> None:
    """Save how someone prefers to look, for themselves; raise TooLoose for looser limits.

    There is no journal entry: how people protect themselves is private.
    """
    account = access.require_person(by)
    limits_here().check_gentler(day=wish.day, stretch=wish.stretch, stops_at=wish.stops_at)
    Preference.objects.update_or_create(
        account=account,
        defaults={
            "blur": wish.switches.blur,
            "greyscale": wish.switches.greyscale,
            "mute": wish.switches.mute,
            "day_minutes": _minutes(wish.day),
            "stretch_minutes": _minutes(wish.stretch),
            "stops_at": wish.stops_at,
            "chosen_at": clock.now(),
        },
    )


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


def _count_open(shift: Shift, here: Limits) -> None:
    """Count the last seconds of what is still open, before something else happens."""
    if shift.touched_at is not None:
        _count(shift, here.severity(shift.severity))


def _count(shift: Shift, severity: Severity) -> None:
    so_far, seconds = looked(shift.so_far, at=clock.now(), severity=severity)
    shift.put(so_far)
    _add(shift, seconds=seconds)


def _minutes(span: timedelta | None) -> int | None:
    return span // timedelta(minutes=1) if span is not None else None


def _refusal(shift: Shift, severity: Severity, here: Limits, *, goes_on: bool) -> Enough | None:
    at = timezone.localtime(clock.now())
    found = ruling(shift.so_far, at=at, severity=severity, limits=here, goes_on=goes_on)
    return None if found.allows else Enough(_kindly(found))


def _kindly(found: Ruling) -> str:
    at = date_format(timezone.localtime(found.until), "TIME_FORMAT") if found.until else ""
    words = {
        Why.HOURS: _("Viewing hours are over. It will still be here tomorrow."),
        Why.DAY: _("You have viewed enough for today. It will still be here tomorrow."),
        Why.OWN_BREAK: _("You are on a break until %(at)s. Nothing opens until then."),
        Why.PAUSE: _(
            "Time for a break: you have viewed content long enough. It opens from %(at)s."
        ),
        Why.COOL_DOWN: _("End of day: the most severe content waits until tomorrow."),
        Why.REST: _("This one was hard. Take a moment: the next one opens from %(at)s."),
    }
    return words[found.why or Why.HOURS] % {"at": at}
