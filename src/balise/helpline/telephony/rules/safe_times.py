"""When someone can be called back: whole hours within those of the helpline, in the coming week."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from balise.helpline.conversations.rules.hours import Schedule
from balise.helpline.telephony.rules.call_backs import SlotUnsafe

_DAYS_AHEAD = 7
_HOURS = 24


def open_days(moment: datetime, schedule: Schedule) -> list[date]:
    """Return the days of the coming week, today first, on which someone is still there."""
    first = moment.astimezone(schedule.zone).date()
    days = (first + timedelta(days=n) for n in range(_DAYS_AHEAD))
    return [day for day in days if (hours := schedule.hours_of(day)) and hours[1] > moment]


def whole_hours(days: Collection[date], schedule: Schedule) -> list[time]:
    """Return the whole hours at which someone is there, or leaves, on some of these days."""
    found = set()
    for day in days:
        hours = schedule.hours_of(day)
        if hours is not None:
            opens, closes = (each.time() for each in hours)
            found |= {time(n) for n in range(_HOURS) if opens <= time(n) <= closes}
    return sorted(found)


def safe_time(
    day: date, since: time, until: time, *, moment: datetime, schedule: Schedule
) -> tuple[datetime, datetime]:
    """Return from when to when someone may be called on a day.

    Refuses (SlotUnsafe) an end that is not after the beginning, a time that is over, and one at
    which nobody is there to call.
    """
    begins, ends = (datetime.combine(day, at, tzinfo=schedule.zone) for at in (since, until))
    if ends <= begins:
        raise SlotUnsafe(_("The end must be after the start."))
    if ends <= moment:
        raise SlotUnsafe(_("This time has already passed."))
    hours = schedule.hours_of(day)
    if hours is None:
        raise SlotUnsafe(_("We are closed that day."))
    opens, closes = hours
    if begins < opens or ends > closes:
        raise SlotUnsafe(
            _("That day we are open from %(opens)s to %(closes)s.")
            % {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
        )
    return begins, ends
