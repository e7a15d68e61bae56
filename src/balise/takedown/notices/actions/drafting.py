"""Write a notice, change it, read it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import keep, key_of_line, new_key
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.takedown.directory import queries as directory
from balise.takedown.law import actions as law
from balise.takedown.law.naming import Named
from balise.takedown.law.queries import text_named
from balise.takedown.law.rules import Facts, check_citable, offence_on
from balise.takedown.notices import access, queries
from balise.takedown.notices.events import DocumentTaken, NoticeDrafted, NoticeRead
from balise.takedown.notices.models import KnownRung, Notice
from balise.takedown.notices.queries import SEALED, OpenedNotice
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.documents import DocumentKind
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.letters import Letter, check_complete, read_locations
from balise.takedown.notices.rules.states import check_step

_NONE_KNOWN: Mapping[Rung, UUID] = {}
# What a notice to the next rung says of the content, as the one before did.
_SAID_AGAIN = (
    *("line", "subject", "offence", "about_minor", "country", "urgency"),
    *("facts_on", "facts_from", "facts_certainty", "law_text", "law_pack"),
)


class NobodyToTell(Refused, code="nobody-to-tell"):
    """There is no approved contact to send a notice to."""


class AlreadyNotified(Refused, code="already-notified"):
    """The contact has an open notice about the content."""


def draft(  # noqa: PLR0913 - all that a notice is
    *,
    line: str,
    subject: UUID,
    offence: str,
    facts: Facts,
    named: Named | None = None,
    about_minor: bool = False,
    contact_id: UUID,
    letter: Letter,
    country: str = "",
    urgency: Urgency | None = None,
    known: Mapping[Rung, UUID] = _NONE_KNOWN,
    by: Actor,
) -> UUID:
    """Write a notice about a content to a contact, and return its id; nothing is sent yet.

    `named` is the text that a case has frozen; without one, that of the day of the facts is frozen
    here. `about_minor`: the person shown or targeted is a minor. `urgency` is the offence's unless
    given. `known` are the contacts that are known on the rungs above, should this one not act.
    Refuses an offence without a text on the day of the facts, a text annulled since, a contact that
    is not approved, a location that is no address, and a second open notice about the content to
    that contact.
    """
    access.require(by, access.SEND, line=line)
    named = _named(named, offence, facts, by)
    contact = directory.contact(contact_id)
    if contact is None or not contact.is_open:
        raise NobodyToTell(_("Choose a contact point that two people have approved."))
    notice = Notice(
        id=uuid4(),
        line=line,
        subject=subject,
        contact=contact,
        offence=offence,
        facts_on=facts.last,
        facts_from=facts.first,
        facts_certainty=facts.certainty,
        law_text=named.version,
        law_pack=named.pack,
        about_minor=about_minor,
        country=country or contact.organisation.country,
        urgency=(urgency or queries.country_customs().urgency_of(offence)).value,
        drafted_by=by.key,
        drafted_at=now(),
    )
    _keep(notice, letter, known, by)
    return notice.id


def draft_after(*, notice: Notice, rung: Rung, contact_id: UUID, by: Actor) -> UUID:
    """Write the same notice to whoever stands on a rung above, and return its id."""
    access.require(by, access.SEND, line=notice.line)
    contact = directory.contact(contact_id)
    if contact is None or not contact.is_open:
        raise NobodyToTell(_("Choose a contact point that two people have approved."))
    following = Notice(
        id=uuid4(),
        contact=contact,
        **{name: getattr(notice, name) for name in _SAID_AGAIN},
        rung=rung.value,
        follows=notice,
        drafted_by=by.key,
        drafted_at=now(),
    )
    above = {other: known for other, known in queries.known_rungs(notice).items() if other != rung}
    _keep(following, queries.letter_of(notice), above, by)
    return following.id


def revise(*, notice_id: UUID, letter: Letter, by: Actor) -> None:
    """Change what a notice says before it is sent."""
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.SEND, by=by)
        check_step("revise", notice.stands)
        key = key_of_line(notice.line, notice.id)
        notice.sealed = key.seal(_read(letter).to_payload(), where=SEALED, row=notice.id)
        notice.save(update_fields=("sealed",))


def read(*, notice_id: UUID, by: Actor) -> OpenedNotice:
    """Open what a notice says, and write down who read it."""
    with transaction.atomic():
        notice = access.found(Notice, notice_id, access.READ, by=by)
        letter = queries.letter_of(notice)
        record(NoticeRead(**notice.facts), by=by)
    return queries.opened(notice, letter)


def _named(named: Named | None, offence: str, facts: Facts, by: Actor) -> Named:
    """Return the text to name; one that no case has frozen is frozen now."""
    country = settings.COUNTRY
    if named is not None:
        check_citable(text_named(named, code=offence, on=facts.last, country=country))
        return named
    found = offence_on(offence, on=facts.last, country=country)
    check_citable(found)
    return Named(found.version, law.freeze(country=country, by=by))


def _keep(notice: Notice, letter: Letter, known: Mapping[Rung, UUID], by: Actor) -> None:
    key = new_key(notice.line, notice.id)
    notice.sealed = key.seal(_read(letter).to_payload(), where=SEALED, row=notice.id)
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
            keep(key)
            KnownRung.objects.bulk_create(
                KnownRung(notice=notice, rung=rung.value, contact_id=contact_id)
                for rung, contact_id in known.items()
                if contact_id != notice.contact_id
            )
            record(NoticeDrafted(**notice.facts), by=by)
    except IntegrityError:
        raise AlreadyNotified(
            _("This contact point already has an open notice about this content.")
        ) from None


def _read(letter: Letter) -> Letter:
    """Return a letter with its locations in canonical form."""
    return replace(letter, locations=read_locations(letter.locations))


# Put a notice into another form, and write down who took which.


def take(*, notice_id: UUID, kind: DocumentKind, by: Actor) -> OpenedNotice:
    """Open a complete notice for one of its documents, and write down who took which.

    Refuses what lacks one of the law's four elements (NoticeIncomplete): a document leaves the
    house as a mail does.
    """
    with transaction.atomic():
        notice = access.found(Notice, notice_id, access.READ, by=by)
        opened = queries.opened(notice, queries.letter_of(notice))
        check_complete(opened.elements)
        record(DocumentTaken(**notice.facts, document=kind), by=by)
    return opened
