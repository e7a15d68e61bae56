"""Ask to talk: begin and wait in one transaction; and what the young person does about waiting."""

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.journal.book import record
from balise.helpline.conversations import queries
from balise.helpline.conversations.actions import talking
from balise.helpline.conversations.actions.talking import Begun
from balise.helpline.conversations.events import AnotherWanted
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.queries import line
from balise.helpline.conversations.queries.earlier import ended_of
from balise.helpline.conversations.rules import ConversationState, Earlier
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Risk, WaitKind


def ask(
    *,
    nickname: str = "",
    language: str = "",
    age: int | None = None,
    age_band: str = "",
    is_life_danger: bool = False,
    before: Receipt | None = None,
    is_by_code: bool = False,
    by: Actor = ANYONE,
) -> Begun:
    """Begin a conversation and let it wait for a listener: both, or neither.

    With the code (`before`) of one that has ended it is the same person: linked to it, before the
    others of their risk, and in danger still if they were. In the same browser without typing the
    code it is only perhaps they: telephones are shared, and nothing else follows.

    Someone who is not safe now is first in line, and a supervisor is called.
    """
    earlier = ended_of(before)
    how = (Earlier.CODE if is_by_code else Earlier.BROWSER) if earlier else None
    with transaction.atomic():
        begun = talking.begin(
            nickname=nickname,
            language=language,
            age=age,
            age_band=age_band,
            earlier=earlier,
            earlier_by=how,
            by=by,
        )
        risk = Risk.A if is_life_danger else Risk.F
        same = earlier if how is Earlier.CODE else None
        waiting.enqueue(
            kind=WaitKind.CHAT,
            subject=begun.id,
            risk=risk,
            language=language,
            returning=same is not None,
            same_as=same,
            by=by,
        )
    return begun


def be_in_danger(*, token: Receipt, by: Actor = ANYONE) -> bool:
    """Note that a young person is not safe now: first in line, and a supervisor is called.

    Someone who had left the line is in it again. Returns False, and changes nothing, where the
    conversation has ended: another has to begin.
    """
    conversation_id = queries.by_token(token)
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id)
        if one.state == ConversationState.ENDED:
            return False
        item_id = (
            place.id
            if place
            else waiting.enqueue(
                kind=WaitKind.CHAT, subject=one.id, language=one.language, returning=True, by=by
            )
        )
        waiting.raise_risk(item_id=item_id, risk=Risk.A, by=by)
    return True


def have_another(*, token: Receipt, by: Actor = ANYONE) -> bool:
    """Note that a young person does not wait for a listener whose line was cut.

    Within two seconds they are first in line for someone else. Returns False, and changes nothing,
    where the listener is there, or nobody is.
    """
    conversation_id = queries.by_token(token)
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        if not line.is_cut(one):
            return False
        if not one.wants_another:
            one.wants_another = True
            one.save(update_fields=("wants_another",))
            record(AnotherWanted(subject=one.id), by=by)
    return True
