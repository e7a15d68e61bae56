"""The shape of a fact. Lines subclass it; they never import each other's."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Self, dataclass_transform
from uuid import UUID

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,59}|")
_NAME = re.compile(r"(?P<line>[a-z]{1,20})(\.[a-z][a-z0-9_-]*){2,3}")


class Code(str):
    """A word from a code list: at most 60 letters, digits and `_.:/-`, so never free text."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        if not _CODE.fullmatch(value):
            raise ValueError("a code holds no free text")
        return super().__new__(cls, value)


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _Fact:
    """What every fact is, without a decorator of its own: frozen, its fields named."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        dataclass(frozen=True, kw_only=True)(cls)


class Event(_Fact):
    """A fact, in the past tense: ids, codes, numbers and dates, never names, texts or addresses.

    `class ReportReceived(Event, name="hotline.report.received")`: line, noun, verb. The first word
    is the chain of the journal that the fact is written in. Without a name, it is the shape of
    others.
    """

    name: ClassVar[str]
    line: ClassVar[str]

    subject: UUID

    def __init_subclass__(cls, *, name: str = "", **options: Any) -> None:
        super().__init_subclass__(**options)
        name = name or cls.__dict__.get("name", "")
        if name:
            match = _NAME.fullmatch(name)
            if match is None:
                raise ValueError(f"{cls.__name__}: a fact is named line.noun.verb, not {name!r}")
            cls.name, cls.line = name, match["line"]
