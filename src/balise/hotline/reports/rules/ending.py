"""How a removal ends by hand: seen gone on a day, or given up once all who could act were told."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta, tzinfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules.words import ContentState, Verdict


class ToldParty(TextChoices):
    """Who was told of an illegal content before its removal was given up."""

    POLICE = "police", pgettext_lazy("told", "The police")
    SERVICE = "service", pgettext_lazy("told", "The service itself: the application, the operator")
    NETWORK = "network", pgettext_lazy("told", "Another hotline")
    NOBODY = "nobody", pgettext_lazy("told", "Nobody can be told")


class NotUnderWay(Refused, code="not-under-way"):
    """The removal of this content is not under way."""


class NotEnded(Refused, code="not-ended"):
    """The removal of this content has not ended: there is nothing to take up again."""


class DayUnlikely(Refused, code="day-unlikely"):
    """It cannot have been seen gone on this day."""


class ToldUnclear(Refused, code="told-unclear"):
    """The answer does not say who was told, or says nobody and someone at once."""


class StillAsked(Refused, code="still-asked"):
    """A host still has to answer a notice: something can be done yet."""


def check_under_way(state: ContentState) -> None:
    """Refuse to end a removal that is not under way."""
    if state is not ContentState.REMOVING:
        raise NotUnderWay(str(_("No removal is in progress for this content.")))


def is_given_up(state: ContentState, verdict: str) -> bool:
    """Return whether a content is illegal and nothing more can be done."""
    return state is ContentState.CLOSED and verdict == Verdict.ILLEGAL


def check_has_ended(state: ContentState, verdict: str) -> None:
    """Refuse to take up again what is neither removed nor given up."""
    if state is not ContentState.REMOVED and not is_given_up(state, verdict):
        raise NotEnded(str(_("The removal of this content is not finished.")))


def check_gone_on(day: date, *, seen_last_on: date, today: date) -> None:
    """Refuse a day to come, and one after which the content was seen there."""
    if day > today:
        raise DayUnlikely(str(_("This date is in the future: check it.")))
    if day < seen_last_on:
        raise DayUnlikely(str(_("It was seen there after this date: check the date.")))


def gone_at(day: date, *, at: datetime, zone: tzinfo) -> datetime:
    """Return the moment to count a removal from that was seen on a day: its end, or now if today.

    Nobody knows the hour: the removal is never counted quicker than it was.
    """
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
    return min(midnight - timedelta(seconds=1), at)


def check_told(told: Collection[ToldParty]) -> None:
    """Refuse to give up without saying who was told; “nobody” excludes other answers."""
    if not told or (ToldParty.NOBODY in told and len(told) > 1):
        raise ToldUnclear(str(_("Enter who was told, or that nobody can be told.")))


def check_nobody_is_asked(*, is_anyone_asked: bool) -> None:
    """Refuse to give up while a host still has a notice to answer."""
    if is_anyone_asked:
        raise StillAsked(str(_("A host still has a notice to answer: enter its outcome first.")))
