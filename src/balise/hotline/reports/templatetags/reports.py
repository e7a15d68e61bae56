"""What the reports' pages name: a receipt in groups, the centre's numbers and lines by code."""

from collections.abc import Mapping
from typing import Protocol

from django.template import Library

from balise.foundation.encryption.receipts import Receipt, shown

register = Library()


class _Numbered(Protocol):
    number: str


class _Named(Protocol):
    name: str


class _Centre(Protocol):
    """The part of `settings.CENTRE` that is asked for here."""

    def number(self, code: str) -> _Numbered: ...

    def line(self, code: str) -> _Named: ...


@register.filter
def as_code(receipt: Receipt) -> str:
    """Return a receipt in its seven groups."""
    return shown(receipt)


@register.filter
def number_of(centre: _Centre, code: str) -> str:
    """Return the telephone number with this code, such as `helpline`."""
    return centre.number(code).number


@register.filter
def line_called(centre: _Centre, code: str) -> str:
    """Return the name under which the public knows a line."""
    return centre.line(code).name


@register.filter
def entry(mapping: Mapping[str, object], key: str) -> object:
    """Return what a mapping holds under a key; empty where it holds nothing."""
    return mapping.get(key, "")
