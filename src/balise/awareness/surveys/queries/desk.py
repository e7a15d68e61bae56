"""What staff see of surveys: how far each is, its versions, links, and free texts to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from balise.awareness.places.structures.queries import card
from balise.awareness.questions.rules.checking import Finding
from balise.awareness.questions.rules.questions import Questionnaire
from balise.awareness.surveys import access
from balise.awareness.surveys.models import (
    LINE,
    TEXT,
    AnswerSet,
    FreeText,
    Invitation,
    QuotaCount,
    Survey,
    Wording,
)
from balise.awareness.surveys.queries.answers import Version, version
from balise.awareness.surveys.rules.promises import (
    NOTICE,
    Quota,
    Reading,
    findings,
    in_words,
    quotas,
)
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import keys_of_line
from balise.foundation.finding import NotHere, find
from balise.foundation.packs import Words

SHORT = 50  # free texts on one page


@dataclass(frozen=True, slots=True)
class Listed:
    """A survey with how many answers are stored; those that wait are not told."""

    survey: Survey
    title: Words | None
    stored: int


@dataclass(frozen=True, slots=True)
class Link:
    """The link of a school or structure."""

    row: Invitation
    structure: str
    answers_from: object


@dataclass(frozen=True, slots=True)
class Filled:
    """A quota, with how many answers of it were sent."""

    quota: Quota
    many: int


@dataclass(frozen=True, slots=True)
class Text:
    """A free text as it was written, or redacted; None once it was deleted."""

    id: UUID
    question: str
    says: str | None


@dataclass(frozen=True, slots=True)
class SurveyTold:
    """A survey as its page shows it."""

    survey: Survey
    title: Words | None
    stored: int
    versions: Sequence[Wording]
    prepared: Wording | None
    links: Sequence[Link]
    filled: Sequence[Filled]
    to_read: int


def listed(*, seen_by: Actor) -> list[Listed]:
    """Return all surveys, the newest first."""
    access.require(seen_by, access.READ)
    return [Listed(row, in_words(row.words, "title"), _stored(row)) for row in Survey.objects.all()]


def told(survey_id: UUID, *, seen_by: Actor) -> SurveyTold:
    """Return a survey with its versions, links and quotas. Raises NotHere."""
    access.require(seen_by, access.READ)
    row = find(Survey, id=survey_id)
    wordings = list(Wording.objects.filter(survey=row).order_by("-number"))
    published = [each for each in wordings if each.published_on]
    counts = dict(QuotaCount.objects.filter(survey=row).values_list("quota", "many"))
    return SurveyTold(
        row,
        in_words(row.words, "title"),
        _stored(row),
        published,
        next((each for each in wordings if not each.published_on), None),
        [
            Link(each, card(each.structure).name, each.notice_on + NOTICE)
            for each in Invitation.objects.filter(survey=row).order_by("notice_on", "id")
        ],
        [
            Filled(each, counts.get(each.key, 0))
            for each in (quotas(published[0].source) if published else ())
        ],
        to_read(row.id),
    )


def latest(survey_id: UUID, *, seen_by: Actor) -> Version:
    """Return the version in preparation, or else the newest. Raises NotHere."""
    access.require(seen_by, access.READ)
    row = Wording.objects.filter(survey=survey_id).order_by("-number").first()
    if row is None:
        raise NotHere
    return version(row)


def found_in(one: Survey, wording: Version) -> Sequence[Finding]:
    """Return what is wrong with a version."""
    return findings(wording.source, audience=one.whom, languages=one.languages)


def to_read(survey_id: UUID) -> int:
    """Return how many free texts of a survey nobody read yet."""
    return FreeText.objects.filter(wording__survey=survey_id, reading=Reading.WAITING).count()


def waiting_texts(survey_id: UUID) -> QuerySet[FreeText]:
    """Return the free texts that a page of those to read has."""
    waiting = FreeText.objects.filter(wording__survey=survey_id, reading=Reading.WAITING)
    return waiting.select_related("wording").order_by("id")[:SHORT]


def texts(survey_id: UUID, *, seen_by: Actor) -> list[Text]:
    """Return free texts that nobody read yet, in no order that means anything.

    Whoever shows them writes down that they were opened (`actions.reading`).
    """
    access.require(seen_by, access.TEXTS)
    rows = list(waiting_texts(survey_id))
    keys = keys_of_line(LINE, [row.id for row in rows])
    asked: dict[UUID, Questionnaire] = {}
    found: list[Text] = []
    for row in rows:
        written = None
        if row.id in keys and row.sealed:
            written = str(keys[row.id].open(row.sealed, where=TEXT, row=row.id)["text"])
        found.append(Text(row.id, _asks(row, asked), written))
    return found


def shown_texts(survey_id: UUID, *, seen_by: Actor) -> list[Text]:
    """Return free texts that may be shown, as they were redacted, by alphabet."""
    access.require(seen_by, access.TEXTS)
    found = FreeText.objects.filter(wording__survey=survey_id, reading=Reading.SHOWN)
    asked: dict[UUID, Questionnaire] = {}
    return [
        Text(row.id, _asks(row, asked), row.shown)
        for row in found.select_related("wording").order_by("question", "shown", "id")
    ]


def survey_of_text(text_id: UUID, *, seen_by: Actor) -> UUID:
    """Return which survey a free text is of. Raises NotHere."""
    access.require(seen_by, access.TEXTS)
    return find(FreeText.objects.select_related("wording"), id=text_id).wording.survey_id


def survey_of_link(invitation_id: UUID, *, seen_by: Actor) -> UUID:
    """Return which survey a link is of. Raises NotHere."""
    access.require(seen_by, access.INVITE)
    return find(Invitation, id=invitation_id).survey_id


def _asks(row: FreeText, asked: dict[UUID, Questionnaire]) -> str:
    """Return the question that a text answers; `asked` keeps what was read of wordings."""
    if row.wording_id not in asked:
        asked[row.wording_id] = version(row.wording).questionnaire
    question = asked[row.wording_id].question(row.question)
    return str(question.asks) if question else row.question


def _stored(row: Survey) -> int:
    return AnswerSet.objects.filter(wording__survey=row).count()
