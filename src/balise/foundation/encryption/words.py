"""Rows that six words open, for someone who is not known.

The words are shown once and stored nowhere: a row has their blind index alone.
"""

from typing import Any, ClassVar, Self

from django.db import models

from balise.foundation.encryption.phrases import WORDS, canonical, new_phrase, read_phrase
from balise.foundation.encryption.sealing import INDEX_BYTES, blind
from balise.foundation.locking import Lockable
from balise.foundation.refusals import Refused


class WordsUnknown(Refused, code="words-unknown"):
    """Six words open nothing."""

    field = "words"


class OpenedByWords(Lockable):
    """A row that six words open. `words_of` is the line and the field of its blind index."""

    words_of: ClassVar[tuple[str, str]]
    index = models.BinaryField(max_length=INDEX_BYTES, unique=True)

    class Meta:
        abstract = True

    @classmethod
    def new_words(cls, language: str) -> tuple[list[str], bytes]:
        """Return six new words of a language, and the index of the row that they will open.

        66 random bits: two rows with the same words are not to be seen, and the table refuses them.
        """
        words = new_phrase(language, words=WORDS)
        return words, blind(*cls.words_of, canonical(words))

    @classmethod
    def opened(cls, words: str, **of: Any) -> Self | None:
        """Return the row that words open as they were typed; None where they open none."""
        indexes = [blind(*cls.words_of, each) for each in read_phrase(words, words=WORDS)]
        return cls._default_manager.filter(index__in=indexes, **of).first()
