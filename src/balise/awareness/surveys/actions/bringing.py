"""Bring in answers that people gave elsewhere, on paper or in a meeting: many sets at once.

Each leaves what a draft leaves that was begun, answered whole and sent (`answering`): it waits,
sealed, to be stored with others.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from balise.awareness.surveys import access
from balise.awareness.surveys.models import LINE, WAITING, QuotaCount, Sent, Survey, Waiting
from balise.awareness.surveys.queries import drafts, public
from balise.awareness.surveys.rules import wordings
from balise.awareness.surveys.rules.quotas import quotas
from balise.awareness.surveys.rules.refusals import NotOpen, Unfinished
from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.phrases import WORDS, canonical, new_phrase
from balise.foundation.encryption.sealing import WRAP_COLUMNS, BatchSealer, new_key


@transaction.atomic
def bring_in(*, survey_id: UUID, sets: Sequence[Mapping[str, str]], by: Actor) -> int:
    """Bring in sets of answers to the newest wording; return how many.

    Refuses a survey that is not open (NotOpen) and a set that is not whole (Unfinished): all or
    none.
    """
    access.require(by, access.WRITE)
    survey = Survey.locked(survey_id)
    wording = survey.wordings.filter(published_on__isnull=False).order_by("-number").first()
    standing = public.standing(public.of(survey), None)
    if wording is None or standing is not public.Standing.OPEN:
        raise NotOpen(str(standing.label))
    asked, sealer = wordings.questionnaire(wording.source), BatchSealer(LINE)
    waiting: list[Waiting] = []
    wraps = [sealer.own_columns()]
    for answers in sets:
        if asked.following(answers) is not None:
            raise Unfinished(_("Some questions have no answer yet."))
        counted, key = asked.counted(answers), new_key(LINE, uuid4())
        sealed = key.seal({"answers": counted}, where=WAITING, row=key.record)
        waiting.append(Waiting(id=key.record, survey=survey, wording=wording, sealed=sealed))
        wraps.append(sealer.columns(key))
        for quota in quotas(wording.source):
            if quota.fits(counted):
                row, _is_new = QuotaCount.objects.get_or_create(survey=survey, quota=quota.key)
                QuotaCount.objects.filter(pk=row.pk).update(many=F("many") + 1)
    rows.insert_objects(waiting)
    rows.insert(KeyWrap, WRAP_COLUMNS, wraps)
    marks = (drafts.mark_of(canonical(new_phrase("fr", words=WORDS))) for _each in waiting)
    rows.insert_objects([Sent(mark=mark, survey=survey) for mark in marks])
    return len(waiting)
