"""The one family of anticipated errors.

    Refused                 the program refuses, and says why
    ├── one class beside each rule that refuses (AlreadyAssessed, ReceiptUnknown, …)
    └── Shut            not this step alone: all of what was asked for is gone, or closed to them

A door turns a refusal into a form error, a message or a problem document. A missing ability raises
Django's own `PermissionDenied` instead.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Refused(Exception):
    """The program refuses; the message may be shown to the person who asked.

    `class RationaleNeeded(Refused, code="rationale-needed")`: the code is the same in every
    language, and stays when the class is renamed.
    """

    code = "refused"
    field = ""  # of the form that asks, where the refusal is about one

    def __init_subclass__(cls, *, code: str = "", **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.code = code or cls.code

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class Shut(Refused):
    """Not this step alone: all of what was asked for is gone, or closed to whom it was refused."""


@contextmanager
def refusals_as(error: Callable[[str], Exception]) -> Iterator[None]:
    """Let a refusal leave as another error that says its message: a field's, or a command's."""
    try:
        yield
    except Refused as refusal:
        raise error(refusal.message) from None
