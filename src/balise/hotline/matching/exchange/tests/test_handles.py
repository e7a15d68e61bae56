"""Handles: opaque, the partner's own, and not to be made up."""

from uuid import uuid4

from balise.hotline.matching.exchange.rules.handles import entry_of, handle_of

ONE, OTHER = bytes(range(16)), bytes(range(1, 17))


def test_a_handle_is_read_back_by_its_key_alone() -> None:
    handle = handle_of(12, key=ONE)
    assert entry_of(handle, key=ONE) == 12
    assert entry_of(handle, key=OTHER) is None


def test_handles_say_nothing_of_the_number() -> None:
    first, second = handle_of(12, key=ONE), handle_of(13, key=ONE)
    assert (first.int ^ second.int).bit_count() > 32
    assert first != handle_of(12, key=OTHER)


def test_a_made_up_handle_is_no_entry() -> None:
    assert entry_of(uuid4(), key=ONE) is None
