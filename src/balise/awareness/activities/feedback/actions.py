"""Count what someone says after a session; tell the journal of days that are over."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from balise.awareness.activities.feedback import access
from balise.awareness.activities.feedback.events import FeedbackCounted
from balise.awareness.activities.feedback.models import FeedbackTally, Once
from balise.awareness.activities.feedback.rules import AGES, asked
from balise.foundation.actors import Actor
from balise.foundation.journal.events import Code
from balise.foundation.statistics import tallies

MARKED: Final = timedelta(days=30)  # how long a second sending of one form is known


@transaction.atomic
def say(*, kit: UUID, form: str, given: Mapping[str, Sequence[str]], by: Actor) -> None:  # noqa: ARG001 - anyone
    """Count the answers of someone who led a session; a second sending counts nothing.

    Refuses an answer that is none (AnswerFaulty). Raises NotHere for a form that is not ours.
    """
    sent = access.read_form(form)
    answers = {each.code: each.read(given.get(each.code, ())) for each in asked(settings.COUNTRY)}
    if not tallies.once(Once, sent.bytes, what="feedback"):
        return
    ages = answers.pop(AGES)
    for question, answer in answers.items():
        tallies.add(FeedbackTally, kit=kit, ages=ages, question=question, answer=answer)


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was said on days that are over; return how many facts it was."""
    return tallies.tell(FeedbackTally, _fact, by=by)


def _fact(one: FeedbackTally) -> FeedbackCounted:
    return FeedbackCounted(
        subject=one.kit,
        day=one.day,
        question=Code(one.question),
        answer=Code(one.answer),
        times=one.untold,
    )
