"""A column that holds a code, read as a member of its enumeration."""

from enum import Enum


class Coded[Code: Enum]:
    """What the code in a column means: `stands = Coded(State, "state")`; ValueError for others."""

    def __init__(self, words: type[Code], column: str) -> None:
        self._words, self._column = words, column

    def __get__(self, row: object, owner: type) -> Code:
        return self._words(getattr(row, self._column))


class CodedIfAny[Code: Enum]:
    """The same of a column that may be empty: None then."""

    def __init__(self, words: type[Code], column: str) -> None:
        self._words, self._column = words, column

    def __get__(self, row: object, owner: type) -> Code | None:
        code = getattr(row, self._column)
        return self._words(code) if code else None
