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

from balise.awareness.surveys.models import (
    LINE,
    WAITING,
    Draft,
    Invitation,
    QuotaCount,
    Sent,
    Waiting,
    Wording,
)
from balise.awareness.surveys.queries import drafts, public
from balise.awareness.surveys.queries.drafts import Begun
from balise.awareness.surveys.rules.drafts import Given
from balise.awareness.surveys.rules.quotas import quotas
from balise.awareness.surveys.rules.refusals import (
    AnsweredAlready,
    AnsweredElsewhere,
    NotOpen,
    Unfinished,
    WordsUnknown,
)
from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.phrases import WORDS, canonical, new_phrase
from balise.foundation.encryption.sealing import keep, new_key
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
            index=drafts.index_of(words),
            wording=wording,
            invitation=link,
            changed_on=today(),
        )
        row.sealed = drafts.sealed(words, row, Given())
        with suppress(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
            return drafts.address_of(phrase)
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
    row.sealed, row.changed_on = drafts.sealed(one.words, row, one.given), today()
    row.save(update_fields=("sealed", "version", "changed_on"))
    return one


@transaction.atomic
def give_up(*, words: str, by: Actor) -> None:  # noqa: ARG001
    """Delete what is not sent. Raises NotHere for words that open nothing (any more)."""
    there(drafts.begun(words, lock=True)).row.delete()


@transaction.atomic
def send(*, words: str, by: Actor) -> None:  # noqa: ARG001
    """Send a draft, once: a second time changes nothing. The draft and its words are gone then.

    Refuses a survey that closed meanwhile (NotOpen), and a draft with a page left (Unfinished).
    """
    if drafts.is_sent(words):
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
    Sent.objects.bulk_create([Sent(mark=drafts.mark_of(one.words), survey=one.survey)])
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
    one = drafts.begun(words, lock=True)
    if one is None:
        if drafts.is_sent(words):
            raise AnsweredAlready(_("These answers were sent already. They count once."))
        raise NotHere
    return one
