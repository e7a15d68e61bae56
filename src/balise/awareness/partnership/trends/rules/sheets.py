"""The exchange sheet for Insafe: an emerging use in English, as PDF, CSV and JSON. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import orjson

from balise.foundation import tables
from balise.foundation.refusals import Refused

COLUMNS: Final = (
    "issue",
    "topic",
    "description",
    "first_seen",
    "state",
    "what_was_done",
    "country",
    "centre",
    "contact",
    "date",
)


class SheetIncomplete(Refused, code="sheet-incomplete"):
    pass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, in the order of `COLUMNS`; days are ISO 8601, the topic is Insafe's word."""

    issue: str
    topic: str
    description: str
    first_seen: str
    state: str
    what_was_done: str
    country: str
    centre: str
    contact: str
    date: str

    @property
    def columns(self) -> Mapping[str, str]:
        return asdict(self)


def as_json(sheet: Sheet) -> bytes:
    """Return the sheet as one JSON object."""
    return orjson.dumps(sheet.columns, option=orjson.OPT_INDENT_2)


def as_csv(sheet: Sheet) -> str:
    """Return the sheet as one row below its head."""
    row = [sheet.columns[name] for name in COLUMNS]
    return tables.as_csv([COLUMNS, row], separator=",", has_mark=False)
