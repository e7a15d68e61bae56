"""Notices, narrowed to who asks: what stands about a content, what waits, what one says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.takedown.law.rules import Offence, offence_on
from balise.takedown.notices import access
from balise.takedown.notices.models import Notice
from balise.takedown.notices.queries.wording import Wording, word_notice, word_reminder
from balise.takedown.notices.rules.letters import Element, Letter, elements, number_of
from balise.takedown.notices.rules.states import CLOSED, WAITING, State

SEALED = "takedown_notices.notice.sealed"


@dataclass(frozen=True, slots=True)
class OpenedNotice:
    """A notice with what it says, whether that is complete, and the words that a host reads."""

    notice: Notice
    number: str
    offence: Offence
    letter: Letter
    elements: tuple[Element, ...]
    wording: Wording

    @property
    def is_complete(self) -> bool:
        return all(element.is_met for element in self.elements)


def about(*, line: str, subject: UUID, seen_by: Actor) -> list[Notice]:
    """Return the notices about a content, the last drafted first; nothing sealed is opened."""
    access.require(seen_by, access.READ, line=line)
    found = Notice.objects.filter(line=line, subject=subject).select_related("contact__organisation")
    return list(found.order_by("-drafted_at"))


def not_closed(*, seen_by: Actor, limit: int = 200) -> list[Notice]:
    """Return the notices of one's own lines that have not ended, the longest waiting first."""
    lines = [line for line in access.lines_of(seen_by) if _may_read(seen_by, line)]
    found = Notice.objects.filter(line__in=lines).exclude(state__in=sorted(CLOSED))
    return list(found.select_related("contact__organisation").order_by("drafted_at")[:limit])


def notice(notice_id: UUID, *, seen_by: Actor) -> Notice | None:
    """Return one notice, closed as it is, or None."""
    found = Notice.objects.select_related("contact__organisation").filter(id=notice_id).first()
    if found is not None:
        access.require(seen_by, access.READ, line=found.line)
    return found


def due(at: datetime | None = None) -> list[UUID]:
    """Return the notices that are due for their one reminder."""
    found = Notice.objects.filter(state=State.SENT, due_at__lte=at or now())
    return list(found.order_by("due_at").values_list("id", flat=True))


def waiting_about(*, line: str, subject: UUID) -> list[Notice]:
    """Return the notices about a content that a host can still act on."""
    return list(Notice.objects.filter(line=line, subject=subject, state__in=sorted(WAITING)))


def offence_of(found: Notice) -> Offence:
    """Return a notice's offence, in the text of the day of the facts."""
    return offence_on(found.offence, on=found.facts_on, country=settings.COUNTRY)


def letter_of(found: Notice) -> Letter:
    """Return what a notice says; needs the line's private key, else KeyNotHeld.

    Raises KeyForgotten once it is erased. Whoever shows it to a person records that it was read.
    """
    key = key_of_line(found.line, found.id)
    return Letter.of_payload(key.open(found.sealed, where=SEALED, row=found.id))


def opened(found: Notice, letter: Letter) -> OpenedNotice:
    """Return a notice with its letter, its elements and its wording."""
    offence = offence_of(found)
    centre = settings.CENTRE
    host = found.contact.organisation
    number = number_of(found.id)
    return OpenedNotice(
        notice=found,
        number=number,
        offence=offence,
        letter=letter,
        elements=elements(
            letter,
            offence=offence,
            notifier=centre.organisation,
            notifier_email=centre.notice_email,
        ),
        wording=word_notice(
            letter,
            offence=offence,
            host=host.name,
            number=number,
            language=host.language,
            centre=centre,
        ),
    )


def reminder_of(one: OpenedNotice) -> Wording:
    """Return the reminder of a notice that was sent."""
    host = one.notice.contact.organisation
    return word_reminder(
        one.letter,
        one.wording,
        offence=one.offence,
        host=host.name,
        number=one.number,
        language=host.language,
        sent_at=one.notice.sent_at or one.notice.drafted_at,
    )


def _may_read(actor: Actor, line: str) -> bool:
    return actor.may(access.READ) and line in access.lines_of(actor)
