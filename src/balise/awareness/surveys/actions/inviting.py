"""Ask minors through a school or structure: parents are told first."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.network.structures.queries import card
from balise.awareness.surveys import access, events
from balise.awareness.surveys.models import Invitation, Survey
from balise.awareness.surveys.rules import promises
from balise.awareness.surveys.rules.refusals import StateWrong
from balise.awareness.surveys.rules.words import Audience, SurveyState
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.journal.book import record


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
