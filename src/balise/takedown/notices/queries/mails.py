"""The words of each mail about notices, in the recipient's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _, ngettext, override

from balise.foundation.encryption.sealing import key_of_line
from balise.takedown.notices.models import Mailing, Notice
from balise.takedown.notices.queries.customs import country_customs
from balise.takedown.notices.queries.links import answer_link, contest_link
from balise.takedown.notices.queries.standing import opened_each, reminder_of
from balise.takedown.notices.queries.wording import Wording
from balise.takedown.notices.rules.mails import (
    MailingKind,
    mailing_number,
    message_id,
    plus_address,
)

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
