"""A device makes a link for a lawyer or a school; it opens so many times, for so many days."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.helpline.vault.events import LinkMade, LinkOpened, LinkWithdrawn
from balise.helpline.vault.models import Link
from balise.helpline.vault.rules.bounds import (
    NotSealed,
    check_body,
    check_link,
    read_secret,
)
from balise.helpline.vault.rules.sharing import LinkOver, check_link_opens

_AGE = b"age-encryption.org/v1\n"


def make(
    *, secret: object, openings: object, days: object, sealed: bytes, by: Actor = ANYONE
) -> tuple[UUID, datetime]:
    """Keep a whole age file for a link; return its id, and until when it opens.

    Refuses (Malformed) too many openings or days, (NotSealed, TooLarge) what is no age file.
    """
    hashed = sha256(read_secret(secret)).digest()
    most, lasts = check_link(openings, days)
    check_body(sealed)
    if not sealed.startswith(_AGE):
        raise NotSealed(_("This is not an encrypted item."))
    moment = now()
    one = Link(
        secret_hash=hashed,
        body=sealed,
        made_at=moment,
        until=moment + timedelta(days=lasts),
        openings=most,
    )
    try:
        with transaction.atomic():
            one.save(force_insert=True)
            record(LinkMade(subject=one.id), by=by)
    except IntegrityError:  # sent twice
        one = Link.objects.get(secret_hash=hashed)
    return one.id, one.until


def open_link(*, link_id: UUID, by: Actor = ANYONE) -> bytes:
    """Return the age file of a link; one opening is counted. Refuses (LinkOver), also an unknown.

    The last opening erases what it was for.
    """
    over = LinkOver(_("This link no longer opens. Ask for a new one."))
    with transaction.atomic():
        one = Link.objects.select_for_update().filter(id=link_id).first()
        if one is None or not one.body:
            raise over
        moment = now()
        check_link_opens(at=moment, until=one.until, left=one.openings - one.opened)
        sealed = bytes(one.body)
        one.opened += 1
        one.last_opened_at = moment
        if one.opened >= one.openings:
            one.body = b""
        one.save(update_fields=("opened", "last_opened_at", "body"))
        record(LinkOpened(subject=one.id), by=by)
    return sealed


def withdraw(*, secret: object, by: Actor = ANYONE) -> None:
    """Take a link back: it opens no longer. Refuses (NotHere) a secret of nothing."""
    hashed = sha256(read_secret(secret)).digest()
    with transaction.atomic():
        one = find(Link.objects.select_for_update(), secret_hash=hashed)
        if one.body:
            one.body = b""
            one.save(update_fields=("body",))
            record(LinkWithdrawn(subject=one.id), by=by)
