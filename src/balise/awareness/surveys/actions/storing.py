"""Store answers that were sent: together, in random order, with one day.

A row of answers must not be matched to an hour. So nothing is stored alone: a batch is at least the
smallest group that is shown. Each batch writes all rows of the survey again, with new ids and in a
random order, so that neither the order of rows nor the moment of their writing tells of one.
"""

from secrets import SystemRandom
from uuid import UUID, uuid4

from django.db import transaction

from balise.awareness.surveys.events import AnswersStored
from balise.awareness.surveys.models import (
    LINE,
    TEXT,
    WAITING,
    AnswerSet,
    FreeText,
    Survey,
    Waiting,
    Wording,
)
from balise.awareness.surveys.rules import tabulating, weighting
from balise.awareness.surveys.rules.promises import SurveyState
from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    WRAP_COLUMNS,
    BatchSealer,
    forget,
    keys_of_line,
    new_key,
)
from balise.foundation.journal.book import record

_chance = SystemRandom()


@transaction.atomic
def store(*, survey_id: UUID, by: Actor) -> int:
    """Store the answers that wait, and return how many; none while they are fewer than a group.

    Once the survey is closed the last ones are stored, however few, with the day of those before.
    """
    survey = Survey.locked(survey_id)
    waiting = list(Waiting.objects.filter(survey=survey).select_related("wording"))
    is_last = survey.stands is SurveyState.CLOSED
    if not waiting or (len(waiting) < survey.minimum and not is_last):
        return 0
    keys = keys_of_line(LINE, [row.id for row in waiting])
    stored = AnswerSet.objects.filter(wording__survey=survey)
    lines = list(stored.values_list("wording", "day", "answers"))
    day = min(today(), survey.closes_on)
    if is_last and len(waiting) < survey.minimum and lines:
        day = max(day for _wording, day, _answers in lines)
    written: list[tuple[Wording, str, str]] = []
    for row in waiting:
        if row.id not in keys:  # its key is gone: nobody opens it, and retention deletes it
            continue
        told = keys[row.id].open(row.sealed, where=WAITING, row=row.id)["answers"]
        asked = weighting.questionnaire(row.wording.source)
        lines.append((row.wording_id, day, tabulating.packed(asked, told)))
        written += [(row.wording, code, text) for code, text in tabulating.texts(asked, told)]
    _chance.shuffle(lines)
    stored.delete()
    rows.insert(
        AnswerSet, ("id", "wording", "day", "answers"), [(uuid4(), *line) for line in lines]
    )
    store_texts(written=written, by=by)
    forget(keys)
    Waiting.objects.filter(id__in=list(keys)).delete()
    record(AnswersStored(subject=survey.id, many=len(keys), day=day), by=by)
    return len(keys)


def store_all(*, by: Actor) -> int:
    """Store what waits of every survey; return how many answers it was."""
    found = Waiting.objects.values_list("survey", flat=True).distinct().order_by()
    return sum(store(survey_id=survey_id, by=by) for survey_id in list(found))


def store_texts(
    *,
    written: list[tuple[Wording, str, str]],
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> None:
    """Store free texts, each encrypted, in an order of their own."""
    if not written:
        return
    _chance.shuffle(written)
    sealer = BatchSealer(LINE)
    texts, wraps = [], [sealer.own_columns()]
    for wording, question, text in written:
        key = new_key(LINE, uuid4())
        sealed = key.seal({"text": text}, where=TEXT, row=key.record)
        texts.append(FreeText(id=key.record, wording=wording, question=question, sealed=sealed))
        wraps.append(sealer.columns(key))
    rows.insert(KeyWrap, WRAP_COLUMNS, wraps)
    FreeText.objects.bulk_create(texts)
