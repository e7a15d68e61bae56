"""The notebook: emerging uses, national policies and good practices. Pure."""

from datetime import date
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused


class FirstSeenMissing(Refused, code="first-seen-missing"):
    """Nobody saw it, or not yet."""

    field = "first_seen"


class TopicUnknown(Refused, code="topic-unknown"):
    field = "topic"


class UseOver(Refused, code="use-over"):
    pass


class OutOfOrder(Refused, code="out-of-order"):
    field = "day"


class Source(TextChoices):
    """Where a sign of an emerging use came from."""

    HELPLINE = "helpline", pgettext_lazy("source", "Helpline")
    HOTLINE = "hotline", pgettext_lazy("source", "Hotline")
    FIELD = "field", pgettext_lazy("source", "Workshops and schools")
    YOUTH = "youth", pgettext_lazy("source", "Youth panel")
    PARTNER = "partner", pgettext_lazy("source", "Partner")
    NETWORK = "network", pgettext_lazy("source", "Centre of another country")
    PRESS = "press", pgettext_lazy("source", "Press or research")


class By(TextChoices):
    """Who saw it first: a role, and nobody's name."""

    LISTENER = "listener", pgettext_lazy("seen by", "Listener")
    ANALYST = "analyst", pgettext_lazy("seen by", "Analyst")
    TRAINER = "trainer", pgettext_lazy("seen by", "Trainer or facilitator")
    AMBASSADOR = "ambassador", pgettext_lazy("seen by", "Person of a structure")
    TEACHER = "teacher", pgettext_lazy("seen by", "Teacher")
    TEAM = "team", pgettext_lazy("seen by", "Awareness team")
    OUTSIDE = "outside", pgettext_lazy("seen by", "Someone outside the centre")


class UseState(TextChoices):
    """Where an emerging use is."""

    NOTICED = "noticed", pgettext_lazy("emerging use", "Noticed")
    CONFIRMED = "confirmed", pgettext_lazy("emerging use", "Confirmed")
    OVER = "over", pgettext_lazy("emerging use", "Over")


NEXT: Final = {
    UseState.NOTICED: (UseState.CONFIRMED, UseState.OVER),
    UseState.CONFIRMED: (UseState.OVER,),
    UseState.OVER: (),
}


class ReferenceKind(TextChoices):
    """What others decided or do."""

    POLICY = "policy", gettext_lazy("National policy")
    PRACTICE = "practice", gettext_lazy("Good practice")


def check_first_seen(day: date | None, *, today: date) -> date:
    """Return the day on which someone saw it first; refuse none, and one to come.

    A sighting that nobody had is never written: the day is not filled in for anyone.
    """
    if day is None:
        raise FirstSeenMissing(_("Enter the day on which someone saw it first."))
    if day > today:
        raise FirstSeenMissing(_("This day is to come: nobody has seen it yet."))
    return day


def check_move(state: UseState, *, to: UseState, day: date, since: date, today: date) -> None:
    """Refuse a state that does not follow, a day before it was seen, and one to come."""
    if to not in NEXT[state]:
        raise UseOver(
            _("What is “%(state)s” does not become “%(next)s”.")
            % {"state": state.label, "next": to.label}
        )
    if not since <= day <= today:
        raise OutOfOrder(_("Enter a day since it was first seen, today at the latest."))
