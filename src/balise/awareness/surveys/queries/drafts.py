"""Answers that are not sent yet, for whoever has the six words."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from balise.awareness.questions.rules.questionnaires import Questionnaire
from balise.awareness.surveys.models import DRAFT, LINE, AnswerSet, Draft, Sent, Survey
from balise.awareness.surveys.rules import wordings
from balise.awareness.surveys.rules.drafts import Given
from balise.foundation.encryption.phrases import WORDS, canonical, read_phrase
from balise.foundation.encryption.sealing import RecordKey, blind

_INDEX = "surveys.draft"
_MARK = "surveys.sent"
_KEY = ("surveys.draft-key.1", "surveys.draft-key.2")  # 16 bytes each, of 32


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft that six words opened; `words` are in canonical form."""

    words: str
    row: Draft
    given: Given

    @property
    def survey(self) -> Survey:
        return self.row.wording.survey

    @property
    def questionnaire(self) -> Questionnaire:
        return wordings.questionnaire(self.row.wording.source)


def index_of(words: str) -> bytes:
    """Return the blind index of six words, in canonical form."""
    return blind(LINE, _INDEX, words)


def mark_of(words: str) -> bytes:
    """Return the mark that what these words opened is sent; it is no index of a draft."""
    return blind(LINE, _MARK, words)


def key_of(words: str, row: Draft) -> RecordKey:
    """Return the key of a draft: of the six words, and of our index key; it is stored nowhere."""
    return RecordKey(LINE, row.id, b"".join(blind(LINE, field, words) for field in _KEY))


def begun(phrase: str, *, lock: bool = False) -> Begun | None:
    """Return what six words open, as they were typed or as an address has them."""
    for words in readings(phrase):
        rows = Draft.objects.select_related("wording__survey", "invitation")
        if lock:
            rows = rows.select_for_update(of=("self",))
        row = rows.filter(index=index_of(words)).first()
        if row is not None:
            return Begun(words, row, Given.read(opened(words, row)))
    return None


def opened(words: str, row: Draft) -> dict[str, dict[str, str]]:
    """Return what a draft has encrypted."""
    return key_of(words, row).open(row.sealed, where=DRAFT, row=row.id)


def sealed(words: str, row: Draft, given: Given) -> bytes:
    """Return what a draft is to keep."""
    return key_of(words, row).seal(given.told(), where=DRAFT, row=row.id)


def is_sent(phrase: str) -> bool:
    """Return whether what six words opened was sent; known for 30 days after the survey."""
    marks = [mark_of(words) for words in readings(phrase)]
    return Sent.objects.filter(mark__in=marks).exists()


def readings(phrase: str) -> Sequence[str]:
    """Return what a phrase may mean, in canonical form; nothing where it is none."""
    return read_phrase(phrase, words=WORDS)


def address_of(words: list[str]) -> str:
    """Return six words as they stand in an address."""
    return canonical(words).replace(" ", "-")


def is_begun(survey_id: UUID) -> bool:
    """Return whether someone began to answer a survey, whether they sent it or not."""
    return (
        Draft.objects.filter(wording__survey=survey_id).exists()
        or Sent.objects.filter(survey=survey_id).exists()
        or AnswerSet.objects.filter(wording__survey=survey_id).exists()
    )
