"""What a device may ask of its shares, and what people on a case see of them; nothing decrypted."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.db.models.functions import Length

from balise.foundation.actors import Actor
from balise.foundation.encryption.phrases import word_list
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.encryption.sealing import blind
from balise.foundation.files.kinds import HEAD, Kind, kind_of
from balise.foundation.finding import NotHere, NotYours, find
from balise.helpline.cases.queries import files as cases
from balise.helpline.vault import access, ports
from balise.helpline.vault.models import (
    INVITED,
    LINE,
    Backup,
    CaseKey,
    Invitation,
    Link,
    Piece,
    Share,
)
from balise.helpline.vault.rules.bounds import (
    MOST_STATES,
    Malformed,
    TooMany,
    read_secret,
)
from balise.helpline.vault.rules.items import PICTURES, Item
from balise.helpline.vault.rules.sharing import State, Turns, commitment_to, key_words

# What a device may ask of: an upload that became a body has no place any more.
OPEN: Final = Backup.objects.filter(share__isnull=True, link__isnull=True)

_DRAWN = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})

# Without header and body: the public door may not read those.
COLUMNS = (
    *("id", "key", "secret_hash", "state", "received_at"),
    *("opened_at", "last_opened_at", "openings", "seen_at", "ended_at", "upload"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A shared item in words: when it came, what became of it; `number` counts those of a case."""

    id: UUID
    number: int
    state: State
    received_at: datetime
    last_opened_at: datetime | None
    ended_at: datetime | None
    has_stamp: bool

    @property
    def is_there(self) -> bool:
        return self.state is State.SHARED


@dataclass(frozen=True, slots=True)
class Shelf:
    """What people on a case see of its vault: the words that compare its key, and the items."""

    case: UUID
    key_words: tuple[str, ...]
    invited_until: datetime | None
    cards: tuple[Card, ...]


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
    return Shelf(case_id, words_of(key, invitation, language), until, _cards(key))


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
    columns = ("id", "state", "received_at", "last_opened_at", "ended_at", "stamp")
    return tuple(
        Card(id_, number, State(state), received, opened, ended, bool(stamp))
        for number, (id_, state, received, opened, ended, stamp) in enumerate(
            rows.values_list(*columns), 1
        )
    )


def _state(secret: object, one: Share) -> dict[str, object]:
    moments = ("received_at", "opened_at", "last_opened_at", "seen_at", "ended_at")
    told = {name: at.isoformat() if (at := getattr(one, name)) else None for name in moments}
    return {"secret": secret, "state": one.state, "openings": one.openings, **told}


def is_invitation(code: Receipt) -> bool:
    """Return whether a code is the words of a case that is open to sharing, or was."""
    return Invitation.objects.filter(index=blind(LINE, INVITED, code)).exists()
