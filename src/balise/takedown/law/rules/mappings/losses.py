"""What a scheme cannot say of what we know: shown before someone relies on what was sent."""

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import Any

from balise.takedown.law.rules.items import FACTS
from balise.takedown.law.rules.mappings.tables import Scheme, Table


@dataclass(frozen=True, slots=True)
class TableLoss:
    """What one field loses.

    `merged`: theirs → several of ours that become it. `unsaid`: ours that it has no code for.
    `unused`: theirs that nothing of ours becomes.
    """

    field: str
    reads: tuple[str, ...]
    merged: dict[str, tuple[str, ...]]
    unsaid: tuple[str, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """What a scheme loses: `unread` are facts that no field of it carries."""

    scheme: str
    unread: tuple[str, ...]
    tables: tuple[TableLoss, ...]


def loss(scheme: Scheme) -> Loss:
    """Return all that is lost when items are said in a scheme's words."""
    read = {fact for table in scheme.tables for fact in table.reads}
    return Loss(
        scheme=scheme.code,
        unread=tuple(fact for fact in FACTS if fact not in read),
        tables=tuple(_loss_of(table) for table in scheme.tables),
    )


def _loss_of(table: Table) -> TableLoss:
    counts = Counter(code for code in table.rows.values() if code is not None)
    return TableLoss(
        field=table.field,
        reads=table.reads,
        merged={
            said(code): tuple("+".join(row) for row in table.back(code))
            for code, count in counts.items()
            if count > 1
        },
        unsaid=tuple("+".join(row) for row, code in table.rows.items() if code is None),
        unused=tuple(said(code) for code in table.theirs if code not in counts),
    )


def said(code: Enum) -> str:
    """Return a code of theirs in a readable form: `3 Pre-pubescent`, `A1`."""
    label: Any = getattr(code, "label", "")
    return f"{code.value} {label}".strip() if isinstance(code.value, int) else str(code.value)
