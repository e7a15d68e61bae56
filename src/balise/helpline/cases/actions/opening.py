"""Open a case, alone or from a contact; reopen it with the young person's code."""

from contextlib import suppress
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.phrases import canonical, new_phrase, read_phrase
from balise.foundation.encryption.sealing import blind, keep, key_of_line, new_key, receipt_index
from balise.foundation.encryption.worded import ReceiptMistyped, read_receipt
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.cases import access
from balise.helpline.cases.events import (
    CaseCalled,
    CaseCodeMade,
    CaseCodeRefused,
    CaseContactAdded,
    CaseJoined,
    CaseMetAgain,
    CaseOpened,
)
from balise.helpline.cases.models import LINE, TITLED, Case, CaseCode, CaseContact, Member
from balise.helpline.cases.queries import files as queries
from balise.helpline.cases.rules.files import (
    CodeUnknown,
    NotOnCase,
    Via,
    check_may_write,
    read_title,
)
from balise.helpline.cases.rules.months import again
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.rules import Channel, check_is_yours
from balise.helpline.conversations import queries as conversations

# Tell the figures of the contacts by which a case is met again in a month.


@transaction.atomic
def count_again(*, case_id: UUID, by: Actor) -> int:
    """Count each contact with support after the first of a case in a month; return how many more.

    Each counts once, whether it was wrapped up before it came to the case or after.
    """
    case = Case.locked(case_id)
    rows = {row.contact: row for row in case.contacts.all()}
    counted = {contact for contact, row in rows.items() if row.is_again}
    days = contacts.supported_on(list(rows))
    more = again(days, counted=counted)
    for contact in more:
        rows[contact].is_again = True
        rows[contact].save(update_fields=("is_again",))
        record(CaseMetAgain(subject=case.id, day=days[contact], amount=1), by=by)
    return len(more)


_WORDS = "case-words"
_COUNT = 8


def open_case(*, title: str, contact_id: UUID | None = None, by: Actor) -> UUID:
    """Open a case and be its first member; from a contact of one's own, it belongs to that contact.

    A contact that has a case already returns that one, to a member (NotOnCase else). The code of a
    conversation reopens its case.
    """
    access.require(by, access.WORK)
    known = _file_of(contact_id, by)
    if known is not None:
        return known
    try:
        return _open(title, contact_id, by)
    except IntegrityError:  # a second press gave the contact its file at this very moment
        known = _file_of(contact_id, by)
        if known is None:
            raise
        return known


def begin(*, title: str, channel: str = "", by: Actor) -> Case:
    """Return a new case of which one is a member; within the caller's transaction."""
    key, moment = new_key(LINE, uuid4()), now()
    case = Case.objects.create(
        id=key.record,
        sealed_title=key.seal({"text": read_title(title)}, where=TITLED, row=key.record),
        opened_by=by.key,
        opened_at=moment,
        changed_at=moment,
    )
    keep(key)
    record(CaseOpened(subject=case.id, channel=Code(channel)), by=by)
    Member.objects.create(case=case, account=by.key, via=Via.OPENED, since=moment)
    record(CaseJoined(subject=case.id, account=UUID(by.key), via=Via.OPENED), by=by)
    return case


def call(*, case_id: UUID, title: str, by: Actor) -> None:
    """Change what a file is called."""
    access.require(by, access.WORK)
    with transaction.atomic():
        case = Case.locked(case_id)
        queries.require_on(case.id, who=by)
        check_may_write(case.state)
        key = key_of_line(LINE, case.id)
        case.sealed_title = key.seal({"text": read_title(title)}, where=TITLED, row=case.id)
        case.changed_at = now()
        case.save(update_fields=("sealed_title", "changed_at"))
        record(CaseCalled(subject=case.id), by=by)


def make_code(*, case_id: UUID, language: str, by: Actor) -> list[str]:
    """Return eight new words for the young person; those made before open nothing any more.

    They are shown this once. The code of their conversation goes on to open the file.
    """
    access.require(by, access.WORK)
    words = new_phrase(language, words=_COUNT)
    with transaction.atomic():
        case = Case.locked(case_id)
        queries.require_on(case.id, who=by)
        check_may_write(case.state)
        CaseCode.objects.filter(case=case, is_words=True).delete()
        CaseCode.objects.create(
            index=blind(LINE, _WORDS, canonical(words)), case=case, is_words=True
        )
        record(CaseCodeMade(subject=case.id), by=by)
    return words


def open_with_code(*, code: str, contact_id: UUID | None = None, by: Actor) -> UUID:
    """Open a file with what the young person gave: eight words, or their conversation's code.

    The listener who was given it is a member from now on, and the contact belongs to the case. A
    code that opens nothing is refused (CodeUnknown), and that it was tried is written down.
    """
    access.require(by, access.WORK)
    found = CaseCode.objects.filter(index__in=_indexes(code)).first()
    if found is None:
        with transaction.atomic():
            record(CaseCodeRefused(subject=UUID(by.key)), by=by)
        raise CodeUnknown(
            _("No case opens with this code. Check it word by word, or continue without it.")
        )
    with transaction.atomic():
        case = Case.locked(found.case_id)
        _member, is_new = Member.objects.get_or_create(
            case=case, account=by.key, defaults={"via": Via.CODE, "since": now()}
        )
        if is_new:
            record(CaseJoined(subject=case.id, account=UUID(by.key), via=Via.CODE), by=by)
        if contact_id is not None:
            row = contacts.contact(contact_id, seen_by=by)
            check_is_yours(listener=by.key if row.is_mine else "", by=by.key)
            known = CaseContact.objects.filter(contact=contact_id).first()
            if known is None:
                _add_contact(case, contact_id, by=by)
            elif known.case_id != case.id:
                raise NotOnCase(_("This contact belongs to another case."))
    return case.id


def _file_of(contact_id: UUID | None, by: Actor) -> UUID | None:
    """Return the case that a contact has, to a member of it (NotOnCase else)."""
    known = CaseContact.objects.filter(contact=contact_id).first() if contact_id else None
    if known is None:
        return None
    queries.require_on(known.case_id, who=by)
    return known.case_id


def _open(title: str, contact_id: UUID | None, by: Actor) -> UUID:
    with transaction.atomic():
        channel, subject = "", None
        if contact_id is not None:
            row = contacts.contact(contact_id, seen_by=by)
            check_is_yours(listener=by.key if row.is_mine else "", by=by.key)
            channel = row.channel.value
            subject = row.subject if row.channel is Channel.CHAT else None
        case = begin(title=title, channel=channel, by=by)
        if contact_id is not None:
            _add_contact(case, contact_id, by=by)
        if subject is not None:
            _let_open(case, conversations.token_key(subject))
    return case.id


def _indexes(code: str) -> list[bytes]:
    found = [blind(LINE, _WORDS, words) for words in read_phrase(code, words=_COUNT)]
    with suppress(ReceiptMistyped):
        found.append(receipt_index(read_receipt(code)))
    return found


def _let_open(case: Case, index: bytes) -> None:
    CaseCode.objects.get_or_create(index=index, defaults={"case": case, "is_words": False})


def _add_contact(case: Case, contact_id: UUID, *, by: Actor) -> None:
    CaseContact.objects.create(contact=contact_id, case=case, at=now())
    record(CaseContactAdded(subject=case.id, contact=contact_id), by=by)
    count_again(case_id=case.id, by=by)
