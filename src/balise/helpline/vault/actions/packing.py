"""Someone on a case takes out its dossier, for a complaint: each item counts as opened."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.dating import trusted_roots
from balise.foundation.journal.book import record, record_many
from balise.foundation.refusals import Refused
from balise.helpline.cases.queries import files as cases
from balise.helpline.cases.rules.files import reference
from balise.helpline.vault import access, ports
from balise.helpline.vault.documents.dating import stamped_at
from balise.helpline.vault.documents.opening import identity_of, opened
from balise.helpline.vault.documents.packing import dossier
from balise.helpline.vault.documents.timeline import Told
from balise.helpline.vault.events import EvidencePacked, ShareOpened
from balise.helpline.vault.models import CaseKey, Share
from balise.helpline.vault.rules.items import WORDS, Item, ItemBroken
from balise.helpline.vault.rules.layout import file_of
from balise.helpline.vault.rules.sharing import State


class NothingToPack(Refused, code="vault-nothing-to-pack"):
    """No item of the case is there, or none opens."""


def pack(*, case_id: UUID, language: str, by: Actor) -> bytes:
    """Return the dossier of a case as a ZIP, to a member of it (NotOnCase).

    Where pictures are off, originals that are no words stay out of it; their hashes, salts and
    timestamps are in it. An item that does not open is left out. Refuses (NothingToPack).
    """
    access.require(by, access.OPEN)
    moment = now()
    with transaction.atomic():
        cases.require_on(case_id, who=by)
        key = CaseKey.objects.filter(case=case_id).first()
        rows = Share.objects.filter(key=key, state=State.SHARED).order_by("received_at", "id")
        found = _opened(list(rows), key)
        if not found:
            raise NothingToPack(_("No item of this case can be taken out."))
        ids = [share.id for share, _item in found]
        there = Share.objects.filter(id__in=ids)
        there.filter(opened_at__isnull=True).update(opened_at=moment)
        there.update(last_opened_at=moment, openings=F("openings") + 1)
        record_many((ShareOpened(subject=each, case=case_id) for each in ids), by=by)
        record(EvidencePacked(subject=case_id, items=len(ids)), by=by)
    return _dossier(found, reference(case_id.hex), moment, language)


def _opened(rows: list[Share], key: CaseKey | None) -> list[tuple[Share, Item]]:
    if key is None or not rows:
        return []
    identity, found = identity_of(key), []
    for share in rows:
        try:
            found.append((share, opened(share, identity=identity)))
        except ItemBroken:
            continue
    return found


def _dossier(found: list[tuple[Share, Item]], named: str, moment: datetime, language: str) -> bytes:
    roots = trusted_roots()
    told = []
    for number, (share, item) in enumerate(found, 1):
        stamp = bytes(share.stamp)
        at = stamped_at(stamp, bytes.fromhex(item.commitment), roots=roots)
        one = Told(
            item=item,
            file=file_of(number, item.id, item.type),
            received_at=share.received_at,
            stamped_at=at,
            is_withheld=item.kind not in WORDS and not ports.draw.is_plugged,
        )
        told.append((one, stamp if at else b""))
    return dossier(told, reference=named, made_at=moment, language=language, roots=roots)
