"""How our copy follows a source."""

import pytest

from balise.hotline.matching.exchange.rules.items import Copy, Item, Step, step_of
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal

ONE, OTHER = (Signal(HashKind.PDQ, bytes((n,)) * 32) for n in (1, 2))
MAY, JUNE = "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"


def item(signal: Signal | None = ONE, *, gone: bool = False, version: int = 0) -> Item:
    signals = (signal,) if signal else ()
    return Item("7/1", signals, is_gone=gone, version=version, origins=("7",))


def copy(of: Item, until: str = MAY) -> Copy:
    return Copy(of.digest, of.version, of.is_gone, until)


@pytest.mark.parametrize(
    ("came", "held", "until", "step"),
    [
        pytest.param(item(), None, MAY, Step.ADD, id="new"),
        pytest.param(item(gone=True), None, MAY, Step.NOTHING, id="never held"),
        pytest.param(item(None), None, MAY, Step.NOTHING, id="of other kinds"),
        pytest.param(item(), copy(item()), MAY, Step.NOTHING, id="again"),
        pytest.param(item(OTHER), copy(item()), JUNE, Step.CHANGE, id="changed"),
        pytest.param(item(gone=True), copy(item()), MAY, Step.WITHDRAW, id="withdrawn"),
        pytest.param(item(None), copy(item()), JUNE, Step.WITHDRAW, id="hash removed"),
        pytest.param(item(), copy(item(gone=True)), MAY, Step.NOTHING, id="withdrawal wins"),
        pytest.param(item(), copy(item(gone=True)), JUNE, Step.ADD, id="back, later"),
        pytest.param(item(OTHER), copy(item(), JUNE), MAY, Step.NOTHING, id="an old range again"),
        pytest.param(
            item(version=1), copy(item(OTHER, version=2)), JUNE, Step.NOTHING, id="out of order"
        ),
        pytest.param(
            item(version=3), copy(item(gone=True, version=2)), MAY, Step.ADD, id="back, by version"
        ),
    ],
)
def test_what_an_entry_asks_of_us(came: Item, held: Copy | None, until: str, step: Step) -> None:
    assert step_of(came, held, own="", until=until) is step


def test_ones_own_entry_is_recognised_and_not_doubled() -> None:
    assert step_of(item(), None, own="7", until=MAY) is Step.OWN
    assert step_of(item(gone=True), copy(item()), own="7", until=MAY) is Step.OWN


def test_the_order_of_hashes_and_labels_changes_nothing() -> None:
    one = Item("7/1", (ONE, OTHER), labels=("a", "b"))
    assert one.digest == Item("7/1", (OTHER, ONE), labels=("b", "a")).digest
    assert one.digest != Item("7/1", (ONE,), labels=("a", "b")).digest
