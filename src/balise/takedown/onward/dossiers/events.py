"""What happened to a dossier, and whether the police asked to be first.

`for_line` is whose the content is, `authority` who is told, `number` the dossier's ("" before it
has one). The subject of a hold is the content itself: a line receives it without knowing dossiers.
"""

from datetime import date
from typing import TypedDict
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.takedown.onward.dossiers.rules.states import Answer, Channel, Failure, Refusal


class AboutDossier(TypedDict):
    """What every fact about a dossier says."""

    subject: UUID
    content: UUID
    for_line: Code
    authority: Code
    offence: Code
    number: Code


class DossierEvent(Event):
    """A fact about a dossier; the subject is the dossier."""

    content: UUID
    for_line: Code
    authority: Code
    offence: Code
    number: Code


class DossierDrafted(DossierEvent):
    name = "takedown.dossier.drafted"


class DossierRead(DossierEvent):
    """Someone opened what a dossier says."""

    name = "takedown.dossier.read"


class DossierRevised(DossierEvent):
    name = "takedown.dossier.revised"


class DossierWithdrawn(DossierEvent):
    """It was cancelled before it was sent, by a person or because it was left too long."""

    name = "takedown.dossier.withdrawn"


class DossierApproved(DossierEvent):
    """A second person approved it, and it has its number; a worker packs it."""

    name = "takedown.dossier.approved"


class DossierPacked(DossierEvent):
    """It is signed: whether a timestamp and the authority's seal are on it."""

    name = "takedown.dossier.packed"

    timestamped: bool
    sealed: bool


class DossierDownloaded(DossierEvent):
    """Someone downloaded the package, encrypted to the authority or open."""

    name = "takedown.dossier.downloaded"

    sealed: bool


class DossierQueued(DossierEvent):
    """Someone decided to mail it; a worker does."""

    name = "takedown.dossier.queued"


class DossierNotMailed(DossierEvent):
    name = "takedown.dossier.not-mailed"

    failure: Failure


class DossierHandedOver(DossierEvent):
    """The authority has it, so many `seconds` after the centre received the first report."""

    name = "takedown.dossier.handed-over"

    channel: Channel
    seconds: int
    band: Code


class DossierOverdue(DossierEvent):
    """The authority has not said that it has it; `reminders` counts how often this was noted."""

    name = "takedown.dossier.overdue"

    reminders: int


class DossierAcknowledged(DossierEvent):
    """The authority gave its own number; `seconds` since it was handed over."""

    name = "takedown.dossier.acknowledged"

    seconds: int


class DossierAnswered(DossierEvent):
    name = "takedown.dossier.answered"

    answer: Answer


class DossierRefused(DossierEvent):
    name = "takedown.dossier.refused"

    refusal: Refusal


class HoldAsked(Event):
    """An authority asks that the host of a content is not told before a day (`until`)."""

    name = "takedown.hold.asked"

    for_line: Code
    authority: Code
    until: date


class HoldLifted(Event):
    """The host may be told again: the authority said so, or the day has come (`expired`)."""

    name = "takedown.hold.lifted"

    for_line: Code
    expired: bool
