"""A picture is kept in a case only if the child agrees, and until they take it back."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.encryption.sealing import forget, keep, new_key
from balise.foundation.finding import NotYours, find
from balise.foundation.journal.book import record
from balise.helpline.cases.queries import files as cases
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions.telling import tell_of_picture
from balise.helpline.pictures import access, queries
from balise.helpline.pictures.documents.drawing import encrypt, opened
from balise.helpline.pictures.events import KeepingAsked, PictureErased, PictureKept
from balise.helpline.pictures.models import LINE, Picture
from balise.helpline.pictures.rules.showing import OF_THE_CHILD, PictureState, check_state

_ASKED = frozenset({PictureState.ASKED})
_OFFERED = frozenset({PictureState.OFFERED})


def ask(*, picture_id: UUID, case_id: UUID, by: Actor) -> None:
    """Ask the child, as their listener, whether a picture may be kept in a case of one's own."""
    access.require(by, access.SEE)
    with transaction.atomic():
        one = Picture.locked(picture_id)
        queries.require_listens(one, who=by)
        check_state(one.state, _OFFERED)
        if not cases.is_on(case_id, who=by):
            raise NotYours(access.SEE)
        one.state, one.case = PictureState.ASKED, case_id
        one.save(update_fields=("state", "case"))
        tell_of_picture(conversation_id=one.conversation, code="asked", by=by)
        event = KeepingAsked(subject=one.id, conversation=one.conversation, case=case_id)
        record(event, by=by)


def answer(*, token: Receipt, picture_id: UUID, agrees: bool, by: Actor = ANYONE) -> None:
    """Answer as the child: it is kept, or erased at once. Refuses (NotNow) where nobody asked."""
    with transaction.atomic():
        one = _own(token, picture_id)
        check_state(one.state, _ASKED)
        if not agrees or one.case is None:
            _erase(one, code="refused", by=by)
            return
        one.state = PictureState.KEPT
        one.save(update_fields=("state",))
        tell_of_picture(conversation_id=one.conversation, code="kept", by=by)
        event = PictureKept(subject=one.id, conversation=one.conversation, case=one.case)
        record(event, by=by)


def take_back(*, token: Receipt, picture_id: UUID, by: Actor = ANYONE) -> None:
    """Erase a picture as the child, whether it was kept or not."""
    with transaction.atomic():
        one = _own(token, picture_id)
        check_state(one.state, OF_THE_CHILD)
        _erase(one, code="back", by=by)


def take_out(*, picture_id: UUID, by: Actor) -> None:
    """Erase a picture as someone who may see it: its child asked for it, or it is of no use."""
    access.require(by, access.SEE)
    with transaction.atomic():
        one = Picture.locked(picture_id)
        queries.require_sees(one, who=by)
        _erase(one, code="removed", by=by)


def move_kept(*, picture_id: UUID, by: Actor = SYSTEM) -> None:
    """Put a kept picture under a key of its own: it no longer goes with its conversation.

    Only for a process that holds the line's key; once is enough.
    """
    with transaction.atomic():
        one = Picture.locked(picture_id)
        if one.state == PictureState.KEPT and not one.has_own_key:
            give_own_key(one=one, by=by)
            one.save(update_fields=("sealed", "has_own_key"))


def erase_of(*, conversation_id: UUID, by: Actor = SYSTEM) -> None:
    """Erase the pictures of a conversation that its child erased; a sealed one stays."""
    with transaction.atomic():
        found = Picture.objects.select_for_update().defer("sealed")
        for one in found.filter(conversation=conversation_id, state__in=OF_THE_CHILD):
            _erase(one, code="back", by=by)
            forget((one.id,))


def give_own_key(*, one: Picture, by: Actor) -> None:  # noqa: ARG001 - an action names its actor
    """Encrypt a locked picture under a new key that no code opens; the caller saves it."""
    key, drawn = new_key(LINE, one.id), opened(one)
    encrypt(one, drawn, key)
    keep(key)
    one.has_own_key = True


def _own(token: Receipt, picture_id: UUID) -> Picture:
    """Return a child's own picture, locked, without what the public door may not read."""
    rows = Picture.objects.select_for_update().only("id", "conversation", "state", "case")
    return find(rows, id=picture_id, conversation=talks.by_token(token))


def _erase(one: Picture, *, code: str, by: Actor) -> None:
    """Erase what was drawn; the worker destroys the key, where it has one of its own."""
    one.state, one.sealed = PictureState.GONE, b""
    one.save(update_fields=("state", "sealed"))
    tell_of_picture(conversation_id=one.conversation, code=code, by=by)
    record(PictureErased(subject=one.id, conversation=one.conversation), by=by)
