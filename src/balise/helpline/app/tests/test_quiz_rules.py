"""The quiz, without a database: what follows from answers, in Python and in the page's script."""

import json
import random
import shutil
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.walks import of_each

from balise.foundation.packs import load
from balise.helpline.app.rules import PACKAGE
from balise.helpline.app.rules.quiz import (
    MOST,
    NEVER,
    SKIPPED,
    Version,
    answer_of,
    faults,
    quiz,
    read,
    result,
)

HERE = Path(__file__).parent
SCRIPT = HERE.parent / "static" / "app" / "outcome.js"
NODE = shutil.which("node") or ""
VECTORS = json.loads((HERE / "quiz_vectors.json").read_text(encoding="utf-8"))
CODES = ("primary", "secondary", "witness", "parent", "hurt")


def a_version(code: str) -> Version:
    found = quiz("fr").version(code)
    assert found is not None
    return found


def answers_of(vector: dict[str, Any]) -> list[int]:
    return [int(each) for each in vector["answers"]]


def by_the_script(asked: list[tuple[Version, list[int]]]) -> list[dict[str, Any]]:
    """Return what the page's script makes of answers, with the rules that the page tells it."""
    told = [
        {
            "rules": {
                "dangers": [one.is_danger for one in version.sentences],
                "outcomes": [{"score": one.score, "often": one.often} for one in version.outcomes],
            },
            "answers": answers,
        }
        for version, answers in asked
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
    assert len(found.scale) == MOST
    assert quiz("lu") == found


@of_each("vector", VECTORS, ids=lambda one: f"{one['version']}-{one['answers']}")
def test_answers_have_the_outcome_of_the_vectors(vector: dict[str, Any]) -> None:
    told = result(a_version(vector["version"]), answers_of(vector))
    assert told.outcome.code == vector["outcome"]
    assert told.is_danger is vector["danger"]
    assert told.is_thin is vector["thin"]


@pytest.mark.skipif(not NODE, reason="no Node on this machine to run the script")
def test_the_script_has_the_outcome_of_the_vectors_and_of_the_rules() -> None:
    chance = random.Random(16)  # noqa: S311 - a sample
    asked = [(a_version(one["version"]), answers_of(one)) for one in VECTORS]
    for version in quiz("fr").versions:
        for _nth in range(200):
            most = chance.choice((2, 3, 5))
            asked.append((version, [chance.randrange(most) for _one in version.sentences]))
    for (version, answers), script in zip(asked, by_the_script(asked), strict=True):
        told = result(version, answers)
        at = version.outcomes.index(told.outcome)
        assert script == {"at": at, "danger": told.is_danger, "thin": told.is_thin}, answers


@pytest.mark.parametrize("code", CODES)
def test_every_score_has_an_outcome_and_each_is_reached(code: str) -> None:
    version = a_version(code)
    answers, seen = [NEVER] * len(version.sentences), set()
    for score in range(version.highest + 1):
        seen.add(result(version, answers).outcome.code)
        if score < version.highest:
            nth = next(place for place, one in enumerate(answers) if one < MOST)
            answers[nth] += 1
    assert seen == {"calm", "watch", "strong"}


@pytest.mark.parametrize("code", CODES)
def test_each_danger_answer_is_told_whatever_the_score(code: str) -> None:
    version = a_version(code)
    for one in version.sentences:
        answers = [SKIPPED] * len(version.sentences)
        answers[one.number - 1] = NEVER + 1
        told = result(version, answers)
        assert told.is_danger is one.is_danger
        assert not one.is_danger or told.outcome != version.outcomes[0]


def test_what_is_no_answer_is_skipped() -> None:
    given = ("1", "4", "", "0", "5", "-1", "٣", "11")
    assert [answer_of(each) for each in given] == [1, 4, 0, 0, 0, 0, 0, 0]


def test_a_pack_that_leaves_a_score_without_outcome_is_refused() -> None:
    pack = load(PACKAGE, country="fr", name="quiz")
    assert not list(faults(read(pack)))
    for changes in (
        {"score": 1},
        {"often": 1},
    ):
        spoilt = deepcopy(pack)
        spoilt["versions"][0]["outcomes"][0].update(changes)
        assert any("first point" in each for each in faults(read(spoilt)))
    spoilt = deepcopy(pack)
    spoilt["versions"][0]["outcomes"][2]["score"] = 500
    assert any("rising" in each for each in faults(read(spoilt)))
    spoilt = deepcopy(pack)
    spoilt["versions"][0]["outcomes"][2]["leaflets"] = []
    assert any("leaflet" in each for each in faults(read(spoilt)))
    spoilt = deepcopy(pack)
    for part in spoilt["versions"][2]["parts"]:
        for one in part["sentences"]:
            one.pop("danger", None)
    assert any("danger" in each for each in faults(read(spoilt)))
    spoilt["versions"][1]["code"] = "primary"
    assert any("twice" in each for each in faults(read(spoilt)))
