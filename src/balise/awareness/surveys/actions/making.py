"""Make a survey, write its wording, publish a version, open and close it."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.places.structures.queries import card
from balise.awareness.surveys import access, events
from balise.awareness.surveys.documents.reading import read_text
from balise.awareness.surveys.models import FreeText, Invitation, Survey, Wording
from balise.awareness.surveys.queries import desk
from balise.awareness.surveys.queries.public import is_begun
from balise.awareness.surveys.rules import promises, weighting
from balise.awareness.surveys.rules.promises import (
    LEAST_GROUP,
    Audience,
    NothingPrepared,
    PromiseMade,
    Reading,
    SlugTaken,
    StateWrong,
    SurveyState,
    TextChanged,
    WordingFaulty,
)
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code

RESERVED = frozenset({"resume", "link", "parents"})  # pages of the public door

type ByLanguage = Mapping[str, Mapping[str, str]]


def make(
    *,
    slug: str,
    words: ByLanguage,
    languages: list[str],
    audience: Audience,
    opens_on: date,
    closes_on: date,
    minimum: int = LEAST_GROUP,
    by: Actor,
) -> UUID:
    """Prepare a survey; return its id. Refuses an address that is taken, and missing words."""
    access.require(by, access.WRITE)
    promises.check_words(words, languages)
    promises.check_days(opens_on, closes_on)
    survey = Survey(
        slug=slug,
        words=words,
        languages=languages,
        audience=audience,
        opens_on=opens_on,
        closes_on=closes_on,
        minimum=max(minimum, LEAST_GROUP),
    )
    taken = SlugTaken(_("Another page has this address."))
    if slug in RESERVED:
        raise taken
    try:
        with transaction.atomic():
            survey.save(force_insert=True)
            record(events.SurveyMade(subject=survey.id, audience=Code(audience)), by=by)
    except IntegrityError:
        raise taken from None
    return survey.id


@transaction.atomic
def change(
    *,
    survey_id: UUID,
    words: ByLanguage,
    opens_on: date,
    closes_on: date,
    minimum: int,
    invited: int | None,
    by: Actor,
) -> None:
    """Change what a survey says of itself, and its days.

    The smallest group is promised: refused (PromiseMade) from the first answer on, sent or not.
    """
    access.require(by, access.WRITE)
    survey = Survey.locked(survey_id)
    promises.check_words(words, survey.languages)
    promises.check_days(opens_on, closes_on)
    if survey.stands is SurveyState.CLOSED and closes_on != survey.closes_on:
        raise StateWrong(_("This survey is closed: its days stay."))
    if minimum != survey.minimum and is_begun(survey_id):
        raise PromiseMade(
            _("People have answered already: the smallest group that is shown stays.")
        )
    survey.words, survey.invited = dict(words), invited
    survey.opens_on, survey.closes_on = opens_on, closes_on
    survey.minimum = max(minimum, LEAST_GROUP)
    survey.save()
    record(
        events.SurveyChanged(subject=survey.id, minimum=survey.minimum, closes_on=closes_on), by=by
    )


def write(*, survey_id: UUID, text: str, by: Actor) -> int:
    """Write the version in preparation, from TOML or JSON; return its number.

    Refuses what the engine of questions cannot read (WordingFaulty), and a closed survey.
    """
    access.require(by, access.WRITE)
    source = read_text(text)  # in a child, before anything is locked
    with transaction.atomic():
        survey = Survey.locked(survey_id)
        if survey.stands is SurveyState.CLOSED:
            raise StateWrong(_("This survey is closed: its wording stays."))
        of = Wording.objects.filter(survey=survey)
        row = of.filter(published_on=None).first()
        if row is None:
            row = Wording(survey=survey, number=of.count() + 1)
        row.source, row.hash = source, weighting.digest(source)
        row.save()
        record(events.WordingWritten(subject=row.id, survey=survey.id, number=row.number), by=by)
        return row.number


@transaction.atomic
def publish(*, survey_id: UUID, by: Actor) -> int:
    """Publish the version in preparation, whole, for good; return its number.

    While the survey is open, it is what the next people are asked; those who began go on with
    theirs. Refuses one with a finding that stops it (WordingFaulty).
    """
    access.require(by, access.OPEN)
    survey = Survey.locked(survey_id)
    row = Wording.objects.filter(survey=survey, published_on=None).first()
    if row is None or survey.stands is SurveyState.CLOSED:
        raise NothingPrepared(_("No version is in preparation."))
    found = promises.findings(row.source, audience=survey.whom, languages=survey.languages)
    if any(each.stops for each in found):
        raise WordingFaulty(_("Correct what was found in the questionnaire first."))
    row.published_on = today()
    row.save(update_fields=("published_on",))
    record(
        events.WordingPublished(
            subject=row.id, survey=survey.id, number=row.number, digest=Code(row.hash[:40])
        ),
        by=by,
    )
    return row.number


@transaction.atomic
def open_(*, survey_id: UUID, by: Actor) -> None:
    """Let people answer, from its first day to its last. Refuses one without a wording."""
    access.require(by, access.OPEN)
    survey = Survey.locked(survey_id)
    if survey.stands is not SurveyState.DRAFT:
        raise StateWrong(_("This survey was opened already."))
    if not Wording.objects.filter(survey=survey, published_on__isnull=False).exists():
        raise NothingPrepared(_("Publish the questionnaire first."))
    survey.state = SurveyState.OPEN
    survey.save(update_fields=("state",))
    record(events.SurveyOpened(subject=survey.id), by=by)


def close(*, survey_id: UUID, by: Actor) -> None:
    """Take no answers any more; those that wait are stored by a worker. It stays closed."""
    access.require(by, access.OPEN)
    with transaction.atomic():
        survey = Survey.locked(survey_id)
        if survey.stands is not SurveyState.OPEN:
            raise StateWrong(_("This survey is not open."))
        survey.state, survey.closed_on = SurveyState.CLOSED, min(today(), survey.closes_on)
        survey.save(update_fields=("state", "closed_on"))
        record(events.SurveyClosed(subject=survey.id), by=by)


def close_due(*, by: Actor) -> int:
    """Close surveys whose last day is over; return how many."""
    due = Survey.objects.filter(state=SurveyState.OPEN, closes_on__lt=today()).values_list(
        "id", flat=True
    )
    found = list(due)
    for survey_id in found:
        close(survey_id=survey_id, by=by)
    return len(found)


# Ask minors through a school or structure: parents are told first.


@transaction.atomic
def invite(*, survey_id: UUID, structure: UUID, notice_on: date, ends_on: date, by: Actor) -> UUID:
    """Give a structure its link: a page for parents at once, answers seven days after the notice.

    Refuses a survey of adults (StateWrong), and days that leave parents less (NoticeTooLate).
    """
    access.require(by, access.INVITE)
    survey = Survey.locked(survey_id)
    if survey.whom is not Audience.MINORS or survey.stands is SurveyState.CLOSED:
        raise StateWrong(_("Links are for surveys of minors that are not closed."))
    promises.check_notice(notice_on, ends_on, today=today())
    row = Invitation.objects.create(
        survey=survey, structure=card(structure).id, notice_on=notice_on, ends_on=ends_on
    )
    record(
        events.LinkGiven(
            subject=row.id, survey=survey.id, structure=row.structure, notice_on=notice_on
        ),
        by=by,
    )
    return row.id


@transaction.atomic
def end(*, invitation_id: UUID, by: Actor) -> None:
    """End a link before its day. Refuses one that ended."""
    access.require(by, access.INVITE)
    row = Invitation.locked(invitation_id)
    if row.ended_on is not None:
        raise StateWrong(_("This link has ended already."))
    row.ended_on = today()
    row.save(update_fields=("ended_on",))
    record(events.LinkEnded(subject=row.id), by=by)


# Read free texts: each is shown, perhaps redacted, or not shown, by someone who read it.


@transaction.atomic
def open_texts(*, survey_id: UUID, by: Actor) -> Sequence[desk.Text]:
    """Return free texts that nobody read yet, in no order; who opened how many is written."""
    access.require(by, access.TEXTS)
    many = desk.waiting_texts(survey_id).count()
    if many:
        record(events.TextsOpened(subject=survey_id, many=many), by=by)
    return desk.texts(survey_id, seen_by=by)


@transaction.atomic
def show(*, text_id: UUID, redacted: str, by: Actor) -> None:
    """Let a text be shown as it was redacted: without names, places, and what tells of one person.

    Refuses one that someone else decided about meanwhile, and an empty one (TextChanged).
    """
    access.require(by, access.TEXTS)
    row = FreeText.locked(text_id)
    if row.stands is not Reading.WAITING:
        raise TextChanged(_("Someone else has read this text meanwhile."))
    if not redacted.strip():
        raise TextChanged(_("Nothing is left of this text: withhold it."))
    row.shown, row.reading = redacted.strip(), Reading.SHOWN
    row.save(update_fields=("shown", "reading"))
    record(events.TextShown(subject=row.id), by=by)


@transaction.atomic
def withhold(*, text_id: UUID, by: Actor) -> None:
    """Keep a text from being shown, or from being shown any longer, in published results too.

    Refuses one that is withheld already (TextChanged).
    """
    access.require(by, access.TEXTS)
    row = FreeText.locked(text_id)
    if row.stands is Reading.WITHHELD:
        raise TextChanged(_("This text is withheld already."))
    row.shown, row.reading = "", Reading.WITHHELD
    row.save(update_fields=("shown", "reading"))
    record(events.TextWithheld(subject=row.id), by=by)
