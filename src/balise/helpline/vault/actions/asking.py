"""A listener asks in a chat for something of the vault; the young person's vault takes it up, once.

The vault is told the signed key of the case by the session of the chat: no word is typed, and no
secret is made that could be found in an address or a history (decision 71).
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.journal.book import record
from balise.helpline.cases.queries import files as cases
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions.telling import tell_of_vault
from balise.helpline.vault import access, queries
from balise.helpline.vault.actions.inviting import Known, key_of
from balise.helpline.vault.events import (
    AskDeclined,
    AskedInChat,
    AskTakenBack,
    AskTakenUp,
    AskToldShared,
)
from balise.helpline.vault.models import Ask, CaseKey
from balise.helpline.vault.rules.asking import (
    ASKED_FOR,
    TOLD_WITHIN,
    AskState,
    NoCase,
    NotAsked,
    check_stands,
)


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
