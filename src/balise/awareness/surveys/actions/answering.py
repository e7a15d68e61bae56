"""Answer a survey: begin, answer, send. Anyone may; nobody is known, and no hour is written down.

The journal is not told of one answer: an entry has its moment. It is told of batches (`storing`).
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from balise.awareness.surveys import access
from balise.awareness.surveys.models import (
    LINE,
    WAITING,
    Draft,
    Invitation,
    QuotaCount,
    Sent,
    Survey,
    Waiting,
    Wording,
)
from balise.awareness.surveys.queries import public
from balise.awareness.surveys.queries.public import Begun
from balise.awareness.surveys.rules import weighting
from balise.awareness.surveys.rules.drafts import Given
from balise.awareness.surveys.rules.promises import (
    AnsweredAlready,
    AnsweredElsewhere,
    NotOpen,
    Unfinished,
    WordsUnknown,
    quotas,
)
from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.phrases import WORDS, canonical, new_phrase
from balise.foundation.encryption.sealing import WRAP_COLUMNS, BatchSealer, keep, new_key
from balise.foundation.finding import NotHere, there

_TRIES = 5


def begin(*, slug: str, language: str, invitation: UUID | None = None, by: Actor) -> str:  # noqa: ARG001 - anyone
    """Begin to answer with the newest version; return the six words, as an address has them.

    Refuses a survey that is not open, or of minors without the link of a structure (NotOpen).
    """
    survey = public.survey(slug)
    link = None if invitation is None else public.invitation(invitation)
    _require_open(public.standing(survey, link))
    wording = (
        Wording.objects.filter(survey=survey.id, published_on__isnull=False).order_by("-number")
    ).first()
    if wording is None:
        raise NotHere
    for _nth in range(_TRIES):
        phrase = new_phrase(language, words=WORDS)
        words = canonical(phrase)
        row = Draft(
            id=uuid4(),
            index=public.index_of(words),
            wording=wording,
            invitation=link,
            changed_on=today(),
        )
        row.sealed = public.sealed(words, row, Given())
        with suppress(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
            return public.address_of(phrase)
    raise WordsUnknown(_("Try once more."))  # five times words that someone has: never seen


@transaction.atomic
def answer(
    *,
    words: str,
    given: Mapping[str, Sequence[str]],
    seen: int,
    by: Actor,  # noqa: ARG001
) -> Begun:
    """Note answers of one page; `seen` is the draft's version when that page was drawn.

    Refuses an answer that is none (AnswerFaulty), one that another tab answered otherwise after
    the page was drawn (AnsweredElsewhere), and any once the survey is closed (NotOpen).
    """
    one = _locked(words)
    _require_open(public.standing(public.of(one.survey), one.row.invitation))
    asked = one.questionnaire
    new: dict[str, str] = {}
    for code, values in given.items():
        question = asked.question(code)
        if question is None:
            raise NotHere
        new[code] = question.read(values)
    others = one.given.elsewhere(new, seen=seen)
    if others:
        raise AnsweredElsewhere(
            _("Another tab has answered this question otherwise. Send again to replace it.")
        )
    row = one.row
    row.version += 1
    one = replace(one, given=one.given.with_more(new, version=row.version))
    row.sealed, row.changed_on = public.sealed(one.words, row, one.given), today()
    row.save(update_fields=("sealed", "version", "changed_on"))
    return one


@transaction.atomic
def give_up(*, words: str, by: Actor) -> None:  # noqa: ARG001
    """Delete what is not sent. Raises NotHere for words that open nothing (any more)."""
    there(public.begun(words, lock=True)).row.delete()


@transaction.atomic
def send(*, words: str, by: Actor) -> None:  # noqa: ARG001
    """Send a draft, once: a second time changes nothing. The draft and its words are gone then.

    Refuses a survey that closed meanwhile (NotOpen), and a draft with a page left (Unfinished).
    """
    if public.is_sent(words):
        return
    one = _locked(words)
    _require_open(public.standing(public.of(one.survey), one.row.invitation))
    asked, given = one.questionnaire, one.given.answers
    if asked.following(given) is not None:
        raise Unfinished(_("Some questions have no answer yet."))
    counted = asked.counted(given)
    waiting = uuid4()
    key = new_key(LINE, waiting)
    keep(key)
    sealed = key.seal({"answers": counted}, where=WAITING, row=waiting)
    rows.insert(
        Waiting,
        ("id", "survey", "wording", "sealed"),
        [(waiting, one.survey.id, one.row.wording_id, sealed)],
    )
    Sent.objects.bulk_create([Sent(mark=public.mark_of(one.words), survey=one.survey)])
    for quota in quotas(one.row.wording.source):
        if quota.fits(counted):
            row, _is_new = QuotaCount.objects.get_or_create(survey=one.survey, quota=quota.key)
            QuotaCount.objects.filter(pk=row.pk).update(many=F("many") + 1)
    if one.row.invitation_id:
        Invitation.objects.filter(id=one.row.invitation_id).update(sent=F("sent") + 1)
    one.row.delete()


def _require_open(standing: public.Standing) -> None:
    """Refuse what is not open (NotOpen), saying why."""
    if standing is not public.Standing.OPEN:
        raise NotOpen(str(standing.label))


def _locked(words: str) -> Begun:
    one = public.begun(words, lock=True)
    if one is None:
        if public.is_sent(words):
            raise AnsweredAlready(_("These answers were sent already. They count once."))
        raise NotHere
    return one


# Bring in answers that people gave elsewhere, on paper or in a meeting: many sets at once.
#
# Each leaves what a draft leaves that was begun, answered whole and sent (`answering`): it waits,
# sealed, to be stored with others.


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
    asked, sealer = weighting.questionnaire(wording.source), BatchSealer(LINE)
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
    marks = (public.mark_of(canonical(new_phrase("fr", words=WORDS))) for _each in waiting)
    rows.insert_objects([Sent(mark=mark, survey=survey) for mark in marks])
    return len(waiting)
