"""Bringing in what others classify by; keeping the law as it stood when it was named."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.takedown.law import access
from balise.takedown.law.events import LabelsImported, LawFrozen
from balise.takedown.law.models import FrozenLaw, ImportedLabels
from balise.takedown.law.rules.labels import LabelPack, read_labels
from balise.takedown.law.rules.offences import law, packed


class VersionTaken(Refused, code="version-taken"):
    """Another file was imported under this version: what items were labelled by does not change."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The pack, and whether this import brought it in."""

    pack: LabelPack
    is_new: bool


def import_labels(*, document: Mapping[str, Any], by: Actor) -> Outcome:
    """Import one version of a label pack; the same file again changes nothing.

    Refuses a document that is no label pack, and other labels under a version that is here.
    """
    access.require(by, access.IMPORT_LABELS)
    pack = read_labels(document)
    digest = hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()
    with transaction.atomic():
        row, is_new = ImportedLabels.objects.get_or_create(
            namespace=pack.namespace,
            version=pack.version,
            defaults={
                "digest": digest,
                "contents": orjson.dumps(document).decode(),
                "imported_at": now(),
            },
        )
        if row.digest != digest:
            raise VersionTaken(
                _("Other labels were imported as %(version)s: give these a different version.")
                % {"version": f"{pack.namespace} {pack.version}"}
            )
        if is_new:
            fact = LabelsImported(
                subject=row.id,
                namespace=Code(pack.namespace),
                version=Code(pack.version),
                labels=len(pack.labels),
            )
            record(fact, by=by)
    return Outcome(pack, is_new)


def freeze(*, country: str, by: Actor) -> str:
    """Store the country's law as it is now, once for each pack, and return the pack's digest.

    Anyone who may name an offence in a case may: the line checks that.
    """
    digest = law(country).digest
    with transaction.atomic():
        # Read only where it is new: a pack takes longer to read than a verdict to write.
        if FrozenLaw.objects.filter(digest=digest).exists():
            return digest
        _row, is_new = FrozenLaw.objects.get_or_create(
            digest=digest,
            defaults={
                "country": country,
                "contents": packed(country).decode(),
                "frozen_at": now(),
            },
        )
        if is_new:
            # A pack has no id of its own: its digest gives one, the same for the same pack.
            subject = UUID(digest[:32])
            fact = LawFrozen(subject=subject, country=Code(country), digest=Code(digest[:60]))
            record(fact, by=by)
    return digest
