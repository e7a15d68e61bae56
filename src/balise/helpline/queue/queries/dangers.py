"""Whether a life is in danger, which all else asks here; and how long one waits in line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Avg, Exists, F, OuterRef, Q, QuerySet
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import now, of_database
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import find
from balise.helpline.queue import access
from balise.helpline.queue.models import ANSWERED, LINE, TOLD, Danger, Item, Seat
from balise.helpline.queue.rules import (
    LIVE,
    VANISHED_AFTER,
    Band,
    ItemState,
    NotYours,
    Risk,
    SeatState,
    Taking,
    WaitKind,
    band,
    rank,
)
from balise.helpline.queue.rules.dangers import Life, NotADanger, Outcome, SaidBy

# What one person ended or set aside, and no supervisor has read.
UNREAD = Q(read_by="", ended_at__isnull=False) & (Q(is_alone=True) | ~Q(set_aside=""))
# What words alone say, and no person has confirmed.
GUESS = Q(said_by=SaidBy.WORDS, confirmed_by="")


@dataclass(frozen=True, slots=True)
class DangerRow:
    """A life in danger: codes, accounts and moments, no word of anyone.

    `listener`: the account that had them last while it was on.
    """

    id: UUID
    kind: WaitKind
    subject: UUID
    item: UUID
    life: Life
    declared_by: str
    declared_at: datetime
    confirmed_by: str
    listener: str
    joined_by: str
    joined_at: datetime | None
    outcome: Outcome | None
    risk_now: Risk | None
    set_aside: NotADanger | None
    ended_by: str
    is_alone: bool
    read_by: str

    @property
    def is_on(self) -> bool:
        return self.life.is_on

    @property
    def listeners(self) -> set[str]:
        """Return the accounts that had the person: the last one, and the one who declared it."""
        said = {self.declared_by} if self.life.said_by is SaidBy.LISTENER else set()
        return said | {self.listener} - {""}


def on() -> QuerySet[Danger]:
    """Return the lives in danger now: declared by anyone, and not over."""
    return Danger.objects.filter(ended_at=None)


def items_on() -> QuerySet[Danger, UUID]:
    """Return the items of the lives in danger now, for another question of the database."""
    return on().values_list("item", flat=True)


def is_on(item_id: UUID) -> bool:
    """Return whether the danger of an item is on."""
    return on().filter(item=item_id).exists()


def among(item_ids: Collection[UUID]) -> set[UUID]:
    """Return the items, of those given, whose danger is on."""
    return set(items_on().filter(item__in=item_ids)) if item_ids else set()


def blocking(item_ids: Collection[UUID]) -> set[UUID]:
    """Return the items, of those given, whose listener takes nobody else: no end is proposed."""
    return set(items_on().filter(item__in=item_ids, proposed_by="")) if item_ids else set()


def all_on() -> list[DangerRow]:
    """Return the lives in danger now, the longest first."""
    return [row_of(one) for one in on().order_by("declared_at")]


def on_about(subject: UUID) -> DangerRow | None:
    """Return the danger that is on of someone, by whom it is about; else None."""
    one = on().filter(subject=subject).first()
    return row_of(one) if one else None


def of_item(item_id: UUID) -> DangerRow | None:
    """Return the danger of an item, the latest where it was declared anew; None for none."""
    one = Danger.objects.filter(item=item_id).order_by("-declared_at").first()
    return row_of(one) if one else None


def to_read(*, seen_by: Actor) -> list[DangerRow]:
    """Return what one person ended or set aside and no supervisor has read, the first first."""
    access.require(seen_by, access.SUPERVISE)
    return [row_of(one) for one in Danger.objects.filter(UNREAD).order_by("ended_at")]


def check_may_read(one: DangerRow, held_by: str, *, seen_by: Actor) -> None:
    """Refuse (NotYours) someone who has nothing to do with an immediate danger.

    The listener who has the person (`held_by`) and supervisors always may. Until it is over, so may
    the listeners who had them: the rescue services still ring them after the person is gone. Who
    joined, declared or proposed as a supervisor reads as one, for as long as they are.
    """
    people = {held_by} | (one.listeners if one.is_on else set())
    if seen_by.key not in people and not seen_by.may(access.SUPERVISE):
        raise NotYours(_("Only those who have to do with this danger can read this."))


def row_of(one: Danger) -> DangerRow:
    """Return the values of a danger."""
    return DangerRow(
        id=one.id,
        kind=WaitKind(one.kind),
        subject=one.subject,
        item=one.item,
        life=one.life,
        declared_by=one.declared_by,
        declared_at=one.declared_at,
        confirmed_by=one.confirmed_by,
        listener=one.listener,
        joined_by=one.joined_by,
        joined_at=one.joined_at,
        outcome=Outcome(one.outcome) if one.outcome else None,
        risk_now=Risk(one.risk_now) if one.risk_now else None,
        set_aside=NotADanger(one.set_aside) if one.set_aside else None,
        ended_by=one.ended_by,
        is_alone=one.is_alone,
        read_by=one.read_by,
    )


def told_of(one: Danger) -> dict[str, str]:
    """Return what was told of an end: `told`, and `alone` where one person ended it."""
    if not one.ending:
        return {}
    return key_of_line(LINE, one.id).open(bytes(one.ending), where=TOLD, row=one.id)


def told(danger_id: UUID) -> dict[str, str]:
    """Return what was told of the end of a danger (`told_of`), by its id."""
    return told_of(Danger.objects.get(id=danger_id))


def steps(danger_id: UUID) -> dict[str, str]:
    """Return what was answered to the questions of a danger, by its id."""
    return steps_of(Danger.objects.get(id=danger_id))


def steps_of(one: Danger) -> dict[str, str]:
    """Return what was answered to the questions, opened; empty where nothing was."""
    if not one.sealed:
        return {}
    opened = key_of_line(LINE, one.id).open(bytes(one.sealed), where=ANSWERED, row=one.id)
    return {code: str(text) for code, text in opened.items()}


def over(one: DangerRow) -> str:
    """Return the sentence of who said that it is over, and when; empty while it goes on."""
    if one.life.ended_at is None:
        return ""
    names = accounts.names_of({key for key in (one.ended_by, one.life.proposed_by) if key})
    words = {
        "at": time_format(localtime(one.life.ended_at), "TIME_FORMAT"),
        "name": names.get(one.life.proposed_by or one.ended_by, ""),
        "second": names.get(one.ended_by, ""),
    }
    if one.set_aside:
        return _("%(name)s set the words aside at %(at)s: no danger.") % words
    if not words["name"]:
        return _("Ended at %(at)s.") % words
    if one.is_alone or not words["second"]:
        return _("%(name)s ended the danger at %(at)s.") % words
    return _("%(name)s and %(second)s ended the danger at %(at)s.") % words


# How long someone waits: their place, and what the seats can take.


_LATELY = timedelta(hours=2)
_USUAL_HANDLING = timedelta(minutes=35)  # of a day of 150 calls; used until today has shown better


@dataclass(frozen=True, slots=True)
class Standing:
    """An item's state; while it waits, its place (1 is next) and a band.

    `seats` is how many listeners are there while it waits.
    """

    state: ItemState
    position: int
    band: Band
    seats: int = 0
    # Of risk A: nobody comes before them, and no waiting time is shown.
    comes_first: bool = False

    @property
    def ahead(self) -> int:
        return max(self.position - 1, 0)


def standing(item_id: UUID) -> Standing:
    """Return an item's place, for the person who waits. Raises NotHere.

    Those taken first count as before it: for a call or a chat, people who are there too, and risk
    A. Consoles on written work are on, but do not shorten the wait.
    """
    item = find(Item, id=item_id)
    state = ItemState(item.state)
    if state is not ItemState.WAITING:
        return Standing(state, 0, Band.UNDER_5)
    before = Q(rank__lt=item.rank) | Q(rank=item.rank, turn_at__lt=item.turn_at)
    ahead, seats, waits = _behind(before, WaitKind(item.kind))
    return Standing(state, ahead + 1, waits, seats, comes_first=is_on(item.id))


def newcomer(kind: WaitKind) -> Standing:
    """Return where someone would stand who comes now, of whom nothing is known; four queries."""
    last = rank(Risk.F, kind=kind, returning=False)
    ahead, seats, waits = _behind(Q(rank__lte=last), kind)
    return Standing(ItemState.WAITING, ahead + 1, waits, seats)


def _behind(before: Q, kind: WaitKind) -> tuple[int, int, Band]:
    """Return how many wait before a place, how many listeners are there, and how long it lasts."""
    ahead = Item.objects.filter(before, state=ItemState.WAITING).count()
    seats = _taking()
    return ahead, len(seats), band(ahead, seats=seats, handling=_handling(), kind=kind)


def _taking() -> list[Taking]:
    """Return the seats that are taken, breaks left out, with what they hold; two queries."""
    seats = list(seats_taken().exclude(state=SeatState.BREAK))
    is_blocking = Exists(on().filter(item=OuterRef("id"), proposed_by=""))
    held: dict[str, list[tuple[WaitKind, bool]]] = {}
    found = Item.objects.filter(
        state=ItemState.HELD, held_by__in=[seat.account for seat in seats]
    ).annotate(is_blocking=is_blocking)
    for account, kind, blocks in found.values_list("held_by", "kind", "is_blocking"):
        held.setdefault(account, []).append((WaitKind(kind), blocks))
    return [
        Taking(
            state=SeatState(seat.state),
            held=tuple(kind for kind, _blocks in held.get(seat.account, ())),
            chat_cap=seat.chat_cap,
            is_blocked=any(blocks for _kind, blocks in held.get(seat.account, ())),
            on_written_work=seat.on_written_work,
        )
        for seat in seats
    ]


def seats_taken() -> QuerySet[Seat]:
    """Return the seats whose page gave a sign lately, breaks too."""
    heard = Seat.objects.filter(heard_at__gte=of_database() - VANISHED_AFTER)
    return heard.exclude(state=SeatState.AWAY)


def _handling() -> timedelta:
    """Return how long a conversation lasted lately, on average."""
    ended = Item.objects.filter(state=ItemState.DONE, kind__in=LIVE, ended_at__gte=now() - _LATELY)
    mean: timedelta | None = ended.aggregate(mean=Avg(F("ended_at") - F("first_held_at")))["mean"]
    return mean or _USUAL_HANDLING
