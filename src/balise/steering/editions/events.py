"""What happened to an edition."""

from datetime import date, datetime
from uuid import UUID

from balise.foundation.journal.events import Code, Event


class EditionOpened(Event, name="steering.edition.opened"):
    template: Code
    day: date
    first: date
    last: date


class EditionChanged(Event, name="steering.edition.changed"):
    """Its days, or what it is compared with, were changed."""

    first: date
    last: date


class SectionWritten(Event, name="steering.section.written"):
    """The words of a page, its place, or whether it is in, were changed."""

    edition: UUID
    section: Code


class ReviewAsked(Event, name="steering.edition.review-asked"):
    """A second person is to read it."""

    digest: Code


class EditionApproved(Event, name="steering.edition.approved"):
    """A second person read it; `digest` is of what they read."""

    digest: Code


class EditionFrozen(Event, name="steering.edition.frozen"):
    """It stays as it is; `digest` is of its pages and tables. `alone`: one person only read it."""

    day: date
    figures: int
    digest: Code
    alone: bool = False


class EditionDrawn(Event, name="steering.edition.drawn"):
    """Its files are kept."""

    files: int


class EditionPublished(Event, name="steering.edition.published"):
    """Everyone reads it from `at`, which may be to come."""

    day: date
    at: datetime | None = None


class EditionHeld(Event, name="steering.edition.held"):
    """Its embargo was given up before it ended: it is not published."""

    day: date


class CorrectionOpened(Event, name="steering.edition.correction-opened"):
    """A draft that corrects a frozen edition; the subject is the draft."""

    corrects: UUID
    erratum: int


class EditionReplaced(Event, name="steering.edition.replaced"):
    """From `at` another edition stands in its place."""

    by: UUID
    at: datetime


class WithdrawalAsked(Event, name="steering.edition.withdrawal-asked"):
    """One person wants it withdrawn; `at_once`: nobody reads it from now."""

    day: date
    at_once: bool


class EditionWithdrawn(Event, name="steering.edition.withdrawn"):
    """A second person confirmed that it is withdrawn."""

    day: date


class LinkGiven(Event, name="steering.link.given"):
    """A member may read the draft until a day; the subject is the link."""

    edition: UUID
    number: int
    until: date


class LinkOpened(Event, name="steering.link.opened"):
    """The bearer of a link opened the draft for the first time."""

    edition: UUID


class CommentMade(Event, name="steering.comment.made"):
    edition: UUID


class CommentAnswered(Event, name="steering.comment.answered"):
    edition: UUID
