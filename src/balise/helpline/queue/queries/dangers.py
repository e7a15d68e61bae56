"""Whether a life is in danger: the one question of it, which all else asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.helpline.queue import access
from balise.helpline.queue.models import ANSWERED, LINE, TOLD, Danger
from balise.helpline.queue.rules import NotYours, Risk, WaitKind
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
