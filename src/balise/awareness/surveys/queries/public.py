"""What everyone reads of surveys: what they are for, their wording, whether they are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.awareness.places.structures.queries import StructureCard, card
from balise.awareness.questions.rules.questions import Questionnaire
from balise.awareness.surveys.models import (
    DRAFT,
    LINE,
    AnswerSet,
    Draft,
    Invitation,
    QuotaCount,
    Sent,
    Survey,
    Wording,
)
from balise.awareness.surveys.queries.answers import Version, version
from balise.awareness.surveys.rules import weighting
from balise.awareness.surveys.rules.drafts import Given
from balise.awareness.surveys.rules.promises import NOTICE, Audience, SurveyState, in_words, quotas
from balise.foundation.clock import today
from balise.foundation.encryption.phrases import WORDS, canonical, read_phrase
from balise.foundation.encryption.sealing import RecordKey, blind
from balise.foundation.finding import NotHere, find
from balise.foundation.packs import Words

# Answers that are not sent yet, for whoever has the six words.


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
        return weighting.questionnaire(self.row.wording.source)


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


class Standing(TextChoices):
    """Whether someone can answer now, and why not."""

    OPEN = "open", _("This survey is open.")
    EARLY = "early", _("This survey is not open yet.")
    OVER = "over", _("This survey is closed.")
    LINK = "link", _("Minors answer through their school or organisation.")
    NOTICE = "notice", _("Answers are possible seven days after the notice to parents.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A survey as everyone sees it."""

    id: UUID
    slug: str
    title: Words | None
    about: Words | None
    population: Words | None
    method: Words | None
    audience: Audience
    languages: Sequence[str]
    minimum: int
    opens_on: date
    closes_on: date
    state: SurveyState
    is_made_up: bool


def of(row: Survey) -> Shown:
    """Return what everyone sees of a survey."""
    words = (in_words(row.words, name) for name in ("title", "about", "population", "method"))
    title, about, population, method = words
    return Shown(
        row.id,
        row.slug,
        title,
        about,
        population,
        method,
        row.whom,
        row.languages,
        row.minimum,
        row.opens_on,
        row.closes_on,
        row.stands,
        row.is_made_up,
    )


def survey(slug: str) -> Shown:
    """Return a survey that is or was open. Raises NotHere."""
    return of(find(Survey.objects.exclude(state=SurveyState.DRAFT), slug=slug))


def listed() -> list[Shown]:
    """Return the surveys that adults can answer now, the first to close first."""
    day = today()
    found = Survey.objects.filter(
        state=SurveyState.OPEN, audience=Audience.ADULTS, opens_on__lte=day, closes_on__gte=day
    )
    return [of(row) for row in found.order_by("closes_on", "slug")]


def over() -> list[Shown]:
    """Return the surveys that are closed, the last first."""
    return [
        of(row) for row in Survey.objects.filter(state=SurveyState.CLOSED).order_by("-closes_on")
    ]


def standing(one: Shown, link: Invitation | None) -> Standing:
    """Return whether someone can answer now, by a link or without."""
    day = today()
    if one.audience is Audience.MINORS and link is None:
        return Standing.LINK
    if link is not None and (link.ended_on or day > link.ends_on):
        return Standing.OVER
    if one.state is SurveyState.CLOSED or day > one.closes_on:
        return Standing.OVER
    if one.state is SurveyState.DRAFT or day < one.opens_on:
        return Standing.EARLY
    if link is not None and day < link.notice_on + NOTICE:
        return Standing.NOTICE
    return Standing.OPEN


def invitation(invitation_id: UUID) -> Invitation:
    """Return a link of a structure. Raises NotHere."""
    return find(Invitation.objects.select_related("survey"), id=invitation_id)


def structure_of(link: Invitation) -> StructureCard:
    """Return whose link it is. Raises NotHere."""
    return card(link.structure)


def wording(one: Shown, number: int = 0) -> Version:
    """Return a published version of a survey, the newest where none is named. Raises NotHere."""
    found = Wording.objects.filter(survey=one.id, published_on__isnull=False).order_by("-number")
    row = (found.filter(number=number) if number else found).first()
    if row is None:
        raise NotHere
    return version(row)


def is_full(one: Begun) -> bool:
    """Return whether enough people have given the answer that this person gave last.

    It is asked of that answer alone: whoever was further before others filled a quota goes on.
    """
    given = one.given
    fitting = {
        each.key: each.most
        for each in quotas(one.row.wording.source)
        if each.fits(given.answers) and given.versions[each.question] == one.row.version
    }
    counted = QuotaCount.objects.filter(survey=one.survey.id, quota__in=fitting)
    return any(row.many >= fitting[row.quota] for row in counted)
