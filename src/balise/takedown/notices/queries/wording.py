"""The words of a notice and of its reminder, in the language of the host."""

import re
import textwrap
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, override

from balise.takedown.law.rules import Offence
from balise.takedown.law.rules.facts import CitedLaw
from balise.takedown.notices.rules.letters import Letter, SeenBy, Sighting

WIDTH = 78
NOTICE = "takedown/notices/letter.txt"
REMINDER = "takedown/notices/reminder.txt"


class Notifier(Protocol):
    """Who gives notice: the centre."""

    @property
    def organisation(self) -> str: ...
    @property
    def notice_email(self) -> str: ...
    @property
    def postal_address(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Wording:
    """A mail's subject and text. The subject names no content: mail servers log it."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a notice: its name, its title ("" for the opening) and its text, unbroken."""

    name: str
    title: str
    text: str


def word_notice(
    letter: Letter,
    *,
    offence: Offence,
    law: CitedLaw,
    host: str,
    number: str,
    language: str,
    centre: Notifier,
) -> Wording:
    """Return a notice in a language (`fr` or `en`)."""
    with override(language):
        context = {
            "letter": letter,
            "offence": offence,
            "law": law.lines,
            "host": host,
            "number": number,
            "centre": centre,
            "seen": seen_words(letter.sighting),
            "faith": faith_words(letter.sighting),
        }
        subject = _("Notice of illegal content, number %(number)s") % {"number": number}
        return Wording(subject, _tidy(render_to_string(NOTICE, context)))


def word_parts(
    letter: Letter,
    *,
    offence: Offence,
    law: CitedLaw,
    host: str,
    number: str,
    language: str,
    centre: Notifier,
) -> tuple[Part, ...]:
    """Return the parts of a notice in a language, word for word those of `word_notice`."""
    with override(language):
        context = {
            "letter": letter,
            "offence": offence,
            "law": law.lines,
            "host": host,
            "number": number,
            "centre": centre,
            "seen": seen_words(letter.sighting),
            "faith": faith_words(letter.sighting),
        }
        titles = {
            "opening": "",
            "why": _("Why it is illegal"),
            "where": _("Location"),
            "who": _("Notifier"),
            "faith": _("Good faith"),
            "asks": _("Our request"),
        }
        return tuple(
            Part(name, title, _spaced(render_to_string(f"{NOTICE}#{name}", context)))
            for name, title in titles.items()
        )


def seen_words(sighting: Sighting) -> str:
    """Return how the centre knows that a content was there, in a sentence of a notice."""
    if sighting.by in {SeenBy.LOOKED, SeenBy.ANALYST}:
        return _("Seen at this address on %(at)s.") % {"at": _moment(sighting.at)}
    if sighting.by is SeenBy.WATCH:
        return _("Found at this address by our monitoring on %(at)s.") % {
            "at": _moment(sighting.at)
        }
    day = date_format(timezone.localtime(sighting.at), "DATE_FORMAT")
    if sighting.by is SeenBy.REPORTED:
        return _("Reported to us on %(day)s.") % {"day": day}
    return _("Reported to us on %(day)s. We have not opened it ourselves.") % {"day": day}


def faith_words(sighting: Sighting) -> str:
    """Return the statement of good faith (DSA, Article 16(2)(d)), as true as what was done."""
    if sighting.is_ours:
        return _(
            "We believe in good faith that the information and allegations in this notice are "
            "accurate and complete."
        )
    return _(
        "We believe in good faith, on the basis of the report that we received, that the "
        "information and allegations in this notice are accurate and complete."
    )


def word_reminder(
    letter: Letter,
    notice: Wording,
    *,
    offence: Offence,
    host: str,
    number: str,
    language: str,
    sent_at: datetime,
) -> Wording:
    """Return the reminder of a notice, with the notice under it."""
    with override(language):
        context = {
            "letter": letter,
            "article": offence.article,
            "host": host,
            "number": number,
            "sent_at": _moment(sent_at),
            "notice": notice.text,
        }
        subject = _("Reminder: notice of illegal content, number %(number)s") % {"number": number}
        return Wording(subject, _tidy(render_to_string(REMINDER, context)))


def _moment(at: datetime) -> str:
    """Return a moment in words, with its zone: a host may be anywhere."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({local.tzname()})"


def _tidy(text: str) -> str:
    """Return plain text with lines of a mail's width; addresses are never broken."""
    lines = (
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) if line else ""
        for line in _spaced(text).splitlines()
    )
    return "\n".join(lines) + "\n"


def _spaced(text: str) -> str:
    """Return a text without spaces at the ends of its lines, one empty line at most."""
    lines = "\n".join(map(str.rstrip, text.splitlines()))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
