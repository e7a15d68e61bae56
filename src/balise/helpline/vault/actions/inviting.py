"""A listener opens a case to sharing: eight words, and an age key of the case, made once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.encryption import age
from balise.foundation.encryption.sealing import blind, key_of_line
from balise.foundation.encryption.signatures import sign
from balise.foundation.encryption.worded import in_words, new_worded, read_code
from balise.foundation.journal.book import record
from balise.helpline.cases.queries import files as cases
from balise.helpline.vault import access, queries
from balise.helpline.vault.events import InvitationMade, InvitationTaken
from balise.helpline.vault.models import IDENTITY, INVITED, LINE, CaseKey, Invitation
from balise.helpline.vault.rules.bounds import INVITED_FOR
from balise.helpline.vault.rules.sharing import (
    InvitationUnknown,
    check_invitation,
    said_of,
)


@dataclass(frozen=True, slots=True)
class Invited:
    """Eight words to say, until when they are valid, and four to compare the case's key by."""

    words: str
    until: datetime
    key_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a device is told of a case: its opaque id, its key, and who says so."""

    case: str
    recipient: str
    signature: bytes
    key_words: tuple[str, ...]


def invite(*, case_id: UUID, language: str, by: Actor) -> Invited:
    """Return eight new words for sharing with a case, as a member of it (NotOnCase, NotYours).

    They are shown this once; those said before open nothing from now on.
    """
    access.require(by, access.OPEN)
    moment, code = now(), new_worded()
    with transaction.atomic():
        cases.require_on(case_id, who=by)
        key = CaseKey.objects.select_for_update().filter(case=case_id).first()
        if key is None:
            key = _made(case_id)
        Invitation.objects.filter(key=key).delete()
        until = moment + INVITED_FOR
        Invitation.objects.create(
            key=key, index=blind(LINE, INVITED, code), made_at=moment, until=until
        )
        record(InvitationMade(subject=case_id), by=by)
    return Invited(in_words(code, language), until, queries.words_of(key, language))


def take(*, code: str, language: str, by: Actor = ANYONE) -> Known:
    """Return what eight words open to: the key of their case, signed by the helpline.

    Refuses (ReceiptMistyped) what are no such words, (InvitationUnknown) words that open nothing,
    (InvitationOver) those whose days have passed.
    """
    index = blind(LINE, INVITED, read_code(code))
    with transaction.atomic():
        found = (
            Invitation.objects.filter(index=index).only("id", "key", "until", "taken_at").first()
        )
        if found is None:
            raise InvitationUnknown(_("These words open nothing. Check them word by word."))
        moment = now()
        check_invitation(at=moment, until=found.until)
        columns = ("id", "recipient", "signature")
        key = CaseKey.objects.only(*columns).get(id=found.key_id)
        if found.taken_at is None:
            Invitation.objects.filter(id=found.id).update(taken_at=moment)
        record(InvitationTaken(subject=key.id), by=by)
    return Known(str(key.id), key.recipient, bytes(key.signature), queries.words_of(key, language))


def _made(case_id: UUID) -> CaseKey:
    """Return a new age key of a case, encrypted under the case's own record key."""
    identity, recipient = age.new_identity()
    key = CaseKey(case=case_id, recipient=recipient, made_at=now())
    signed = sign(LINE, said_of(str(key.id), key.recipient))
    key.signature, key.signed_by = signed.value, signed.key_id
    record_key = key_of_line(LINE, case_id)
    key.sealed = record_key.seal({"identity": identity}, where=IDENTITY, row=key.id)
    key.save(force_insert=True)
    return key
