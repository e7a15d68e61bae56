"""A device shares an item with a case, and takes it back. Nothing here can be read by the door."""

from datetime import datetime
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
from balise.helpline.vault.events import ItemShared, ShareRevoked
from balise.helpline.vault.models import CaseKey, Share
from balise.helpline.vault.rules.bounds import (
    MOST_SHARES,
    MOST_TOKEN,
    TooLarge,
    TooMany,
    check_body,
    check_header,
    read_secret,
)
from balise.helpline.vault.rules.sharing import ShareState


def share(
    *,
    case: UUID,
    secret: object,
    header: bytes,
    body: bytes | Upload,
    stamp: bytes = b"",
    by: Actor = ANYONE,
) -> tuple[UUID, datetime]:
    """Keep an item for a case; return its id and when it came. The same secret is the same item.

    `case` is the id that the device was told with the words. Refuses (NotHere) an unknown one,
    (NotSealed, TooLarge) what is no age file, (TooMany) more than a case takes, and what
    `passing.taken` does of a body that came in pieces.
    """
    hashed = sha256(read_secret(secret)).digest()
    check_header(header)
    if isinstance(body, bytes):
        check_body(body)
    if len(stamp) > MOST_TOKEN:
        raise TooLarge(_("This timestamp is too large."))
    known = _of_secret(hashed)
    if known is not None:
        return known.id, known.received_at
    key = find(CaseKey.objects.only("id"), id=case)
    if Share.objects.filter(key=key).count() >= MOST_SHARES:
        raise TooMany(_("This case has as many shared items as it takes."))
    one = Share(key=key, secret_hash=hashed, header=header, stamp=stamp, received_at=now())
    try:
        with transaction.atomic():
            if isinstance(body, bytes):
                one.body, one.length = body, len(body)
            else:
                one.upload, one.length = passing.taken(body), body.length
            one.save(force_insert=True)
            record(ItemShared(subject=one.id, key=key.id), by=by)
    except IntegrityError:  # sent twice at this very moment
        known = _of_secret(hashed)
        if known is None:
            raise
        return known.id, known.received_at
    return one.id, one.received_at


def revoke(*, secret: object, by: Actor = ANYONE) -> Share:
    """Take an item back: header and body are erased at once; what was opened stays said.

    Refuses (NotHere) a secret of nothing. One that was taken back or closed is left as it is.
    """
    hashed = sha256(read_secret(secret)).digest()
    with transaction.atomic():
        rows = Share.objects.select_for_update().only(*queries.COLUMNS)
        one = find(rows, secret_hash=hashed)
        if one.state == ShareState.SHARED:
            one.state, one.ended_at = ShareState.REVOKED, now()
            one.header = one.body = one.stamp = b""
            upload_id, one.upload = one.upload_id, None
            one.save(update_fields=("state", "ended_at", "header", "body", "stamp", "upload"))
            passing.dropped(upload_id)
            record(ShareRevoked(subject=one.id), by=by)
    return one


def _of_secret(hashed: bytes) -> Share | None:
    return Share.objects.only("id", "received_at").filter(secret_hash=hashed).first()
