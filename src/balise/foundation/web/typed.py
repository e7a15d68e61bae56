"""What a person sent, to be given back to them: a page in between must not lose a word."""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

_MACHINE_WORDS: Final = re.compile(r"[\w:.=-]*")
_OURS: Final = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form as they were sent, those that people write, and whether files came."""

    given: list[tuple[str, str]]
    written: list[str]
    had_files: bool


def typed_in(request: HttpRequest, *, without: Container[str] = ()) -> Typed:
    """Return what was typed into the form that was sent, without our own fields."""
    given = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OURS and name not in without
        for value in values
    ]
    return Typed(
        given=given,
        written=[value for _name, value in given if not _MACHINE_WORDS.fullmatch(value)],
        had_files=bool(request.FILES),
    )
