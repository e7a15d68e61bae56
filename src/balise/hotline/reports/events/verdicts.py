"""What happened on the way to a verdict and after it: reviews, closings, corrections, calls."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.hotline.reports.rules.words import Confidence, ContentState, Ground, Verdict
from balise.takedown.law.rules.items import AgeGroup, Answer, Commerciality, Sex, SiteType


class VerdictBegun(Event, name="hotline.content.verdict-begun"):
    """An analyst began a verdict, or went on with a colleague's: what they type is kept."""


class ContentAssessed(Event, name="hotline.content.assessed"):
    """An analyst gave a verdict; it is `final` unless a second look is asked.

    `law_text` is the id of the text that it names, "" where it names none.
    """

    verdict: Verdict
    category: Code
    offence: Code
    law_text: Code
    confidence: Confidence
    ground: Ground
    second_look: bool
    final: bool
    seconds: int
    band: Code


class ContentClosing(Event, name="hotline.content.closing"):
    """Someone decides a content with others; its verdict follows, unless undone."""

    closing: UUID


class ClosingUndone(Event, name="hotline.content.closing-undone"):
    """Someone undid the closing that a content was part of: it waits as before."""

    closing: UUID


class ClosingLeft(Event, name="hotline.content.closing-left"):
    """Something was said of a content that was being closed with others: it waits again."""


class ReviewsDiffer(Event, name="hotline.content.reviews-differ"):
    """A blind second review says otherwise than the first: a third person decides."""


class ReviewsSettled(Event, name="hotline.content.reviews-settled"):
    """A third review decided between two; `by_lead_alone`: of one of the two, nobody else was."""

    by_lead_alone: bool


class PoliceCalled(Event, name="hotline.content.police-called"):
    """Someone called the police, or another number of danger, about a content: which, by its code.

    It may be before any verdict. Nothing of what was said is kept.
    """

    number: Code


class DifferenceRead(Event, name="hotline.content.difference-read"):
    """An analyst read that someone reviewed a content otherwise than they had."""


class VerdictOverturned(Event, name="hotline.content.verdict-overturned"):
    """A third analyst did not agree with one of two reviews, which said this."""

    verdict: Verdict


class VerdictProposedBack(Event, name="hotline.content.correction-asked"):
    """Someone asks that a final verdict is taken back; a second person agrees or does not."""

    verdict: Verdict


class CorrectionEnded(Event, name="hotline.content.correction-ended"):
    """A second person agreed that a verdict is taken back, or did not."""

    agreed: bool


class VerdictTakenBack(Event, name="hotline.content.taken-back"):
    """A final verdict was wrong: it counts no more on the day on which it was given.

    `undone`: nothing had left the house, and its author undid it within ten minutes.
    """

    verdict: Verdict
    decided_on: date
    undone: bool


class ContentDecided(Event, name="hotline.content.decided"):
    """A verdict became final, and the content moved to its state."""

    verdict: Verdict
    state: ContentState
    category: Code
    seconds: int
    band: Code


class IllegalCounted(Event, name="hotline.content.illegal-counted"):
    """An illegal content enters the figures as its items show it, or leaves them: `contents` is -1.

    `country` (ISO 3166) is of the trace that stood at the verdict. `age` is of the youngest child;
    kind of site and money are the first that is known; `baseline` is of any item.
    """

    decided_on: date
    contents: int
    country: Code
    site_type: SiteType
    commerciality: Commerciality
    baseline: Answer
    age: AgeGroup
    sex: Sex
