"""Our three stories: whole, compiled from their source, and a skipped scene costs nothing."""

import re
import tomllib
from importlib.resources import files
from typing import Any, Final

import pytest
from django.conf import settings

from balise.awareness.activities.stories.queries.checked import checked
from balise.awareness.activities.stories.rules.about import Packed, stories

STORIES: Final = ("ca-circule", "faux-compte", "le-coffre-bleu")
_KNOT: Final = re.compile(r"^=== (\w+) ===\n(.*?)(?=^=== |\Z)", re.MULTILINE | re.DOTALL)
_CHOICE: Final = re.compile(r"^\+ .*# id: ([\w.]+)\] -> (\w+)$", re.MULTILINE)


def _text(slug: str, name: str) -> str:
    return (
        files("balise.awareness.activities.stories")
        .joinpath("packs", "fr", slug, name)
        .read_text("utf-8")
    )


def _knots(slug: str) -> dict[str, str]:
    return dict(_KNOT.findall(_text(slug, "main.ink")))


def _about(slug: str) -> dict[str, Any]:
    return tomllib.loads(_text(slug, "story.toml"))


@pytest.mark.parametrize("story", stories("fr"), ids=lambda story: story.slug)
def test_nothing_is_wrong_and_what_is_stored_is_what_its_source_compiles_to(story: Packed) -> None:
    """The check walks each state: dead ends, scenes, endings and clues that nobody comes to."""
    found = checked(story.files)
    assert found.findings == ()
    assert found.compiled == story.compiled
    assert tuple(found.plan) == story.plan


@pytest.mark.parametrize("slug", STORIES)
def test_a_story_has_enough_to_look_for(slug: str) -> None:
    knots, about = _knots(slug), _about(slug)
    assert len(knots) >= 15
    assert len(about["clues"]) == 8
    assert len(about["endings"]) >= 4
    assert all("debrief" in each for each in about["endings"])
    known = {each.code for each in settings.CENTRE.numbers}
    helps = [
        [each["help"]] if isinstance(each["help"], str) else each["help"]
        for each in about["endings"]
    ]
    assert all(each and known.issuperset(each) for each in helps)
    if about["ages"][0] < 11:
        assert all(each[0] == "children" for each in helps)
    assert sum("\n# hard\n" in body for body in knots.values()) >= 1


@pytest.mark.parametrize("slug", STORIES)
def test_some_choice_opens_with_a_clue_only(slug: str) -> None:
    clues = {each["code"] for each in _about(slug)["clues"]}
    asked = re.findall(r"^\+ \{([\w ]+)\} \[", _text(slug, "main.ink"), re.MULTILINE)
    assert clues & {name for condition in asked for name in condition.split(" and ")}


@pytest.mark.parametrize("slug", STORIES)
def test_whoever_skips_a_scene_comes_to_the_same_place_and_loses_nothing(slug: str) -> None:
    knots = _knots(slug)
    leads = {name: dict(_CHOICE.findall(body)) for name, body in knots.items()}
    skipped = {name: to[f"{name}.skip"] for name, to in leads.items() if f"{name}.skip" in to}
    hard = {name for name, body in knots.items() if "\n# hard\n" in body}
    assert hard <= skipped.keys()
    for name, after in skipped.items():
        between = {to for to in leads[name].values() if to != after}
        while more := {to for each in between for to in leads[each].values()} - between - {after}:
            between |= more
        assert len(between) <= 3, "what is skipped is a scene, not the story"
        assert not any("~ " in knots[each] or "# clue" in knots[each] for each in between)


@pytest.mark.parametrize("slug", STORIES)
def test_nobody_real_has_read_it_yet_and_it_says_so(slug: str) -> None:
    checks = _about(slug)["checks"]
    assert [each["who"] for each in checks] == ["teacher", "psychologist", "pupil"]
    assert all(each["read"] == "" and each["asks"]["fr"] for each in checks)


@pytest.mark.parametrize("slug", STORIES)
def test_the_sheet_tells_before_during_after_and_its_facts_have_a_source(slug: str) -> None:
    sheet = _about(slug)["sheet"]
    assert {each["part"] for each in sheet} == {"before", "during", "after", "expect", "facts"}
    assert all(each.get("source") for each in sheet if each["part"] == "facts")
