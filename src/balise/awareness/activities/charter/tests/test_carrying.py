"""A charter travels as a short text, and a mistyped sign is asked back. No database."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from balise.awareness.activities.charter.rules import bank as charter_bank, carrying
from balise.awareness.activities.charter.rules.bank import BANDS, bank
from balise.awareness.activities.charter.rules.carrying import CodeMistyped
from balise.awareness.activities.charter.rules.charter import (
    Charter,
    CharterDamaged,
    CharterNewer,
    NoCharter,
)
from balise.awareness.activities.charter.rules.picks import Say

HERE = Path(__file__).parent
SCRIPT = HERE.parent / "static" / "charter" / "carrying.js"
NODE = shutil.which("node") or ""
TODAY = date(2026, 11, 27)
BANK = bank("fr")
CODES = [each.code for each in BANK.practices]


def made(codes: list[str] = CODES[:6], *, homes: int = 1) -> Charter:
    """Return a charter that was finished: an order, a trial, a rule of their own, a title."""
    begun = Charter().profiled(
        bands=["8-10", "11-13"], homes=homes, aims=["sleep"], is_counted=True
    )
    chosen = begun.choosing(
        children=codes, parents=codes[:2], homes=dict.fromkeys(codes[:1], 2) if homes > 1 else None
    )
    turned = chosen.moved(codes[-1], up=True).vetoed(codes[0]).saying("Le samedi, crêpes 🥞 !")
    agreed = turned.deciding(
        {codes[0]: Say.TRY, "own-1": Say.KEEP}, tries={codes[0]: "30 minutes"}, today=TODAY
    )
    return agreed.titled("La maison du phare").finished(today=TODAY).once_counted("started")


def unplaced(charter: Charter) -> Charter:
    """Return a charter without the numbers of the child's order, which may have gaps."""
    picks = {code: replace(pick, rank=0) for code, pick in charter.picks.items()}
    return replace(charter, picks=picks)


@pytest.mark.parametrize("homes", [1, 2])
def test_what_is_written_is_read_again(homes: int) -> None:
    charter = made(homes=homes)
    carried = carrying.read(carrying.write(charter, bank=BANK, with_words=True), bank=BANK)
    assert carried.lost == 0
    assert unplaced(carried.charter) == unplaced(charter)
    assert carried.charter.ranked == charter.ranked


@given(
    st.lists(st.sampled_from(CODES), unique=True, max_size=20),
    st.lists(st.sampled_from(BANDS), unique=True),
    st.text(max_size=60),
)
def test_any_choice_is_read_again(codes: list[str], bands: list[str], title: str) -> None:
    begun = Charter().profiled(
        bands=[each for each in BANDS if each in bands], homes=1, aims=(), is_counted=False
    )
    charter = begun.choosing(children=codes, parents=[]).titled(title)
    text = carrying.write(charter, bank=BANK, with_words=True)
    assert carrying.read(text, bank=BANK).charter == charter


def test_the_code_to_type_is_short_and_holds_no_word_of_the_family() -> None:
    text = carrying.write(made(), bank=BANK, with_words=False)
    assert len(text) <= 60
    by_hand = charter_bank.shown(text).lower().replace("0", "o").replace("1", "l")
    read = carrying.read(by_hand, bank=BANK)
    assert unplaced(read.charter) == unplaced(made().without_words())


def test_a_wrong_sign_or_two_swapped_are_asked_back() -> None:
    text = carrying.write(made(), bank=BANK, with_words=False)
    at = next(nth for nth in range(8, len(text)) if text[nth] != text[nth + 1])
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    wrong = text[:9] + ("A" if text[9] != "A" else "B") + text[10:]
    for slip in (swapped, wrong):
        with pytest.raises(CodeMistyped) as refused:
            carrying.read(slip, bank=BANK)
        assert refused.value.meant == text
    with pytest.raises(CodeMistyped) as refused:
        carrying.read(text[: len(text) // 2], bank=BANK)
    assert refused.value.meant == ""


def test_what_is_no_code_or_newer_or_says_what_none_says_is_refused() -> None:
    for other in (
        "",
        "marée lampe cerise vélo nuage sept",
        "A" * 5_000,
        "<script>alert(1)</script>",
    ):
        with pytest.raises(NoCharter):
            carrying.read(other, bank=BANK)
    newer = charter_bank.Bits()
    newer.put(carrying.VERSION + 1, 4)
    newer.put(0, 60)
    with pytest.raises(CharterNewer):
        carrying.read(newer.signs(), bank=BANK)
    strange = charter_bank.Bits()
    strange.put(carrying.VERSION, 4)
    strange.put(3, 2)  # homes
    strange.put(0, 80)
    with pytest.raises(CharterDamaged):
        carrying.read(strange.signs(), bank=BANK)


def test_a_rule_that_our_bank_does_not_have_is_said_and_the_others_are_read() -> None:
    text = carrying.write(made(), bank=BANK, with_words=True)
    smaller = bank("fr").__class__(BANK.themes, BANK.aims, BANK.sources, tuple(BANK.practices[1:]))
    carried = carrying.read(text, bank=smaller)
    assert carried.lost == 1
    assert len(carried.charter.picks) == len(made().picks) - 1


@pytest.mark.skipif(not NODE, reason="no Node on this machine to run the script")
def test_the_script_reads_what_the_rules_wrote_and_refuses_what_they_refuse() -> None:
    charters = [made(), made(homes=2), made().without_words(), Charter()]
    texts = [carrying.write(each, bank=BANK, with_words=True) for each in charters]
    newer = charter_bank.Bits()
    newer.put(carrying.VERSION + 1, 4)
    newer.put(0, 60)
    slip = texts[0][:9] + ("A" if texts[0][9] != "A" else "B") + texts[0][10:]
    known = {
        "bands": list(BANDS),
        "aims": [each.code for each in BANK.aims],
        "practices": CODES,
    }
    told = json.dumps({"texts": [*texts, "nuage sept", slip, newer.signs()], "known": known})
    command = [NODE, str(HERE / "carrying.mjs"), str(SCRIPT)]
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    *read, none, damaged, later = json.loads(done.stdout)
    assert [each["refusal"] for each in (none, damaged, later)] == ["none", "damaged", "newer"]
    assert damaged["meant"] == charter_bank.shown(texts[0])
    for charter, found in zip(charters, read, strict=True):
        assert found["lost"] == 0
        assert unplaced(Charter.read(found["told"])) == unplaced(charter)
        assert Charter.read(found["told"]).ranked == charter.ranked
