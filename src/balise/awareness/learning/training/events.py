"""What happened in training; never who learnt, and no answer of theirs."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class ModuleCounted(Event, name="awareness.module.counted"):
    """So many paths of the module did something on a day; `amount` is a sum of answers gained."""

    day: date
    what: Code
    times: int
    amount: int


class BadgeAsked(Event, name="awareness.badge.asked"):
    """Someone who passed, or was there, asks for a badge; the subject is the badge."""


class BadgeGiven(Event, name="awareness.badge.given"):
    """A badge is signed. `area` is that of the audience, where one is asked."""

    audience: Code
    area: Code
    way: Code


class BadgeRevoked(Event, name="awareness.badge.revoked"):
    """A badge is not valid any more."""

    why: Code


class StandingSigned(Event, name="awareness.badge.standing-signed"):
    """The public list of revoked badges is signed again; it says `revoked` of them."""

    revoked: int
