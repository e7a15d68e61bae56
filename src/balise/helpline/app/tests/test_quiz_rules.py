"""The quiz, without a database: what follows from answers, in Python and in the page's script."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.walks import of_each

from balise.foundation.packs import load
from balise.helpline.app.rules import PACKAGE
from balise.helpline.app.rules.outcome import (
    MOST,
    NEVER,
    ONCE,
    SKIPPED,
    Result,
    answer_of,
    is_imbalance,
    result,
)
from balise.helpline.app.rules.quiz import (
    ANSWERS,
    Code,
    Danger,
    SentenceKind,
    Variant,
    Version,
    faults,
    quiz,
    read,
)

HERE = Path(__file__).parent
SCRIPT = HERE.parent / "static" / "app" / "outcome.js"
NODE = shutil.which("node") or ""
VECTORS = json.loads((HERE / "quiz_vectors.json").read_text(encoding="utf-8"))
CODES = ("primary", "secondary", "witness", "parent", "hurt")
# An act never lowers these; "unknown" is none of them: it ends as more is answered.
ORDER = (Code.CALM, Code.ONCE, Code.WEIGH, Code.WATCH, Code.STRONG)
type Set = tuple[Version, list[int], bool]


def a_version(code: str) -> Version:
    found = quiz("fr").version(code)
    assert found is not None
    return found


def answers_of(vector: dict[str, Any]) -> list[int]:
    return [int(each) for each in vector["answers"]]


def told_of(vector: dict[str, Any]) -> Result:
    version = a_version(vector["version"])
    return result(version, answers_of(vector), imbalance=vector["imbalance"])


def drawn(many: int, *, seed: int) -> Iterator[Set]:
    """Yield answer sets of every version: some with much skipped, some with little told."""
    chance = random.Random(seed)  # noqa: S311 - a sample
    for version in quiz("fr").versions:
        for _nth in range(many):
            weights = chance.choice(((1, 30, 2, 1, 1), (8, 8, 1, 1, 1), (1, 1, 1, 1, 1)))
            answers = chance.choices(range(5), weights, k=len(version.sentences))
            yield version, answers, chance.random() < 0.5


def rules_of(version: Version) -> dict[str, Any]:
    """Return the rules as the page tells them to its script."""
    return {
        "sentences": [
            {"kind": one.kind, "dangers": "".join(one.dangers), "least": one.least}
            for one in version.sentences
        ],
        "few": version.few,
        "dark": version.dark,
    }


def by_the_script(asked: list[Set]) -> list[dict[str, Any]]:
    """Return what the page's script makes of answers."""
    told = [
        {"rules": rules_of(version), "answers": answers, "imbalance": imbalance}
        for version, answers, imbalance in asked
    ]
    done = subprocess.run(  # noqa: S603 - our own script, on this machine
        [NODE, HERE / "scoring.mjs", SCRIPT.as_uri()],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_the_grid_has_four_parts_and_a_version_for_each_reader() -> None:
    found = quiz("fr")
    assert tuple(one.code for one in found.versions) == CODES
    assert {len(one.parts) for one in found.versions} == {4}
    assert [len(a_version(code).sentences) for code in CODES] == [24, 34, 12, 12, 12]
    assert [str(one) for one in found.scale] == [
        "Jamais",
        "Une ou deux fois",
        "Plusieurs fois par mois",
        "Presque tous les jours",
    ]
    assert quiz("lu") == found


def test_acts_and_distress_are_the_sentences_that_the_rule_names() -> None:
    kinds = {
        code: "".join(one.kind[:2] for one in a_version(code).sentences)
        for code in ("primary", "secondary", "witness", "hurt")
    }
    assert kinds == {
        "primary": "di" * 3 + "ac" + "di" * 2 + "ac" * 12 + "di" * 5 + "da",
        "secondary": "di" * 2 + "ac" + "di" * 3 + "ac" * 9 + "di" + "ac" * 10 + "di" * 7 + "da",
        "witness": "di" + "ac" + "di" + "ac" * 6 + "di" * 2 + "da",
        "hurt": "ac" * 9 + "di" * 2 + "da",
    }


def test_each_dangerous_sentence_has_its_letter() -> None:
    found = {
        code: {one.number: "".join(one.dangers) for one in a_version(code).sentences if one.dangers}
        for code in CODES
    }
    assert found == {
        "primary": {11: "V", 12: "T", 18: "T", 24: "S"},
        "secondary": {13: "T", 14: "V", 15: "X", 23: "C", 24: "C", 25: "T", 26: "I", 34: "S"},
        "witness": {6: "V", 12: "S"},
        "parent": {6: "V", 9: "TC", 12: "S"},
        "hurt": {12: "S"},
    }


@of_each("vector", VECTORS, ids=lambda one: f"{one['id']}-{one['version']}")
def test_answers_have_the_outcome_of_the_vectors(vector: dict[str, Any]) -> None:
    told = told_of(vector)
    assert {
        "acts": told.acts,
        "distress": told.distress,
        "dangers": "".join(told.dangers),
        "outcome": told.outcome.code,
        "first_help": "+".join(told.first_help),
    } == {name: vector[name] for name in ("acts", "distress", "dangers", "outcome", "first_help")}


@pytest.mark.skipif(not NODE, reason="no Node on this machine to run the script")
def test_the_script_has_the_outcome_of_the_vectors_and_of_the_rules() -> None:
    asked = [(a_version(one["version"]), answers_of(one), one["imbalance"]) for one in VECTORS]
    asked += drawn(400, seed=16)
    seen = set()
    for (version, answers, imbalance), script in zip(asked, by_the_script(asked), strict=True):
        told = result(version, answers, imbalance=imbalance)
        seen.add((told.outcome.code, told.variant))
        assert script == {
            "code": told.outcome.code,
            "variant": told.variant or "",
            "acts": told.acts,
            "distress": told.distress,
            "dangers": "".join(told.dangers),
            "help": "+".join(told.first_help),
            "thin": told.is_thin,
        }, (version.code, answers, imbalance)
    assert {code for code, _variant in seen} == set(Code)
    assert {variant for _code, variant in seen} == {*Variant, None}


def test_a_distress_answer_never_changes_what_is_said_of_acts() -> None:
    for version, answers, imbalance in drawn(60, seed=1):
        before = result(version, answers, imbalance=imbalance).acts
        for one in version.sentences:
            if one.kind is not SentenceKind.ACT:
                for value in range(SKIPPED, MOST + 1):
                    more = [*answers[: one.number - 1], value, *answers[one.number :]]
                    assert result(version, more, imbalance=imbalance).acts == before


def test_an_act_answer_never_lowers_the_outcome() -> None:
    for version, answers, imbalance in drawn(60, seed=2):
        before = result(version, answers, imbalance=imbalance).outcome.code
        if before is Code.UNKNOWN:
            continue
        for one in version.sentences:
            if one.kind is SentenceKind.ACT:
                for value in range(max(answers[one.number - 1], NEVER), MOST + 1):
                    more = [*answers[: one.number - 1], value, *answers[one.number :]]
                    after = result(version, more, imbalance=imbalance).outcome.code
                    assert ORDER.index(after) >= ORDER.index(before), (version.code, answers, more)


def test_an_imbalance_only_raises() -> None:
    for version, answers, _imbalance in drawn(200, seed=3):
        without, with_it = (
            result(version, answers, imbalance=imbalance) for imbalance in (False, True)
        )
        assert with_it.acts == min(without.acts + 1, 3) if without.acts else not with_it.acts


def test_dark_thoughts_have_the_same_help_first_whatever_else() -> None:
    for version, answers, imbalance in drawn(200, seed=4):
        for value in range(ONCE, MOST + 1):
            told = result(version, [*answers[:-1], value], imbalance=imbalance)
            assert told.first_help[0] == "3114"
            assert told.dangers[0] is Danger.DARK
            assert not told.asks_again
            assert told.outcome.code not in {Code.CALM, Code.ONCE, Code.UNKNOWN}


def test_skipping_is_never_read_as_calm_where_half_of_the_acts_are_missing() -> None:
    for version, answers, imbalance in drawn(200, seed=5):
        acts = [one.number for one in version.sentences if one.kind is SentenceKind.ACT]
        passed = acts[: len(acts) // 2 + 1]
        fewer = [0 if nth in passed else answer for nth, answer in enumerate(answers, 1)]
        told = result(version, fewer, imbalance=imbalance)
        assert told.is_thin
        assert told.outcome.code not in {Code.CALM, Code.ONCE}


def test_without_an_act_nothing_is_called_bullying() -> None:
    for version, answers, imbalance in drawn(200, seed=6):
        none = [
            NEVER if one.kind is SentenceKind.ACT else answer
            for one, answer in zip(version.sentences, answers, strict=True)
        ]
        told = result(version, none, imbalance=imbalance)
        said = str(told.outcome.in_variant(told.variant))
        assert told.outcome.code is not Code.STRONG
        assert "début d’un harcèlement" not in said
        assert "ressemble à du harcèlement" not in str(told.outcome.title)
        assert told.acts == 0


@of_each("code", CODES)
def test_dark_thoughts_are_never_the_beginning_of_bullying(code: str) -> None:
    version = a_version(code)
    for reached in {Code.STRONG, Code.WATCH, version.dark}:
        said = version.outcome(reached).in_variant(Variant.DARK)
        assert "harcèlement" not in said.in_language("fr")
        assert "bullying" not in said.in_language("en")


@of_each("code", CODES)
def test_a_single_danger_says_that_once_is_too_much(code: str) -> None:
    version = a_version(code)
    for one in version.sentences:
        if set(one.dangers) - {Danger.DARK} and one.least == ONCE:
            answers = [NEVER] * len(version.sentences)
            answers[one.number - 1] = ONCE
            told = result(version, answers)
            assert (told.outcome.code, told.variant) == (Code.WATCH, Variant.DANGER)
            said = told.outcome.in_variant(told.variant)
            assert "c’est déjà trop" in said.in_language("fr")
            assert "harcèlement" not in said.in_language("fr")


@of_each("code", CODES)
def test_what_weighs_speaks_of_bullying_only_to_say_that_nothing_told_of_it(code: str) -> None:
    outcome = a_version(code).outcome(Code.WEIGH)
    for said in (outcome.title, outcome.says, *(one.says for one in outcome.others)):
        left = str(said).replace("réponses ne parlent pas de harcèlement", "")
        assert "harcèlement" not in left
    assert all("harcel" not in str(one).casefold() for one in (*outcome.steps, outcome.card))


def test_what_is_no_answer_is_skipped() -> None:
    given = ("1", "4", "", "0", "5", "-1", "٣", "11")
    assert [answer_of(each) for each in given] == [1, 4, 0, 0, 0, 0, 0, 0]


def test_several_or_unstoppable_is_an_imbalance() -> None:
    version = a_version("primary")
    asked = [("yes", ""), ("", "no"), ("no", "yes"), ("", "")]
    assert [is_imbalance(version, each) for each in asked] == [True, True, False, False]


def spoilt(**changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a pack, and its first version with changes."""
    pack = deepcopy(load(PACKAGE, country="fr", name="quiz"))
    pack["versions"][0].update(changes)
    return pack, pack["versions"][0]


def test_a_pack_that_leaves_an_answer_without_its_outcome_is_refused() -> None:
    pack, _version = spoilt()
    assert not list(faults(read(pack)))
    pack, version = spoilt()
    version["outcomes"].pop()
    assert any("each outcome" in each for each in faults(read(pack)))
    pack, version = spoilt()
    del next(one for one in version["outcomes"] if one["code"] == "watch")["danger"]
    assert any("no wording danger" in each for each in faults(read(pack)))
    pack, version = spoilt()
    version["outcomes"][2]["leaflets"] = []
    assert any("leaflet" in each for each in faults(read(pack)))
    pack, _version = spoilt(code="secondary")
    assert any("twice" in each for each in faults(read(pack)))
    pack, _version = spoilt(few=1)
    assert any("few acts" in each for each in faults(read(pack)))
    pack, _version = spoilt(imbalance=[])
    assert any("strength" in each for each in faults(read(pack)))


def test_a_pack_whose_dark_thoughts_are_not_the_last_sentence_is_refused() -> None:
    pack, version = spoilt()
    version["parts"][3]["sentences"].reverse()
    assert any("last sentence" in each for each in faults(read(pack)))
    pack, version = spoilt()
    del version["parts"][3]["sentences"][-1]["danger"]
    assert any("danger S" in each for each in faults(read(pack)))
    pack, version = spoilt()
    for part in version["parts"]:
        for one in part["sentences"]:
            one["kind"] = {"act": "distress"}.get(one["kind"], one["kind"])
            one.pop("danger", None)
    assert any("some sentences ask about acts" in each for each in faults(read(pack)))


def test_a_scale_of_other_than_four_answers_is_refused() -> None:
    pack, _version = spoilt()
    pack["scale"].pop()
    assert any(f"{ANSWERS} answers" in each for each in faults(read(pack)))
