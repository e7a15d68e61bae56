"""Pictures as pages show them: their states. What is drawn is opened by actions alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import NotYours, find
from balise.helpline.cases.queries import files as cases
from balise.helpline.cases.rules.files import reference
from balise.helpline.conversations import queries as talks
from balise.helpline.pictures import access
from balise.helpline.pictures.models import Looks, Picture
from balise.helpline.pictures.rules.showing import IN_THE_CHAT, OF_THE_CHILD, PictureState
from balise.takedown.onward.dossiers import queries as dossiers

# Without the picture itself: the public door may not read that.
_COLUMNS = ("id", "conversation", "state", "offered_at", "seen_at", "case")


@dataclass(frozen=True, slots=True)
class Card:
    """A picture in words: its state, and when it was offered and seen."""

    id: UUID
    conversation: UUID
    state: PictureState
    offered_at: datetime
    seen_at: datetime | None
    case: UUID | None

    @property
    def is_in_chat(self) -> bool:
        return self.state in IN_THE_CHAT


@dataclass(frozen=True, slots=True)
class SealedCard:
    """A picture that should not be here; `keeper` is the name of the one who decides."""

    id: UUID
    sealed_at: datetime
    keeper: str
    is_mine: bool
    is_opened: bool
    packed_at: datetime | None
    reference: str


def of_child(token: Receipt) -> list[Card]:
    """Return the pictures that the bearer of the token has shown and may take back."""
    found = Picture.objects.filter(conversation=talks.by_token(token), state__in=OF_THE_CHILD)
    return _cards(found.order_by("offered_at").values_list(*_COLUMNS))


def may_see(conversation_id: UUID, *, who: Actor) -> bool:
    """Return whether someone is the listener of a conversation, and sees its pictures."""
    return who.may(access.SEE) and _listens(conversation_id, who)


def of_conversation(conversation_id: UUID, *, seen_by: Actor) -> list[Card]:
    """Return the pictures of a conversation, for its listener; for anyone else none."""
    if not may_see(conversation_id, who=seen_by):
        return []
    found = Picture.objects.filter(conversation=conversation_id, state__in=OF_THE_CHILD)
    return _cards(found.order_by("offered_at").values_list(*_COLUMNS))


def of_case(case_id: UUID, *, seen_by: Actor) -> list[Card]:
    """Return the pictures kept in a case, for its members; for anyone else none."""
    if not seen_by.may(access.SEE) or not cases.is_on(case_id, who=seen_by):
        return []
    found = Picture.objects.filter(case=case_id, state=PictureState.KEPT)
    return _cards(found.order_by("offered_at").values_list(*_COLUMNS))


def shown(picture_id: UUID, *, seen_by: Actor) -> Card:
    """Return one picture in words, for someone who may see it; NotHere or NotYours otherwise."""
    access.require(seen_by, access.SEE)
    one = find(Picture, id=picture_id)
    require_sees(one, who=seen_by)
    return _cards([(one.id, one.conversation, one.state, one.offered_at, one.seen_at, one.case)])[0]


def require_sees(one: Picture, *, who: Actor) -> None:
    """Refuse (NotYours) anyone but the conversation's listener, or a member of its case once kept.

    One that is sealed or erased is nobody's here.
    """
    if one.state in IN_THE_CHAT and _listens(one.conversation, who):
        return
    if one.state == PictureState.KEPT and one.case and cases.is_on(one.case, who=who):
        return
    raise NotYours(access.SEE)


def require_listens(one: Picture, *, who: Actor) -> None:
    """Refuse (NotYours) anyone but the listener of the picture's conversation."""
    if not _listens(one.conversation, who):
        raise NotYours(access.SEE)


def looks_today(*, seen_by: Actor) -> int:
    """Return how many times someone has looked at a picture today."""
    found = Looks.objects.filter(account=seen_by.key, day=day_of(now()))
    return found.values_list("many", flat=True).first() or 0


def sealed(*, seen_by: Actor) -> list[SealedCard]:
    """Return the pictures that wait for a decision, the oldest first: no word of anyone."""
    access.require(seen_by, access.DECIDE)
    found = (
        Picture.objects.filter(state=PictureState.SEALED)
        .defer("sealed")
        .order_by("sealed_at")[:200]
    )
    return _sealed_cards(found, seen_by)


def sealed_one(picture_id: UUID, *, seen_by: Actor) -> SealedCard:
    """Return one of them; raises NotHere, and NotYours where another supervisor has it."""
    access.require(seen_by, access.DECIDE)
    one = find(Picture.objects.defer("sealed"), id=picture_id, state=PictureState.SEALED)
    if one.keeper not in {"", seen_by.key}:
        raise NotYours(access.DECIDE)
    return _sealed_cards([one], seen_by)[0]


def unclaimed(*, seen_by: Actor) -> int:
    """Return how many sealed pictures no supervisor has taken yet."""
    access.require(seen_by, access.DECIDE)
    return Picture.objects.filter(state=PictureState.SEALED, keeper="").count()


def authority_key() -> str:
    """Return the age key of the authority that a centre tells first, "" where it has none."""
    return dossiers.key_of(dossiers.usual_authority().code)


def _listens(conversation_id: UUID, who: Actor) -> bool:
    return bool(who.key) and talks.account_of_listener(conversation_id) == who.key


def _cards(rows: Iterable[tuple[object, ...]]) -> list[Card]:
    return [
        Card(id_, conversation, PictureState(str(state)), offered_at, seen_at, case)  # type: ignore[arg-type]
        for id_, conversation, state, offered_at, seen_at, case in rows
    ]


def _sealed_cards(found: Iterable[Picture], seen_by: Actor) -> list[SealedCard]:
    kept = list(found)
    names = accounts.names_of({one.keeper for one in kept if one.keeper})
    return [
        SealedCard(
            id=one.id,
            sealed_at=one.sealed_at or one.offered_at,
            keeper=names.get(one.keeper, ""),
            is_mine=one.keeper == seen_by.key,
            is_opened=one.opened_at is not None,
            packed_at=one.packed_at,
            reference=reference(one.case.hex) if one.case else "",
        )
        for one in kept
    ]
