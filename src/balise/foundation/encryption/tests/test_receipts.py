import pytest
from hypothesis import given, strategies as st

from balise.foundation.encryption.worded import (
    ALPHABET,
    LENGTH,
    Receipt,
    ReceiptMistyped,
    check_symbol,
    new_receipt,
    read_receipt,
    shown,
)

receipts = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(
    lambda symbols: Receipt(symbols + check_symbol(symbols))
)
noise = st.text(" \t\n\u00a0\u202f-\u2010\u2011\u2013\u2014\u2212", max_size=3)


def _is_refused(text: str) -> bool:
    try:
        read_receipt(text)
    except ReceiptMistyped:
        return True
    return False


class TestNewReceipt:
    def test_has_28_symbols_in_seven_groups_of_four(self) -> None:
        receipt = new_receipt()
        assert len(receipt) == LENGTH
        assert [len(group) for group in shown(receipt).split("-")] == [4] * 7

    def test_is_read_back_from_what_is_shown(self) -> None:
        receipt = new_receipt()
        assert read_receipt(shown(receipt)) == receipt

    def test_uses_every_symbol_and_never_comes_twice(self) -> None:
        many = [new_receipt() for _ in range(2_000)]
        assert len(set(many)) == len(many)
        assert set("".join(many)) == set(ALPHABET)


class TestReadReceipt:
    @given(receipts, st.data())
    def test_forgives_case_spaces_dashes_and_look_alikes(
        self, receipt: Receipt, data: st.DataObject
    ) -> None:
        look_alikes = {"0": "0Oo", "1": "1IiLl"}
        typed = "".join(
            data.draw(noise)
            + data.draw(st.sampled_from(look_alikes.get(symbol, symbol + symbol.lower())))
            for symbol in receipt
        )
        assert _is_refused(typed) is (len(typed) > 200)
        if len(typed) <= 200:
            assert read_receipt(typed) == receipt

    def test_forgives_full_width_letters(self) -> None:
        receipt = new_receipt()
        wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in receipt)
        assert read_receipt(wide) == receipt

    @given(st.text(max_size=300))
    def test_refuses_anything_else_without_falling_over(self, text: str) -> None:
        assert _is_refused(text) or shown(read_receipt(text)).replace("-", "") == read_receipt(text)

    @pytest.mark.parametrize("text", ["", "ABCD", "U" * 28, "0" * 27, "0" * 29, "0" * 10_000])
    def test_refuses_what_cannot_be_one(self, text: str) -> None:
        assert _is_refused(text)


class TestCheckSymbol:
    @given(receipts)
    def test_notices_every_single_wrong_symbol(self, receipt: Receipt) -> None:
        for at, right in enumerate(receipt):
            for wrong in ALPHABET.replace(right, ""):
                assert _is_refused(receipt[:at] + wrong + receipt[at + 1 :])

    @given(receipts)
    def test_notices_every_swap_of_two_different_symbols_near_or_far(
        self, receipt: Receipt
    ) -> None:
        for one in range(LENGTH):
            for other in range(one + 1, LENGTH):
                if receipt[one] != receipt[other]:
                    symbols = list(receipt)
                    symbols[one], symbols[other] = symbols[other], symbols[one]
                    assert _is_refused("".join(symbols))

    @given(receipts, st.data())
    def test_notices_a_symbol_left_out_or_typed_twice(
        self, receipt: Receipt, data: st.DataObject
    ) -> None:
        at = data.draw(st.integers(0, LENGTH - 1))
        assert _is_refused(receipt[:at] + receipt[at + 1 :])
        assert _is_refused(receipt[:at] + receipt[at] + receipt[at:])

    def test_lets_one_in_32_of_double_mistakes_pass(self) -> None:
        receipt = new_receipt()
        pairs = [
            receipt[:3] + one + receipt[4:20] + other + receipt[21:]
            for one in ALPHABET.replace(receipt[3], "")
            for other in ALPHABET.replace(receipt[20], "")
        ]
        passed = sum(not _is_refused(pair) for pair in pairs)
        assert passed == 31  # of 31 × 31: the check symbol is one symbol, not a proof
