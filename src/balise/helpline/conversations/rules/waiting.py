"""What someone who waits reads of it: never more than the seats can keep."""

from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _, pgettext

from balise.helpline.conversations.rules import ConversationState
from balise.helpline.conversations.rules.hours import OpenState, Why
from balise.helpline.queue.rules import Band

_SOON = frozenset({Band.UNDER_5, Band.UNDER_15})


class Place(Protocol):
    """Where someone stands who waits; `seats`: how many listeners are there."""

    @property
    def ahead(self) -> int: ...
    @property
    def band(self) -> Band: ...
    @property
    def seats(self) -> int: ...
    @property
    def comes_first(self) -> bool: ...


def heading(state: ConversationState, place: Place | None, closed: OpenState | None) -> str:
    """Return the heading of the room: whether someone comes, and soon, or is there."""
    if closed is not None and closed.why is not Why.NOBODY:
        return _("The chat is closed for now")
    if closed is not None or (place is not None and place.band is Band.UNKNOWN):
        return _("No listener is free right now")
    if state is not ConversationState.WAITING:
        return _("Your conversation")
    if place is None or place.comes_first or place.band in _SOON:
        return _("Someone will answer you soon")
    return pgettext("youth", "Your place is kept")


def words(place: Place | None, closed: OpenState | None) -> str:
    """Return what the waiting room says; "" to someone who is with a listener.

    At risk A no time is told, and they may call.
    """
    if closed is not None:
        said = _closed_words(place, closed)
        return f"{_come_first()} {said}" if place is not None and place.comes_first else said
    if place is None:
        return ""
    if place.comes_first:
        return f"{_come_first()} {_first_words(place)}"
    if place.band is Band.UNKNOWN:
        unknown = pgettext("youth", "We do not know yet how long it takes.")
        return f"{_nobody_words()} {unknown}"
    if not place.ahead:
        return _("You are next. Waiting time: %(band)s.") % {"band": place.band.label}
    told = {"ahead": place.ahead, "band": place.band.label}
    return _("People before you: %(ahead)d. Waiting time: %(band)s.") % told


def _first_words(place: Place) -> str:
    if place.band is Band.UNKNOWN:
        return pgettext("youth", "No listener is free right now. You can call now:")
    return pgettext("youth", "Someone will answer you as soon as they can. You can call now:")


def _closed_words(place: Place | None, closed: OpenState) -> str:
    if closed.why is Why.NOBODY:
        return _nobody_words()
    said = _("The chat is closed for now.")
    if place is not None and place.seats and place.band is not Band.UNKNOWN:
        said = _("The chat has closed, but listeners are still here. One of them may answer you.")
    if closed.opens_at is None:
        return said
    opens = closed.opens_at  # by the centre's clock
    again = _(
        "It opens on %(day)s at %(at)s. Stay here, or come back with your code: you will be one "
        "of the first."
    ) % {"day": date_format(opens, "l j F"), "at": date_format(opens, "TIME_FORMAT")}
    return f"{said} {again}"


def _nobody_words() -> str:
    return _("No listener is free right now. You keep your place.")


def _come_first() -> str:
    return pgettext("youth", "You come first.")
