"""Notices, limited to what the reader may see: those about a content, and what one says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import KeyForgotten, key_of_line, keys_of_line
from balise.takedown.law.queries import Changed, change_since, law_named, text_named
from balise.takedown.law.rules import Offence, law_of
from balise.takedown.law.rules.facts import CitedLaw
from balise.takedown.notices import access
from balise.takedown.notices.models import MailingItem, Notice, OwnCustoms
from balise.takedown.notices.queries.wording import Wording, word_notice, word_reminder
from balise.takedown.notices.rules.clocks import Targets, targets_for
from balise.takedown.notices.rules.completeness import Element, Score
from balise.takedown.notices.rules.customs import Customs, customs_of
from balise.takedown.notices.rules.letters import Letter, score
from balise.takedown.notices.rules.mails import MailingKind
from balise.takedown.notices.rules.states import UNDER_WAY, WAITING, Failure, may_have_arrived

SEALED = "takedown_notices.notice.sealed"


@dataclass(frozen=True, slots=True)
class OpenedNotice:
    """A notice with what it says, whether that is complete, and the words that a host reads."""

    notice: Notice
    number: str
    offence: Offence
    law: CitedLaw
    letter: Letter
    elements: tuple[Element, ...]
    wording: Wording

    @property
    def is_complete(self) -> bool:
        return all(element.is_met for element in self.elements)

    @property
    def score(self) -> Score:
        """How complete it is to Article 16(2)."""
        return Score(*self.elements)


def notice(notice_id: UUID, *, seen_by: Actor) -> Notice | None:
    """Return one notice, closed as it is, or None."""
    access.require_ability(seen_by, access.READ)
    found = Notice.objects.select_related("contact__organisation").filter(id=notice_id).first()
    if found is not None:
        access.require(seen_by, access.READ, line=found.line)
    return found


def waiting_about(*, line: str, subject: UUID) -> list[Notice]:
    """Return the notices about a content that a host can still act on."""
    return list(Notice.objects.filter(line=line, subject=subject, state__in=sorted(WAITING)))


def arrived(notices: Iterable[Notice]) -> set[UUID]:
    """Return which of these notices a host has, or may have, whatever became of them since."""
    found = list(notices)
    doubtful = MailingItem.objects.filter(
        notice__in=[one.id for one in found],
        mailing__kind=MailingKind.NOTICES,
        mailing__failure=Failure.IN_DOUBT,
    )
    in_doubt = set(doubtful.values_list("notice_id", flat=True))
    return {
        one.id
        for one in found
        if may_have_arrived(
            state=one.stands, was_sent=one.sent_at is not None, in_doubt=one.id in in_doubt
        )
    }


def is_anyone_asked(*, line: str, subject: UUID) -> bool:
    """Return whether a notice about a content is on its way to a host, or waits for one."""
    found = Notice.objects.filter(line=line, subject=subject, state__in=sorted(UNDER_WAY))
    return found.exists()


def offence_of(found: Notice) -> Offence:
    """Return a notice's offence, in the text that it named, and the DSA's words for its victim."""
    offence = text_named(
        found.named, code=found.offence, on=found.facts_on, country=settings.COUNTRY
    )
    return offence.about_minor() if found.about_minor else offence


def cited_law(found: Notice) -> CitedLaw:
    """Return what the law says of a notice's offence on the days of its facts, as it was named."""
    law = law_named(found.named, country=settings.COUNTRY)
    return CitedLaw(law_of(law.history(found.offence), found.days), found.days)


def law_change(found: Notice) -> Changed | None:
    """Return how the law pack has changed since a notice named its text, None if it has not."""
    return change_since(found.named, country=settings.COUNTRY)


def letter_of(found: Notice) -> Letter:
    """Return what a notice says; needs the line's private key, else KeyNotHeld.

    Raises KeyForgotten once it is erased. The caller records that it was read.
    """
    key = key_of_line(found.line, found.id)
    return Letter.of_payload(key.open(found.sealed, where=SEALED, row=found.id))


def letters_of(found: Sequence[Notice]) -> dict[UUID, Letter]:
    """Return what several notices of one line say, by id; those that are erased are left out."""
    letters: dict[UUID, Letter] = {}
    for line in {one.line for one in found}:
        of_line = [one for one in found if one.line == line and one.sealed]
        try:
            keys = keys_of_line(line, [one.id for one in of_line])
        except KeyForgotten:
            continue
        for one in of_line:
            if one.id in keys:
                payload = keys[one.id].open(one.sealed, where=SEALED, row=one.id)
                letters[one.id] = Letter.of_payload(payload)
    return letters


def score_of(found: Notice, letter: Letter) -> Score:
    """Return how complete a notice would be if it said this."""
    centre = settings.CENTRE
    return score(
        letter,
        offence=offence_of(found),
        notifier=centre.organisation,
        notifier_email=centre.notice_email,
    )


def opened(found: Notice, letter: Letter) -> OpenedNotice:
    """Return a notice with its letter, its elements and its wording."""
    offence, law = offence_of(found), cited_law(found)
    centre = settings.CENTRE
    host = found.contact.organisation
    return OpenedNotice(
        notice=found,
        number=found.number,
        offence=offence,
        law=law,
        letter=letter,
        elements=score_of(found, letter).elements,
        wording=word_notice(
            letter,
            offence=offence,
            law=law,
            host=host.name,
            number=found.number,
            language=host.language,
            centre=centre,
        ),
    )


def opened_each(found: Sequence[Notice]) -> list[OpenedNotice]:
    """Return several notices opened, in order; those that are erased are left out."""
    letters = letters_of(found)
    return [opened(one, letters[one.id]) for one in found if one.id in letters]


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


def by_id(notice_ids: Iterable[UUID]) -> list[Notice]:
    """Return notices with their contacts, the first drafted first; for what sends them."""
    found = Notice.objects.filter(id__in=list(notice_ids))
    return list(found.select_related("contact__organisation").order_by("drafted_at", "id"))


# The customs that hold for a contact, and how long a recipient has for a notice.


def country_customs() -> Customs:
    """Return the customs of the centre's country."""
    return customs_of(settings.COUNTRY)


def customs_for(contact_id: UUID) -> Customs:
    """Return the customs that hold for one contact."""
    own = OwnCustoms.objects.filter(contact_id=contact_id).first()
    return country_customs().with_own(own.own) if own is not None else country_customs()


def own_customs(contact_id: UUID) -> OwnCustoms | None:
    """Return what one contact has of its own, or None."""
    return OwnCustoms.objects.filter(contact_id=contact_id).first()


def targets_of(notice: Notice, customs: Customs, *, offence: Offence | None = None) -> Targets:
    """Return how long a recipient has: by its contact's terms, else by the country's settings."""
    named = offence or offence_of(notice)
    return targets_for(
        notice.how_urgent,
        customs.targets,
        steady=timedelta(hours=named.remind_after_hours),
        acknowledge=_minutes(notice.contact.acknowledge_minutes),
        decide=_minutes(notice.contact.decide_minutes),
    )


def _minutes(minutes: int | None) -> timedelta | None:
    return timedelta(minutes=minutes) if minutes else None
