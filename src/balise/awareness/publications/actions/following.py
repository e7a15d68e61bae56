"""Hearing of the next version of a kit: ask, confirm, leave. An address is kept for this alone."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction

from balise.awareness.publications import access, events
from balise.awareness.publications.models import ADDRESS, LINE, Follower
from balise.awareness.publications.rules.kits.following import canonical
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import blind, forget, keep, new_key
from balise.foundation.journal.book import record

FIELD = "follower.address"


@transaction.atomic
def ask(*, kit: UUID, language: str, address: str, by: Actor) -> UUID:
    """Keep an address, sealed, until its owner confirms; returns whose it is. Anyone may."""
    key = new_key(LINE, uuid4())
    Follower.objects.create(
        id=key.record,
        kit=kit,
        language=language,
        known_by=blind(LINE, FIELD, f"{kit}:{canonical(address)}"),
        sealed=key.seal({"address": address.strip()}, where=ADDRESS, row=key.record),
        asked_at=now(),
    )
    keep(key)
    record(events.NextVersionAsked(subject=key.record), by=by)
    return key.record


@transaction.atomic
def confirm(*, follower: UUID, by: Actor) -> None:
    """Say that the address is one's own, with the link that only its mailbox has.

    The public door writes a fact and no row; `settle` does what it says.
    """
    record(events.FollowerConfirmed(subject=follower), by=by)


@transaction.atomic
def leave(*, follower: UUID, by: Actor) -> None:
    """Say that one does not want to hear of it any more, with the link of a mail."""
    record(events.FollowerLeft(subject=follower), by=by)


@transaction.atomic
def settle(*, follower: UUID, left: bool, by: Actor) -> None:
    """Do what the bearer of a link said: keep the address, this one alone, or destroy it.

    One that is not there any more stays so.
    """
    access.require(by, access.PUBLISH)
    one = Follower.objects.select_for_update().filter(id=follower).first()
    if one is None:
        return
    same = Follower.objects.filter(known_by=one.known_by)
    if left:
        erase(followers=list(same.values_list("id", flat=True)), by=by)
        return
    others = same.exclude(id=one.id)
    erase(followers=list(others.values_list("id", flat=True)), by=by)
    if one.confirmed_at is None:
        one.confirmed_at = now()
        one.save(update_fields=("confirmed_at",))


@transaction.atomic
def note_told(*, follower: UUID, number: int, by: Actor) -> None:
    """Note the version that someone heard of."""
    access.require(by, access.PUBLISH)
    Follower.objects.filter(id=follower, told__lt=number).update(told=number)


@transaction.atomic
def erase(*, followers: Sequence[UUID], by: Actor) -> int:
    """Destroy addresses and their keys; return how many."""
    access.require(by, access.PUBLISH)
    forget(followers)
    return Follower.objects.filter(id__in=followers).delete()[0]
