"""What happened to the rota: the subject is a rota, an absence or an account."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.staffing.rules.rota import Wish


class ContractSet(Event):
    """How long someone works each week, in half hours (0: not planned any more), and as what.

    `skills` are codes in order, between slashes.
    """

    name = "helpline.contract.set"

    halves: int
    skills: Code


class WishNoted(Event):
    """Someone said at which time of the day they would rather work."""

    name = "helpline.wish.noted"

    wish: Wish


class AbsenceNoted(Event):
    """Someone is away from a day to a day, both included; why is nobody's business here."""

    name = "helpline.absence.noted"

    account: UUID
    first: date
    last: date


class AbsenceWithdrawn(Event):
    name = "helpline.absence.withdrawn"

    account: UUID


class RotaAsked(Event):
    """A lead asked for the shifts of a week."""

    name = "helpline.rota.asked"

    monday: date
    members: int


class RotaDrafted(Event):
    """There are shifts to look at; `short` half hours of seats are missing in them."""

    name = "helpline.rota.drafted"

    monday: date
    shifts: int
    short: int
    best: bool


class RotaFailed(Event):
    """There was no answer in time."""

    name = "helpline.rota.failed"

    monday: date


class RotaPublished(Event):
    """Everyone sees their own week now; one of before is replaced."""

    name = "helpline.rota.published"

    monday: date
    short: int


class ShiftSet(Event):
    """A lead put someone on a day by hand, in half hours from 00:00; the subject is the rota."""

    name = "helpline.shift.set"

    account: UUID
    day: date
    begins: int
    ends: int


class ShiftCleared(Event):
    """A lead took someone's shift of a day away; the subject is the rota."""

    name = "helpline.shift.cleared"

    account: UUID
    day: date


class ShiftOffered(Event):
    """Someone offers a shift of theirs; the subject is the shift."""

    name = "helpline.shift.offered"


class ShiftTaken(Event):
    """A colleague took an offered shift, within all rules of rest and hours."""

    name = "helpline.shift.taken"

    giver: UUID
    taker: UUID
