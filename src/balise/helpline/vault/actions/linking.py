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
from balise.helpline.vault import queries
from balise.helpline.vault.documents import passing
from balise.helpline.vault.documents.passing import Upload
from balise.helpline.vault.events import LinkMade, LinkOpened, LinkWithdrawn
from balise.helpline.vault.models import Link
from balise.helpline.vault.rules.bounds import NotSealed, check_body, check_link, read_secret
from balise.helpline.vault.rules.sharing import LinkOver, check_link_opens

_AGE = b"age-encryption.org/v1\n"


def make(
    *, secret: object, openings: object, days: object, sealed: bytes | Upload, by: Actor = ANYONE
) -> tuple[UUID, datetime]:
    """Keep a whole age file for a link; return its id, and until when it opens.

    It is what was sent at once, or the upload that it came by. Refuses (Malformed) too many
    openings or days, (NotSealed, TooLarge) what is no age file, and what `passing.taken` does.
    """
    hashed = sha256(read_secret(secret)).digest()
    most, lasts = check_link(openings, days)
    if isinstance(sealed, bytes):
        check_body(sealed)
        _check_is_age(sealed)
    elif (known := Link.objects.filter(secret_hash=hashed).first()) is not None:  # sent twice
        return known.id, known.until
    moment = now()
    one = Link(
        secret_hash=hashed,
        made_at=moment,
        until=moment + timedelta(days=lasts),
        openings=most,
    )
    try:
        with transaction.atomic():
            if isinstance(sealed, bytes):
                one.body, one.length = sealed, len(sealed)
            else:
                one.upload, one.length = passing.taken(sealed), sealed.length
                _check_is_age(passing.first_octets(one.upload))
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
        if one is None or not _is_there(one):
            raise over
        moment = now()
        check_link_opens(at=moment, until=one.until, left=one.openings - one.opened)
        sealed = queries.whole_of(one)
        one.opened += 1
        one.last_opened_at = moment
        one.save(update_fields=("opened", "last_opened_at"))
        if one.opened >= one.openings:
            _empty(one)
        record(LinkOpened(subject=one.id), by=by)
    return sealed


def withdraw(*, secret: object, by: Actor = ANYONE) -> None:
    """Take a link back: it opens no longer. Refuses (NotHere) a secret of nothing."""
    hashed = sha256(read_secret(secret)).digest()
    with transaction.atomic():
        one = find(Link.objects.select_for_update(), secret_hash=hashed)
        if _is_there(one):
            _empty(one)
            record(LinkWithdrawn(subject=one.id), by=by)


def _check_is_age(octets: bytes) -> None:
    if not octets.startswith(_AGE):
        raise NotSealed(_("This is not an encrypted item."))


def _is_there(one: Link) -> bool:
    return one.upload_id is not None or bool(one.body)


def _empty(one: Link) -> None:
    upload_id, one.body, one.upload = one.upload_id, b"", None
    one.save(update_fields=("body", "upload"))
    passing.dropped(upload_id)
