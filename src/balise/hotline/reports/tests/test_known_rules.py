"""What a look-up means for a content, without a database; and how fingerprints are read."""

from datetime import timedelta

import orjson
import pytest
from django.utils.translation import override

from balise.foundation.refusals import Refused
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.banks.rules.owned import CENTRE
from balise.hotline.matching.signals.rules.kinds import HashKind, Turn
from balise.hotline.reports.rules import fingerprints, known
from balise.hotline.reports.rules.closing import Facts, Obstacle, obstacles, obstacles_to_copy
from balise.hotline.reports.rules.known import (
    OWN,
    Conclusion,
    Heard,
    NotToSettle,
    Standing,
    Why,
    Within,
    check_settles,
    conclude,
)
from balise.hotline.reports.rules.words import ContentState, Ground, Verdict

HIT = Heard(
    7, "partner", Opinion.POSITIVE, 4, Turn.MIRRORED, decides=True, verdict="illegal", offence="x"
)
MINE = HIT._replace(bank=OWN)


def concluded(
    *heard: Heard, state: ContentState = ContentState.WAITING, **given: object
) -> Conclusion:
    return conclude(heard, **{"is_partial": False, "state": state, **given})  # type: ignore[arg-type]


def test_what_decides_and_names_an_offence_is_known() -> None:
    assert concluded(HIT) == Conclusion(Standing.KNOWN, HIT)
    assert concluded() == Conclusion(Standing.UNKNOWN)


def test_an_answer_that_is_not_whole_is_never_no_match() -> None:
    assert concluded(is_partial=True).standing is Standing.PARTIAL
    assert concluded(HIT, is_partial=True).standing is Standing.PARTIAL


def test_an_answer_that_is_not_whole_keeps_the_hit_that_it_has() -> None:
    assert concluded(HIT, MINE, is_partial=True).by == HIT
    assert concluded(is_partial=True).by is None


def test_what_waits_for_an_answer_and_what_for_a_person() -> None:
    assert {Standing.ASKED, Standing.PARTIAL} == known.UNANSWERED
    assert {Standing.PROPOSED, Standing.RECALLED} == known.TO_DECIDE
    assert timedelta(minutes=15) == known.HELD_BACK
    assert known.OWN == CENTRE


def test_content_in_look_up_is_refused_while_nobody_has_it() -> None:
    known.check_answered(is_free=False)
    with pytest.raises(known.NotAnswered):
        known.check_answered(is_free=True)


@pytest.mark.parametrize(
    ("heard", "why"),
    [
        ([HIT, HIT._replace(entry=8, opinion=Opinion.NEGATIVE)], Why.OPPOSED),
        ([HIT._replace(opinion=Opinion.NEGATIVE, decides=False)], Why.HARMLESS),
        ([HIT._replace(decides=False)], Why.UNSURE),
        ([HIT._replace(opinion=Opinion.SEED, decides=False)], Why.UNSURE),
        ([HIT._replace(verdict="", offence="")], Why.UNNAMED),
        ([MINE._replace(is_before=False)], Why.COPIES),
        ([MINE._replace(is_excepted=True)], Why.EXCEPTED),
        ([MINE._replace(decides=False, verdict="")], Why.UNSURE),
    ],
)
def test_a_person_decides_what_a_bank_does_not(heard: list[Heard], why: Why) -> None:
    assert concluded(*heard) == Conclusion(Standing.PROPOSED, heard[0], why)


def test_harmful_content_of_our_own_goes_on_to_its_copies() -> None:
    harmful = MINE._replace(
        opinion=Opinion.SEED, decides=True, verdict=Verdict.HARMFUL.value, offence=""
    )
    assert concluded(harmful).standing is Standing.KNOWN


@pytest.mark.parametrize(
    ("state", "given", "why"),
    [
        (ContentState.WAITING, {"is_held": True}, Why.IN_HAND),
        (ContentState.SECOND_LOOK, {}, Why.REVIEWED),
        (ContentState.CLOSING, {}, Why.DECIDED),
        (ContentState.CLOSED, {"verdict": "harmful"}, Why.DECIDED),
        (ContentState.REMOVING, {"verdict": "illegal"}, Why.NOTHING),
        (ContentState.REMOVED, {"verdict": "illegal"}, Why.NOTHING),
    ],
)
def test_a_verdict_is_inherited_only_by_what_waits_and_nobody_has(
    state: ContentState, given: dict[str, object], why: Why
) -> None:
    found = concluded(HIT, state=state, **given)
    assert found.why is why
    assert found.standing is (Standing.PROPOSED if why else Standing.KNOWN)


def test_only_what_a_person_saw_becomes_an_opinion() -> None:
    thinks = {verdict: known.opinion_of(verdict, Ground.LOOKED) for verdict in Verdict}
    assert thinks == {
        Verdict.ILLEGAL: Opinion.POSITIVE,
        Verdict.HARMFUL: Opinion.SEED,
        Verdict.OUT_OF_SCOPE: Opinion.NEGATIVE,
        Verdict.GONE: None,
        Verdict.UNVERIFIABLE: None,
    }
    for ground in set(Ground) - {Ground.LOOKED, Ground.OPENED}:
        assert known.opinion_of(Verdict.ILLEGAL, ground) is None
    check_settles(Verdict.ILLEGAL, Ground.LOOKED, is_final=True)
    with pytest.raises(NotToSettle):
        check_settles(Verdict.ILLEGAL, Ground.LOOKED, is_final=False)
    with pytest.raises(NotToSettle):
        check_settles(Verdict.GONE, Ground.LOOKED, is_final=True)


def test_distance_is_said_in_words_and_a_turn_has_its_back() -> None:
    assert [known.within(bits) for bits in (0, 1, 10, 11, 31)] == [
        *(Within.SAME, Within.CLOSE, Within.CLOSE, Within.ALIKE, Within.ALIKE),
    ]
    assert set(known.TURNS) == set(Turn)
    for turn in Turn:
        assert known.turned_back(known.turned_back(turn)) is turn
    assert known.turned_back(Turn.LEFT) is Turn.RIGHT
    assert known.turned_back(Turn.MIRRORED) is Turn.MIRRORED


def test_it_is_asked_again_later_and_later() -> None:
    waits = [known.asked_again_after(tries) for tries in range(8)]
    assert [wait // timedelta(minutes=1) for wait in waits] == [1, 2, 5, 10, 30, 60, 60, 60]


def test_a_label_names_an_offence_alone_or_after_a_colon() -> None:
    codes = {"csam-sharing", "threats"}
    assert known.named(["category:csam", "offence:csam-sharing"], codes=codes) == "csam-sharing"
    assert known.named(["threats"], codes=codes) == "threats"
    assert known.named(["spam", ""], codes=codes) == ""


def test_copies_take_a_verdict_whatever_their_reports_say_of_a_person() -> None:
    facts = Facts(
        state=ContentState.WAITING,
        danger=True,
        minor=True,
        is_protected=True,
        is_held_by_another=False,
        stamp="a",
        shown="a",
    )
    assert obstacles(facts)[:3] == (Obstacle.DANGER, Obstacle.MINOR, Obstacle.PROTECTED)
    assert obstacles_to_copy(facts) == ()


PDQ = "0f" * 32


def text(*given: object) -> str:
    return orjson.dumps(given).decode()


def test_fingerprints_are_read_with_all_their_turns() -> None:
    turns = [PDQ, *(f"{n:02x}" * 32 for n in range(1, 8))]
    (one, file) = fingerprints.read_json(
        text({"pdq": PDQ.upper(), "quality": 93, "turns": turns, "md5": "ab" * 16})
    )[::-1]
    assert (one.kind, one.value, one.quality) == (HashKind.PDQ, bytes.fromhex(PDQ), 93)
    assert one.turns[0] == one.value
    assert len(one.turns) == 8
    assert file.kind is HashKind.MD5
    assert len(fingerprints.read_json(text({"pdq": PDQ}, {"pdq": PDQ}))) == 1


def test_a_picture_with_bars_has_a_second_pdq_with_its_own_turns() -> None:
    inside = [f"{n:02x}" * 32 for n in range(8)]
    trimmed = {"pdq": inside[0], "quality": 77, "turns": inside}
    whole, other = fingerprints.read_json(text({"pdq": PDQ, "trimmed": trimmed}))
    assert (whole.is_trimmed, other.is_trimmed) == (False, True)
    assert (other.quality, len(other.turns)) == (77, 8)
    (same,) = fingerprints.read_json(text({"pdq": PDQ, "trimmed": {"pdq": PDQ}}))
    assert not same.is_trimmed


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "{}",
        "nonsense",
        "\ud800",
        '[{"pdq": "00", "pdq": "00"}]',
        text({}),
        text({"pdq": "0f" * 31 + "0"}),
        text({"pdq": f"0x{PDQ[2:]}"}),
        text({"pdq": f" {PDQ}"}),
        text({"pdq": PDQ, "quality": 101}),
        text({"pdq": PDQ, "quality": -1}),
        text({"pdq": PDQ, "quality": True}),
        text({"pdq": PDQ, "quality": "good"}),
        text({"pdq": PDQ, "turns": [PDQ] * 7}),
        text({"pdq": PDQ, "turns": ["00" * 32] * 8}),
        text({"pdq": PDQ, "turns": PDQ}),
        text({"turns": [PDQ] * 8}),
        text({"pdq": 15}),
        text({"pdq": PDQ, "trimmed": PDQ}),
        text({"pdq": PDQ, "trimmed": {"pdq": PDQ[2:]}}),
        text({"pdq": PDQ, "trimmed": {"md5": "ab" * 16}}),
        text({"pdq": PDQ, "trimmed": {"pdq": PDQ, "trimmed": {"pdq": PDQ}}}),
        text({"pdq": PDQ, "trimmed": {"pdq": PDQ, "quality": 101}}),
        text({"pdq": PDQ, "picture": "holiday.jpg"}),
        text([PDQ]),
        text(*({"md5": f"{n:032x}"} for n in range(known.MOST_FINGERPRINTS + 1))),
    ],
)
def test_what_is_no_fingerprint_is_refused(said: str) -> None:
    with pytest.raises(Refused):
        fingerprints.read_json(said)


def test_one_content_has_only_so_many() -> None:
    known.check_room(100)
    with override("en"), pytest.raises(known.TooManyFingerprints, match="100 fingerprints"):
        known.check_room(101)
