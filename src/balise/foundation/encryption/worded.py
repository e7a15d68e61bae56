"""Receipts that can be said in eight words: what a young person keeps.

A receipt of 88 random bits, the rest of it zeros: the words are found again from the receipt, in
any of our languages, and nothing else changes for whoever keeps, indexes or derives a key of one.
Those of before have 135 bits and no words; both are read.

88 bits resist what a code has to resist. Guessed at our pages, a million times a second among a
million codes, one is found in ten million years. Someone who has stolen the database and its keys
of indexes tries HKDF and AES-GCM for each guess: at a million million a second, it takes as long.
"""

import os
import secrets
import tomllib
import unicodedata
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.encryption.phrases import LANGUAGES, places, strange, word_list
from balise.foundation.refusals import Refused

# Receipts: the 28 symbols with which someone without a name comes back to what they sent.
#
# 27 random symbols of Crockford's base 32 (135 bits) and one check symbol, shown as seven groups
# of four. Nobody can guess one, so looking one up needs no slow hash.


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 28
GROUP = 4

_ANY_BYTE_TO_SYMBOL = (ALPHABET * 8).encode()
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_LOOK_ALIKE = str.maketrans("OIL", "011")
_LONGEST_INPUT = 200


class Receipt(str):
    """The canonical form: 28 upper-case symbols without dashes, the last one checked."""

    __slots__ = ()


class ReceiptMistyped(Refused, code="receipt-mistyped"):
    """The symbols do not form a receipt: one is wrong, missing or too many."""


def new_receipt() -> Receipt:
    """Return a fresh receipt of 135 random bits."""
    symbols = os.urandom(LENGTH - 1).translate(_ANY_BYTE_TO_SYMBOL).decode()
    return Receipt(symbols + check_symbol(symbols))


def read_receipt(text: str) -> Receipt:
    """Return the receipt that a person typed; refuse what cannot be one, before any look-up.

    Forgives case, spaces, dashes of every kind, O for 0, and I or L for 1.
    """
    if len(text) > _LONGEST_INPUT:
        raise _mistyped()
    symbols = "".join(
        symbol
        for symbol in unicodedata.normalize("NFKC", text).upper()
        if not symbol.isspace() and unicodedata.category(symbol) != "Pd" and symbol != "−"
    ).translate(_LOOK_ALIKE)
    if len(symbols) != LENGTH or not _VALUE.keys() >= set(symbols):
        raise _mistyped()
    if check_symbol(symbols[:-1]) != symbols[-1]:
        raise _mistyped()
    return Receipt(symbols)


def shown(receipt: Receipt) -> str:
    """Return the receipt as a person reads it: `ABCD-EFGH-…`."""
    return "-".join(receipt[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def check_symbol(symbols: str) -> str:
    """Return the check symbol of 27 symbols: their value as a polynomial over GF(2⁵) at x.

    A weighted sum modulo 32 would miss some swaps, because 32 is not prime. In the field of 32
    elements (x⁵ + x² + 1) every single wrong symbol and every swap of two different symbols is
    noticed; of other mistakes, one in 32 is not.
    """
    check = 0
    for symbol in symbols:
        check = _times_x(check ^ _VALUE[symbol])
    return ALPHABET[check]


def _times_x(value: int) -> int:
    return (value << 1) ^ (0b100101 if value & 0b10000 else 0)


def _mistyped() -> ReceiptMistyped:
    return ReceiptMistyped(_("This code is not right. Check each letter and digit."))


WORDS: Final = 8
_BITS_OF_WORD: Final = 11
_BITS_OF_SYMBOL: Final = 5
_SYMBOLS: Final = -(-WORDS * _BITS_OF_WORD // _BITS_OF_SYMBOL)
_ZEROS: Final = ALPHABET[0] * (LENGTH - 1 - _SYMBOLS)
_UNKIND: Final = {
    language: frozenset(words.split())
    for language, words in tomllib.loads(
        Path(__file__).with_name("unkind.toml").read_text(encoding="utf-8")
    ).items()
}


def new_worded() -> Receipt:
    """Return a fresh receipt that eight words say, kind ones, and that they mean alone."""
    while True:
        receipt = _receipt([secrets.randbelow(1 << _BITS_OF_WORD) for _nth in range(WORDS)])
        if all(_is_kind(receipt, language) for language in LANGUAGES):
            return receipt


def in_words(receipt: Receipt, language: str) -> str:
    """Return the words of a receipt in a language, with a space between; "" for one without."""
    symbols = receipt[:_SYMBOLS]
    if receipt[_SYMBOLS:-1] != _ZEROS:
        return ""
    number = 0
    for symbol in symbols:
        number = number << _BITS_OF_SYMBOL | ALPHABET.index(symbol)
    if number >> WORDS * _BITS_OF_WORD:
        return ""
    words, mask = word_list(language), (1 << _BITS_OF_WORD) - 1
    return " ".join(
        words[number >> _BITS_OF_WORD * (WORDS - 1 - nth) & mask] for nth in range(WORDS)
    )


def read_code(text: str) -> Receipt:
    """Return the receipt that a person typed, in eight words or in symbols.

    Words are read as `phrases` reads them: without case, accents or what follows the fourth letter.
    Raises ReceiptMistyped for what is neither; it names the first word that is in no list, or how
    many words were typed.
    """
    found = places(text, words=WORDS)
    if found:
        return _receipt(found[0])
    wrong = strange(text, words=WORDS)
    if wrong:
        says = _("Word %(number)s of 8 is not in our list. Check how it is written.")
        raise ReceiptMistyped(says % {"number": wrong[0]})
    typed = text.split()
    is_words = len(typed) > 1 and all(word.isalpha() for word in typed)
    if is_words and len(typed) != WORDS and len("".join(typed)) != LENGTH:
        says = _("A code has 8 words. You typed %(number)d.")
        raise ReceiptMistyped(says % {"number": len(typed)})
    return read_receipt(text)


def _is_kind(receipt: Receipt, language: str) -> bool:
    words = in_words(receipt, language)
    is_alone = len(places(words, words=WORDS)) == 1
    return is_alone and _UNKIND[language].isdisjoint(words.split())


def _receipt(numbers: list[int]) -> Receipt:
    number = 0
    for each in numbers:
        number = number << _BITS_OF_WORD | each
    symbols = "".join(
        ALPHABET[number >> _BITS_OF_SYMBOL * nth & (1 << _BITS_OF_SYMBOL) - 1]
        for nth in reversed(range(_SYMBOLS))
    )
    symbols += _ZEROS
    return Receipt(symbols + check_symbol(symbols))
