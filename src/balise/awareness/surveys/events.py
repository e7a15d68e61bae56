"""What happened to surveys. That someone answered is told by batch, so that no hour is known."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event


class SurveyMade(Event, name="awareness.survey.made"):
    """A survey is in preparation."""

    audience: Code


class SurveyChanged(Event, name="awareness.survey.changed"):
    """Its words, days or settings changed."""

    minimum: int
    closes_on: date


class WordingWritten(Event, name="awareness.survey-wording.written"):
    """A version of the wording was written; it is not published."""

    survey: UUID
    number: int


class WordingPublished(Event, name="awareness.survey-wording.published"):
    """A version is asked from now on; `digest` is the beginning of its SHA-256."""

    survey: UUID
    number: int
    digest: Code


class SurveyOpened(Event, name="awareness.survey.opened"):
    """People answer."""


class SurveyClosed(Event, name="awareness.survey.closed"):
    """Nobody answers any more."""


class LinkGiven(Event, name="awareness.survey-link.given"):
    """A school or structure has minors answer, after a notice to parents; the subject is it."""

    survey: UUID
    structure: UUID
    notice_on: date


class LinkEnded(Event, name="awareness.survey-link.ended"):
    """Its link opens nothing any more."""


class AnswersStored(Event, name="awareness.survey-answers.stored"):
    """So many answers to a survey were stored together, with one day."""

    many: int
    day: date


class TextsOpened(Event, name="awareness.survey-texts.opened"):
    """Someone opened so many free texts of a survey, as they were written."""

    many: int


class TextShown(Event, name="awareness.survey-text.shown"):
    """A free text was read, perhaps redacted, and may be shown."""


class TextWithheld(Event, name="awareness.survey-text.withheld"):
    """A free text was read and is not shown, or not any more."""


class ResultsPublished(Event, name="awareness.survey-results.published"):
    """An edition of results was published, of so many answers; `weighted` is 1 or 0."""

    edition: int
    answers: int
    weighted: int
