"""The shape of a fact. Lines subclass it; they never import each other's."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self
from uuid import UUID

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,59}|")


class Code(str):
    """A word from a code list: at most 60 letters, digits and `_.:/-`, so never free text."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        if not _CODE.fullmatch(value):
            raise ValueError("a code holds no free text")
        return super().__new__(cls, value)


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact, in the past tense: ids, codes, numbers and dates, never names, texts or addresses.

    `name` is `line.noun.verb`, as in `hotline.report.received`; its first word is the chain of
    the journal that the fact is written in.
    """

    name: ClassVar[str]

    subject: UUID
