"""What a device may ask of its shares, and what people on a case see of them; nothing decrypted."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.encryption.phrases import word_list
from balise.foundation.finding import NotYours, find
from balise.helpline.cases.queries import files as cases
from balise.helpline.vault import access, ports
from balise.helpline.vault.models import CaseKey, Invitation, Share
from balise.helpline.vault.rules.bounds import MOST_STATES, TooMany, read_secret
from balise.helpline.vault.rules.sharing import State, key_words

# Without header and body: the public door may not read those.
COLUMNS = (
    *("id", "key", "secret_hash", "state", "received_at"),
    *("opened_at", "last_opened_at", "openings", "ended_at"),
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


def words_of(key: CaseKey, language: str) -> tuple[str, ...]:
    """Return the four words by which a case's key is compared, in a language."""
    return tuple(key_words(str(key.id), key.recipient, word_list(language)))


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


def of_case(case_id: UUID, *, language: str, seen_by: Actor) -> Shelf | None:
    """Return the vault of a case, for its members; None for anyone else."""
    if not seen_by.may(access.OPEN) or not cases.is_on(case_id, who=seen_by):
        return None
    key = CaseKey.objects.only("id", "recipient").filter(case=case_id).first()
    if key is None:
        return Shelf(case_id, (), None, ())
    until = Invitation.objects.filter(key=key).values_list("until", flat=True).first()
    return Shelf(case_id, words_of(key, language), until, _cards(key))


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


def shows_pictures() -> bool:
    """Return whether the centre has turned pictures on, once counsel has answered."""
    return ports.draw.is_plugged


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
    moments = ("received_at", "opened_at", "last_opened_at", "ended_at")
    told = {name: at.isoformat() if (at := getattr(one, name)) else None for name in moments}
    return {"secret": secret, "state": one.state, "openings": one.openings, **told}
