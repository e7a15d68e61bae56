"""What happened to the rota: the subject is a rota, an absence or an account."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.staffing.rules.rota import Wish


class ContractSet(Event, name="helpline.contract.set"):
    """How long someone works each week, in half hours (0: not planned any more), and as what.

    `skills` are codes in order, between slashes.
    """

    halves: int
    skills: Code


class WishNoted(Event, name="helpline.wish.noted"):
    """Someone said at which time of the day they would rather work."""

    wish: Wish


class AbsenceNoted(Event, name="helpline.absence.noted"):
    """Someone is away from a day to a day, both included; why is nobody's business here."""

    account: UUID
    first: date
    last: date


class AbsenceWithdrawn(Event, name="helpline.absence.withdrawn"):
    account: UUID


class RotaAsked(Event, name="helpline.rota.asked"):
    """A lead asked for the shifts of a week."""

    monday: date
    members: int


class RotaDrafted(Event, name="helpline.rota.drafted"):
    """There are shifts to look at; `short` half hours of seats are missing in them."""

    monday: date
    shifts: int
    short: int
    best: bool


class RotaFailed(Event, name="helpline.rota.failed"):
    """There was no answer in time."""

    monday: date


class RotaPublished(Event, name="helpline.rota.published"):
    """Everyone sees their own week now; one of before is replaced."""

    monday: date
    short: int


class ShiftSet(Event, name="helpline.shift.set"):
    """A lead put someone on a day by hand, in half hours from 00:00; the subject is the rota."""

    account: UUID
    day: date
    begins: int
    ends: int


class ShiftCleared(Event, name="helpline.shift.cleared"):
    """A lead took someone's shift of a day away; the subject is the rota."""

    account: UUID
    day: date


class ShiftOffered(Event, name="helpline.shift.offered"):
    """Someone offers a shift of theirs; the subject is the shift."""


class ShiftTaken(Event, name="helpline.shift.taken"):
    """A colleague took an offered shift, within all rules of rest and hours."""

    giver: UUID
    taker: UUID
