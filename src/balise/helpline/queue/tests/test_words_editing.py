"""Edits of the words of danger: what one may change, and what it changes; without a database."""

import pytest

from balise.foundation.packs import load
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.danger_words import danger_words, pack_of, read_pack
from balise.helpline.queue.rules.danger_words.editing import (
    SOURCE,
    Edit,
    Unreadable,
    WordsRefused,
    apply,
    check,
    concepts,
)
from balise.helpline.queue.rules.danger_words.trying import (
    GraveLost,
    TrialRow,
    check_lost,
    lists,
    try_out,
)

pytestmark = pytest.mark.safety

PACK = pack_of("fr")
SELFKILL = concepts(PACK)["fr"]["SELFKILL"]
NEW = "zigouillerai"
SAYS = f"je me {NEW} ce soir"
ADDS = Edit("fr", "SELFKILL", (f"me {NEW}",))


@pytest.mark.parametrize(
    "edit",
    [
        Edit("xx", "DIE", ("a",)),
        Edit("fr", "NO_SUCH_CONCEPT", ("a",)),
        Edit("fr", "SELFKILL"),
        Edit("fr", "SELFKILL", (SELFKILL[0],)),
        Edit("fr", "SELFKILL", ("neuf",), ("n’est pas là",)),
        Edit("fr", "SELFKILL", ("neuf",), ("neuf",)),
        Edit("fr", "SELFKILL", removed=SELFKILL),
        Edit("fr", "SELFKILL", tuple(f"mot{at}" for at in range(51))),
    ],
)
def test_an_edit_that_is_none_is_refused(edit: Edit) -> None:
    with pytest.raises(WordsRefused):
        check(PACK, edit)


@pytest.mark.parametrize(
    "pattern",
    [
        *("mourir .. demain", "mourir + demain", "= mourir", "!mourir", "mourir!*", "*", "m*"),
        *("?", "|", "a|", "#elder", "mou*rir", "le les", "“mourir”", "x" * 81),
        " ".join(["a|b|c"] * 8),
        "frapper! tuer! laver!",
    ],
)
def test_words_that_the_list_cannot_read_are_refused(pattern: str) -> None:
    with pytest.raises(Unreadable):
        check(PACK, Edit("fr", "SELFKILL", (pattern,)))


@pytest.mark.parametrize(
    "pattern", ["me buter", "veux|veut mourir", "plus? vivre", "frapper!", "suicid*", "#adult ans"]
)
def test_words_that_it_can_read_are_taken(pattern: str) -> None:
    check(PACK, Edit("fr", "SELFKILL_OTHER", (f"{pattern} zut",)))


def test_a_pack_with_an_edit_reads_what_it_adds_and_no_longer_what_it_takes_out() -> None:
    assert read_pack(PACK).risk_of(SAYS) is Risk.F
    edited = apply(PACK, [ADDS])
    assert read_pack(edited).risk_of(SAYS) is Risk.A
    again = apply(edited, [Edit("fr", "SELFKILL", removed=ADDS.added)])
    assert concepts(again) == concepts(PACK)
    assert concepts(PACK)["fr"]["SELFKILL"] == SELFKILL, "the pack itself stays as it is"


def test_an_edit_that_no_longer_fits_is_left_out() -> None:
    lost = [Edit("xx", "A", ("a",)), Edit("fr", "GONE", ("a",)), Edit("fr", "DIE", ("..",))]
    assert read_pack(apply(PACK, [*lost, ADDS])).risk_of(SAYS) is Risk.A


def test_a_message_is_read_by_the_pack_where_the_edits_cannot_be() -> None:
    SOURCE.ask = lambda: (Edit("fr", "SELFKILL", ("..",)),)
    assert danger_words("fr").risk_of("je veux mourir ce soir") is Risk.A


def test_the_edits_in_force_are_read() -> None:
    SOURCE.ask = lambda: (ADDS,)
    assert danger_words("fr").risk_of(SAYS) is Risk.A


def test_an_edit_is_tried_on_each_list() -> None:
    found = try_out(read_pack(PACK), read_pack(PACK), lists("fr"))
    assert len(found.lists) == 12
    assert found.changed == 0
    assert sum(one.grave for one in found.lists) > 500
    assert all(one.found_before == one.found_after > 0 for one in found.lists)


def test_a_trial_counts_and_names_what_is_read_otherwise() -> None:
    rows = {
        "one": (
            TrialRow(SAYS, "A", is_calm=False),
            TrialRow(f"{SAYS} au jeu", "none", is_calm=True),
        )
    }
    found = try_out(read_pack(PACK), read_pack(apply(PACK, [ADDS])), rows)
    (one,) = found.lists
    assert (one.grave, one.found_before, one.found_after) == (1, 0, 1)
    assert one.calm == 1
    assert found.shown[-1].after == Risk.A
    assert found.lost == ()


def test_an_edit_that_loses_a_message_of_level_a_of_the_own_list_is_refused() -> None:
    calms = Edit("fr", "HARMLESS", ("me pendre", "mourir", "mourir ce soir"))
    rows = {
        "first": (TrialRow("je vais mourir ce soir", "A", is_calm=False),),
        "second": (TrialRow("je veux mourir ce soir", "A", is_calm=False),),
    }
    found = try_out(read_pack(PACK), read_pack(apply(PACK, [calms])), rows)
    assert found.lost == ("je vais mourir ce soir",)
    assert found.changed == 2
    with pytest.raises(GraveLost, match="je vais mourir ce soir"):
        check_lost(found)


def test_the_words_of_a_country_that_adds_to_another_are_tried_on_its_lists() -> None:
    assert "beside" in load("balise.helpline.queue", country="lu", name="danger_words")
    assert lists("lu") == lists("fr")
