"""Publish results: an edition, frozen, that tells nobody's answer."""

from uuid import UUID

from django.db import transaction

from balise.awareness.surveys import access
from balise.awareness.surveys.events import ResultsPublished
from balise.awareness.surveys.models import Edition, Survey
from balise.awareness.surveys.queries import results
from balise.awareness.surveys.queries.answers import texts_read, versions_of
from balise.awareness.surveys.rules import editions
from balise.awareness.surveys.rules.results import Results
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.journal.book import record


@transaction.atomic
def publish(*, survey_id: UUID, weighted: bool, by: Actor) -> int:
    """Publish the results of all answers that are stored; return the number of the edition.

    Refuses results of few people, or of few more than the last edition (TooFew), another way to
    weigh than the first edition's (WeightedOtherwise), and weights that cannot be (CannotWeigh).
    Free texts that were read join it, those of a question together or not at all.
    """
    access.require(by, access.PUBLISH_RESULTS)
    survey = Survey.locked(survey_id)
    before = list(Edition.objects.filter(survey=survey).order_by("number"))
    was = [Results.read(each.told) for each in before]
    found = results.computed(
        survey, weighted=weighted, before=[results.left_of(each) for each in before]
    )
    is_weighted = found.results.weighting is not None
    editions.check_weighted(
        weighted=is_weighted, before=[each.weighting is not None for each in was]
    )
    editions.check_many(
        found.results.answers, [each.answers for each in was], minimum=survey.minimum
    )
    versions = versions_of(survey.id)
    edition = Edition.objects.create(
        survey=survey,
        number=len(before) + 1,
        wording=versions[-1].number,
        published_on=today(),
        told=found.results.told(),
        left={code: one and one.told() for code, one in found.left.items()},
    )
    for question in versions[-1].questionnaire.questions:
        texts = texts_read(survey.id, question, versions).filter(edition=None)
        if editions.are_enough(texts.count(), minimum=survey.minimum):
            texts.update(edition=edition.number)
    record(
        ResultsPublished(
            subject=survey.id,
            edition=edition.number,
            answers=found.results.answers,
            weighted=int(is_weighted),
        ),
        by=by,
    )
    return edition.number
