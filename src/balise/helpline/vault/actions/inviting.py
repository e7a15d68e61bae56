"""A listener opens a case to sharing: eight words, and an age key of the case, made once.

The device and the side of the case then draw the four words that compare that key (decision 71).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.encryption import age
from balise.foundation.encryption.sealing import blind, key_of_line
from balise.foundation.encryption.signatures import sign
from balise.foundation.encryption.worded import Receipt, in_words, new_worded, read_code
from balise.foundation.journal.book import record
from balise.helpline.cases.queries import files as cases
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions.passing import tell_of_vault
from balise.helpline.vault import access, queries
from balise.helpline.vault.events import (
    AskDeclined,
    AskedInChat,
    AskTakenBack,
    AskTakenUp,
    AskToldShared,
    InvitationAnswered,
    InvitationMade,
    InvitationTaken,
    WordsRevealed,
)
from balise.helpline.vault.models import IDENTITY, INVITED, LINE, Ask, CaseKey, Invitation
from balise.helpline.vault.rules.asking import (
    ASKED_FOR,
    TOLD_WITHIN,
    AskState,
    NoCase,
    NotAsked,
    check_stands,
)
from balise.helpline.vault.rules.bounds import DRAWN, INVITED_FOR, read_secret
from balise.helpline.vault.rules.sharing import (
    MOST_ROUNDS,
    InvitationUnknown,
    check_invitation,
    check_revealed,
    check_rounds,
    said_of,
)

# What the public door may read of one.
_COLUMNS: Final = (
    *("id", "key", "until", "taken_at"),
    *("committed", "answered_to", "answer", "rounds"),
)


@dataclass(frozen=True, slots=True)
class Invited:
    """Eight words to say, and until when they are valid."""

    words: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What a device is told of a case: its opaque id, its key, who says so, and the other's part.

    `answer` is what the side of the case drew for the four words, where some are compared.
    """

    case: str
    recipient: str
    signature: bytes
    answer: bytes = b""


def invite(*, case_id: UUID, language: str, by: Actor) -> Invited:
    """Return eight new words for sharing with a case, as a member of it (NotOnCase, NotYours).

    They are shown this once; those said before open nothing from now on.
    """
    access.require(by, access.OPEN)
    moment, code = now(), new_worded()
    with transaction.atomic():
        cases.require_on(case_id, who=by)
        key = key_of(case_id=case_id, by=by)
        Invitation.objects.filter(key=key).delete()
        until = moment + INVITED_FOR
        Invitation.objects.create(
            key=key, index=blind(LINE, INVITED, code), made_at=moment, until=until
        )
        record(InvitationMade(subject=case_id), by=by)
    return Invited(in_words(code, language), until)


def take(*, code: str, committed: object, by: Actor = ANYONE) -> Known | None:
    """Return what eight words open to: the key of their case, signed by the helpline.

    None until the side of the case has answered `committed`, the 64 digits by which the device
    commits to its part of the four words; the same ones ask again. Refuses (Malformed) others,
    (ReceiptMistyped) what are no such words, (InvitationUnknown) words that open nothing,
    (InvitationOver) those whose days have passed, or that were begun with too often.
    """
    said = read_secret(committed)
    with transaction.atomic():
        found = _of_words(code)
        key = CaseKey.objects.only("id", "recipient", "signature").get(id=found.key_id)
        if bytes(found.committed) != said:
            check_rounds(found.rounds)
            rows = Invitation.objects.filter(id=found.id)
            rows.update(committed=said, revealed=b"", taken_at=found.taken_at or now())
            record(InvitationTaken(subject=key.id), by=by)
    if bytes(found.answered_to) != said:
        return None
    return Known(str(key.id), key.recipient, bytes(key.signature), bytes(found.answer))


def answer(*, key_id: UUID, by: Actor = SYSTEM) -> bool:
    """Draw the part of the side of the case, for what a device committed to; return whether it did.

    Once for each commitment: what was answered is noted beside it, where the public door has no
    right to write.
    """
    with transaction.atomic():
        found = Invitation.objects.select_for_update().filter(key=key_id).first()
        if found is None or found.rounds >= MOST_ROUNDS:
            return False
        if not found.committed or bytes(found.committed) == bytes(found.answered_to):
            return False
        found.answered_to, found.answer = found.committed, secrets.token_bytes(DRAWN)
        found.rounds += 1
        found.save(update_fields=("answered_to", "answer", "rounds"))
        record(InvitationAnswered(subject=key_id), by=by)
    return True


def reveal(*, code: str, drawn: object, by: Actor = ANYONE) -> None:
    """Note what a device drew, once it was answered: the listener reads the four words from now on.

    Refuses (NotCommitted) anything but what it committed to, and what `take` refuses.
    """
    said = read_secret(drawn)
    with transaction.atomic():
        found = _of_words(code)
        check_revealed(said, answered_to=bytes(found.answered_to))
        Invitation.objects.filter(id=found.id).update(revealed=said)
        record(WordsRevealed(subject=found.key_id), by=by)


def key_of(*, case_id: UUID, by: Actor) -> CaseKey:  # noqa: ARG001 - an action names its actor
    """Return the age key of a case, locked, within the caller's transaction; made the first time.

    Whether one may is for the caller to ask.
    """
    return CaseKey.objects.select_for_update().filter(case=case_id).first() or _made(case_id)


def _of_words(code: str) -> Invitation:
    """Return the invitation of eight words that are valid."""
    index = blind(LINE, INVITED, read_code(code))
    found = Invitation.objects.filter(index=index).only(*_COLUMNS).first()
    if found is None:
        raise InvitationUnknown(_("These words open nothing. Check them word by word."))
    check_invitation(at=now(), until=found.until)
    return found


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


# A listener asks in a chat for something of the vault; the young person's vault takes it up,
# once.
#
# The vault is told the signed key of the case by the session of the chat: no word is typed, and
# no secret is made that could be found in an address or a history (decision 71).


def ask(*, conversation_id: UUID, by: Actor) -> None:
    """Ask the young person to share with the case of the conversation, as its listener.

    What was asked before is over. Refuses (NotInConversation, NotYours) who is not its listener,
    (NoCase) where it has no case that they are on, and (ConversationOver) once it has ended.
    """
    access.require(by, access.OPEN)
    queries.require_listens(conversation_id, who=by)
    case_id = queries.case_of(conversation_id, seen_by=by)
    if case_id is None:
        raise NoCase(_("Open a case for this contact first."))
    moment = now()
    with transaction.atomic():
        cases.require_on(case_id, who=by)
        key = key_of(case_id=case_id, by=by)
        Ask.objects.filter(conversation=conversation_id).delete()
        Ask.objects.create(
            conversation=conversation_id,
            key=key,
            asked_by=by.key,
            asked_at=moment,
            until=moment + ASKED_FOR,
        )
        tell_of_vault(conversation_id=conversation_id, code=AskState.ASKED, is_new=True, by=by)
        record(AskedInChat(subject=conversation_id, case=case_id), by=by)


def take_back(*, conversation_id: UUID, by: Actor) -> None:
    """Ask no longer, as the listener who asked. Refuses (NotAsked) what was answered already."""
    access.require(by, access.OPEN)
    queries.require_listens(conversation_id, who=by)
    with transaction.atomic():
        one = _standing(conversation_id)
        _become(one, AskState.BACK, by=by)
        record(AskTakenBack(subject=conversation_id), by=by)


def decline(*, token: Receipt, by: Actor = ANYONE) -> None:
    """Say no, as the young person. Refuses (TokenUnknown), and (NotAsked) where nobody asks."""
    conversation_id = talks.by_token(token)
    with transaction.atomic():
        one = _standing(conversation_id)
        _become(one, AskState.DECLINED, by=by)
        record(AskDeclined(subject=conversation_id), by=by)


def take_up(*, token: Receipt, by: Actor = ANYONE) -> Known:
    """Return the signed key of the case that the listener of this session asks for, once.

    Refuses (TokenUnknown) a session of no chat, and (NotAsked) where nobody asks: it was taken up
    or answered, it is too late, the chat has ended, or who asked is not its listener now.
    """
    conversation_id = talks.by_token(token)
    with transaction.atomic():
        one = _standing(conversation_id)
        one.state, one.taken_at = AskState.HANDED, now()
        one.save(update_fields=("state", "taken_at"))
        record(AskTakenUp(subject=conversation_id), by=by)
        key = CaseKey.objects.only("id", "recipient", "signature").get(id=one.key_id)
    return Known(str(key.id), key.recipient, bytes(key.signature))


def tell_shared(*, key_id: UUID, by: Actor = SYSTEM) -> None:
    """Tell the chat that something came to the case whose key it took up, once."""
    since = now() - TOLD_WITHIN
    with transaction.atomic():
        found = Ask.objects.select_for_update().filter(key=key_id, state=AskState.HANDED)
        for one in found.filter(taken_at__gt=since):
            _become(one, AskState.SHARED, by=by)
            record(AskToldShared(subject=one.conversation), by=by)


def _standing(conversation_id: UUID) -> Ask:
    """Return what is asked in a conversation, locked, while it stands; refuse (NotAsked) else."""
    one = Ask.objects.select_for_update().filter(conversation=conversation_id).first()
    if one is None:
        raise NotAsked(_("This is no longer asked for."))
    check_stands(
        one.state,
        at=now(),
        until=one.until,
        asked_by=one.asked_by,
        listener=queries.listener_there(conversation_id),
    )
    return one


def _become(one: Ask, state: AskState, *, by: Actor) -> None:
    """Note what became of it, and tell both sides of the chat."""
    one.state = state
    one.save(update_fields=("state",))
    tell_of_vault(conversation_id=one.conversation, code=state, by=by)
