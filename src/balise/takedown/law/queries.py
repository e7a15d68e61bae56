"""The label packs that this centre was given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from balise.takedown.law.models import ImportedLabels
from balise.takedown.law.rules.labels import LabelPack


@dataclass(frozen=True, slots=True)
class Imported:
    """A label pack and when it came in."""

    pack: LabelPack
    imported_at: datetime


def label_packs() -> Iterator[Imported]:
    """Yield the imported label packs, by namespace, the newest import first."""
    for row in ImportedLabels.objects.order_by("namespace", "-imported_at"):
        yield Imported(row.pack, row.imported_at)
