"""When to call back, what to say to the person who answers, and when to stop."""

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused
from balise.helpline.conversations.rules.hours import Schedule

MOST_ATTEMPTS = 3
LONGEST_WORDS = 500
AGAIN_AFTER = timedelta(minutes=30)
_EXTENSION = re.compile(r"[0-9]{2,6}")
_LONGEST_SLOT = timedelta(hours=14)
_FURTHEST = timedelta(days=7)


class ExtensionWrong(Refused, code="extension-wrong"):
    pass


def read_extension(text: str) -> str:
    """Return an extension, as its exchange names it; refuse what is none."""
    found = text.strip()
    if not _EXTENSION.fullmatch(found):
        raise ExtensionWrong(_("Your extension has 2 to 6 digits."))
    return found


class Script(TextChoices):
    """What to say when someone else answers. Never who we are."""

    FRIEND = "friend", gettext_lazy("“Sorry, wrong number.” Then hang up")
    SURVEY = "survey", gettext_lazy("“It’s about a delivery. I’ll call back.”")
    FIRST_NAME = "first-name", gettext_lazy("Give only a first name: “It’s Alex. I’ll call back.”")
    OPEN = "open", gettext_lazy("They told us that we may say who we are")


class Attempt(TextChoices):
    """The outcome of one attempt. No message is left on an answering machine."""

    REACHED = "reached", gettext_lazy("We spoke")
    NO_ANSWER = "no-answer", gettext_lazy("Nobody picked up")
    MACHINE = "machine", gettext_lazy("Voicemail: no message left")
    SOMEONE_ELSE = "someone-else", gettext_lazy("Someone else picked up")


class CallBackState(TextChoices):
    """The state of a call-back."""

    WAITING = "waiting", gettext_lazy("To be called back")
    DONE = "done", gettext_lazy("Called back")
    GIVEN_UP = "given-up", gettext_lazy("Not reached")
    WITHDRAWN = "withdrawn", gettext_lazy("No longer wanted")


class SlotUnsafe(Refused, code="slot-unsafe"):
    """A time that cannot be kept."""


class WordsTooLong(Refused, code="words-too-long"):
    pass


class CallBackOver(Refused, code="call-back-over"):
    """It was done, given up or withdrawn."""


def read_words(text: str) -> str:
    """Return what someone wrote beside their number; refuse over 500 characters: none is cut."""
    words = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) > LONGEST_WORDS:
        raise WordsTooLong(
            _("Too long: %(number)d characters, %(most)d at most. Nothing is lost.")
            % {"most": LONGEST_WORDS, "number": len(words)}
        )
    return words


def check_slot(since: datetime, until: datetime, *, now: datetime) -> None:
    """Refuse a safe time that is over, the wrong way round, too long or too far away."""
    if until <= now or until <= since:
        raise SlotUnsafe(_("This time has passed. Choose a later one."))
    if until - since > _LONGEST_SLOT or since > now + _FURTHEST:
        raise SlotUnsafe(_("Choose a time in the next 7 days."))


def next_safe(now: datetime, *, since: datetime, until: datetime) -> datetime:
    """Return from when they may be called: now within the hours they chose, on whatever day."""
    while now >= until:
        since, until = since + timedelta(days=1), until + timedelta(days=1)
    return max(now, since)


def safe_until(now: datetime, *, until: datetime) -> datetime:
    """Return until when they may be called, today or on the next day."""
    while now >= until:
        until += timedelta(days=1)
    return until


def check_is_safe(now: datetime, *, since: datetime, until: datetime) -> None:
    """Refuse to call someone at another time than they chose."""
    if next_safe(now, since=since, until=until) > now:
        raise SlotUnsafe(
            _(
                "This is not the time they chose. Release the call-back: it returns at the right "
                "time."
            )
        )


def check_waits(state: str) -> None:
    """Refuse a call-back that is over."""
    if state != CallBackState.WAITING:
        raise CallBackOver(_("This call-back is over."))


def next_attempt(
    attempt: Attempt, *, attempts: int, now: datetime, since: datetime, until: datetime
) -> datetime | None:
    """Return when to try again; None after the last attempt.

    Never outside the safe time: what does not fit any more waits for the same hours tomorrow.
    """
    if attempt is Attempt.REACHED or attempts >= MOST_ATTEMPTS:
        return None
    again = now + AGAIN_AFTER
    while again >= until:
        since, until = since + timedelta(days=1), until + timedelta(days=1)
        again = max(now + AGAIN_AFTER, since)
    return max(again, since)


# When someone can be called back: whole hours within those of the helpline, in the coming week.


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
