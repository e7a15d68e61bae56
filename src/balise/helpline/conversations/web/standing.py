"""What someone who waits is told of it: their place, or that nobody comes now."""

from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, pgettext

from balise.helpline.conversations import queries
from balise.helpline.conversations.rules import State
from balise.helpline.conversations.rules.hours import OpenState, Why
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries import Standing
from balise.helpline.queue.rules import Kind


def closed_for(state: State, standing: Standing | None) -> OpenState | None:
    """Return why nobody comes to someone who waits; None where someone does, or is there."""
    if standing is not None:
        hours = queries.open_for(standing)
    elif state is State.SUSPENDED:
        hours = queries.open_now()
    else:
        return None
    return None if hours.is_open else hours


def heading(state: State, closed: OpenState | None) -> str:
    """Return the heading of the room: it says whether someone comes, or is there."""
    if closed is not None and closed.why is Why.NOBODY:
        return _("No listener is free right now")
    if closed is not None:
        return _("The chat is closed for now")
    return _("Someone will answer you soon") if state is State.WAITING else _("Your conversation")


def waiting_words(standing: Standing | None, closed: OpenState | None) -> str:
    """Return what the waiting room says; "" to someone who is with a listener."""
    if closed is None:
        return _standing_words(standing)
    if standing is not None and standing.comes_first:
        return f"{_come_first()} {_closed_words(standing, closed)}"
    return _closed_words(standing, closed)


def who_knows(conversation_id: UUID, state: State) -> str:
    """Return who knows that someone is not safe, and when they come; "" where nobody was told."""
    standing = queries.waits(conversation_id)
    if state is State.ENDED or not queue.comes_first(Kind.CHAT, conversation_id):
        return ""
    if standing is None:
        return pgettext("youth", "Your listener has been told.")
    closed = closed_for(state, standing)
    if closed is not None:
        return waiting_words(standing, closed)
    return _("Our team knows. You are first in the queue.")


def _standing_words(standing: Standing | None) -> str:
    """Return their place and a band of time; at risk A no time is told, and they may call."""
    if standing is None:
        return ""
    if standing.comes_first:
        soon = pgettext("youth", "Someone will answer you as soon as they can. You can call now:")
        return f"{_come_first()} {soon}"
    ahead, band = standing.ahead, standing.band.label
    if not ahead:
        return _("You are next. Waiting time: %(band)s.") % {"band": band}
    return _("People before you: %(ahead)d. Waiting time: %(band)s.") % {
        "ahead": ahead,
        "band": band,
    }


def _closed_words(standing: Standing | None, closed: OpenState) -> str:
    if closed.why is Why.NOBODY:
        return _("No listener is free right now. You keep your place.")
    words = _("The chat is closed for now.")
    if standing is not None and standing.seats:
        words = _("The chat has closed, but listeners are still here. One of them may answer you.")
    if closed.opens_at is None:
        return words
    opens = localtime(closed.opens_at)
    again = _(
        "It opens on %(day)s at %(at)s. Stay here, or come back with your code: you will be one "
        "of the first."
    ) % {"day": date_format(opens, "l j F"), "at": date_format(opens, "TIME_FORMAT")}
    return f"{words} {again}"


def _come_first() -> str:
    return pgettext("youth", "You come first.")
