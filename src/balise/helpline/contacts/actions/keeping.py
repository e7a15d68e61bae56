"""The record: begun when someone accepts, saved as it is written, logged when opened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import RecordKey, keep, key_of_line, new_key
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.events import ContactBegun, ContactPassed, ContactRead, ContactSaved
from balise.helpline.contacts.models import LINE, WHERE, Contact
from balise.helpline.contacts.rules import (
    Channel,
    Conflict,
    ContactState,
    check_is_open,
    check_is_yours,
    differing,
)
from balise.helpline.contacts.rules.forms import JSON, Drawer


@dataclass(frozen=True, slots=True)
class Opened:
    """What is sealed of a contact, in clear, by field; a drawer that stays shut is None."""

    version: int
    body: dict[str, JSON]
    person: dict[str, JSON] | None
    notes: dict[str, JSON] | None


def begin(
    *,
    channel: Channel,
    subject: UUID,
    item: UUID | None = None,
    bearer: str = "",
    waited_s: int = 0,
    by: Actor,
) -> UUID:
    """Begin the record of what one has accepted, and return it: one for each subject while open.

    Another listener who accepts the same goes on with the same record. Of the `bearer` (a token or
    a number) a blind of today is kept, nothing else.
    """
    access.require(by, access.WORK)
    try:
        with transaction.atomic():
            return _go_on(subject, by=by) or _begin(channel, subject, item, bearer, waited_s, by)
    except IntegrityError:  # accepted twice at this very moment
        with transaction.atomic():
            known = _go_on(subject, by=by)
        if known is None:
            raise
        return known


def save(*, contact_id: UUID, version: int, given: Mapping[str, Any], by: Actor) -> int:
    """Save some fields as they are written, and return the new version.

    Where someone else wrote meanwhile: Conflict, with both texts; nothing is overwritten. The same
    words again change nothing.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        one = Contact.locked(contact_id)
        check_is_yours(listener=one.listener, by=by.key)
        check_is_open(one.state)
        values = queries.form_values(given, day_of(one.begun_at))
        drawers = queries.form(day_of(one.begun_at)).drawers(values)
        if drawers[Drawer.NOTES]:
            access.require(by, access.NOTES)
        key = key_of_line(LINE, one.id)
        kept = {drawer: _open(one, key, drawer) for drawer in Drawer}
        yours, theirs = differing(
            values, {code: value for each in kept.values() for code, value in each.items()}
        )
        if not yours:
            return one.version
        if version != one.version:
            raise Conflict(version=one.version, yours=yours, theirs=theirs)
        for drawer, fields in drawers.items():
            if fields:
                seal_drawer(one=one, key=key, drawer=drawer, fields=kept[drawer] | fields, by=by)
        one.version += 1
        one.save(update_fields=("version", *(f"sealed_{drawer}" for drawer in Drawer)))
        record(ContactSaved(subject=one.id, version=one.version), by=by)
    return one.version


def take_over(*, contact_id: UUID, by: Actor) -> None:
    """Take over a record that a colleague can no longer wrap up, to do it for them."""
    access.require(by, access.WORK)
    access.require(by, access.READ_OTHERS)
    with transaction.atomic():
        one = Contact.locked(contact_id)
        check_is_open(one.state)
        _pass(one, by=by)


def open_record(*, contact_id: UUID, by: Actor) -> Opened:
    """Open a record; logged before anything opens.

    One's own opens whole. Another's opens for people who may read others', without the person's
    name; private notes open for counsellors only.
    """
    access.require(by, access.READ)
    with transaction.atomic():
        one = find(Contact, id=contact_id)
        is_own = one.listener == by.key
        if not is_own:
            access.require(by, access.READ_OTHERS)
        notes = by.may(access.NOTES)
        record(ContactRead(subject=one.id, person=is_own, notes=notes), by=by)
    key = key_of_line(LINE, one.id)
    return Opened(
        version=one.version,
        body=_open(one, key, Drawer.BODY),
        person=_open(one, key, Drawer.PERSON) if is_own else None,
        notes=_open(one, key, Drawer.NOTES) if notes else None,
    )


def summary_of_own(*, contact_ids: Collection[UUID], by: Actor) -> str:
    """Return the summary of one's own latest record of these; logged; "" where there is none."""
    access.require(by, access.READ)
    found = Contact.objects.filter(id__in=contact_ids, listener=by.key)
    one = found.order_by("-begun_at").first()
    if one is None:
        return ""
    return str(open_record(contact_id=one.id, by=by).body.get("summary") or "")


def add_to_body(*, one: Contact, given: dict[str, JSON], by: Actor) -> None:
    """Seal more into the body of a locked record that is one's own; its caller saves it."""
    check_is_yours(listener=one.listener, by=by.key)
    key = key_of_line(LINE, one.id)
    fields = _open(one, key, Drawer.BODY) | given
    seal_drawer(one=one, key=key, drawer=Drawer.BODY, fields=fields, by=by)


def _go_on(subject: UUID, *, by: Actor) -> UUID | None:
    one = (
        Contact.objects.select_for_update().filter(subject=subject, state=ContactState.OPEN).first()
    )
    if one is None:
        return None
    _pass(one, by=by)
    return one.id


def _pass(one: Contact, *, by: Actor) -> None:
    if one.listener == by.key:
        return
    one.listener = by.key
    one.save(update_fields=("listener",))
    record(ContactPassed(subject=one.id), by=by)


def _begin(
    channel: Channel, subject: UUID, item: UUID | None, bearer: str, waited_s: int, by: Actor
) -> UUID:
    key, moment = new_key(LINE, uuid4()), now()
    Contact.objects.create(
        id=key.record,
        channel=channel,
        subject=subject,
        item=item,
        listener=by.key,
        bearer=queries.bearer_key(bearer, day_of(moment)),
        waited_s=max(waited_s, 0),
        begun_at=moment,
    )
    keep(key)
    record(ContactBegun(subject=key.record, channel=channel), by=by)
    return key.record


def seal_drawer(
    *,
    one: Contact,
    key: RecordKey,
    drawer: Drawer,
    fields: dict[str, JSON],
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> None:
    """Seal, unsaved, all that a drawer holds."""
    sealed = key.seal(fields, where=WHERE[drawer], row=one.id)
    setattr(one, f"sealed_{drawer}", sealed)


def _open(one: Contact, key: RecordKey, drawer: Drawer) -> dict[str, JSON]:
    sealed = bytes(getattr(one, f"sealed_{drawer}"))
    return key.open(sealed, where=WHERE[drawer], row=one.id) if sealed else {}
