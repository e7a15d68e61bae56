"""A request is written, because someone agreed; things are added to it, changed, given up."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import (
    RecordKey,
    keep,
    key_of_line,
    new_key,
    receipt_index,
)
from balise.foundation.encryption.worded import Receipt, new_worded
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import sending, verifying
from balise.helpline.removals.events import CodeRenewed, ItemAdded, RemovalRead, RemovalRequested
from balise.helpline.removals.models import ASKED, LINE, TOLD, Item, Request
from balise.helpline.removals.ports import pass_to_hotline
from balise.helpline.removals.queries import Opened
from balise.helpline.removals.rules.requests import (
    LONGEST_WORDS,
    ConsentBy,
    Given,
    NoChannel,
    check_complete,
    check_consent,
    check_has_address,
    check_ours,
    may_be_minor,
    missing,
    read_url,
)
from balise.helpline.removals.rules.states import RemovalState, Step, WrongState
from balise.takedown.law.rules import check_citable, check_days, offence_on
from balise.takedown.notices.rules.clocks import Urgency

# What may show the sexual abuse of a child is the hotline's: its address, and no look at it.


def hand_over(*, item_id: UUID, by: Actor) -> None:
    """Give an item's address to the hotline, and keep nothing of it here but that it was.

    Refuses what has no address, and what a platform has already.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        told = queries.told_of(item)
        check_has_address(told.url)
        item.sealed, item.offence = b"", ""
        sending.move(item=item, step=Step.HAND_OVER, by=by)
        pass_to_hotline.ask(origin=item.id, address=told.url, by=by)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request, and the code that the young person follows it with: shown once, never kept."""

    id: UUID
    code: Receipt | None


def prepare(  # noqa: PLR0913 - a whole page, in one go
    *,
    key: UUID,
    platform_id: UUID,
    consent: ConsentBy,
    agreed: bool,
    urgency: Urgency,
    given: Given,
    words: str = "",
    contact_id: UUID | None = None,
    conversation_id: UUID | None = None,
    by: Actor,
) -> Prepared:
    """Write a request with its first item; `key` makes it one, however often it is sent.

    Refuses what nobody agreed to (NoConsent), a platform that the directory lacks, an offence
    without a text on the day of the facts, intimate pictures of who may be a minor (the
    hotline's), and what is no address.
    """
    access.require(by, access.WORK)
    check_consent(agreed=agreed)
    if queries.platform(platform_id) is None:
        raise NoChannel(_("Choose a platform from the directory."))
    check_given(given=given, consent=consent, by=by)
    code, secret, at = new_worded(), new_key(LINE, key), now()
    try:
        with transaction.atomic():
            request = Request.objects.create(
                id=key,
                platform=platform_id,
                contact=contact_id,
                conversation=conversation_id,
                tracker_key=receipt_index(code),
                consent=consent,
                agreed_at=at,
                urgency=urgency,
                asked_by=by.key,
                asked_at=at,
                sealed=secret.seal({"words": words[:LONGEST_WORDS]}, where=TOLD, row=key),
            )
            keep(secret)
            requested = RemovalRequested(
                subject=key, platform=platform_id, consent=consent, urgency=urgency, items=1
            )
            record(requested, by=by)
            _add(request, secret, given, by)
    except IntegrityError:
        if Request.objects.filter(id=key, asked_by=by.key).exists():
            return Prepared(key, None)
        raise
    return Prepared(key, code)


def add_item(*, request_id: UUID, given: Given, by: Actor) -> UUID:
    """Add one more content or account to a request, and return its id. Refuses as `prepare`."""
    access.require(by, access.WORK)
    with transaction.atomic():
        request = Request.locked(request_id)
        check_given(given=given, consent=ConsentBy(request.consent), by=by)
        return _add(request, key_of_line(LINE, request.id), given, by)


def revise_item(*, item_id: UUID, given: Given, by: Actor) -> None:
    """Change what an item says, while it is a draft."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        check_given(given=given, consent=ConsentBy(item.request.consent), by=by)
        if item.stands is not RemovalState.DRAFT:
            raise WrongState(_("This item is now: %(state)s.") % {"state": item.stands.label})
        write_given(item=item, secret=key_of_line(LINE, item.request_id), given=given, by=by)
        item.save()
        if given.shows_abuse:
            hand_over(item_id=item.id, by=by)


def complete(*, item_id: UUID, by: Actor) -> None:
    """Say that an item is complete; refuses one that lacks something (Incomplete)."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        told = queries.told_of(item)
        check_complete(missing(url=told.url, handle=told.handle, kind=told.kind, words=told.words))
        sending.move(item=item, step=Step.COMPLETE, by=by)


def close(*, item_id: UUID, by: Actor) -> None:
    """End an item, wherever it stands: nothing more is asked, or is to be hoped for.

    Its notices are withdrawn. Refuses one that is on its way this very moment.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        sending.move(item=item, step=Step.CLOSE, by=by)
        verifying.withdraw_all(item=item, by=by)


def renew_code(*, request_id: UUID, by: Actor) -> Receipt:
    """Return a new code for the young person; the one before leads nowhere any more."""
    access.require(by, access.WORK)
    code = new_worded()
    with transaction.atomic():
        request = Request.locked(request_id)
        request.tracker_key = receipt_index(code)
        request.save(update_fields=("tracker_key",))
        record(CodeRenewed(subject=request.id), by=by)
    return code


def read(*, request_id: UUID, by: Actor) -> Opened:
    """Open all that is sealed of a request, and write down who read it.

    Raises NotHere; KeyForgotten once it was erased.
    """
    access.require(by, access.READ)
    with transaction.atomic():
        request = find(Request, id=request_id)
        record(RemovalRead(subject=request.id), by=by)
    return queries.opened(request)


def check_given(
    *,
    given: Given,
    consent: ConsentBy,
    on: datetime | None = None,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> None:
    """Refuse an address that is none, and an offence that the law of the facts does not have.

    Facts after `on`, now where it is not given, are refused too.
    """
    if given.url.strip():
        read_url(given.url)
    if given.shows_abuse:
        return
    check_days(given.facts, today=day_of(on or now()))
    offence = offence_on(given.offence, on=given.facts.last, country=settings.COUNTRY)
    check_citable(offence)
    check_ours(offence, about_minor=may_be_minor(consent))


def _add(request: Request, secret: RecordKey, given: Given, by: Actor) -> UUID:
    item = Item(id=uuid4(), request=request, number=request.items.count() + 1)
    write_given(item=item, secret=secret, given=given, by=by)
    item.save(force_insert=True)
    record(item.fact(ItemAdded, request=request.id), by=by)
    if given.shows_abuse:
        hand_over(item_id=item.id, by=by)
    else:
        sending.settle(request=request, by=by)
    return item.id


def write_given(*, item: Item, secret: RecordKey, given: Given, by: Actor) -> None:
    """Set, unsaved, what an item says. Whoever writes it is not who takes the second look."""
    item.kind, item.content_type = given.kind.value, given.content_type.value
    item.offence, item.is_sensitive = given.offence, given.is_sensitive
    item.facts_on, item.facts_from = given.facts.last, given.facts.first
    item.facts_certainty = given.facts.certainty
    item.written_by, item.approved_by = by.key, ""
    url = read_url(given.url) if given.url.strip() else ""
    told = {"url": url, "handle": given.handle.strip(), "words": given.words[:LONGEST_WORDS]}
    item.sealed = secret.seal(told, where=ASKED, row=item.id)
