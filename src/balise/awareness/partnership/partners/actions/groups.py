"""Form a group, seat its members, note its meetings and the interests that members declared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.partnership.partners import access, events
from balise.awareness.partnership.partners.models import (
    INTEREST,
    LINE,
    NAME,
    Group,
    Interest,
    Meeting,
    Member,
    Organisation,
    Seats,
)
from balise.awareness.partnership.partners.rules.groups import (
    Band,
    DayToCome,
    GroupKind,
    GroupOver,
    MemberLeft,
    NotAttested,
    NotAYouthPanel,
    SeatsOnly,
)
from balise.awareness.partnership.partners.rules.mandates import (
    DatesWrong,
    OrganisationKnown,
    OrganisationUnknown,
)
from balise.awareness.places.structures import queries as structures
from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now, today
from balise.foundation.encryption.sealing import forget, keep, key_of_line, keys_of_line, new_key
from balise.foundation.journal.book import record


@dataclass(frozen=True, slots=True)
class Opened:
    """What is encrypted of a member; `name` is empty once it was deleted."""

    name: str
    interests: Sequence[tuple[date, str]]


def form(*, kind: GroupKind, name: str, mandate: str, since: date, by: Actor) -> UUID:
    """Form a group with its mandate; refuses a name that another group has."""
    access.require(by, access.WRITE)
    try:
        with transaction.atomic():
            row = Group.objects.create(
                id=uuid4(), kind=kind.value, name=name, mandate=mandate, since=since
            )
            record(events.GroupFormed(subject=row.id, kind=kind, day=since), by=by)
    except IntegrityError:
        raise OrganisationKnown(_("Another group has this name.")) from None
    return row.id


@transaction.atomic
def end(*, group_id: UUID, until: date, by: Actor) -> None:
    """End a group on a day; its members leave with it."""
    access.require(by, access.WRITE)
    group = _open(group_id)
    if until < group.since:
        raise DatesWrong(_("The last day is before the first."))
    group.until = until
    group.save(update_fields=("until",))
    for member in group.members.filter(left_at=None):
        _leave(member, by=by)
    record(events.GroupEnded(subject=group.id, day=until), by=by)


@transaction.atomic
def seat(
    *,
    group_id: UUID,
    role: str,
    name: str,
    since: date,
    organisation_id: UUID | None = None,
    is_public: bool = False,
    by: Actor,
) -> UUID:
    """Seat a member, by role and organisation. The name is encrypted; public with their consent.

    A youth panel refuses: it has numbers by structure, and no name.
    """
    access.require(by, access.WRITE)
    group = _open(group_id)
    if group.of_kind is GroupKind.YOUTH:
        raise SeatsOnly(_("A youth panel has no names: enter numbers by structure."))
    if organisation_id and not Organisation.objects.filter(id=organisation_id).exists():
        raise OrganisationUnknown(_("Choose an organisation of the register."))
    key = new_key(LINE, uuid4())
    Member.objects.create(
        id=key.record,
        group=group,
        organisation_id=organisation_id,
        role=role,
        sealed=key.seal({"name": name}, where=NAME, row=key.record),
        since=since,
    )
    keep(key)
    record(events.MemberJoined(subject=key.record, group=group.id), by=by)
    if is_public:
        consent(member_id=key.record, by=by)
    return key.record


@transaction.atomic
def consent(*, member_id: UUID, by: Actor) -> None:
    """Note that a member agreed that their name is public."""
    access.require(by, access.WRITE)
    member = _seated(member_id)
    opened = key_of_line(LINE, member.id).open(member.sealed, where=NAME, row=member.id)
    member.public_name = str(opened["name"])
    member.save(update_fields=("public_name",))
    record(events.MemberNamed(subject=member.id, group=member.group_id), by=by)


@transaction.atomic
def withdraw_consent(*, member_id: UUID, by: Actor) -> None:
    """Take a member's name off what is public, at once."""
    access.require(by, access.WRITE)
    member = Member.locked(member_id)
    if not member.public_name:
        return
    member.public_name = ""
    member.save(update_fields=("public_name",))
    record(events.MemberUnnamed(subject=member.id, group=member.group_id), by=by)


@transaction.atomic
def leave(*, member_id: UUID, by: Actor) -> None:
    """Note that a member left: their name is public no longer, and is deleted in two years."""
    access.require(by, access.WRITE)
    _leave(_seated(member_id), by=by)


@transaction.atomic
def note_interest(*, member_id: UUID, text: str, by: Actor) -> UUID:
    """Keep, encrypted, an interest that a member declared."""
    access.require(by, access.WRITE)
    member = _seated(member_id)
    key = new_key(LINE, uuid4())
    Interest.objects.create(
        id=key.record,
        member=member,
        noted_at=now(),
        sealed=key.seal({"text": text}, where=INTEREST, row=key.record),
    )
    keep(key)
    record(events.InterestNoted(subject=member.id, group=member.group_id), by=by)
    return key.record


@transaction.atomic
def open_member(*, member_id: UUID, by: Actor) -> Opened:
    """Return the name of a member and the interests they declared; it is written down who read.

    Raises KeyForgotten once the name was deleted.
    """
    access.require(by, access.WRITE)
    member = Member.locked(member_id)
    record(events.MemberOpened(subject=member.id, group=member.group_id), by=by)
    name = key_of_line(LINE, member.id).open(member.sealed, where=NAME, row=member.id)["name"]
    rows = list(member.interests.all())
    keys = keys_of_line(LINE, [row.id for row in rows])
    interests = [
        (
            day_of(row.noted_at),
            str(keys[row.id].open(row.sealed, where=INTEREST, row=row.id)["text"]),
        )
        for row in rows
    ]
    return Opened(str(name), interests)


@transaction.atomic
def note_seats(*, group_id: UUID, structure_id: UUID, band: Band, heads: int, by: Actor) -> None:
    """Note how many young people of a structure a panel has, of these ages; zero removes them.

    Refuses minors of a structure whose people have no attestation to meet them.
    """
    access.require(by, access.WRITE)
    group = _open(group_id)
    if group.of_kind is not GroupKind.YOUTH:
        raise NotAYouthPanel(_("Only a youth panel has numbers by structure."))
    structure_id = structures.card(structure_id).id
    is_attested = structures.may_meet_minors(structure_id, on=today())
    if heads and band.is_of_minors and not is_attested:
        raise NotAttested(_("This structure has no attestation in force to meet minors."))
    Seats.objects.filter(group=group, structure=structure_id, band=band.value).delete()
    if heads:
        Seats.objects.create(group=group, structure=structure_id, band=band.value, heads=heads)
    record(
        events.SeatsNoted(
            subject=group.id, group=group.id, structure=structure_id, band=band, heads=heads
        ),
        by=by,
    )


@transaction.atomic
def note_meeting(*, group_id: UUID, day: date, agenda: str, present: int, by: Actor) -> UUID:
    """Note a meeting that took place; refuses a day to come, and one outside the group's time."""
    access.require(by, access.WRITE)
    group = Group.locked(group_id)
    if day > today():
        raise DayToCome(_("This day is to come: enter the meeting once it took place."))
    if day < group.since or (group.until is not None and day > group.until):
        raise DayToCome(_("The group did not exist on that day."))
    row = Meeting.objects.create(id=uuid4(), group=group, day=day, agenda=agenda, present=present)
    record(
        events.MeetingHeld(
            subject=row.id, group=group.id, kind=group.of_kind, day=day, present=present
        ),
        by=by,
    )
    return row.id


@transaction.atomic
def erase_members(*, members: Sequence[UUID], by: Actor) -> int:
    """Destroy the names of members who left, with their keys; returns how many."""
    access.require(by, access.WRITE)
    forget(members)
    return Member.objects.filter(id__in=members).update(sealed=b"", public_name="")


def _open(group_id: UUID) -> Group:
    group = Group.locked(group_id)
    if group.until is not None:
        raise GroupOver(_("This group has ended."))
    return group


def _seated(member_id: UUID) -> Member:
    member = Member.locked(member_id)
    if member.left_at is not None:
        raise MemberLeft(_("This member has left the group."))
    return member


def _leave(member: Member, *, by: Actor) -> None:
    member.left_at, member.public_name = now(), ""
    member.save(update_fields=("left_at", "public_name"))
    record(events.MemberLeft(subject=member.id, group=member.group_id), by=by)
