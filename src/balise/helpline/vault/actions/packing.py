"""Someone on a case takes out its dossier, for a complaint: each item counts as opened."""

from collections.abc import Sequence
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
from balise.helpline.vault import access
from balise.helpline.vault.documents.opening import all_opened
from balise.helpline.vault.documents.packing import paper_and_archive, told_of
from balise.helpline.vault.documents.timeline import Heading
from balise.helpline.vault.events import EvidencePacked, ShareOpened
from balise.helpline.vault.models import CaseKey, Share
from balise.helpline.vault.rules.items import Item
from balise.helpline.vault.rules.sharing import ShareState


class NothingToPack(Refused, code="vault-nothing-to-pack"):
    """No item of the case is there, or none opens."""


def pack(*, case_id: UUID, language: str, by: Actor) -> bytes:
    """Return the dossier of a case as a ZIP, to a member of it (NotOnCase).

    Where pictures are off, originals that are no words stay out of it; their hashes, salts and
    timestamps are in it. An item that does not open is left out. Refuses (NothingToPack). Nothing
    counts as opened before the dossier is there to be read.
    """
    access.require(by, access.OPEN)
    moment = now()
    with transaction.atomic():
        cases.require_on(case_id, who=by)
        key = CaseKey.objects.filter(case=case_id).first()
        rows = Share.objects.filter(key=key, state=ShareState.SHARED).order_by("received_at", "id")
        found = all_opened(list(rows), key)
        if not found:
            raise NothingToPack(_("No item of this case can be taken out."))
    heading = Heading(reference(case_id.hex), moment, language)
    _paper, octets = paper_and_archive(told_of(found), heading, roots=trusted_roots())
    with transaction.atomic():
        cases.require_on(case_id, who=by)
        note_opened(found=found, case_id=case_id, by=by)
        record(EvidencePacked(subject=case_id, items=len(found)), by=by)
    return octets


def note_opened(*, found: Sequence[tuple[Share, Item]], case_id: UUID, by: Actor) -> None:
    """Count one opening of each item, in the transaction of the caller."""
    moment, ids = now(), [share.id for share, _item in found]
    there = Share.objects.filter(id__in=ids)
    there.filter(opened_at__isnull=True).update(opened_at=moment)
    there.update(last_opened_at=moment, openings=F("openings") + 1)
    record_many((ShareOpened(subject=each, case=case_id) for each in ids), by=by)
