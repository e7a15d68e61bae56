"""What the public pages of a mail may show: numbers, days and states. Nothing sealed is opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.takedown.notices.models import Answer, Mailing, Notice
from balise.takedown.notices.queries.links import has_ended, link_of
from balise.takedown.notices.queries.mails import notices_in
from balise.takedown.notices.queries.standing import arrived
from balise.takedown.notices.rules.answers import Said
from balise.takedown.notices.rules.links import Purpose
from balise.takedown.notices.rules.redress import Contester
from balise.takedown.notices.rules.states import ANSWERABLE, WAITING, NoticeState


@dataclass(frozen=True, slots=True)
class Asked:
    """A notice as its recipient sees it on the answer page."""

    id: UUID
    number: str
    sent_at: datetime | None
    waits: bool
    may_answer: bool
    is_retracted: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What a link to answer leads to."""

    mailing_id: UUID
    has_ended: bool
    notices: tuple[Asked, ...]

    @property
    def answerable(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.notices if one.may_answer)


@dataclass(frozen=True, slots=True)
class ContestPage:
    """What a link to contest leads to."""

    notice_id: UUID
    number: str
    sent_at: datetime | None
    has_ended: bool
    is_open: bool
    is_retracted: bool
    waits_for: tuple[Contester, ...]


def answer_page(token: str) -> AnswerPage | None:
    """Return what a link to answer leads to; None if it is not ours, or its mail is gone."""
    link = link_of(token, Purpose.ANSWER)
    if link is None:
        return None
    mailing = Mailing.objects.filter(id=link.record).first()
    if mailing is None:
        return None
    said: dict[UUID, list[Said]] = {}
    answers = Answer.objects.filter(mailing=mailing, notice__isnull=False).exclude(said="")
    for notice_id, word in answers.filter(via="page").values_list("notice_id", "said"):
        if notice_id is not None:
            said.setdefault(notice_id, []).append(Said(word))
    asked = tuple(
        Asked(
            id=one.id,
            number=one.number,
            sent_at=one.sent_at,
            waits=one.stands in WAITING,
            may_answer=one.stands in ANSWERABLE,
            is_retracted=one.stands is NoticeState.RETRACTED,
            said=tuple(said.get(one.id, ())),
        )
        for one in notices_in(mailing)
    )
    return AnswerPage(mailing.id, has_ended(link), asked)


def contest_page(token: str) -> ContestPage | None:
    """Return what a link to contest leads to; None if it is not ours."""
    link = link_of(token, Purpose.CONTEST)
    notice = Notice.objects.filter(id=link.record).first() if link is not None else None
    if link is None or notice is None:
        return None
    waiting = notice.contests.filter(ruling="").values_list("contester", flat=True)
    return ContestPage(
        notice_id=notice.id,
        number=notice.number,
        sent_at=notice.sent_at,
        has_ended=has_ended(link),
        is_open=notice.stands is not NoticeState.RETRACTED and notice.id in arrived([notice]),
        is_retracted=notice.stands is NoticeState.RETRACTED,
        waits_for=tuple(map(Contester, waiting)),
    )
