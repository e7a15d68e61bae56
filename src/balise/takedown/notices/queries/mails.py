"""The words of each mail about notices, in the recipient's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext, override

from balise.foundation.clock import now
from balise.foundation.encryption.sealing import blind, key_of_line
from balise.takedown.notices.models import Answer, Mailing, Notice
from balise.takedown.notices.queries.standing import (
    arrived,
    country_customs,
    opened_each,
    reminder_of,
)
from balise.takedown.notices.queries.wording import Wording
from balise.takedown.notices.rules.inbound import Said
from balise.takedown.notices.rules.links import Link, Purpose, read, written
from balise.takedown.notices.rules.mails import (
    MailingKind,
    mailing_number,
    message_id,
    plus_address,
)
from balise.takedown.notices.rules.redress import Contester
from balise.takedown.notices.rules.states import ANSWERABLE, WAITING, NoticeState

# The links of a mail: signed by the index key, which our own processes hold and no one else.


LINE = "takedown"
FIELD = "notices.link"

_TOKEN = "TOKEN"  # noqa: S105 - a placeholder
_VIEWS = {Purpose.ANSWER: "notices:answer", Purpose.CONTEST: "notices:contest"}


def answer_link(mailing_id: UUID, *, language: str) -> str:
    """Return the address at which a recipient answers one mail."""
    ends_at = now() + country_customs().answer_link
    return _address(Link(Purpose.ANSWER, mailing_id, ends_at), language)


def contest_link(notice_id: UUID, *, language: str) -> str:
    """Return the address at which a notice is contested; for its recipient to pass on."""
    ends_at = now() + country_customs().contest_link
    return _address(Link(Purpose.CONTEST, notice_id, ends_at), language)


def link_of(token: str, purpose: Purpose) -> Link | None:
    """Return the link that a token is; None if it is not ours or for something else."""
    found = read(token, _mac)
    return found if found is not None and found.purpose is purpose else None


def has_ended(link: Link, *, at: datetime | None = None) -> bool:
    """Return whether a link leads nowhere any more."""
    return link.ends_at <= (at or now())


def token_of(link: Link) -> str:
    """Return a link's token."""
    return written(link, _mac)


def _address(link: Link, language: str) -> str:
    path = _path(link.purpose, language).replace(_TOKEN, token_of(link))
    return f"{settings.PUBLIC_ADDRESS}{path}"


@cache
def _path(purpose: Purpose, language: str) -> str:
    """Return a page's path with a placeholder: a mail holds fifty links, and resolving is slow."""
    with override(language):
        return reverse(_VIEWS[purpose], args=(_TOKEN,))


def _mac(text: str) -> bytes:
    return blind(LINE, FIELD, text)


MAILING_SEALED = "takedown_notices.mailing.sealed"


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail that is ready to leave: where it goes, in which language, what it says."""

    mailing: Mailing
    to: str
    language: str
    wording: Wording
    message_id: str
    reply_to: str


def notices_in(mailing: Mailing) -> list[Notice]:
    """Return the notices that a mail is about, the first drafted first."""
    found = Notice.objects.filter(mentions__mailing=mailing)
    return list(found.select_related("contact__organisation").order_by("drafted_at", "id"))


def words_of(mailing: Mailing) -> dict[str, Any]:
    """Return what a person wrote for a mail; needs the line's private key, else KeyNotHeld."""
    if not mailing.sealed:
        return {}
    key = key_of_line(mailing.line, mailing.id)
    return key.open(mailing.sealed, where=MAILING_SEALED, row=mailing.id)


def compose(mailing: Mailing, notices: Sequence[Notice]) -> Composed | None:
    """Return a mail with its words; None where all that it would say has been erased.

    Needs the line's private key, else KeyNotHeld.
    """
    words = words_of(mailing)
    contact = mailing.contact
    to = contact.address if contact else str(words.get("to", ""))
    language = mailing.language or str(words.get("language", "en"))
    with override(language):
        wording = _wording(mailing, notices, words, language)
    if wording is None or not to:
        return None
    return Composed(
        mailing=mailing,
        to=to,
        language=language,
        wording=wording,
        message_id=message_id(mailing.mailing_kind, mailing.id),
        reply_to=plus_address(settings.CENTRE.notice_email, mailing.token),
    )


def _wording(
    mailing: Mailing, notices: Sequence[Notice], words: dict[str, Any], language: str
) -> Wording | None:
    context = _context(mailing, notices, words, language)
    kind = mailing.mailing_kind
    if kind in {MailingKind.NOTICES, MailingKind.REMINDER}:
        opened = opened_each(notices)
        if not opened:
            return None
        is_reminder = kind is MailingKind.REMINDER
        wordings = [reminder_of(one) if is_reminder else one.wording for one in opened]
        subject = _subject(wordings, is_reminder=is_reminder, number=context["number"])
        items = [
            {
                "number": one.number,
                "text": wording.text.strip(),
                "contest": contest_link(one.notice.id, language=language),
            }
            for one, wording in zip(opened, wordings, strict=True)
        ]
        return Wording(subject, _rendered(kind, context | {"items": items}))
    subjects = {
        MailingKind.INTRODUCTION: _("Before our first notice to you"),
        MailingKind.REPLY: _("Your question about notice %(number)s"),
        MailingKind.RETRACTION: _("We cancel notice %(number)s"),
        MailingKind.CORRECTION: _("We were wrong: we cancel notice %(number)s"),
        MailingKind.RULING: _("Your objection to notice %(number)s"),
    }
    numbers = ", ".join(one.number for one in notices) or context["number"]
    return Wording(subjects[kind] % {"number": numbers}, _rendered(kind, context))


def _context(
    mailing: Mailing, notices: Sequence[Notice], words: dict[str, Any], language: str
) -> dict[str, Any]:
    contact = mailing.contact
    return {
        "mailing": mailing,
        "number": mailing_number(mailing.id),
        "notices": notices,
        "host": contact.organisation.name if contact else "",
        "centre": settings.CENTRE,
        "hours": int(country_customs().ahead.total_seconds() // 3600),
        "answer": answer_link(mailing.id, language=language) if notices else "",
        "text": str(words.get("text", "")),
        "ruling": str(words.get("ruling", "")),
    }


def _subject(wordings: Sequence[Wording], *, is_reminder: bool, number: str) -> str:
    """Return a subject: that of the one notice, or how many there are. It names no content."""
    if len(wordings) == 1:
        return wordings[0].subject
    count = len(wordings)
    if is_reminder:
        text = ngettext(
            "Reminder: %(count)d notice of illegal content, number %(number)s",
            "Reminder: %(count)d notices of illegal content, number %(number)s",
            count,
        )
    else:
        text = ngettext(
            "%(count)d notice of illegal content, number %(number)s",
            "%(count)d notices of illegal content, number %(number)s",
            count,
        )
    return text % {"count": count, "number": number}


def _rendered(kind: MailingKind, context: dict[str, Any]) -> str:
    text = render_to_string(f"takedown/notices/mails/{kind.value}.txt", context)
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [
        line
        for place, line in enumerate(lines)
        if line or (place and lines[place - 1])  # never two empty lines in a row
    ]
    return "\n".join(kept).strip() + "\n"


# What the public pages of a mail may show: numbers, days and states. Nothing sealed is opened.


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
