"""A picture that should not be here: closed at once, opened once by one supervisor, decided."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import day_of, now, today
from balise.foundation.encryption import age
from balise.foundation.encryption.sealing import forget, keep, new_key
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import NotYours, find
from balise.foundation.journal.book import record
from balise.helpline.cases import access as of_cases
from balise.helpline.cases.actions import opening, writing
from balise.helpline.cases.queries import files as cases
from balise.helpline.cases.rules.sections import Section
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions.passing import tell_of_picture
from balise.helpline.pictures import access, queries
from balise.helpline.pictures.documents.drawing import drawn_again, encrypt, opened
from balise.helpline.pictures.events import (
    KeepingAsked,
    PictureErased,
    PictureKept,
    PictureOpened,
    PictureSealed,
    PictureShown,
    SealedOpened,
    SealedPacked,
    SealedSettled,
    SealedTaken,
)
from balise.helpline.pictures.models import LINE, Looks, Picture
from balise.helpline.pictures.rules.showing import (
    OF_THE_CHILD,
    NotNow,
    OpenedAlready,
    Outcome,
    PictureState,
    check_state,
)

# A listener looks at a picture: counted as exposure; seen once it was drawn on their screen.


def look(*, picture_id: UUID, by: Actor) -> bytes:
    """Return a picture as WebP, to who may see it (`queries.require_sees`)."""
    access.require(by, access.SEE)
    with transaction.atomic():
        one = Picture.locked(picture_id)
        queries.require_sees(one, who=by)
        drawn = opened(one)
        count(by=by)
        record(PictureOpened(subject=one.id, conversation=one.conversation), by=by)
    return drawn


def shown(*, picture_id: UUID, by: Actor) -> None:
    """Note that a picture was drawn on the screen of who may see it: it counts as seen from now on.

    Only the first time is written down.
    """
    access.require(by, access.SEE)
    with transaction.atomic():
        one = Picture.locked(picture_id)
        queries.require_sees(one, who=by)
        if one.seen_at is not None:
            return
        one.seen_at = now()
        one.save(update_fields=("seen_at",))
        record(PictureShown(subject=one.id, conversation=one.conversation), by=by)


def look_at(*, octets: bytes, by: Actor) -> bytes:
    """Return a picture that came to a case another way, drawn again as WebP; the look is counted.

    Whoever asks has asked whether they may see it, and writes it down. Refuses (NoPicture).
    """
    access.require(by, access.SEE)
    drawn = drawn_again(octets)
    with transaction.atomic():
        count(by=by)
    return drawn


def count(*, by: Actor) -> None:
    """Count one more look of someone's day, within the caller's transaction."""
    day = day_of(now())
    Looks.objects.get_or_create(account=by.key, day=day)
    Looks.objects.filter(account=by.key, day=day).update(many=F("many") + 1)


# A picture is kept in a case only if the child agrees, and until they take it back.


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


_SEALED = frozenset({PictureState.SEALED})


def seal(*, picture_id: UUID, by: Actor) -> UUID | None:
    """Close a picture to everyone but one supervisor; return the case in which the duty is due.

    Nobody of the chat sees it again, the child included: it is under a new key that no code opens.
    The case is the one that it was for, or a new one; to answer there whether one must report is
    due today. None for someone who works on no cases.
    """
    access.require(by, access.SEE)
    with transaction.atomic():
        one = Picture.locked(picture_id)
        queries.require_sees(one, who=by)
        if not one.has_own_key:
            give_own_key(one=one, by=by)
        one.state, one.sealed_at = PictureState.SEALED, now()
        one.case = _case_of_duty(one, by)
        one.save(update_fields=("state", "sealed_at", "case", "sealed", "has_own_key"))
        tell_of_picture(conversation_id=one.conversation, code="sealed", by=by)
        record(PictureSealed(subject=one.id, conversation=one.conversation), by=by)
    return one.case


def take_in(*, octets: bytes, case_id: UUID, by: Actor) -> UUID | None:
    """Close a picture that came to a case another way, as `seal` does; no chat is told.

    Refuses (NoPicture) what cannot be drawn again.
    """
    access.require(by, access.SEE)
    drawn, moment = drawn_again(octets), now()
    one = Picture(case=case_id, offered_at=moment, sealed_at=moment, state=PictureState.SEALED)
    one.conversation = case_id  # of no chat: its case stands for it
    with transaction.atomic():
        key = new_key(LINE, one.id)
        encrypt(one, drawn, key)
        keep(key)
        one.has_own_key = True
        one.case = _case_of_duty(one, by)
        one.save(force_insert=True)
        record(PictureSealed(subject=one.id, conversation=one.conversation), by=by)
    return one.case


def take(*, picture_id: UUID, by: Actor) -> None:
    """Be the one supervisor who may open a sealed picture and decides. NotYours for the others."""
    access.require(by, access.DECIDE)
    with transaction.atomic():
        one = _locked(picture_id)
        if one.keeper == by.key:
            return
        if one.keeper:
            raise NotYours(access.DECIDE)
        one.keeper = by.key
        one.save(update_fields=("keeper",))
        record(SealedTaken(subject=one.id), by=by)


def open_once(*, picture_id: UUID, by: Actor) -> bytes:
    """Return a sealed picture to the supervisor who has it, once (OpenedAlready); it is counted."""
    with transaction.atomic():
        one = _kept_by(picture_id, by)
        if one.opened_at is not None:
            raise OpenedAlready(_("You have opened this picture once. Decide without it."))
        drawn = opened(one)
        one.opened_at = now()
        one.save(update_fields=("opened_at",))
        count(by=by)
        record(SealedOpened(subject=one.id), by=by)
    return drawn


def pack(*, picture_id: UUID, by: Actor) -> bytes:
    """Return a sealed picture encrypted to the authority's age key: nobody here can open it.

    Refuses (NotNow) where the centre has no such key.
    """
    with transaction.atomic():
        one = _kept_by(picture_id, by)
        recipient = queries.authority_key()
        if not recipient:
            raise NotNow(_("The centre has no key of the police. Ask them how they take it."))
        packed = age.seal(opened(one), recipient=recipient)
        one.packed_at = now()
        one.save(update_fields=("packed_at",))
        record(SealedPacked(subject=one.id), by=by)
    return packed


def settle(*, picture_id: UUID, outcome: Outcome, by: Actor) -> None:
    """Decide: the police have it, or it is of nobody's concern. Either way it is erased here.

    That the police have it is refused (NotNow) before it was taken out for them.
    """
    with transaction.atomic():
        one = _kept_by(picture_id, by)
        if outcome is Outcome.POLICE and one.packed_at is None:
            raise NotNow(_("Take it out for the police first."))
        one.state, one.outcome, one.sealed = PictureState.GONE, outcome, b""
        one.save(update_fields=("state", "outcome", "sealed"))
        forget((one.id,))
        record(SealedSettled(subject=one.id, outcome=outcome), by=by)


def _locked(picture_id: UUID) -> Picture:
    one = Picture.locked(picture_id)
    check_state(one.state, _SEALED)
    return one


def _kept_by(picture_id: UUID, by: Actor) -> Picture:
    access.require(by, access.DECIDE)
    one = _locked(picture_id)
    if one.keeper != by.key:
        raise NotYours(access.DECIDE)
    return one


def _case_of_duty(one: Picture, by: Actor) -> UUID | None:
    """Return the case in which the duty to report is answered, with what is due today in it."""
    if not by.may(of_cases.WORK):
        return one.case
    case_id = one.case
    if case_id is None or not cases.is_on(case_id, who=by):
        case_id = opening.open_case(title=_("A picture that should not be here"), by=by)
    writing.write(
        case_id=case_id,
        section=Section.FOLLOW_UPS,
        given={
            "what": _("A picture was closed. Must we report? Answer the questions of this case."),
            "due_on": today().isoformat(),
            "who": by.key,
        },
        by=by,
    )
    return case_id
