"""Pack an approved dossier, once: signed, dated where there is an authority for it, sealed."""

import secrets
from base64 import b64encode
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.encryption.timestamps import Dating, timestamped_at
from balise.foundation.journal.book import record
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.documents.packing import packed
from balise.takedown.onward.dossiers.events import DossierPacked
from balise.takedown.onward.dossiers.models import Dossier
from balise.takedown.onward.dossiers.queries import PACKAGE
from balise.takedown.onward.dossiers.rules import parts as names
from balise.takedown.onward.dossiers.rules.stated import Stated
from balise.takedown.onward.dossiers.rules.states import DossierState, check_step

SALT_BYTES = 16


def pack(*, dossier_id: UUID, dating: Dating | None, by: Actor) -> bool:
    """Pack a dossier and return whether it was packed now; one that is packed or given up is left.

    `dating` asks the timestamp authority, outside of any transaction; what it raises is passed on,
    and nothing is packed. Without it the dossier says that it is not timestamped.
    """
    dossier = access.found(Dossier, dossier_id, access.APPROVE, by=by)
    if dossier.packed_at is not None or dossier.stands is DossierState.WITHDRAWN:
        return False
    check_step("pack", dossier.stands)
    recipient = queries.key_of(dossier.authority)
    parts = packed(
        _stated(dossier, is_dated=dating is not None),
        recipient=recipient,
        dating=dating,
        evidence=queries.evidence_of(dossier),
    )
    dated = _dated(parts, dating)
    payload = {name: b64encode(part).decode() for name, part in parts.items()}
    with transaction.atomic():
        dossier = Dossier.locked(dossier_id)
        if dossier.packed_at is not None or dossier.stands is not DossierState.APPROVED:
            return False
        key = key_of_line(dossier.line, dossier.id)
        dossier.package = key.seal({"parts": payload}, where=PACKAGE, row=dossier.id)
        dossier.packed_at, dossier.timestamped_at = now(), dated
        dossier.is_sealed, dossier.evidence = bool(recipient), b""
        dossier.save(
            update_fields=("package", "packed_at", "timestamped_at", "is_sealed", "evidence")
        )
        fact = DossierPacked(
            **dossier.about, timestamped=dated is not None, sealed=dossier.is_sealed
        )
        record(fact, by=by)
    return True


def _stated(dossier: Dossier, *, is_dated: bool) -> Stated:
    return Stated(
        number=dossier.number,
        made_at=now(),
        centre=settings.CENTRE,
        authority=queries.authority_of(dossier),
        offence=queries.offence_of(dossier),
        law=queries.cited_law(dossier),
        facts=queries.facts_of(dossier),
        salt=secrets.token_hex(SALT_BYTES),
        timestamped=is_dated,
    )


def _dated(parts: dict[str, bytes], dating: Dating | None) -> datetime | None:
    if dating is None:
        return None
    return timestamped_at(
        parts[names.TIMESTAMP], message=parts[names.SIGNATURE], trusted=dating.roots
    )
