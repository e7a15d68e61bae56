"""What a device may ask of its shares, and what people on a case see of them; nothing decrypted."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.phrases import word_list
from balise.foundation.encryption.sealing import blind
from balise.foundation.encryption.worded import Receipt
from balise.foundation.files.uploads import HEAD, FileKind, kind_of
from balise.foundation.finding import NotHere, NotYours, find
from balise.helpline.cases.queries import files as cases
from balise.helpline.contacts import queries as contacts
from balise.helpline.conversations import queries as talks
from balise.helpline.vault import access, ports
from balise.helpline.vault.models import (
    INVITED,
    LINE,
    Ask,
    Backup,
    CaseKey,
    Handing,
    Invitation,
    Link,
    Piece,
    Share,
)
from balise.helpline.vault.rules.asking import AskState, is_past, stands
from balise.helpline.vault.rules.bounds import MOST_STATES, Malformed, TooMany, read_secret
from balise.helpline.vault.rules.handing import How, NoYes, Stand, Who
from balise.helpline.vault.rules.items import PICTURES, Item
from balise.helpline.vault.rules.sharing import ShareState, Turns, commitment_to, key_words

# What a device may ask of: an upload that became a body has no place any more.
OPEN: Final = Backup.objects.filter(share__isnull=True, link__isnull=True)

_DRAWN = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})

# Without header and body: the public door may not read those.
COLUMNS = (
    *("id", "key", "secret_hash", "state", "received_at"),
    *("opened_at", "last_opened_at", "openings", "seen_at", "ended_at", "upload", "handed_at"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A shared item in words: when it came, what became of it; `number` counts those of a case."""

    id: UUID
    number: int
    state: ShareState
    received_at: datetime
    last_opened_at: datetime | None
    ended_at: datetime | None
    has_stamp: bool
    handed_at: datetime | None

    @property
    def is_there(self) -> bool:
        return self.state is ShareState.SHARED


@dataclass(frozen=True, slots=True)
class HandingRow:
    """A yes: to which items (their numbers on the case), for whom, said how; what became of it."""

    id: UUID
    case: UUID
    receiver: str
    said: str
    said_at: datetime
    numbers: tuple[int, ...]
    stand: Stand
    is_whole: bool
    handed_at: datetime | None
    became: ports.Became | None

    @property
    def is_open(self) -> bool:
        return self.stand is Stand.OPEN


@dataclass(frozen=True, slots=True)
class Shelf:
    """What people on a case see of its vault: the words that compare its key, and the items."""

    case: UUID
    key_words: tuple[str, ...]
    invited_until: datetime | None
    cards: tuple[Card, ...]
    handings: tuple[HandingRow, ...] = ()

    @property
    def may_hand_over(self) -> bool:
        """Whether something is there that could be handed over, at a centre that does."""
        return hands_over() and any(card.is_there for card in self.cards)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the listener of a chat asks for, or may: its case, None where there is none for them.

    `state` is None where nothing was asked, or nobody answered in time.
    """

    conversation: UUID
    case: UUID | None
    state: AskState | None
    until: datetime | None


def words_of(key: CaseKey, invitation: Invitation | None, language: str) -> tuple[str, ...]:
    """Return the four words by which a case's key is compared, in a language.

    None until the device has shown what it committed to: what it says else is not believed.
    """
    if invitation is None or not invitation.answered_to:
        return ()
    turns = Turns(bytes(invitation.revealed), bytes(invitation.answer))
    if commitment_to(turns.revealed) != bytes(invitation.answered_to):
        return ()
    return tuple(key_words(str(key.id), key.recipient, turns, word_list(language)))


def states(secrets: object) -> list[dict[str, object]]:
    """Return what became of the items of these secrets, in their order; unknown ones are left out.

    Refuses (Malformed) what is no list of secrets, (TooMany) more than are asked at once.
    """
    given = secrets if isinstance(secrets, list) else [secrets]
    if len(given) > MOST_STATES:
        raise TooMany("Ask for fewer at once.")
    by_hash = {sha256(read_secret(one)).digest(): one for one in given}
    rows = Share.objects.only(*COLUMNS).filter(secret_hash__in=list(by_hash))
    found = {bytes(row.secret_hash): row for row in rows}
    return [_state(secret, found[hashed]) for hashed, secret in by_hash.items() if hashed in found]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a backup is, and the token that opens it, as the centre knows them: by their hashes."""

    where: bytes
    token: bytes


def place_of(locator: object, auth: object) -> Place:
    """Return a backup's place. Raises NotHere for what is no secret: there is none there."""
    try:
        where, token = read_secret(locator), read_secret(auth)
    except Malformed:
        raise NotHere(Backup.__name__) from None
    return Place(sha256(where).digest(), sha256(token).digest())


def backup_at(place: Place, *, among: QuerySet[Backup]) -> Backup:
    """Return the backup at a place. Raises NotHere, for the wrong token too."""
    backup = find(among, locator_hash=place.where)
    if not hmac.compare_digest(bytes(backup.secret_hash), place.token):
        raise NotHere(Backup.__name__)
    return backup


def whole_of(one: Share | Link) -> bytes:
    """Return the body of a share or a link; empty where it was erased."""
    if one.upload_id is None:
        return bytes(one.body)
    found = Piece.objects.filter(backup=one.upload_id).order_by("number")
    return b"".join(map(bytes, found.values_list("octets", flat=True)))[: one.length]


def octets_in(pieces: QuerySet[Piece]) -> int:
    """Return how many octets some pieces have, without reading them."""
    return pieces.aggregate(all=Sum(Length("octets")))["all"] or 0


def octets_kept() -> int:
    """Return the octets of all backups."""
    return octets_in(Piece.objects.filter(backup__is_passing=False))


def octets_passing() -> int:
    """Return the octets of shares, links and what is on its way to them."""
    bodies = [
        table.objects.aggregate(all=Sum(Length("body")))["all"] or 0 for table in (Share, Link)
    ]
    return sum(bodies) + octets_in(Piece.objects.filter(backup__is_passing=True))


def of_case(case_id: UUID, *, language: str, seen_by: Actor) -> Shelf | None:
    """Return the vault of a case, for its members; None for anyone else."""
    if not seen_by.may(access.OPEN) or not cases.is_on(case_id, who=seen_by):
        return None
    key = CaseKey.objects.only("id", "recipient").filter(case=case_id).first()
    if key is None:
        return Shelf(case_id, (), None, ())
    invitation = Invitation.objects.filter(key=key).first()
    until = invitation.until if invitation else None
    cards = _cards(key)
    rows = _handings(key, cards, seen_by) if cards else ()
    return Shelf(case_id, words_of(key, invitation, language), until, cards, rows)


def handing(handing_id: UUID, *, seen_by: Actor) -> HandingRow:
    """Return one yes, to a member of its case; NotHere, NotYours else."""
    access.require(seen_by, access.HAND_OVER)
    found = find(Handing.objects.select_related("key"), id=handing_id)
    require_sees(found.key.case, who=seen_by)
    rows = _handings(found.key, _cards(found.key), seen_by)
    return next(one for one in rows if one.id == handing_id)


def hands_over() -> bool:
    """Return whether the centre hands evidence over, once counsel has answered."""
    return settings.HANDS_EVIDENCE_OVER and ports.hand_over.is_plugged


def receiver(code: str) -> ports.Receiver:
    """Return an authority that may be given evidence; refuses (NoYes) an unknown one."""
    for one in ports.receivers.ask():
        if one.code == code:
            return one
    raise NoYes(_("Choose for whom they agreed."))


def said_of(one: Handing) -> str:
    """Return who said yes and how, in the language that is active."""
    return f"{Who(one.said_by).label}, {How(one.said_how).label}"


def shown(share_id: UUID, *, seen_by: Actor) -> tuple[UUID, Card]:
    """Return the case of an item, and its card, to a member of the case; NotHere, NotYours else."""
    access.require(seen_by, access.OPEN)
    one = find(Share.objects.select_related("key").only("id", "key__case"), id=share_id)
    require_sees(one.key.case, who=seen_by)
    card = next(card for card in _cards(one.key) if card.id == share_id)
    return one.key.case, card


def require_sees(case_id: UUID, *, who: Actor) -> None:
    """Refuse (NotYours) anyone who is not a member of the case."""
    if not cases.is_on(case_id, who=who):
        raise NotYours(access.OPEN)


def is_drawn(item: Item) -> bool:
    """Return whether an item is a picture that can be shown here, where pictures are turned on."""
    is_picture = item.kind in PICTURES and kind_of(item.original[:HEAD]) in _DRAWN
    return is_picture and ports.draw.is_plugged


def shows_pictures() -> bool:
    """Return whether the centre has turned pictures on, once counsel has answered."""
    return ports.draw.is_plugged


def records() -> bool:
    """Return whether the vault records what is heard: once counsel has said what that means."""
    return bool(settings.RECORDER_BASIS)


def _cards(key: CaseKey) -> tuple[Card, ...]:
    rows = Share.objects.filter(key=key).order_by("received_at", "id")
    columns = ("id", "state", "received_at", "last_opened_at", "ended_at", "stamp", "handed_at")
    return tuple(
        Card(id_, number, ShareState(state), received, opened, ended, bool(stamp), handed)
        for number, (id_, state, received, opened, ended, stamp, handed) in enumerate(
            rows.values_list(*columns), 1
        )
    )


def _handings(key: CaseKey, cards: tuple[Card, ...], seen_by: Actor) -> tuple[HandingRow, ...]:
    by_id = {card.id: card for card in cards}
    found = list(Handing.objects.filter(key=key).prefetch_related("items").order_by("noted_at"))
    done = [one.dossier for one in found if one.dossier]
    may = seen_by.may(access.HAND_OVER)
    became = ports.follow.ask(done, seen_by=seen_by) if done and may else {}
    return tuple(_handing(one, key, by_id, became) for one in found)


def _handing(
    one: Handing,
    key: CaseKey,
    cards: Mapping[UUID, Card],
    became: Mapping[UUID, ports.Became],
) -> HandingRow:
    about = [cards[item.share_id] for item in one.items.all()]
    return HandingRow(
        id=one.id,
        case=key.case,
        receiver=_name_of(one.authority),
        said=said_of(one),
        said_at=one.said_at,
        numbers=tuple(sorted(card.number for card in about)),
        stand=one.stand,
        is_whole=all(card.is_there for card in about),
        handed_at=one.handed_at,
        became=became.get(one.dossier) if one.dossier else None,
    )


def _name_of(code: str) -> str:
    """Return an authority's name; its code where the country's list has it no longer."""
    return next((str(one.name) for one in ports.receivers.ask() if one.code == code), code)


def _state(secret: object, one: Share) -> dict[str, object]:
    moments = (
        *("received_at", "opened_at", "last_opened_at", "seen_at", "ended_at"),
        "handed_at",
    )
    told = {name: at.isoformat() if (at := getattr(one, name)) else None for name in moments}
    return {"secret": secret, "state": one.state, "openings": one.openings, **told}


def is_invitation(code: Receipt) -> bool:
    """Return whether a code is the words of a case that is open to sharing, or was."""
    return Invitation.objects.filter(index=blind(LINE, INVITED, code)).exists()


def require_listens(conversation_id: UUID, *, who: Actor) -> None:
    """Refuse (NotInConversation, NotYours) anyone but the listener of a conversation."""
    if talks.account_of_listener(conversation_id) != who.key:
        raise talks.not_in(conversation_id, who=who)


def listener_there(conversation_id: UUID) -> str:
    """Return the account of the listener who is in a conversation that goes on; "" for nobody."""
    return talks.account_of_listener(conversation_id, goes_on=True)


def case_of(conversation_id: UUID, *, seen_by: Actor) -> UUID | None:
    """Return the case of a conversation's contact, to a member of it; None else."""
    contact = contacts.contact_of(conversation_id, seen_by=seen_by)
    return cases.case_of_contact(contact.id, seen_by=seen_by) if contact else None


def asked_in(conversation_id: UUID, *, seen_by: Actor) -> Asked | None:
    """Return what was asked in a conversation that goes on, to its listener; None for else."""
    if not seen_by.may(access.OPEN) or listener_there(conversation_id) != seen_by.key:
        return None
    case_id = case_of(conversation_id, seen_by=seen_by)
    one = Ask.objects.filter(conversation=conversation_id, asked_by=seen_by.key).first()
    if one is None or is_past(one.state, at=now(), until=one.until):
        return Asked(conversation_id, case_id, None, None)
    return Asked(conversation_id, case_id, AskState(one.state), one.until)


def is_asked(token: Receipt) -> bool:
    """Return whether the bearer of a chat's token is asked for something of their vault now."""
    conversation_id = talks.by_token(token)
    one = Ask.objects.filter(conversation=conversation_id).first()
    return one is not None and stands(
        one.state,
        at=now(),
        until=one.until,
        asked_by=one.asked_by,
        listener=listener_there(conversation_id),
    )
