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


class DossierDrafted(DossierEvent, name="takedown.dossier.drafted"):
    """A dossier was drafted."""


class DossierBrought(DossierEvent, name="takedown.dossier.brought"):
    """Another line handed over what someone kept themselves, with their yes."""

    origin: Code
    items: int


class DossierPaperOpened(DossierEvent, name="takedown.dossier.paper-opened"):
    """Someone opened the paper of what was brought."""


class DossierRead(DossierEvent, name="takedown.dossier.read"):
    """Someone opened what a dossier says."""


class DossierRevised(DossierEvent, name="takedown.dossier.revised"):
    """The text of a draft changed."""


class DossierWithdrawn(DossierEvent, name="takedown.dossier.withdrawn"):
    """It was cancelled before it was sent, by a person or because it was left too long."""


class DossierApproved(DossierEvent, name="takedown.dossier.approved"):
    """A second person approved it, and it has its number; a worker packs it."""


class DossierApprovedAlone(DossierEvent, name="takedown.dossier.approved-alone"):
    """In danger, before a verdict, its author approved it; a second person reads it after."""


class DossierSecondRead(DossierEvent, name="takedown.dossier.second-read"):
    """A second person read what one had approved alone, so many `seconds` after."""

    seconds: int


class DossierPacked(DossierEvent, name="takedown.dossier.packed"):
    """It is signed: whether a timestamp and the authority's seal are on it."""

    timestamped: bool
    sealed: bool


class DossierDownloaded(DossierEvent, name="takedown.dossier.downloaded"):
    """Someone downloaded the package, encrypted to the authority or open."""

    sealed: bool


class DossierQueued(DossierEvent, name="takedown.dossier.queued"):
    """Someone decided to mail it; a worker does."""


class DossierNotMailed(DossierEvent, name="takedown.dossier.not-mailed"):
    failure: Failure


class DossierHandedOver(DossierEvent, name="takedown.dossier.handed-over"):
    """The authority has it, so many `seconds` after the centre received the first report."""

    channel: Channel
    seconds: int
    band: Code


class DossierOverdue(DossierEvent, name="takedown.dossier.overdue"):
    """The authority has not said that it has it; `reminders` counts how often this was noted."""

    reminders: int


class DossierAcknowledged(DossierEvent, name="takedown.dossier.acknowledged"):
    """The authority gave its own number; `seconds` since it was handed over."""

    seconds: int


class DossierAnswered(DossierEvent, name="takedown.dossier.answered"):
    answer: Answer


class DossierRefused(DossierEvent, name="takedown.dossier.refused"):
    refusal: Refusal


class HoldAsked(Event, name="takedown.hold.asked"):
    """An authority asks that the host of a content is not told before a day (`until`)."""

    for_line: Code
    authority: Code
    until: date


class HoldLifted(Event, name="takedown.hold.lifted"):
    """The host may be told again: the authority said so, or the day has come (`expired`)."""

    for_line: Code
    expired: bool
