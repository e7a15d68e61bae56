"""Someone on a case opens what was shared with it: written down, and told to the young person."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.timestamps import trusted_roots
from balise.foundation.finding import NotHere
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.helpline.vault import access, ports, queries
from balise.helpline.vault.documents import passing
from balise.helpline.vault.documents.dating import stamped_at
from balise.helpline.vault.documents.opening import identity_of, opened
from balise.helpline.vault.events import ShareClosed, ShareDrawn, ShareOpened, ShareShown
from balise.helpline.vault.models import Share
from balise.helpline.vault.rules.items import Item
from balise.helpline.vault.rules.sharing import NotShared, ShareState, check_shared


@dataclass(frozen=True, slots=True)
class Opened:
    """An item in the open, and when its timestamp says that it was there; None without one."""

    item: Item
    stamped_at: datetime | None


def open_share(*, share_id: UUID, by: Actor) -> Opened:
    """Return an item in the open, to a member of its case (NotYours); it counts as one opening.

    Refuses (NotShared) one that was taken back, (ItemBroken) one that does not open: that it was
    tried is written down too, for the young person is told of each time.
    """
    access.require(by, access.OPEN)
    with transaction.atomic():
        share = _locked(share_id, by)
        moment = now()
        Share.objects.filter(id=share.id).update(
            opened_at=share.opened_at or moment, last_opened_at=moment, openings=F("openings") + 1
        )
        record(ShareOpened(subject=share.id, case=share.key.case), by=by)
    item = opened(share, identity=identity_of(share.key))
    committed = bytes.fromhex(item.commitment)
    return Opened(item, stamped_at(bytes(share.stamp), committed, roots=trusted_roots()))


def draw(*, share_id: UUID, by: Actor) -> bytes:
    """Return an item's picture drawn again, as WebP; counted as a look.

    Refuses (NotHere) where there is none to show, or pictures are off.
    """
    access.require(by, access.OPEN)
    with transaction.atomic():
        share = _locked(share_id, by)
        item = opened(share, identity=identity_of(share.key))
        if not queries.is_drawn(item):
            raise NotHere(Share.__name__)
        drawn = ports.draw.ask(octets=item.original, by=by)
        record(ShareDrawn(subject=share.id, case=share.key.case), by=by)
    return drawn


def shown(*, share_id: UUID, by: Actor) -> None:
    """Note that an item was drawn on the screen of someone on its case: seen, from now on.

    Refuses (NotShared) one that nobody opened, or that is not there; only the first time is kept.
    """
    access.require(by, access.OPEN)
    with transaction.atomic():
        share = _locked(share_id, by)
        if share.opened_at is None:
            raise NotShared(_("This item is no longer there."))
        if share.seen_at is not None:
            return
        Share.objects.filter(id=share.id).update(seen_at=now())
        record(ShareShown(subject=share.id, case=share.key.case), by=by)


def close(*, share_id: UUID, by: Actor) -> UUID | None:
    """Close a picture that should not be here; return the case in which one must report, if any.

    It is erased from the case at once. Where pictures are turned on, one supervisor decides about
    it, as about any (`pictures.sealing`).
    """
    access.require(by, access.OPEN)
    with transaction.atomic():
        share = _locked(share_id, by)
        duty: UUID | None = share.key.case
        if ports.close.is_plugged:
            with suppress(Refused):  # what cannot be drawn is erased all the same
                item = opened(share, identity=identity_of(share.key))
                duty = ports.close.ask(octets=item.original, case_id=share.key.case, by=by)
        share.state, share.ended_at = ShareState.CLOSED, now()
        share.header = share.body = share.stamp = b""
        upload_id, share.upload = share.upload_id, None
        share.save(update_fields=("state", "ended_at", "header", "body", "stamp", "upload"))
        passing.dropped(upload_id)
        record(ShareClosed(subject=share.id, case=share.key.case), by=by)
    return duty


def _locked(share_id: UUID, by: Actor) -> Share:
    share = Share.locked(share_id)
    queries.require_sees(share.key.case, who=by)
    check_shared(share.state)
    return share
