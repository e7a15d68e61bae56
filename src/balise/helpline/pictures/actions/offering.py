"""A child shows a picture of their screen, or chooses not to."""

from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_receipt
from balise.foundation.encryption.worded import Receipt
from balise.foundation.journal.book import record
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions.passing import tell_of_picture
from balise.helpline.pictures.documents.drawing import drawn_again, encrypt
from balise.helpline.pictures.events import PictureDeclined, PictureOffered
from balise.helpline.pictures.models import Picture
from balise.helpline.pictures.rules.showing import OF_THE_CHILD, check_room, check_sent


def decline(*, token: Receipt, by: Actor = ANYONE) -> None:
    """Tell the listener that a picture was not sent: someone may be undressed in it.

    Refuses (TokenUnknown, ConversationOver) as `talking.say`.
    """
    conversation_id = talks.by_token(token)
    with transaction.atomic():
        tell_of_picture(conversation_id=conversation_id, code="declined", is_new=True, by=by)
        record(PictureDeclined(subject=conversation_id), by=by)


def offer(
    *,
    token: Receipt,
    answer: str,
    octets: bytes,
    picture_id: UUID | None = None,
    by: Actor = ANYONE,
) -> UUID:
    """Show the listener a picture; return its id. It is drawn again, and encrypted as messages are.

    The same `picture_id` again is the same picture: nothing is written.
    Refuses (NotSent) one for which the first question was not answered with no, (TooHeavy) more
    than 8 MB, (NoPicture) what is no whole picture, (TooMany) the eleventh, and (TokenUnknown,
    ConversationOver) as `talking.say`.
    """
    check_sent(answer, len(octets))
    conversation_id = talks.by_token(token)
    key = key_of_receipt(conversation_id, token)
    named = picture_id or uuid4()
    if Picture.objects.filter(id=named).exists():
        return named
    drawn = drawn_again(octets)
    one = Picture(id=named, conversation=conversation_id, offered_at=now())
    encrypt(one, drawn, key)
    with transaction.atomic():
        tell_of_picture(conversation_id=conversation_id, code="offered", is_new=True, by=by)
        there = Picture.objects.filter(conversation=conversation_id, state__in=OF_THE_CHILD)
        check_room(there.count())
        one.save(force_insert=True)
        record(PictureOffered(subject=one.id, conversation=conversation_id), by=by)
    return one.id
