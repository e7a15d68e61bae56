"""Receipts: the 28 symbols with which someone without a name comes back to what they sent.

27 random symbols of Crockford's base 32 (135 bits) and one check symbol, shown as seven groups
of four. Nobody can guess one, so looking one up needs no slow hash.
"""

import os
import unicodedata

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused

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
