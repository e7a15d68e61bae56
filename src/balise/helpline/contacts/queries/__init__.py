"""Contacts in codes; blocks; ready answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, Subquery

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now, today, zone
from balise.foundation.encryption.sealing import blind, receipt_index
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import find
from balise.foundation.journal.book import has_done
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.exposures import exposure_of
from balise.foundation.statistics.protection import Exposure, quarter_of
from balise.helpline.contacts import access
from balise.helpline.contacts.events import ContactBegun, ContactPassed, TopicMet
from balise.helpline.contacts.models import (
    LINE,
    Block,
    BlockedDay,
    CannedAnswer,
    Contact,
    Questions,
)
from balise.helpline.contacts.ports import same_case
from balise.helpline.contacts.rules import (
    Channel,
    ContactState,
    canned,
    forms,
    kinds,
    proposing,
    taxonomies,
)
from balise.helpline.contacts.rules.blocking import BlockState, Length

_AT_ONCE = 100
_MET = "helpline.topics.met"
_MOST_OPEN = 1_000


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact: codes and moments only. `repeats`: contacts of the same bearer that day."""

    id: UUID
    channel: Channel
    subject: UUID
    item: UUID | None
    state: ContactState
    version: int
    risk: str
    kind: str
    begun_at: datetime
    closed_at: datetime | None
    is_mine: bool
    repeats: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A contact in the words for its codes; `kind` is "" until it is wrapped up."""

    id: UUID
    channel: Channel
    state: ContactState
    kind: str
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record that is not wrapped up yet; `listener` is an account."""

    id: UUID
    channel: Channel
    subject: UUID
    listener: str
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Blocked:
    """Someone is blocked until then; the door shows how to object, and the emergency numbers.

    `may_last_until` is later where a second person has yet to agree.
    """

    until: datetime
    may_last_until: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """An active block, as its supervisors see it: codes and moments, no word of anyone.

    `asked_by` is a name; `may_agree`: it waits for a second person, and the reader may be that
    person.
    """

    id: UUID
    kind: str
    channel: str
    length: Length
    waits: bool
    asked_by: str
    begun_at: datetime
    until: datetime
    would_end_at: datetime
    may_agree: bool


def contact(contact_id: UUID, *, seen_by: Actor) -> ContactRow:
    """Return one contact without a word of it. Raises NotHere."""
    access.require(seen_by, access.READ)
    return _row(find(Contact, id=contact_id), seen_by)


def contact_of(subject: UUID, *, seen_by: Actor) -> ContactRow | None:
    """Return the latest contact about a conversation, a call or a message."""
    access.require(seen_by, access.READ)
    one = Contact.objects.filter(subject=subject).order_by("-begun_at").first()
    return _row(one, seen_by) if one else None


def lost_to(contact_id: UUID, *, seen_by: Actor) -> str | None:
    """Return the account that has a contact now which the reader had; None for any other."""
    access.require(seen_by, access.WORK)
    listener = find(Contact, id=contact_id).listener
    had = has_done(ContactBegun, ContactPassed, subject=contact_id, by=seen_by)
    return listener if had and listener != seen_by.key else None


def latest_of(subjects: Sequence[UUID], *, seen_by: Actor) -> dict[UUID, UUID]:
    """Return the latest contact about each of these conversations, calls or messages."""
    access.require(seen_by, access.READ)
    found = Contact.objects.filter(subject__in=subjects).order_by("begun_at")
    return dict(found.values_list("subject", "id"))


def supported_on(contact_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Return the day on which each of these contacts was wrapped up, of those with support."""
    kinds = [kind.code for kind in contact_kinds() if kind.is_counselling]
    rows = Contact.objects.filter(id__in=contact_ids, state=ContactState.CLOSED, kind__in=kinds)
    return {
        contact: day_of(closed_at)
        for contact, closed_at in rows.values_list("id", "closed_at")
        if closed_at
    }


def own_contacts(*, seen_by: Actor) -> tuple[Listed, ...]:
    """Return a listener's contacts of today, and those that are still open, the latest first."""
    access.require(seen_by, access.WORK)
    wanted = Q(begun_at__gte=datetime.combine(today(), time(), tzinfo=zone())) | Q(
        state=ContactState.OPEN
    )
    found = Contact.objects.filter(wanted, listener=seen_by.key).order_by("-begun_at")[:_AT_ONCE]
    return _listed(found)


def listed(
    contact_ids: Sequence[UUID], *, seen_by: Actor, before: UUID | None = None
) -> tuple[Listed, ...]:
    """Return these contacts that are still kept, the latest first: codes, no word of them.

    `before`: those alone that began before this contact.
    """
    access.require(seen_by, access.READ)
    found = Contact.objects.filter(id__in=contact_ids).order_by("-begun_at")
    if before:
        moment = Contact.objects.filter(id=before).values("begun_at")
        found = found.filter(begun_at__lt=Subquery(moment))
    return _listed(found[:_AT_ONCE])


def open_records(*, seen_by: Actor, of_all: bool = False) -> tuple[OpenRecord, ...]:
    """Return the records that are not wrapped up, the oldest first: one's own, or everyone's."""
    access.require(seen_by, access.WORK)
    found = Contact.objects.filter(state=ContactState.OPEN)
    if of_all:
        access.require(seen_by, access.READ_OTHERS)
    else:
        found = found.filter(listener=seen_by.key)
    rows = found.order_by("begun_at").values_list(
        "id", "channel", "subject", "listener", "begun_at"
    )
    return tuple(
        OpenRecord(contact_id, Channel(channel), subject, listener, begun_at)
        for contact_id, channel, subject, listener, begun_at in rows[:_MOST_OPEN]
    )


def form(on: date | None = None) -> forms.Form:
    """Return the form of a contact, of today or of another day."""
    return forms.form(settings.COUNTRY, on or today())


def contact_kinds() -> tuple[kinds.ContactKind, ...]:
    """Return the types of contact, with the words to offer to who says nothing."""
    return kinds.contact_kinds(settings.COUNTRY)


def proposal_words() -> proposing.ProposalWords:
    """Return the words from which a record proposes."""
    return proposing.proposal_words(settings.COUNTRY)


def deed_rules() -> proposing.DeedRules:
    """Return what the country says of what was done in a contact."""
    return proposing.deed_rules(settings.COUNTRY)


def topics(on: date | None = None) -> taxonomies.Taxonomies:
    """Return the topics and the lists they count under, of today or of another day."""
    return taxonomies.taxonomies(settings.COUNTRY, on or today())


def answers(*, seen_by: Actor, language: str) -> Mapping[str, str]:
    """Return the canned answers in a language by code: everyone's, then one's own."""
    return shared_answers(language) | own_answers(seen_by=seen_by, language=language)


def shared_answers(language: str) -> dict[str, str]:
    """Return everyone's canned answers in a language, by code."""
    shared = canned.shared_answers(settings.COUNTRY)
    return {code: words.in_language(language) for code, words in shared}


def own_answers(*, seen_by: Actor, language: str) -> dict[str, str]:
    """Return one's own canned answers in a language, by code."""
    access.require(seen_by, access.WORK)
    own = CannedAnswer.objects.filter(account=seen_by.key, language=language).order_by("code")
    return dict(own.values_list("code", "text"))


def blocked(bearer: str, *, life_in_danger: bool = False) -> Blocked | None:
    """Return the block of who bears a token or a number; none where a life is in danger."""
    if life_in_danger or not bearer:
        return None
    moment = now()
    holds = BlockedDay.objects.filter(
        bearer=bearer_key(bearer, day_of(moment)), block__ends_at__gt=moment
    ).exclude(block__state=BlockState.LIFTED)
    found = holds.order_by("-block__ends_at").values_list(
        "block__ends_at", "block__would_end_at", "block__state"
    )
    for until, would_end_at, state in found[:1]:
        return Blocked(until, would_end_at if state == BlockState.PROPOSED else until)
    return None


def blocks(*, seen_by: Actor) -> tuple[Held, ...]:
    """Return the blocks that hold; those that wait for a second person first."""
    access.require(seen_by, access.CONFIRM_BLOCK)
    found = list(_holding().select_related("contact").order_by("begun_at"))
    names = accounts.names_of({block.asked_by for block in found})
    labels = {kind.code: str(kind.label) for kind in contact_kinds()}
    shown = [_held(block, names, labels, seen_by) for block in found]
    return tuple(sorted(shown, key=lambda one: not one.waits))


def blocks_to_confirm(*, seen_by: Actor) -> int:
    """Return how many blocks wait for a second person."""
    access.require(seen_by, access.CONFIRM_BLOCK)
    return _holding().filter(state=BlockState.PROPOSED).count()


def are_open(token: Receipt) -> bool:
    """Return whether the questions of a link may still be answered."""
    return Questions.objects.filter(token_key=receipt_index(token), ends_at__gt=now()).exists()


def bearer_key(bearer: str, day: date) -> bytes:
    """Return the blind of a token or number on a day; b"" for none. No other day's matches it."""
    return blind(LINE, f"bearer:{day.isoformat()}", bearer) if bearer else b""


def met_again(contact_id: UUID, topics: Collection[str], *, on: date) -> frozenset[str]:
    """Return the grave topics that an earlier contact of the same case had in a day's quarter.

    What harms most counts cases, once a quarter, else a child who calls ten times is ten children
    in a number that protects one.
    """
    grave = {each for each in topics if exposure_of(_MET, "topic", each) is Exposure.GRAVE}
    others = same_case.ask(contact_id) if grave else ()
    if not others:
        return frozenset()
    since = datetime.combine(quarter_of(on).first, time(), tzinfo=zone())
    met = Entry.objects.filter(event=TopicMet.name, subject__in=others, at__gte=since)
    return frozenset(grave & {entry.facts["topic"] for entry in met})


def form_values(given: Mapping[str, Any], on: date) -> dict[str, forms.JSON]:
    """Return what was given as the form of a day keeps it, or refuse."""
    return form(on).read(given)


def _listed(found: QuerySet[Contact]) -> tuple[Listed, ...]:
    says = {kind.code: str(kind.label) for kind in contact_kinds()}
    return tuple(
        Listed(
            one.id,
            Channel(one.channel),
            ContactState(one.state),
            says.get(one.kind, ""),
            one.begun_at,
        )
        for one in found.only("id", "channel", "state", "kind", "begun_at")
    )


def _holding() -> QuerySet[Block]:
    return Block.objects.filter(ends_at__gt=now()).exclude(state=BlockState.LIFTED)


def _held(
    block: Block, names: Mapping[str, str], labels: Mapping[str, str], seen_by: Actor
) -> Held:
    contact, waits = block.contact, block.state == BlockState.PROPOSED
    return Held(
        id=block.id,
        kind=labels.get(contact.kind, "") if contact else "",
        channel=str(Channel(contact.channel).label) if contact else "",
        length=Length(block.length),
        waits=waits,
        asked_by=names.get(block.asked_by, ""),
        begun_at=block.begun_at,
        until=block.ends_at,
        would_end_at=block.would_end_at,
        may_agree=waits and block.asked_by != seen_by.key,
    )


def _row(one: Contact, seen_by: Actor) -> ContactRow:
    key = bytes(one.bearer)
    return ContactRow(
        id=one.id,
        channel=Channel(one.channel),
        subject=one.subject,
        item=one.item,
        state=ContactState(one.state),
        version=one.version,
        risk=one.risk,
        kind=one.kind,
        begun_at=one.begun_at,
        closed_at=one.closed_at,
        is_mine=one.listener == seen_by.key,
        repeats=Contact.objects.filter(bearer=key).count() if key else 1,
    )


def country() -> str:
    """Return the country whose packs are read."""
    return str(settings.COUNTRY)
